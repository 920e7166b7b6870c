from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...const import BATCH_STATES

# What a person may change, and what makes every line be looked at again.
OPTIONS = {"template_id", "one_mail"}
LINES = {"line_ids", "look_line_ids", "stuck_line_ids", "failed_line_ids"}
EDITABLE = OPTIONS | LINES | {"name"}


class MailroomBatch(models.Model):
    """Many documents sent together: seen before, followed live, kept afterwards.

    It adds nothing to the road of a message: each line is planned, and dispatched, as
    one document sent by hand would be.
    """

    _name = "mailroom.batch"
    _description = "Batch of documents to send"
    _inherit = ["mail.thread"]
    _order = "id desc"

    name = fields.Char(required=True)
    user_id = fields.Many2one(
        "res.users",
        "Made By",
        readonly=True,
        index=True,
        ondelete="set null",
        default=lambda self: self.env.user,
    )
    acting_user_id = fields.Many2one(
        "res.users",
        "Sent By",
        readonly=True,
        ondelete="set null",
        help="Who pressed Send, or tried again what had failed: it leaves with his "
        "rights.",
    )
    company_ids = fields.Many2many("res.company", string="Companies", readonly=True)
    state = fields.Selection(
        BATCH_STATES, required=True, default="draft", readonly=True
    )
    line_ids = fields.One2many("mailroom.batch.line", "batch_id", "Lines")
    look_line_ids = fields.One2many(
        "mailroom.batch.line",
        "batch_id",
        "To Look At",
        domain=[("light", "=", "amber")],
    )
    stuck_line_ids = fields.One2many(
        "mailroom.batch.line",
        "batch_id",
        "Lines That Cannot Go",
        domain=[("light", "=", "red")],
    )
    failed_line_ids = fields.One2many(
        "mailroom.batch.line",
        "batch_id",
        "Lines Not Sent",
        domain=[("result", "in", ["failed", "uncertain"])],
    )
    template_id = fields.Many2one(
        "mail.template",
        ondelete="set null",
        help="Empty: each document gets the template of its own kind and language.",
    )
    one_mail = fields.Boolean(
        "One Mail per Customer",
        help="A customer with several documents gets all their PDFs in one mail, with "
        "the words for several. A template that you choose is about one document: "
        "those go one by one.",
    )
    account_id = fields.Many2one("ir.mail_server", readonly=True, ondelete="set null")
    wishes = fields.Json(readonly=True, help="What was asked for besides the above.")
    rule = fields.Char(readonly=True, help="Name of the rule that made the batch.")
    by_program = fields.Boolean(
        readonly=True, help="Started by a rule: no person's rights count."
    )
    started_at = fields.Datetime("Started", readonly=True)
    finished_at = fields.Datetime("Finished", readonly=True)

    # "What is to be done": few of all batches ever made
    _open_idx = models.Index(
        "(id) WHERE state IN ('checking', 'running', 'paused', 'cancelled')"
    )

    # === WHO MAY CHANGE WHAT === #

    def write(self, vals):
        # EXTENDS 'mail': a person changes options; the rest is written by the program
        if self.env.su:
            return super().write(vals)
        if set(vals) - EDITABLE:
            raise AccessError(self.env._("The state of a batch is not typed in."))
        if set(vals) & OPTIONS:
            self._check_is_open()
        result = super().write(vals)
        if set(vals) & OPTIONS:
            # What a person has changed is his, and leaves with his rights only.
            self.sudo().by_program = False
            self._check()
        return result

    # === FOR SCREENS === #

    def action_open(self):
        """Open the page of the batch."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def action_lines(self):
        """Open all lines as a list that can be searched, grouped and exported."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "mailroom.batch.line",
            "views": [(False, "list"), (False, "form")],
            "domain": [("batch_id", "=", self.id)],
        }

    def action_export(self):
        """Download the lines as a spreadsheet."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/mailroom/batch/{self.id}.xlsx",
            "target": "download",
        }

    @api.autovacuum
    def _gc_never_sent(self):
        """Forget batches that a person opened and left a month ago."""
        left = self.search(
            [
                ("state", "in", ("draft", "ready")),
                ("rule", "=", False),
                ("write_date", "<", "-30d"),
            ],
            limit=100,
        )
        left.unlink()
        return len(left), len(left) == 100
