from odoo import SUPERUSER_ID, api, models
from odoo.tools import SQL

from odoo.addons.mail.tools.discuss import Store

from ..const import CANCELLABLE, PREPARE_TRIES
from ..tools.fingerprint import fingerprint
from ..tools.message import UnsafeMessage
from ..tools.pdf_check import PdfProblem


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
        present = self.filtered(lambda dispatch: dispatch._document())
        for dispatches in present.grouped(lambda d: d._sender_key()).values():
            dispatches._print_files()
        for dispatch in self:
            dispatch._freeze()
        self.write({"stage": "ready", "worker": False})

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
        papers = files.grouped(lambda file: (file.res_model, file.purpose))
        for (res_model, purpose), members in papers.items():
            documents = self.env[res_model].browse(members.mapped("res_id"))
            documents = self[0]._as_sender(documents)._mailroom_for_purpose(purpose)
            made = documents._mailroom_print_checked(self[0].lang)
            for file in members:
                file.attachment_ids = made[file.res_id]

    def _freeze(self):
        """Freeze content and messages; without an account the messages are held."""
        self.ensure_one()
        document = self._as_sender(self._document())
        if not document:
            waiting = self.delivery_ids.filtered(lambda d: d.state in CANCELLABLE)
            waiting.write({"state": "failed", "reason": "gone", "stale": True})
            return
        self._freeze_content(document)
        self._show_files()
        self._freeze_deliveries(document)

    def _freeze_content(self, document):
        if not self.content_hash:
            # What was held or is made anew goes with the files printed the first time.
            content = document._mailroom_snapshot(self.purpose)
            self.write({"content": content, "content_hash": fingerprint(content)})

    def _show_files(self):
        """Put the files into the chatter message, also on the sender's open screen."""
        files = self.file_ids.attachment_ids
        if not self.message_id or files <= self.message_id.attachment_ids:
            return
        self.message_id.attachment_ids |= files
        Store(bus_channel=self.user_id).add(
            self.message_id, [Store.Many("attachment_ids", sort="id")]
        ).bus_send()

    def _freeze_deliveries(self, document):
        for delivery in self.delivery_ids:
            if delivery.ready or delivery.state not in ("queued", "held"):
                continue
            account = self._account_for(delivery)
            if account:
                delivery._freeze(document, account)
            else:
                delivery.write(
                    {"state": "held", "hold_reason": "no_account", "stale": True}
                )

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
        dispatches = held.dispatch_id.filtered(lambda d: d.stage == "ready")
        for alike in dispatches.grouped(lambda d: d._account_key()).values():
            # Thousands may wait for the same account.
            if alike[0]._account_for(alike[0].delivery_ids[:1]):
                alike.write({"stage": "new", "prepare_tries": 0})

    def _account_key(self):
        """Return what decides about the account of a message."""
        return (
            self.company_id,
            self.account_id,
            self.template_id,
            self._sending_user(),
        )
