from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _mailroom_has_paper(self):
        # EXTENDS 'mailroom.document': Odoo looks its report up anew for each invoice,
        # and every invoice has one
        other = self.env.context.get("mailroom_purpose") not in (None, "document")
        return super()._mailroom_has_paper() if other else bool(self._mailroom_kind())

    def _mailroom_stored_files(self, purpose):
        # EXTENDS 'mailroom.document': the legal PDF, where it was made before
        files = super()._mailroom_stored_files(purpose)
        return files | self.invoice_pdf_report_id.sudo()
