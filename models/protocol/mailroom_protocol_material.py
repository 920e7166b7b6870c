from odoo import api, fields, models


class MailroomProtocolMaterial(models.Model):
    """Material or time that was used. It has no price: that stands on the invoice."""

    _name = "mailroom.protocol.material"
    _inherit = "mailroom.protocol.part"
    _description = "Material of a Service Protocol"
    _check_company_auto = True

    product_id = fields.Many2one(
        "product.product", ondelete="restrict", check_company=True
    )
    name = fields.Text(
        "Description",
        compute="_compute_from_product",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    quantity = fields.Float(digits="Product Unit", default=1)
    uom_id = fields.Many2one(
        "uom.uom",
        "Unit",
        compute="_compute_from_product",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
    )

    @api.depends("product_id")
    def _compute_from_product(self):
        for line in self.filtered("product_id"):
            lang = line.protocol_id.invoice_lang
            product = line.product_id.with_context(lang=lang) if lang else None
            line.name = (product or line.product_id).display_name
            line.uom_id = line.product_id.uom_id
