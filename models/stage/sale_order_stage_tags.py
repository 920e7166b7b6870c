from odoo import api, models

from ...tools.tag_spec import TagSpec


class SaleOrderStageTags(models.Model):
    """Templates about stages are for orders."""

    _inherit = "sale.order"

    @api.model
    def _mailroom_template_kinds(self):
        # EXTENDS 'mailroom.document'
        return [*super()._mailroom_template_kinds(), "order_stage"]

    def _mailroom_usable_kinds(self):
        # EXTENDS 'mailroom.document'
        return [*super()._mailroom_usable_kinds(), "order_stage"]


class MailroomTag(models.AbstractModel):
    """The tag of the stage."""

    _inherit = "mailroom.tag"

    @api.model
    def _specs(self):
        # EXTENDS: where the order stands
        stage = TagSpec(
            "Stage",
            self.env._("Document"),
            self.env._("Stage of the order"),
            lambda document: document.mailroom_stage_id.name or "",
            kinds=("order_stage",),
        )
        return [*super()._specs(), stage]
