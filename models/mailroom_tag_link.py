from odoo import api, models

from ..tools.placeholder_value import Link
from ..tools.tag_spec import TagSpec


class MailroomTagLink(models.AbstractModel):
    """Tags that lead the customer to his document."""

    _inherit = "mailroom.tag"

    @api.model
    def _specs(self):
        # EXTENDS: where the customer looks at it, pays or signs
        group = self.env._("Links")
        return [
            *super()._specs(),
            TagSpec(
                "Link.Portal",
                group,
                self.env._("Address of the document in the customer portal"),
                lambda d: Link(d._mailroom_link()),
            ),
            TagSpec(
                "Link.Pay",
                group,
                self.env._("Address where the customer pays it"),
                lambda d: (
                    Link(d._mailroom_link("pay"))
                    if "pay" in d._mailroom_link_anchors()
                    else ""
                ),
                kinds=("invoice", "payment_reminder", "message"),
            ),
            TagSpec(
                "Link.Sign",
                group,
                self.env._("Address where the customer accepts it"),
                lambda d: Link(d._mailroom_link("sign")),
                kinds=("quotation", "protocol"),
            ),
        ]
