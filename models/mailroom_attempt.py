from odoo import api, fields, models

# Days an attempt is kept, unless ``mailroom.attempt_days`` says otherwise.
KEEP_DAYS = 400


class MailroomAttempt(models.Model):
    """One try to hand a message over. Rows are only ever added."""

    _name = "mailroom.attempt"
    _description = "Attempt to send"
    _order = "id desc"
    _rec_name = "outcome"

    delivery_id = fields.Many2one(
        "mailroom.delivery", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="delivery_id.company_id", store=True)
    account_id = fields.Many2one(
        "ir.mail_server", index="btree_not_null", ondelete="set null"
    )
    number = fields.Integer("Attempt")
    worker = fields.Integer()
    started_at = fields.Datetime("Started")
    duration = fields.Integer("Duration (ms)")
    phase = fields.Char(help="How far it came: connect, mail, rcpt, data, body, end.")
    outcome = fields.Char()
    reason = fields.Char()
    reply_code = fields.Integer("Code", aggregator=None)
    reply_enhanced = fields.Char("Enhanced Code")
    reply_text = fields.Char("Server's Answer")
    size = fields.Integer("Size (bytes)")

    @api.autovacuum
    def _gc_attempts(self):
        """Forget attempts older than ``mailroom.attempt_days``."""
        days = self.env["ir.config_parameter"].get_param("mailroom.attempt_days")
        limit = f"-{int(days or KEEP_DAYS)}d"
        old = self.search([("create_date", "<", limit)], limit=1000)
        old.unlink()
        return len(old), len(old) == 1000
