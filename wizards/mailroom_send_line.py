from odoo import fields, models


class MailroomSendRecipient(models.TransientModel):
    """Somebody who could get the message, as a line of the dialog."""

    _name = "mailroom.send.recipient"
    _description = "Proposed recipient"
    _order = "sequence, id"

    wizard_id = fields.Many2one("mailroom.send", required=True, ondelete="cascade")
    sequence = fields.Integer()
    selected = fields.Boolean("By Email")
    partner_id = fields.Many2one("res.partner", readonly=True)
    name = fields.Char(readonly=True)
    email = fields.Char(readonly=True)
    phone = fields.Char(readonly=True)
    reason = fields.Char("Why", readonly=True)
    role = fields.Selection([("to", "To"), ("cc", "Cc")], default="to", required=True)


class MailroomSendFile(models.TransientModel):
    """A file that could go along, as a line of the dialog."""

    _name = "mailroom.send.file"
    _description = "Proposed file"
    _order = "sequence, id"

    wizard_id = fields.Many2one("mailroom.send", required=True, ondelete="cascade")
    sequence = fields.Integer()
    selected = fields.Boolean("Send")
    name = fields.Char(required=True)
    origin = fields.Char("Where It Comes From", readonly=True)
    attachment_id = fields.Many2one("ir.attachment", readonly=True)
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)
