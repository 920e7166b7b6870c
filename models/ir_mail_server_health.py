from datetime import timedelta
from random import Random

from odoo import api, fields, models

from ..tools.backoff import cool_down


class IrMailServerHealth(models.Model):
    """Up, cooling down, or paused: a failing account holds its own mail only."""

    _inherit = "ir.mail_server"

    mailroom_health = fields.Selection(
        [("up", "Up"), ("cooling", "Cooling down"), ("paused", "Paused")],
        string="Health",
        # Not required: neutralizing a database inserts an account of its own.
        default="up",
        readonly=True,
        copy=False,
    )
    mailroom_reason = fields.Char("Cause of the Last Error", readonly=True, copy=False)
    mailroom_reply = fields.Char("Server's Last Answer", readonly=True, copy=False)
    mailroom_failed_at = fields.Datetime("Last Error On", readonly=True, copy=False)
    mailroom_retry_at = fields.Datetime("Next Try", readonly=True, copy=False)
    mailroom_failures = fields.Integer(
        "Failures in a Row", readonly=True, copy=False, aggregator=None
    )
    mailroom_last_success = fields.Datetime("Last Success", readonly=True, copy=False)
    mailroom_max_size = fields.Integer(
        "Size Limit (bytes)", readonly=True, copy=False, aggregator=None
    )
    mailroom_waiting = fields.Integer(
        "Waiting Messages", compute="_compute_mailroom_waiting"
    )

    def _compute_mailroom_waiting(self):
        counts = dict(
            self.env["mailroom.delivery"]
            .sudo()
            ._read_group(
                [
                    ("account_id", "in", self.ids),
                    ("state", "in", ("queued", "deferred")),
                ],
                ["account_id"],
                ["__count"],
            )
        )
        for server in self:
            server.mailroom_waiting = counts.get(server, 0)

    # === WHAT THE QUEUE REPORTS === #

    def _mailroom_mark_up(self):
        """The account works: forget earlier trouble. Written at most once a minute."""
        if not self._mailroom_known_up():
            now = fields.Datetime.now()
            self.write({**self._prepare_mailroom_up(), "mailroom_last_success": now})

    def _mailroom_known_up(self):
        """Return whether the account worked within the last minute."""
        now, last = fields.Datetime.now(), self.mailroom_last_success
        fresh = bool(last) and now - last < timedelta(minutes=1)
        return fresh and self.mailroom_health == "up"

    def _prepare_mailroom_up(self):
        """Return the values of an account that works."""
        return {
            "mailroom_health": "up",
            "mailroom_retry_at": False,
            "mailroom_failures": 0,
        }

    def _mailroom_mark_cooling(self, verdict):
        """The server does not answer or wants peace: leave it alone for a while."""
        failures = self.mailroom_failures + 1
        now = fields.Datetime.now()
        self.write(
            {
                **self._prepare_mailroom_fault(verdict),
                "mailroom_health": "cooling",
                "mailroom_failures": failures,
                "mailroom_retry_at": now + cool_down(failures, Random()),
            }
        )

    def _mailroom_mark_paused(self, verdict):
        """Something only a person can mend: stop, and say so once."""
        already = self.mailroom_health == "paused"
        self.write(
            {
                **self._prepare_mailroom_fault(verdict),
                "mailroom_health": "paused",
                "mailroom_retry_at": False,
            }
        )
        if not already:
            self._mailroom_tell_managers()

    def _prepare_mailroom_fault(self, verdict):
        return {
            "mailroom_reason": verdict.reason,
            "mailroom_reply": verdict.text,
            "mailroom_failed_at": fields.Datetime.now(),
        }

    # === PEOPLE === #

    def _mailroom_tell_managers(self):
        """Tell the mail managers once that an account is paused, and why."""
        managers = self._mailroom_managers()
        if not managers:
            return
        trouble = self.env["mailroom.words"]._trouble(self.mailroom_reason)
        self.env["mail.thread"].sudo().message_notify(
            partner_ids=managers.partner_id.ids,
            subject=self.env._("Sender account “%s” is paused", self.name),
            body=self.env._(
                "%(trouble)s %(count)s messages wait; they leave once the account "
                "works and somebody presses Resume.",
                trouble=trouble,
                count=self.mailroom_waiting,
            ),
            # Another account may be broken too: Odoo's queue tries, we do not wait.
            force_send=False,
        )

    def _mailroom_managers(self):
        if self._mailroom_owner():
            return self._mailroom_owner()
        return self._mailroom_managers_of(self.mailroom_company_id)

    @api.model
    def _mailroom_managers_of(self, company):
        """Return the mail managers of a company, of all when none is given."""
        users = self.env.ref("mailroom.mailroom_group_manager").sudo().all_user_ids
        return users.filtered(
            lambda u: u.active and (not company or company in u.company_ids)
        )

    def action_mailroom_resume(self):
        """Let the waiting messages of paused accounts leave."""
        self.check_access("write")
        # Checked above; health itself is the program's to write.
        self.sudo().write(self._prepare_mailroom_up())
        log = self.env["mailroom.setting.log"]
        words = (self.env._("Health"), self.env._("Paused"), self.env._("Resumed"))
        for server in self:
            log._note(server, *words)
        self.env["mailroom.queue"]._wake()
        return True

    @api.model
    def _mailroom_ready_accounts(self):
        """Return the accounts that may send now (not paused, not cooling down)."""
        now = fields.Datetime.now()
        servers = self.sudo().search(self._mailroom_usable_domain())
        return servers.filtered(
            lambda s: (
                s.mailroom_health == "up"
                or (
                    s.mailroom_health == "cooling"
                    and (s.mailroom_retry_at or now) <= now
                )
            )
        )
