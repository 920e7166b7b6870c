from datetime import timedelta
from random import Random

from odoo import api, fields, models

from ..tools.backoff import cool_down

# A change of one of these calls for a new test.
CONNECTION = frozenset(
    {
        "smtp_host",
        "smtp_port",
        "smtp_user",
        "smtp_pass",
        "smtp_encryption",
        "smtp_authentication",
        "mailroom_encryption",
        "mailroom_address",
        "mailroom_provider",
    }
)
# The button saves first, which tests already: a wrong password is not sent twice.
JUST_NOW = 5
# What passes by itself: the account is tried again, nobody has to mend it.
PASSING = ("timeout", "connection_lost", "server_busy", "server_closing", "greylisted")


class IrMailServerCheck(models.Model):
    """Saving an account in its form tests it and says in plain words what is wrong."""

    _inherit = "ir.mail_server"

    mailroom_checked_at = fields.Datetime("Last Test", readonly=True, copy=False)
    mailroom_trouble = fields.Char("Last Error", compute="_compute_mailroom_trouble")

    @api.depends("mailroom_reason", "mailroom_reply")
    def _compute_mailroom_trouble(self):
        words = self.env["mailroom.words"]
        for server in self:
            reason, reply = server.mailroom_reason, server.mailroom_reply
            server.mailroom_trouble = reason and words._trouble(reason, reply)

    def web_save(self, vals, specification, next_id=None):
        # EXTENDS 'web': the network is asked before anything is written, so that no
        # row is locked meanwhile
        if len(self) > 1 or not CONNECTION & set(vals) or not self._mailroom_host(vals):
            return super().web_save(vals, specification, next_id=next_id)
        self.check_access("write" if self else "create")
        finding = self._mailroom_probe(vals)
        result = super().web_save(vals, specification, next_id=next_id)
        saved = self or self.browse(result[0]["id"])
        saved._mailroom_note_finding(finding)
        if next_id:
            return result
        return saved.with_context(bin_size=True).web_read(specification)

    def _mailroom_host(self, vals):
        return vals["smtp_host"] if "smtp_host" in vals else self.sudo().smtp_host

    def action_mailroom_check(self):
        """Test the account as it is stored, and say what came of it."""
        self.ensure_one()
        self._mailroom_check_writable()
        just_now = fields.Datetime.now() - timedelta(seconds=JUST_NOW)
        if not self.mailroom_checked_at or self.mailroom_checked_at < just_now:
            self._mailroom_note_finding(self._mailroom_probe())
        if self.mailroom_health != "up":
            return self._mailroom_notify(self.mailroom_trouble, "danger")
        return self._mailroom_notify(self.env["mailroom.words"]._found(self))

    def _mailroom_check_writable(self):
        # A test opens connections and shows answers: only to who may set the account.
        self.check_access("write")

    # === WRITING DOWN === #

    def _mailroom_note_finding(self, finding):
        """Store what a test found out; a working account lets its messages go."""
        values = {"mailroom_checked_at": fields.Datetime.now()}
        if finding.works:
            values |= self._prepare_mailroom_up()
            if self.sudo().mailroom_automatic:
                values["smtp_port"] = finding.best.port
                values["smtp_encryption"] = finding.best.encryption
            values["mailroom_max_size"] = min(finding.max_size, 2**31 - 1)
        else:
            values |= self._prepare_mailroom_trouble(finding.best)
        # Health is the program's to write, whoever pressed the button.
        self.sudo().write(values)
        if finding.works:
            self.env["mailroom.queue"]._wake()

    def _prepare_mailroom_trouble(self, attempt):
        now = fields.Datetime.now()
        passing = attempt.reason in PASSING
        return {
            "mailroom_reason": attempt.reason,
            "mailroom_reply": attempt.text,
            "mailroom_failed_at": now,
            "mailroom_health": "cooling" if passing else "paused",
            "mailroom_retry_at": now + cool_down(1, Random()) if passing else False,
        }
