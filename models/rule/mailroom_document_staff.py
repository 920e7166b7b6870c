from odoo import models


class MailroomDocumentStaff(models.AbstractModel):
    """History and outbox are read by those who work with a document, whoever sets a
    rule off."""

    _inherit = "mailroom.document"

    def _mailroom_for_staff(self):
        """Return these documents in the language of a colleague: as they are for him,
        in that of the one responsible for a customer on the portal or the program."""
        user = self.env.user
        if user._is_internal() and not user._is_superuser():
            return self
        document = self[:1].sudo()
        lang = document._mailroom_responsible().lang
        lang = lang or document._mailroom_company().partner_id.lang or self.env.lang
        return self.with_context(lang=lang)
