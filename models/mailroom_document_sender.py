from odoo import models


class MailroomDocumentSender(models.AbstractModel):
    """Where answers to a document go."""

    _inherit = "mailroom.document"

    def _mailroom_reply_tos(self):
        # EXTENDS: what the company says goes before the chatter's alias
        wished = {doc.id: doc._mailroom_wished_reply_to() for doc in self}
        others = self.filtered(lambda doc: not wished[doc.id])
        return {**wished, **super(MailroomDocumentSender, others)._mailroom_reply_tos()}

    def _mailroom_wished_reply_to(self):
        company = self._mailroom_company().sudo()
        person = self._mailroom_salesperson().sudo().partner_id
        if company.mailroom_reply_to_person and person.email:
            return person.email_formatted
        return company.mailroom_reply_to

    def _mailroom_salesperson(self):
        """Return the user who looks after the document, possibly empty."""
        for name in ("invoice_user_id", "user_id"):
            if name in self._fields:
                return self[name]
        return self.env["res.users"]
