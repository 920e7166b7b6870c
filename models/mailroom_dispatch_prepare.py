from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import SQL

from odoo.addons.mail.tools.discuss import Store

from ..const import CANCELLABLE, PERSONAL_HOLDS, PREPARE_TRIES
from ..tools.fingerprint import fingerprint
from ..tools.message import UnsafeMessage
from ..tools.pdf_check import PdfProblem

# Finished messages are stored together until they are as large as this.
STORE_BYTES = 20 * 2**20


class MailroomDispatchPrepare(models.Model):
    """From a stored wish to finished bytes. Runs in the queue, never in the click."""

    _inherit = "mailroom.dispatch"

    @api.model
    def _claim_new(self, limit, worker):
        """Take new dispatches: a group of untried ones, else one that failed before.

        :return: dispatches, now ``preparing``
        """
        return self._claim_stage(0, limit, worker) or self._claim_stage(
            PREPARE_TRIES, 1, worker
        )

    @api.model
    def _next_must_print(self, limit):
        """Return whether the PDF program is needed for one of the next dispatches."""
        coming = self.search(self._due_domain(), order="id", limit=limit)
        return any(
            not document._mailroom_is_printed()
            for documents in coming.file_ids._documents_to_print()
            for document in documents
        )

    def _claim_stage(self, tries, limit, worker):
        rows = self.env.execute_query(
            SQL(
                # An array is made once; "IN" may be asked again for every row, and then
                # takes more than the limit.
                """UPDATE mailroom_dispatch
                      SET stage = 'preparing', worker = %s,
                          prepare_tries = COALESCE(prepare_tries, 0) + 1
                    WHERE id = ANY(ARRAY(
                          SELECT id FROM mailroom_dispatch
                           WHERE stage = 'new' AND COALESCE(prepare_tries, 0) <= %s
                           AND (not_before IS NULL
                                OR not_before <= now() AT TIME ZONE 'UTC')
                        ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED))
                RETURNING id""",
                worker,
                tries,
                limit,
            )
        )
        self.invalidate_model(["stage", "worker", "prepare_tries"], flush=False)
        return self.browse(sorted(row[0] for row in rows))

    def _put_back(self):
        """Give a group back that failed as a group; its members go one at a time."""
        self.write({"stage": "new", "worker": False})

    @api.model
    def _recover(self, worker):
        """Give back what a dead worker had taken; what killed it thrice is given up."""
        taken = self.search([("stage", "=", "preparing"), ("worker", "=", worker)])
        hopeless = taken.filtered(lambda d: d.prepare_tries >= PREPARE_TRIES)
        for dispatch in hopeless:
            dispatch._cannot_be_made(RuntimeError("crash"))
        (taken - hopeless)._put_back()

    def _cannot_be_made(self, error):
        """Fail the messages of a dispatch that cannot be made, and say why."""
        self.ensure_one()
        reason = "render"
        if isinstance(error, PdfProblem):
            reason = "pdf_wrong"
        elif isinstance(error, UnsafeMessage):
            reason = "unsafe"
        elif self.file_ids._to_print():
            reason = "pdf"
        self.write({"stage": "failed", "worker": False})
        self.delivery_ids.filtered(lambda d: d.state in ("queued", "held")).write(
            {
                "state": "failed",
                "reason": reason,
                "reason_detail": str(error)[:500],
                "stale": True,
            }
        )

    # === MAKE READY === #

    def _make_ready(self):
        """Print what is to be printed and freeze the message of each recipient."""
        documents = self._documents()
        gone = self.filtered(lambda dispatch: not documents[dispatch])
        gone._give_up_gone()
        present = self - gone
        for dispatches in present.grouped(lambda d: d._sender_key()).values():
            dispatches._print_files()
            dispatches._show_files()
            dispatches._ensure_links(documents)
        present._freeze_all(documents)
        self.write({"stage": "ready", "worker": False})

    def _freeze_all(self, documents):
        """Freeze these dispatches; the bytes are stored many at a time, but never so
        many that they fill the memory."""
        rows = self.env["mailroom.delivery"]
        frozen = {}
        for dispatch in self:
            frozen |= dispatch._freeze(documents[dispatch])
            if sum(map(len, frozen.values())) > STORE_BYTES:
                rows._store_messages(frozen)
                frozen = {}
        rows._store_messages(frozen)

    def _give_up_gone(self):
        waiting = self.delivery_ids.filtered(lambda d: d.state in CANCELLABLE)
        waiting.write({"state": "failed", "reason": "gone", "stale": True})

    def _ensure_links(self, documents):
        """Make the portal links of all the documents before they are written."""
        for dispatches in self.grouped("res_model").values():
            ids = [documents[dispatch].id for dispatch in dispatches]
            documents[dispatches[0]].browse(ids)._mailroom_ensure_link()

    def _sender_key(self):
        return (self.user_id, self.company_id, self.lang)

    def _as_sender(self, records):
        """Return records as whoever pressed Send sees them, in the message's language
        and company."""
        self.ensure_one()
        user = self.user_id if self.user_id.active else self.env.ref("base.user_root")
        return records.with_user(user.id or SUPERUSER_ID).with_context(
            lang=self.lang or self.env.lang,
            allowed_company_ids=self.company_id.ids,
        )

    def _print_files(self):
        """Print the documents these dispatches ask for, one program start a model."""
        files = self.file_ids._to_print()
        for (res_model, purpose), members in files._papers().items():
            documents = self.env[res_model].browse(members.mapped("res_id"))
            documents = self[0]._as_sender(documents)._mailroom_for_purpose(purpose)
            made = documents._mailroom_print_checked(self[0].lang)
            # One row a file in the relation: written for all files at once.
            self.file_ids._fields["attachment_ids"].write_batch(
                [(file, made[file.res_id]) for file in members]
            )

    def _freeze(self, document):
        """Freeze content and messages; without an account the messages are held.

        :return: the bytes of the messages, to be stored
        :rtype: dict
        """
        self.ensure_one()
        document = self._as_sender(document)._mailroom_for_purpose(self.purpose)
        self._freeze_content(document)
        return self._freeze_deliveries(document)

    def _freeze_content(self, document):
        if not self.content_hash:
            # What was held or is made anew goes with the files printed the first time.
            content = document._mailroom_snapshot(self.purpose)
            self.write({"content": content, "content_hash": fingerprint(content)})

    def _show_files(self):
        """Put the files into the chatter messages, also on the sender's open screen.

        The dispatches have one sender.
        """
        links = [
            (dispatch.message_id, [fields.Command.link(file.id) for file in new])
            for dispatch in self
            if dispatch.message_id and (new := dispatch._unseen_files())
        ]
        # One row a file in the relation: written for all messages at once.
        self.env["mail.message"]._fields["attachment_ids"].write_batch(links)
        messages = self.env["mail.message"].union(*(message for message, _l in links))
        if messages:
            Store(bus_channel=self.user_id).add(
                messages, [Store.Many("attachment_ids", sort="id")]
            ).bus_send()

    def _unseen_files(self):
        return self.file_ids.attachment_ids - self.message_id.attachment_ids

    def _freeze_deliveries(self, document):
        frozen = {}
        for delivery in self.delivery_ids:
            if delivery.ready or delivery.state not in ("queued", "held"):
                continue
            account = self._account_for(delivery)
            if account:
                raw = delivery._freeze(document, account)
                if isinstance(raw, bytes):
                    frozen[delivery] = raw
            elif delivery.hold_reason not in PERSONAL_HOLDS:
                delivery.write(
                    {"state": "held", "hold_reason": "no_account", "stale": True}
                )
        return frozen

    def _account_for(self, delivery):
        """Return the account a message leaves through, empty when there is none or it
        has no address to send from."""
        account, user = self.account_id, self._sending_user()
        if not account or not account._mailroom_may_carry(
            self.company_id, user, self.template_id
        ):
            account = account._mailroom_account(self.company_id, self.template_id, user)
        has_sender = account and account._mailroom_sender(self.company_id)[1]
        return account if has_sender else account.browse()

    def _sending_user(self):
        """Return who pressed Send himself, empty when nobody did."""
        by_hand = self.origin in ("person", "batch") and not self.automatic
        return self.user_id if by_hand else self.env["res.users"]

    # === HELD === #

    @api.model
    def _release_held(self):
        """Have made ready what was held for want of an account, where there is one."""
        held = self.env["mailroom.delivery"].search(
            [("state", "=", "held"), ("hold_reason", "=", "no_account")]
        )
        rows = held.filtered(lambda row: row.dispatch_id.stage == "ready")
        for alike in rows.grouped(lambda r: r.dispatch_id._account_key(r)).values():
            # Thousands may wait for the same account.
            if alike[0].dispatch_id._account_for(alike[0]):
                alike.dispatch_id.write({"stage": "new", "prepare_tries": 0})

    def _account_key(self, delivery):
        """Return what decides about the account of a message."""
        return (
            delivery.channel,
            self.company_id,
            self.account_id,
            self.template_id,
            self._sending_user(),
        )
