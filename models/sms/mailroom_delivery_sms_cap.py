from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL


class MailroomDeliveryCap(models.Model):
    """The parts that a company pays for in a day, and what happens beyond."""

    _inherit = "mailroom.delivery"

    cap_lifted = fields.Boolean(
        "Beyond the Daily Limit", readonly=True, copy=False, help="A manager let it go."
    )

    def _wait_for_room(self):
        """Hold what exceeds the daily limit of the company, unless a manager let it go.

        :return: whether this message is held
        :rtype: bool
        """
        limit = self.company_id.mailroom_sms_daily_parts
        if not limit or self.cap_lifted:
            return False
        if self._parts_today(self.company_id) + self.sms_parts <= limit:
            return False
        values = {"state": "held", "hold_reason": "cap"}
        self._put_back(values)
        others = self._waiting_with().filtered(lambda r: not r.cap_lifted)
        (others - self).write({**values, "stale": True})
        return True

    @api.model
    def _parts_today(self, company):
        """Return how many parts a company handed over since its day began; what may
        have been taken counts."""
        began = company._mailroom_day_began(fields.Datetime.now())
        rows = self.env.execute_query(
            SQL(
                """SELECT COALESCE(SUM(d.sms_parts), 0)
                     FROM mailroom_delivery d
                     JOIN mailroom_attempt a ON a.delivery_id = d.id
                    WHERE d.channel = 'sms' AND d.company_id = %s
                      AND a.create_date >= %s
                      AND a.outcome IN ('accepted', 'uncertain')""",
                company.id,
                began,
            )
        )
        return rows[0][0] + self._parts_on_their_way(company)

    def _parts_on_their_way(self, company):
        on_their_way = Domain("company_id", "=", company.id) & Domain(
            "channel", "=", "sms"
        )
        sending = self.search(on_their_way & Domain("state", "=", "sending")) - self
        return sum(sending.mapped("sms_parts"))

    @api.model
    def _release_capped(self):
        """Let go what the daily limit held, where the day has room again."""
        held = self.search(
            [("state", "=", "held"), ("hold_reason", "=", "cap")], order="id"
        )
        for company, rows in held.grouped("company_id").items():
            limit = company.mailroom_sms_daily_parts
            room = limit - self._parts_today(company)
            for row in rows:
                room -= row.sms_parts
                if limit and room < 0:
                    break
                row._release_from_cap()

    def _release_from_cap(self):
        self.write(
            {
                "state": "queued",
                "hold_reason": False,
                "next_try": fields.Datetime.now(),
                "waiting_since": fields.Datetime.now(),
                "stale": True,
            }
        )

    def action_release_sms(self):
        """Let text messages go that the daily limit holds. For mail managers."""
        if not self.env.user.has_group("mailroom.mailroom_group_manager"):
            raise AccessError(
                self.env._("Only a mail manager may exceed the daily limit.")
            )
        # He need not see the documents, but the messages of his companies only.
        self.check_access("read")
        # Rights were checked; the outbox is written by the program only.
        held = self.sudo().filtered(
            lambda r: r.state == "held" and r.hold_reason == "cap"
        )
        held.cap_lifted = True
        held._release_from_cap()
        log = self.env["mailroom.setting.log"]
        for company, rows in held.grouped("company_id").items():
            label = self.env._("Daily SMS limit exceeded by hand")
            log._note(company, label, "", str(len(rows)))
        held.dispatch_id._refresh_documents()
        self.env["mailroom.queue"]._wake()
        return True
