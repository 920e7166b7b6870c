import hashlib

from psycopg2 import errors

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..const import WAITING
from ..tools.file_name import safe_file_name


class MailroomDispatchSend(models.Model):
    """From a plan to rows of the outbox. Nothing here touches the network."""

    _inherit = "mailroom.dispatch"

    @api.model
    def _send(self, plans):
        """Store what the plans say and wake the queue.

        The caller's own rights count: he must be a sender and may send only what he
        may read, files included.

        :param list[Plan] plans: plans without blocking problems
        :return: one dispatch per plan
        :raise UserError: a plan is blocked, or the same message is on its way already
        :raise AccessError: the user may not send this
        """
        self._check_may_send(plans)
        # Rights were checked above; the outbox itself is written by the program only.
        dispatches = self.sudo()
        for plan in plans:
            dispatches += self.sudo()._send_one(plan)
        self.env["mailroom.queue"]._wake()
        return dispatches

    @api.model
    def _check_may_send(self, plans):
        if not self.env.su and not self.env.user.has_group(
            "mailroom.mailroom_group_sender"
        ):
            raise AccessError(
                self.env._(
                    "You may not send messages. Ask an administrator for the right "
                    "“Mailroom / Sender”."
                )
            )
        for plan in plans:
            self._check_document(plan.document)
            for file in plan.files:
                if file.document is not None:
                    self._check_document(file.document)
                if file.attachment and not self._is_template_file(plan, file):
                    file.attachment.check_access("read")
            if plan.blocked:
                raise UserError(
                    "\n".join(p.message for p in plan.problems if p.level == "block")
                )

    def _check_document(self, document):
        if "mailroom_state" not in document._fields or len(document) != 1:
            raise UserError(
                self.env._("“%s” is nothing that can be sent.", document._description)
            )
        document.check_access("read")

    def _is_template_file(self, plan, file):
        # Files of the template go along for everybody who may use the template.
        return plan.template and file.attachment in plan.template.sudo().attachment_ids

    def _send_one(self, plan):
        deliveries = self.env["mailroom.delivery"]
        keys = self._dedup_keys(plan)
        # Most double clicks end here; the unique index settles the simultaneous ones.
        if deliveries.search_count([("dedup_key", "in", keys)], limit=1):
            raise UserError(self._already_on_its_way(plan, keys))
        try:
            with self.env.cr.savepoint():
                dispatch = self.create(self._prepare_dispatch_values(plan))
                deliveries.create(
                    [
                        dispatch._prepare_delivery_values(plan, recipient, key)
                        for recipient, key in zip(plan.recipients, keys, strict=True)
                    ]
                )
                self.env.flush_all()
        except errors.UniqueViolation as error:
            raise UserError(self._already_on_its_way(plan, keys)) from error
        dispatch._after_queued(plan)
        dispatch._refresh_documents()
        return dispatch

    def _already_on_its_way(self, plan, keys):
        """Return why a message with one of these keys is not queued once more."""
        earlier = self.env["mailroom.delivery"].search(
            [("dedup_key", "in", keys)], limit=1
        )
        # The other transaction may have committed after ours began: then it is "now".
        moment = earlier.create_date or fields.Datetime.now()
        values = {
            "number": plan.document._mailroom_number(),
            "time": self.env["mailroom.words"]._time(moment),
        }
        if earlier and earlier.state not in WAITING:
            return self.env._(
                "%(number)s was already sent (queued at %(time)s). It was not queued a "
                "second time. Press Send on the document to send it again.",
                **values,
            )
        return self.env._(
            "%(number)s is already on its way (queued at %(time)s). It was not queued "
            "a second time.",
            **values,
        )

    # === VALUES === #

    def _prepare_dispatch_values(self, plan):
        """Return the values of the dispatch for a plan."""
        document = plan.document
        return {
            "res_model": document._name,
            "res_id": document.id,
            "document_name": document._mailroom_number(),
            "company_id": plan.company.id,
            "user_id": self.env.uid,
            "kind": plan.kind,
            "purpose": plan.purpose,
            "origin": plan.origin,
            "automatic": plan.automatic,
            "template_id": plan.template.id if plan.template else False,
            "lang": plan.lang,
            "subject": plan.subject,
            "body": plan.body,
            "sms_text": plan.sms_text,
            "reply_to": plan.reply_to,
            "rule": plan.rule,
            "not_before": plan.not_before,
            "account_id": plan.account.id if plan.account else False,
            "file_ids": [
                fields.Command.create(self._prepare_file_values(number, file))
                for number, file in enumerate(plan.files)
                if file.selected
            ],
        }

    def _prepare_file_values(self, sequence, file):
        values = {"sequence": sequence, "name": file.name}
        if file.attachment:
            values["attachment_ids"] = [fields.Command.set(file.attachment.ids)]
        else:
            values["name"] = safe_file_name(file.name, ".pdf")
            values["res_model"] = file.document._name
            values["res_id"] = file.document.id
            values["purpose"] = file.purpose
        return values

    def _prepare_delivery_values(self, plan, recipient, dedup_key):
        """Return the values of one outbox row."""
        self.ensure_one()
        return {
            "dispatch_id": self.id,
            "company_id": self.company_id.id,
            "channel": recipient.channel,
            "role": recipient.role,
            "partner_id": recipient.partner.id if recipient.partner else False,
            "recipient_name": recipient.name,
            "address": recipient.address,
            "resend_of_id": plan.resend_of.get(recipient.address.casefold(), False),
            "resend_reason": plan.resend_reason,
            "dedup_key": dedup_key,
        }

    def _dedup_keys(self, plan):
        """Return a key per recipient that makes a double click one message: the same
        version of the same document to the same address, unless it is knowingly sent
        again."""
        if plan.purpose == "message":
            text = f"{plan.subject}\n{plan.body}\n{plan.sms_text}".encode()
            version = hashlib.sha256(text).hexdigest()
        else:
            version = plan.document._mailroom_version(plan.purpose)
        return [self._dedup_key(plan, r, version) for r in plan.recipients]

    def _dedup_key(self, plan, recipient, version):
        address = recipient.address.casefold()
        parts = (
            plan.company.id,
            plan.document._name,
            plan.document.id,
            plan.purpose,
            recipient.channel,
            address,
            version,
            plan.resend_of.get(address, ""),
        )
        return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()

    # === CHATTER === #

    def _after_queued(self, plan):
        """Called once the rows of a dispatch are written. TO EXTEND."""
        self.ensure_one()
        self._post_to_chatter(plan.document)

    def _post_to_chatter(self, document):
        """Post the message once, with one envelope per recipient; nobody else is
        told, and Odoo's own mail queue gets nothing.

        :param document: the document, as the user who sends sees it
        """
        self.ensure_one()
        document = document.with_context(**document._mailroom_post_context())
        self.message_id = document.message_post(
            body=self.body,
            subject=self.subject,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            attachment_ids=self.file_ids.attachment_ids.ids,
            mailroom_silent=True,
        )
        self._create_envelopes()

    def _create_envelopes(self):
        """Create the ``mail.notification`` of each recipient: Odoo's envelope icons."""
        base = self._document()._notify_by_email_get_base_notification_values(
            self.message_id
        )
        seen = self.env["res.partner"]
        deliveries = self.delivery_ids.sorted("id")
        values = []
        for delivery in deliveries:
            partner = delivery.partner_id - seen
            seen |= partner
            values.append(
                {
                    **base,
                    "mail_email_address": delivery.address,
                    "res_partner_id": partner.id,
                }
            )
        envelopes = self.env["mail.notification"].create(values)
        for delivery, envelope in zip(deliveries, envelopes, strict=True):
            delivery.notification_id = envelope

    # === WORD TO THE USER === #

    def _queued_notification(self):
        """Return the action that tells the sender that his messages are queued."""
        names = ", ".join(self.delivery_ids.mapped("address"))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            # Odoo's own buttons add to the context of what they open.
            "context": {},
            "params": {
                "type": "info",
                "title": self.env._("Queued"),
                "message": self.env._(
                    "%(document)s is on its way to %(whom)s.",
                    document=", ".join(self.mapped("document_name")),
                    whom=names,
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
