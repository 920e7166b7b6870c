from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.plan import Wishes


class ResCompanyPosted(models.Model):
    """What a company wants when an invoice is posted."""

    _inherit = "res.company"

    mailroom_posted_mode = fields.Selection(
        [
            ("nothing", "Nothing"),
            ("ask", "Ask whether to send it"),
            ("hold", "Send it by itself after some minutes"),
        ],
        "When an Invoice Is Posted",
        required=True,
        default="nothing",
        help="Several posted at once make one batch that somebody looks at first.",
    )
    mailroom_posted_minutes = fields.Integer(
        "Minutes After Posting",
        default=10,
        help="Until then anybody who may send can stop the message.",
    )
    mailroom_posted_template_ids = fields.Many2many(
        "mail.template",
        "res_company_mailroom_posted_template_rel",
        "company_id",
        "template_id",
        string="Templates for Posted Invoices",
        ondelete="restrict",
        domain="[('mailroom_kind', '=', 'invoice')]",
        context={"active_test": False},
        help="Empty: the template for invoices in the customer's language.",
    )

    @api.constrains("mailroom_posted_mode", "mailroom_posted_minutes")
    def _check_mailroom_posted_minutes(self):
        for company in self:
            by_itself = company.mailroom_posted_mode == "hold"
            if by_itself and company.mailroom_posted_minutes < 1:
                raise ValidationError(
                    self.env._(
                        "Say how many minutes an invoice waits before it leaves: at "
                        "least one."
                    )
                )

    def _mailroom_fire_posted(self, invoices):
        """Do what this company wants for invoices that were just posted."""
        self.ensure_one()
        # What a company wants is no secret to whoever posts its invoices.
        wanted = self.sudo().with_context(active_test=False)
        if wanted.mailroom_posted_mode == "nothing" or not invoices:
            return
        chosen = wanted.mailroom_posted_template_ids
        name = invoices._mailroom_for_staff().env._("Invoice posted")
        self.env["mailroom.automation"]._fire(
            invoices,
            self,
            Wishes(rule=name),
            wanted.mailroom_posted_mode,
            wanted.mailroom_posted_minutes,
            chosen or None,
        )
