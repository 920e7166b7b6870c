from datetime import timedelta

import pytz
from babel.lists import format_list

from odoo import fields, models

from ...tools.day_words import day_of_visit, interval


class SaleOrder(models.Model):
    """Visits in words: in the language at hand, in the time zone of the place."""

    _inherit = "sale.order"

    def _mailroom_zone(self):
        """Return the time zone of the place: the facility's, else the company's."""
        facility, company = self.partner_shipping_id, self.company_id
        return facility.mailroom_tz or company.mailroom_tz or "UTC"

    def _mailroom_local(self, moment):
        """Return a moment in UTC (datetime or text) as the clock there shows it."""
        zone = pytz.timezone(self._mailroom_zone())
        moment = fields.Datetime.to_datetime(moment)
        return pytz.utc.localize(moment).astimezone(zone)

    def _mailroom_visit_day(self, values):
        """Return the day, or the first and last whole day: ``fredag 06 oktober``.

        :param dict values: ``start`` and ``stop`` in UTC, ``allday``
        """
        lang = self.env.lang or "en_US"
        first = self._mailroom_local(values["start"]).date()
        last = self._mailroom_local(values["stop"]).date() - timedelta(days=1)
        if not values.get("allday") or last <= first:
            return day_of_visit(first, lang)
        return f"{day_of_visit(first, lang)} – {day_of_visit(last, lang)}"

    def _mailroom_visit_time(self, values):
        """Return from when to when, with the day of the end where it is another:
        ``22:00 – 02:00 (lördag 07 oktober)``."""
        if values.get("allday"):
            return self.env._("all day")
        lang = self.env.lang or "en_US"
        start, stop = (self._mailroom_local(values[key]) for key in ("start", "stop"))
        words = interval(start.time(), stop.time(), lang)
        if stop.date() == start.date():
            return words
        return f"{words} ({day_of_visit(stop.date(), lang)})"

    def _mailroom_when(self, values):
        """Return day and time of a visit."""
        return (
            f"{self._mailroom_visit_day(values)}, {self._mailroom_visit_time(values)}"
        )

    def _mailroom_visit_values(self, visit):
        """Return start, stop and ``allday`` of a visit."""
        start, stop = visit._mailroom_span()
        return {"start": start, "stop": stop, "allday": visit.allday}

    def _mailroom_visit_people(self, visit):
        """Return who comes: ``Kim Ek och Lea Berg``."""
        names = visit._mailroom_staff().sorted("name").mapped("name")
        locale = (self.env.lang or "en_US").partition("@")[0]
        return format_list(names, locale=locale) if names else ""
