from odoo import models


class MailroomDocumentNotify(models.AbstractModel):
    """Who of Odoo's own recipients is served by the outbox, and what a message of
    Odoo's own flows is about. The hooks themselves are in ``mail_thread``: they must
    come before the mixins of the documents."""

    _inherit = "mailroom.document"

    def _mailroom_reply_to(self):
        """Return the address answers go to: the chatter's alias where one is set up,
        else the company's own address."""
        self.ensure_one()
        company = self._mailroom_company()
        alias = self._notify_get_reply_to(default=company.email_formatted or None)
        return alias.get(self.id) or company.email_formatted or ""

    def _mailroom_post_context(self):
        """Return context keys needed to post on this model without side effects."""
        return {"mail_post_autofollow": False}

    def _mailroom_customers(self, recipients_data):
        """Return those of Odoo's recipients that the outbox serves."""
        if len(self) != 1 or not self._mailroom_kind():
            return []
        return [
            data
            for data in recipients_data
            if data["notif"] == "email" and data["share"]
        ]

    def _mailroom_message_is_document(self, message):
        """Return whether a message of Odoo's own flows carries the document itself.

        It does when the document's PDF is attached or when the flow says so.
        """
        if self.env.context.get("mark_so_as_sent"):
            return True
        name = self._mailroom_file_name().removesuffix(".pdf")
        names = {(a.name or "").removesuffix(".pdf") for a in message.attachment_ids}
        return name in names
