import re

from odoo import models

from ..tools.pdf_check import contains

# What stands for the slash of a number in the name of a file
SEPARATOR = re.compile("[/_-]")


class MailroomDocumentNotify(models.AbstractModel):
    """Who of Odoo's own recipients is served by the outbox, and what a message of
    Odoo's own flows is about. The hooks themselves are in ``mail_thread``: they must
    come before the mixins of the documents."""

    _inherit = "mailroom.document"

    def _mailroom_reply_to(self):
        """Return the address answers to one document go to."""
        self.ensure_one()
        return self._mailroom_reply_tos()[self.id]

    def _mailroom_reply_tos(self):
        """Return where answers go: the chatter's alias where one is set up, else the
        company's own address.

        :return: ``{id: address}``
        :rtype: dict
        """
        if not self:
            return {}
        own = {doc.id: doc._mailroom_company().email_formatted for doc in self}
        aliases = self._notify_get_reply_to_batch(
            defaults={res_id: address or None for res_id, address in own.items()},
            author_ids=dict.fromkeys(own, False),
        )
        return {res_id: aliases.get(res_id) or own[res_id] or "" for res_id in own}

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

        It does when the flow says so, or when a PDF is attached that is named like the
        document or after its number.
        """
        if self.env.context.get("mark_so_as_sent"):
            return True
        number = SEPARATOR.sub("-", self._mailroom_number())
        own = self._mailroom_file_name().removesuffix(".pdf")
        names = [
            (attachment.name or "").removesuffix(".pdf")
            for attachment in message.attachment_ids
            if attachment.mimetype == "application/pdf"
        ]
        return any(
            name == own or contains(SEPARATOR.sub("-", name), number) for name in names
        )

    def _mailroom_pressed_by(self):
        """Return who pressed the button behind a message of Odoo's own flows, empty
        when nobody of the staff did."""
        user = self.env.user
        by_hand = user.active and user._is_internal()
        return user if by_hand else self.env["res.users"]
