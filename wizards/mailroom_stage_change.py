from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class MailroomStageChange(models.TransientModel):
    """Move many orders to a stage: before anything leaves it says which messages go, to
    whom, and what cannot."""

    _name = "mailroom.stage.change"
    _description = "Change the stage of orders"

    order_ids = fields.Many2many(
        "sale.order",
        string="Orders",
        readonly=True,
        default=lambda self: self._default_order_ids(),
    )
    company_ids = fields.Many2many("res.company", compute="_compute_company_ids")
    stage_id = fields.Many2one(
        "mailroom.stage",
        "New Stage",
        required=True,
        ondelete="cascade",
        domain="['|', ('company_id', '=', False), ('company_id', 'in', company_ids)]",
    )
    mode = fields.Selection(related="stage_id.mode")
    minutes = fields.Integer(related="stage_id.minutes")
    send = fields.Boolean(
        "Send the Messages",
        default=True,
        help="Off: the orders are moved and nobody is told.",
    )
    line_ids = fields.One2many(
        "mailroom.stage.change.line",
        "wizard_id",
        "Messages",
        compute="_compute_line_ids",
        store=True,
    )
    summary = fields.Char(compute="_compute_summary")

    def _default_order_ids(self):
        if self.env.context.get("active_model") != "sale.order":
            return self.env["sale.order"]
        return self.env["sale.order"].browse(self.env.context.get("active_ids"))

    @api.depends("order_ids")
    def _compute_company_ids(self):
        for wizard in self:
            wizard.company_ids = wizard.order_ids.company_id

    # === WHAT WOULD HAPPEN === #

    @api.depends("stage_id", "order_ids")
    def _compute_line_ids(self):
        for wizard in self:
            values = wizard._prepare_lines() if wizard.stage_id else []
            wizard.line_ids = [
                Command.clear(),
                *(Command.create(line) for line in values),
            ]

    def _prepare_lines(self):
        """Return what would become of each order.

        :rtype: list[dict]
        """
        stage = self.stage_id._origin or self.stage_id
        orders = self.order_ids._origin or self.order_ids
        outcomes = stage._preview(orders)
        return [
            {
                "order_id": order.id,
                "outcome": outcomes[order][0],
                "whom": outcomes[order][1],
            }
            for order in orders
        ]

    @api.depends("line_ids.outcome", "send", "stage_id")
    def _compute_summary(self):
        for wizard in self:
            wizard.summary = wizard.stage_id and wizard._summary_words()

    def _summary_words(self):
        counts = dict.fromkeys(("leaves", "refused", "nobody", "foreign"), 0)
        for line in self.line_ids:
            if line.outcome in counts:
                counts[line.outcome] += 1
        parts = [self._leaving_words(counts["leaves"] if self.send else 0)]
        if counts["refused"]:
            parts.append(self.env._("%s cannot be sent.", counts["refused"]))
        if counts["nobody"]:
            parts.append(self.env._("Nobody wants to be told of %s.", counts["nobody"]))
        if counts["foreign"]:
            parts.append(self.env._("%s cannot be moved there.", counts["foreign"]))
        return " ".join(parts)

    def _leaving_words(self, count):
        """Return how many messages leave, and when."""
        if not count:
            return self.env._("No message leaves.")
        values = {"count": count, "minutes": self.minutes}
        if self.mode != "hold":
            if count == 1:
                return self.env._("1 message leaves.")
            return self.env._("%(count)s messages leave.", **values)
        if count == 1:
            return self.env._("1 message leaves after %(minutes)s minutes.", **values)
        return self.env._(
            "%(count)s messages leave after %(minutes)s minutes.", **values
        )

    # === DOING IT === #

    def action_change(self):
        """Move the orders, and send what was shown."""
        self.ensure_one()
        if not self.order_ids:
            raise UserError(self.env._("Select the orders to move first."))
        self.order_ids.check_access("write")
        # Only this stage's messages were shown; other rules shall ask for themselves.
        key = self.env["mailroom.automation"]._rule_key(self.stage_id)
        name = "mailroom_answered" if self.send else "mailroom_silent"
        moving = self.order_ids.filtered(self.stage_id._takes)
        moving.with_context(**{name: key}).write(
            {"mailroom_stage_id": self.stage_id.id}
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "title": self.env._("Moved to “%s”", self.stage_id.name),
                "message": self.summary,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }


class MailroomStageChangeLine(models.TransientModel):
    """What would become of one order."""

    _name = "mailroom.stage.change.line"
    _description = "Order that changes its stage"

    wizard_id = fields.Many2one("mailroom.stage.change", ondelete="cascade", index=True)
    order_id = fields.Many2one("sale.order", readonly=True, ondelete="cascade")
    partner_id = fields.Many2one(related="order_id.partner_id")
    outcome = fields.Selection(
        [
            ("leaves", "Message"),
            ("nothing", "No message"),
            ("told", "Told before"),
            ("there", "Is there already"),
            ("foreign", "Stays where it is"),
            ("nobody", "Nobody wants it"),
            ("refused", "Cannot be sent"),
        ],
        readonly=True,
    )
    whom = fields.Char("To Whom, or Why Not", readonly=True)
