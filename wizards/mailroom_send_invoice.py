from odoo import api, fields, models


class MailroomSendInvoice(models.TransientModel):
    """An invoice may also leave as an e-invoice or by post: Odoo's own sending methods,
    chosen in the same dialog and carried out by Odoo's own sending."""

    _inherit = "mailroom.send"

    invoice_send_id = fields.Many2one("account.move.send.wizard", readonly=True)
    sending_method_checkboxes = fields.Json(
        related="invoice_send_id.sending_method_checkboxes", readonly=False
    )
    extra_edi_checkboxes = fields.Json(
        related="invoice_send_id.extra_edi_checkboxes", readonly=False
    )
    by_email = fields.Boolean(compute="_compute_by_email")

    def _prepare_dialog_values(self, plan):
        # EXTENDS: Odoo's wizard stands behind the dialog and keeps the other methods
        values = super()._prepare_dialog_values(plan)
        sending = self.env["account.move.send.wizard"]
        if (
            plan.document._name == "account.move"
            and not plan.document._mailroom_blockers()
            and sending.has_access("create")
        ):
            wizard = sending.create({"move_id": plan.document.id})
            values["invoice_send_id"] = wizard.id
        return values

    @api.depends("sending_method_checkboxes", "invoice_send_id")
    def _compute_by_email(self):
        for wizard in self:
            methods = wizard.sending_method_checkboxes or {}
            checked = methods.get("email", {}).get("checked")
            wizard.by_email = bool(checked) or not wizard.invoice_send_id

    @api.depends("template_id")
    def _compute_alerts(self):
        # EXTENDS: a reminder may have nothing to remind of
        return super()._compute_alerts()

    def _other_methods(self):
        """Return the chosen sending methods besides email."""
        methods = self.sending_method_checkboxes or {}
        return [
            name
            for name, value in methods.items()
            if value.get("checked") and name != "email"
        ]

    def action_send(self):
        # EXTENDS: what is not mail leaves by Odoo's own road, then the mail by ours
        self.ensure_one()
        if self.invoice_send_id:
            self._send_other_methods()
        if not self.by_email:
            return {"type": "ir.actions.act_window_close"}
        return super().action_send()

    def _send_other_methods(self):
        methods = self._other_methods()
        extra = self.invoice_send_id.extra_edis
        if not methods and not extra:
            return
        invoice = self._document()
        self.env["account.move.send"]._generate_and_send_invoices(
            invoice,
            sending_methods=methods,
            extra_edis=extra or [],
            invoice_edi_format=self.invoice_send_id.invoice_edi_format,
        )
