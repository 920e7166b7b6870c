from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.sms_text import is_sender_name, sender_name


class ResCompany(models.Model):
    """What each company decides about its text messages."""

    _inherit = "res.company"

    mailroom_sms_sender = fields.Char(
        "SMS Sender Name",
        help="At most 11 letters, digits and spaces; recipients see it instead of a "
        "number. Left empty, it is the beginning of the company's name.",
    )
    mailroom_sms_max_parts = fields.Integer(
        "Parts per Message",
        default=4,
        help="A longer text message is not sent. A part holds 160 characters, or 70 "
        "where a letter needs it, and each part is paid for.",
    )
    mailroom_sms_daily_parts = fields.Integer(
        "Parts per Day",
        help="What would exceed it is held until the next day, or until a mail manager "
        "lets it go. 0 means no limit.",
    )
    mailroom_sms_quiet = fields.Boolean(
        "Quiet Hours",
        help="What a rule or a batch sends waits until these hours end, in the time "
        "zone of the company. What a person sends by hand leaves at once, after a "
        "warning.",
    )
    mailroom_sms_quiet_from = fields.Float("Quiet From", default=21.0)
    mailroom_sms_quiet_to = fields.Float("Quiet Until", default=7.0)

    _mailroom_sms_positive = models.Constraint(
        "CHECK (COALESCE(mailroom_sms_max_parts, 1) BETWEEN 1 AND 20"
        " AND COALESCE(mailroom_sms_daily_parts, 0) >= 0)",
        "A text message may have 1 to 20 parts; a daily limit cannot be negative.",
    )

    @api.constrains("mailroom_sms_sender")
    def _check_mailroom_sms_sender(self):
        for company in self:
            name = company.mailroom_sms_sender
            if name and not is_sender_name(name):
                raise ValidationError(
                    self.env._(
                        "“%s” cannot be the sender of text messages: it has at most 11 "
                        "letters (without accents other than those of the GSM "
                        "alphabet), digits and spaces.",
                        name,
                    )
                )

    @api.constrains("mailroom_sms_quiet_from", "mailroom_sms_quiet_to")
    def _check_mailroom_sms_quiet(self):
        for company in self:
            hours = (company.mailroom_sms_quiet_from, company.mailroom_sms_quiet_to)
            if not all(0 <= hour < 24 for hour in hours):
                raise ValidationError(
                    self.env._("Quiet hours lie between 00:00 and 23:59.")
                )

    def _mailroom_sms_sender_name(self):
        """Return the name that recipients of a company's text messages see."""
        return self.mailroom_sms_sender or sender_name(self.name)

    # === THE COMPANY'S CLOCK === #

    def _mailroom_sms_zone(self):
        return pytz.timezone(self.mailroom_tz)

    def _mailroom_day_began(self, now):
        """Return when the company's day began.

        :param datetime now: UTC, without a zone
        :return: UTC, without a zone
        """
        local = pytz.utc.localize(now).astimezone(self._mailroom_sms_zone())
        return self._mailroom_utc(local.date(), 0)

    def _mailroom_quiet_until(self, now):
        """Return when the quiet hours end that it is now, None outside of them.

        :param datetime now: UTC, without a zone
        :rtype: datetime or None
        """
        start, end = self.mailroom_sms_quiet_from, self.mailroom_sms_quiet_to
        if not self.mailroom_sms_quiet or start == end:
            return None
        day = pytz.utc.localize(now).astimezone(self._mailroom_sms_zone()).date()
        for first in (day - timedelta(days=1), day):
            last = first if start < end else first + timedelta(days=1)
            ends = self._mailroom_utc(last, end)
            if self._mailroom_utc(first, start) <= now < ends:
                return ends
        return None

    def _mailroom_utc(self, day, hour):
        """Return an hour of a day in the company's time zone as UTC."""
        clock = time(int(hour), round(hour % 1 * 60) % 60)
        local = self._mailroom_sms_zone().localize(datetime.combine(day, clock))
        return local.astimezone(pytz.utc).replace(tzinfo=None)
