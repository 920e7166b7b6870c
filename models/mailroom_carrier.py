from datetime import timedelta
from random import Random

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.backoff import cool_down

# A server may ask for patience, not for ever (seconds).
LONGEST_REST = 24 * 3600


class MailroomCarrier(models.AbstractModel):
    """What carries messages out: a mail account or an SMS gateway. It is up, cooling
    down, or paused; a failing one holds its own messages only."""

    _name = "mailroom.carrier"
    _description = "Carrier of messages"

    # Field of ``mailroom.delivery`` that names the carrier
    _mailroom_row_field = ""

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
    # Changed by each claim, so that two workers cannot count at the same moment.
    mailroom_turn = fields.Integer(readonly=True, copy=False, aggregator=None)
    mailroom_waiting = fields.Integer(
        "Waiting Messages", compute="_compute_mailroom_waiting"
    )

    def _compute_mailroom_waiting(self):
        name = self._mailroom_row_field
        # A number says nothing about the messages, which another user may have sent.
        counts = dict(
            self.env["mailroom.delivery"]
            .sudo()
            ._read_group(
                [(name, "in", self.ids), ("state", "in", ("queued", "deferred"))],
                [name],
                ["__count"],
            )
        )
        for carrier in self:
            carrier.mailroom_waiting = counts.get(carrier, 0)

    # === WHAT THE QUEUE REPORTS === #

    def _mailroom_mark_up(self):
        """It works: forget earlier trouble. Written at most once a minute."""
        if not self._mailroom_known_up():
            now = fields.Datetime.now()
            self.write({**self._prepare_mailroom_up(), "mailroom_last_success": now})

    def _mailroom_known_up(self):
        """Return whether it worked within the last minute."""
        now, last = fields.Datetime.now(), self.mailroom_last_success
        fresh = bool(last) and now - last < timedelta(minutes=1)
        return fresh and self.mailroom_health == "up"

    def _prepare_mailroom_up(self):
        """Return the values of a carrier that works."""
        return {
            "mailroom_health": "up",
            "mailroom_retry_at": False,
            "mailroom_failures": 0,
        }

    def _mailroom_mark_cooling(self, verdict):
        """The server does not answer or wants peace: leave it alone for a while."""
        failures = self.mailroom_failures + 1
        now = fields.Datetime.now()
        asked_for = timedelta(seconds=min(verdict.retry_after, LONGEST_REST))
        rest = max(cool_down(failures, Random()), asked_for)
        self.write(
            {
                **self._prepare_mailroom_fault(verdict),
                "mailroom_health": "cooling",
                "mailroom_failures": failures,
                "mailroom_retry_at": now + rest,
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
        """Tell the mail managers once that it is paused, and why."""
        managers = self._mailroom_managers()
        if not managers:
            return
        subject, body = self._mailroom_pause_notice()
        self.env["mail.thread"].sudo().message_notify(
            partner_ids=managers.partner_id.ids,
            subject=subject,
            body=body,
            # Another account may be broken too: Odoo's queue tries, we do not wait.
            force_send=False,
        )

    def _mailroom_pause_notice(self):
        """Return ``(subject, text)`` of the word to the managers. TO OVERRIDE."""
        return "", ""

    def _mailroom_managers(self):
        """Return the users who are told. TO EXTEND."""
        return self._mailroom_managers_of(self._mailroom_log_company())

    @api.model
    def _mailroom_managers_of(self, company):
        """Return the mail managers of a company, of all when none is given."""
        users = self.env.ref("mailroom.mailroom_group_manager").sudo().all_user_ids
        return users.filtered(
            lambda u: u.active and (not company or company in u.company_ids)
        )

    def _mailroom_log_company(self):
        """Return the company whose managers see changes. TO OVERRIDE."""
        return self.env["res.company"]

    def action_mailroom_resume(self):
        """Let the waiting messages of what is paused leave."""
        self.check_access("write")
        # Checked above; health itself is the program's to write.
        self.sudo().write(self._prepare_mailroom_up())
        log = self.env["mailroom.setting.log"]
        words = (self.env._("Health"), self.env._("Paused"), self.env._("Resumed"))
        for carrier in self:
            log._note(carrier, *words)
        self.env["mailroom.queue"]._wake()
        return True

    def _mailroom_notify(self, message, kind="success"):
        """Return the action that shows a sentence and loads the form anew."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": kind,
                "message": message,
                "sticky": kind != "success",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    # === FOR THE QUEUE === #

    @api.model
    def _mailroom_ready_accounts(self):
        """Return those that may send now (not paused, not cooling down)."""
        now = fields.Datetime.now()
        # The queue asks; nothing of them is shown to anybody.
        carriers = self.sudo().search(self._mailroom_usable_domain())
        return carriers.filtered(
            lambda c: (
                c.mailroom_health == "up"
                or (
                    c.mailroom_health == "cooling"
                    and (c.mailroom_retry_at or now) <= now
                )
            )
        )

    @api.model
    def _mailroom_usable_domain(self):
        """Return the domain of carriers that are in use. TO EXTEND."""
        return Domain("active", "=", True)

    def _mailroom_limits(self):
        """Return ``[(limit, seconds)]`` of the limits that are set. TO OVERRIDE."""
        return []

    def _mailroom_take_turn(self):
        """Make sure that nobody else counts now, to the end of the transaction.

        :return: whether it is our turn; another worker at it serves the account, too
        :rtype: bool
        """
        return bool(
            self.env.execute_query(
                SQL(
                    """UPDATE %(table)s
                          SET mailroom_turn = COALESCE(mailroom_turn, 0) + 1
                        WHERE id = (SELECT id FROM %(table)s WHERE id = %(id)s
                                       FOR NO KEY UPDATE SKIP LOCKED)
                    RETURNING id""",
                    table=SQL.identifier(self._table),
                    id=self.id,
                )
            )
        )
