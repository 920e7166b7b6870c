from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

# Windows of the limits, in seconds.
WINDOWS = {
    "mailroom_limit_minute": 60,
    "mailroom_limit_hour": 3600,
    "mailroom_limit_day": 86400,
}
# Steps of a conversation from which on a provider counts a message.
COUNTED = ("mail", "rcpt", "data", "body", "end")


class IrMailServerLimits(models.Model):
    """How much an account may send in a minute, an hour and a day.

    The windows slide: at no moment have more messages than the limit been handed over
    in the time before it, however many workers are at it.
    """

    _inherit = "ir.mail_server"

    mailroom_limit_minute = fields.Integer("Messages per Minute", aggregator=None)
    mailroom_limit_hour = fields.Integer("Messages per Hour", aggregator=None)
    mailroom_limit_day = fields.Integer("Messages per Day", aggregator=None)
    mailroom_used_day = fields.Integer(
        "Sent in the Last 24 Hours", compute="_compute_mailroom_used_day"
    )
    mailroom_room_at = fields.Datetime(
        "Room Again On",
        readonly=True,
        copy=False,
        help="When the limit has room again.",
    )

    _mailroom_limits_positive = models.Constraint(
        "CHECK (COALESCE(mailroom_limit_minute, 0) >= 0"
        " AND COALESCE(mailroom_limit_hour, 0) >= 0"
        " AND COALESCE(mailroom_limit_day, 0) >= 0)",
        "A limit cannot be negative; 0 means no limit.",
    )

    def _compute_mailroom_used_day(self):
        statement = SQL(
            """SELECT account_id, count(*) FROM mailroom_attempt
                WHERE account_id = ANY(%s) AND phase IN %s
                  AND create_date > now() AT TIME ZONE 'UTC' - interval '1 day'
             GROUP BY account_id""",
            self._origin.ids,
            COUNTED,
        )
        used = dict(self.env.execute_query(statement))
        for server in self:
            server.mailroom_used_day = used.get(server._origin.id, 0)

    def _mailroom_counted(self, seconds):
        """Return the statement for the messages handed over in the last so many
        seconds."""
        return SQL(
            """SELECT create_date FROM mailroom_attempt
                WHERE account_id = %s AND phase IN %s
                  AND create_date > now() AT TIME ZONE 'UTC' - %s * interval '1 second'
             ORDER BY create_date DESC""",
            self._origin.id,
            COUNTED,
            seconds,
        )

    # === THE QUEUE ASKS === #

    def _mailroom_limits(self):
        """Return ``[(limit, seconds)]`` of the limits that are set."""
        return [(self[name], WINDOWS[name]) for name in WINDOWS if self[name] > 0]

    def _mailroom_room(self):
        """Return when the next message may be handed over, None for now.

        A message counts from when it was recorded, which is never before the server
        took it; those on their way right now count as well.
        """
        moments = [
            moment
            for limit, seconds in self._mailroom_limits()
            if (moment := self._mailroom_window_end(limit, seconds))
        ]
        return max(moments, default=None)

    def _mailroom_window_end(self, limit, seconds):
        (under_way,) = self.env.execute_query(
            SQL(
                """SELECT count(*), now() AT TIME ZONE 'UTC' FROM mailroom_delivery
                    WHERE account_id = %s AND state = 'sending'""",
                self.id,
            )
        )
        count, now = under_way
        if count >= limit:
            return now + timedelta(seconds=1)
        oldest = self.env.execute_query(
            SQL(
                "%s OFFSET %s LIMIT 1",
                self._mailroom_counted(seconds),
                limit - count - 1,
            )
        )
        return oldest[0][0] + timedelta(seconds=seconds) if oldest else None

    def _mailroom_wait(self, room_at):
        """Let the messages of this account wait until there is room, in their order."""
        # Never too early: the database keeps microseconds, the field only seconds.
        moment = room_at.replace(microsecond=0) + timedelta(seconds=1)
        self.mailroom_room_at = moment
        self.flush_recordset(["mailroom_room_at"])
        self.env.cr.execute(
            """UPDATE mailroom_delivery
                  SET state = 'deferred', reason = 'your_limit', next_try = %s,
                      stale = TRUE
                WHERE account_id = %s AND ready AND state = 'queued'""",
            (moment, self.id),
        )
        self.env["mailroom.delivery"].invalidate_model(
            ["state", "reason", "next_try", "stale"], flush=False
        )
        cron = self.env.ref("mailroom.mailroom_queue_cron", raise_if_not_found=False)
        if cron:
            cron.sudo()._trigger(at=moment)

    @api.model
    def _mailroom_ready_accounts(self):
        # EXTENDS: an account without room is not asked before it has some again
        now = fields.Datetime.now()
        servers = super()._mailroom_ready_accounts()
        return servers.filtered(
            lambda s: (
                not s.mailroom_room_at
                or s.mailroom_room_at <= now
                or not s._mailroom_limits()
            )
        )


class MailroomDelivery(models.Model):
    _inherit = "mailroom.delivery"

    @api.model
    def _claim(self, account, worker, unlimited=False):
        # EXTENDS: only where the account has room
        if unlimited or not account._mailroom_limits():
            return super()._claim(account, worker, unlimited)
        if not account._mailroom_take_turn():
            return self.browse()
        room_at = account._mailroom_room()
        if room_at:
            account._mailroom_wait(room_at)
            return self.browse()
        delivery = super()._claim(account, worker)
        if delivery.reason == "your_limit":
            # Waiting for room was no waiting for the server.
            delivery.write({"reason": False, "waiting_since": fields.Datetime.now()})
        return delivery


class MailroomAttempt(models.Model):
    _inherit = "mailroom.attempt"

    # "What did this account hand over lately", newest first
    _account_time_idx = models.Index("(account_id, create_date DESC)")
