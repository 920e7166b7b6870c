import hashlib

from odoo import fields, models

from ..tools.file_name import safe_file_name


class MailroomDispatchValues(models.Model):
    """What is written down of a plan, and what makes two messages the same one."""

    _inherit = "mailroom.dispatch"

    def _prepare_dispatch_values(self, plan):
        """Return the values of the dispatch for a plan."""
        document = plan.document
        return {
            "res_model": document._name,
            "res_id": document.id,
            "document_name": document._mailroom_number(),
            "company_id": plan.company.id,
            "user_id": self.env.uid,
            "user_name": self.env.user.name,
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
            plan.version = version = plan.version or plan.document._mailroom_version(
                plan.purpose
            )
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
