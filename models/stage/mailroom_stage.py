from odoo import api, fields, models, tools

from ...tools.plan import Wishes
from ..rule.rule_fields import CHANNELS, channels_of

MODES = [
    ("nothing", "Nothing"),
    ("ask", "Ask whether to send"),
    ("send", "Send by itself"),
    ("hold", "Send by itself after some minutes"),
]


class MailroomStage(models.Model):
    """Where an order stands for the people who work on it, and what its customer hears
    when it gets there."""

    _name = "mailroom.stage"
    _description = "Order stage"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=50)
    fold = fields.Boolean(
        "Folded", help="The column is folded when orders are shown by stage."
    )
    company_id = fields.Many2one(
        "res.company", ondelete="cascade", help="Empty: all companies have this stage."
    )
    builtin = fields.Selection(
        [("received", "Received"), ("unresolved", "Unresolved")],
        "Built In",
        readonly=True,
        copy=False,
        help="Received is entered when an order is confirmed, by the customer or by "
        "staff. Unresolved is entered when something about an order needs a person: "
        "the customer declined or asked for another time, or a message failed for "
        "good. Their texts cannot be changed.",
    )
    mode = fields.Selection(
        MODES,
        "When an Order Gets Here",
        required=True,
        default="nothing",
        help="Nothing leaves when orders are imported or copied, or moved in mass "
        "without “Change Stage”.",
    )
    minutes = fields.Integer(
        "Minutes to Wait",
        default=5,
        help="Until then anybody who may send can stop the message.",
    )
    channel = fields.Selection(CHANNELS, "Send As", required=True, default="email")
    template_ids = fields.Many2many(
        "mail.template",
        "mailroom_stage_template_rel",
        "stage_id",
        "template_id",
        string="Templates",
        default=lambda self: self._default_template_ids(),
        domain="[('mailroom_kind', 'in', ['order_stage', 'order']), "
        "('mailroom_builtin', '=', False)]",
        context={"active_test": False},
        help="One per language; the one that fits the customer best is used.",
    )

    _builtin_uniq = models.UniqueIndex(
        "(builtin) WHERE builtin IS NOT NULL", "There is one such stage only."
    )

    def _default_template_ids(self):
        """Return the shipped texts about stages, one per language."""
        return self.env["mail.template"].search(
            [
                ("mailroom_kind", "=", "order_stage"),
                ("mailroom_builtin", "=", False),
                ("mailroom_company_id", "=", False),
            ]
        )

    # === BUILT IN === #

    @api.model
    def _builtin(self, key):
        """Return a built-in stage, empty when it does not exist (yet).

        :param str key: received or unresolved
        """
        return self.browse(self._builtin_id(key))

    @api.model
    @tools.ormcache("key")
    def _builtin_id(self, key):
        # Which stage is built in is no secret, and the same for everybody.
        return self.sudo().search([("builtin", "=", key)], limit=1).id

    # === WHAT LEAVES === #

    def _rule_mode(self):
        """Return what happens now: a question asked before counts as answered."""
        rules = self.env["mailroom.automation"]
        if self.env.context.get("mailroom_silent") == rules._rule_key(self):
            return "nothing"
        answered = rules._is_answered(self)
        return "send" if answered and self.mode == "ask" else self.mode

    def _wishes(self):
        """Return what the messages of this stage are to be like.

        :rtype: Wishes
        """
        return Wishes(
            rule=self.name,
            automatic=True,
            origin="rule",
            channels=channels_of(self.channel),
        )

    def _templates(self):
        """Return the templates to choose from, those of the stage."""
        templates = self.env["mail.template"].sudo()
        if self.builtin:
            return templates.search([("mailroom_builtin", "=", self.builtin)])
        return self.sudo().template_ids.filtered("active")

    def _fire(self, orders):
        """Do what this stage does for orders that have just got here.

        :return: the ``mailroom.firing`` rows
        """
        rules = self.env["mailroom.automation"]
        mode = self._rule_mode()
        if mode == "nothing" or not orders:
            return self.env["mailroom.firing"]
        stage = self.with_context(lang=orders._mailroom_for_staff().env.lang)
        return rules._fire(
            orders, self, stage._wishes(), mode, self.minutes, self._templates()
        )
