from odoo import api, fields, models

VISITS = "mailroom_booking_ids"
EMPTY = {VISITS: {"lines": []}}


class SaleOrder(models.Model):
    """What the customer knows of the visits, and whether that still holds."""

    _inherit = "sale.order"

    # === WHAT HE SEES === #

    def _mailroom_content_for(self, purpose):
        # EXTENDS 'mailroom.document'
        if purpose != "booking":
            return super()._mailroom_content_for(purpose)
        lines = [self._mailroom_visit_content(v) for v in self._mailroom_visits(False)]
        return {VISITS: {"label": VISITS, "lines": lines}}

    def _mailroom_visit_content(self, visit):
        """Return the content of one visit; the staff's notes do not count."""
        start, stop = visit._mailroom_span()
        staff = visit._mailroom_staff().mapped("name")
        values = {
            "start": fields.Datetime.to_string(start),
            "stop": fields.Datetime.to_string(stop),
            "allday": "1" if visit.allday else "",
            "technicians": ", ".join(sorted(staff)),
            "place": visit.location or self._mailroom_place(),
        }
        return {
            "key": visit.mailroom_uid,
            "label": values["start"],
            "values": self._mailroom_head_content(values),
        }

    # === STATE === #

    def write(self, vals):
        # EXTENDS 'mailroom.document': nobody says by hand what the customer knows
        if {"mailroom_booking_state", "mailroom_booking_changed"} & vals.keys():
            self._mailroom_refuse_by_hand()
        return super().write(vals)

    def _mailroom_refresh(self):
        # EXTENDS 'mailroom.document'
        for name in ("mailroom_booking_state", "mailroom_booking_changed"):
            self.env.add_to_compute(self._fields[name], self)
        return super()._mailroom_refresh()

    @api.depends("mailroom_booking_ids.active", "mailroom_booking_ids.stop")
    def _compute_mailroom_booking_state(self):
        for order in self.filtered(lambda order: not order.id):
            # While a form is open nothing has changed yet.
            order.mailroom_booking_state = order._origin.mailroom_booking_state
        stored = self.filtered("id")
        last = stored._mailroom_last_dispatches("booking")
        nothing = self.env["mailroom.dispatch"]
        for order in stored:
            state = self._mailroom_state_of(last.get(order.id, nothing).sudo())
            if state == "not_sent":
                state = "not_confirmed" if order._mailroom_visits() else False
            order.mailroom_booking_state = state

    @api.model
    def _mailroom_booking_depends(self):
        names = ("active", "start", "stop", "allday", "location", "partner_ids")
        return [
            *(f"{VISITS}.{name}" for name in names),
            *self._mailroom_address_paths("partner_shipping_id"),
        ]

    @api.depends(lambda self: self._mailroom_booking_depends())
    def _compute_mailroom_booking_changed(self):
        for order in self.filtered(lambda order: not order.id):
            order.mailroom_booking_changed = order._origin.mailroom_booking_changed
        stored = self.filtered("id")
        last = stored._mailroom_last_dispatches("booking")
        for order in stored:
            told = last.get(order.id)
            order.mailroom_booking_changed = bool(
                told and order._mailroom_visit_differences(told.content)
            )

    def _mailroom_told(self):
        """Return the content of what the customer was told last, {} for nothing."""
        return self._mailroom_last_dispatch("booking").content or {}

    def _mailroom_told_visits(self):
        """Return ``{uid: values}`` of the visits as the customer was told last."""
        lines = self._mailroom_told().get(VISITS, {}).get("lines", [])
        return {line["key"]: line["values"] for line in lines}

    def _mailroom_visit_differences(self, told):
        """Return what is different about visits that are not over.

        :param dict told: content, as the customer was told
        :return: ``[(values he was told or None, values now or None)]``
        """
        before, now = (
            {line["key"]: line["values"] for line in content.get(VISITS, {})["lines"]}
            for content in (told or EMPTY, self._mailroom_snapshot("booking"))
        )
        pairs = [(before.get(key), now.get(key)) for key in {**now, **before}]
        moment = fields.Datetime.to_string(fields.Datetime.now())
        return [
            (old, new)
            for old, new in pairs
            if plain_visit(old) != plain_visit(new)
            and any(
                values and values["stop"]["value"] > moment for values in (old, new)
            )
        ]

    # === IN WORDS === #

    def _mailroom_differences(self, purpose="document"):
        # EXTENDS 'mailroom.document'
        if purpose != "booking":
            return super()._mailroom_differences(purpose)
        return [
            line
            for old, new in self._mailroom_visit_differences(self._mailroom_told())
            for line in self._mailroom_difference_lines(
                plain_visit(old), plain_visit(new)
            )
        ]

    def _mailroom_difference_lines(self, old, new):
        """Return what is different about one visit, as the planner reads it."""
        if not old or not new:
            gone = self.env._("cancelled")
            return [
                {
                    "label": self.env._("Visit"),
                    "old": self._mailroom_when(old) if old else "",
                    "new": self._mailroom_when(new) if new else gone,
                }
            ]
        lines = []
        if any(old.get(name) != new.get(name) for name in ("start", "stop", "allday")):
            lines.append((self.env._("Visit"), *map(self._mailroom_when, (old, new))))
        day = self._mailroom_when(new)
        for name, label in (
            ("technicians", self.env._("Technicians, %s", day)),
            ("place", self.env._("Place, %s", day)),
        ):
            if old.get(name) != new.get(name):
                lines.append((label, old.get(name, ""), new.get(name, "")))
        return [{"label": label, "old": o, "new": n} for label, o, n in lines]


def plain_visit(values):
    """Return the values of a visit without labels and empty ones, {} for none."""
    return {
        name: entry["value"] for name, entry in (values or {}).items() if entry["value"]
    }
