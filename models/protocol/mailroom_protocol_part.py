from odoo import api, fields, models
from odoo.exceptions import UserError


class MailroomProtocolPart(models.AbstractModel):
    """A line of a protocol: locked together with it."""

    _name = "mailroom.protocol.part"
    _description = "Part of a Service Protocol"
    _order = "sequence, id"

    protocol_id = fields.Many2one(
        "mailroom.protocol", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="protocol_id.company_id", store=True)
    sequence = fields.Integer(default=10)

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse to add to a protocol that is done."""
        parts = super().create(vals_list)
        parts._check_open()
        parts.protocol_id._take_signature_off()
        return parts

    def write(self, vals):
        """Refuse to change a protocol that is done."""
        self._check_open()
        result = super().write(vals)
        if "protocol_id" in vals:
            self._check_open()
        self.protocol_id._take_signature_off()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_of_drafts(self):
        self._check_open()
        self.protocol_id._take_signature_off()

    def _check_open(self):
        locked = self.protocol_id.filtered(lambda protocol: protocol.state != "draft")
        if locked:
            raise UserError(
                self.env._(
                    "%s is done and locked. Press “Correct” to make a new revision.",
                    ", ".join(locked.mapped("name")),
                )
            )
