from odoo import api, fields, models
from odoo.fields import Domain

from ...const import CANCELLABLE
from ...tools.fingerprint import fingerprint


class MailroomDispatch(models.Model):
    """A message about visits: what it says is written down with it, so that the text,
    the calendar files and "changed since" agree, and newer words replace older ones."""

    _inherit = "mailroom.dispatch"

    calendar = fields.Json(
        "Calendar Entries",
        readonly=True,
        help="The visits as the calendar files of the message have them.",
    )

    # === FROM PLAN TO ROWS === #

    @api.model
    def _write_down(self, plans):
        # EXTENDS: of several messages about the same visits the last one leaves
        for plan in plans:
            if plan.purpose == "booking":
                self._withdraw_earlier(plan)
        return super()._write_down(plans)

    def _withdraw_earlier(self, plan):
        """Take back what earlier messages about the visits have not sent yet to those
        who get this one."""
        addresses = {(r.channel, r.address.casefold()) for r in plan.recipients}
        keys = self._dedup_keys(plan)
        waiting = plan.document._mailroom_waiting_messages().delivery_ids.filtered(
            lambda row: (
                row.state in CANCELLABLE
                and (row.channel, row.address.casefold()) in addresses
                # The very same message is no newer one: a double click.
                and row.dedup_key not in keys
            )
        )
        if waiting:
            waiting._cancel()

    def _prepare_dispatch_values(self, plan):
        # EXTENDS
        values = super()._prepare_dispatch_values(plan)
        if plan.purpose == "booking":
            values.update(self._prepare_booking_values(plan.document, plan.lang))
        return values

    def _prepare_booking_values(self, document, lang):
        """Return what the message says about the visits, in the shape of
        ``tools.fingerprint`` and as entries of a calendar."""
        content = document._mailroom_snapshot("booking")
        return {
            "content": content,
            "content_hash": fingerprint(content),
            "calendar": document.with_context(lang=lang)._mailroom_calendar(),
        }

    def _prepare_delivery_values(self, plan, recipient, dedup_key):
        # EXTENDS: nobody needs to hear of a visit that has begun
        values = super()._prepare_delivery_values(plan, recipient, dedup_key)
        if plan.purpose == "booking":
            values["give_up_at"] = self._booking_deadline()
        return values

    def _booking_deadline(self):
        """Return when the message loses its point: at the start of the next visit it
        tells of; for one that is going on already, at its end."""
        now = fields.Datetime.to_string(fields.Datetime.now())
        moments = [entry["start"] for entry in self.calendar or ()]
        moments += [entry["stop"] for entry in self.calendar or ()]
        return min((moment for moment in moments if moment > now), default=False)

    # === BEFORE IT LEAVES === #

    def _rewrite(self, plan):
        # EXTENDS: what leaves later tells of the visits as they are then
        result = super()._rewrite(plan)
        if self.purpose == "booking":
            document = self._as_sender(self._document())
            self.write(self._prepare_booking_values(document, self.lang))
        return result

    def _withdraw_untrue(self, order):
        """Take back messages that an order's visits have made untrue. What leaves later
        by a rule is written anew then, unless no visit is left."""
        visits = order._mailroom_visits()
        untrue = self.filtered(
            lambda dispatch: (
                not (dispatch._is_written_anew() and visits)
                and order._mailroom_is_untrue(dispatch.content)
            )
        )
        waiting = untrue.delivery_ids.filtered(lambda row: row.state in CANCELLABLE)
        if waiting:
            waiting._cancel().dispatch_id._refresh_documents()

    def _is_written_anew(self):
        """Return whether the texts are made again when the message leaves."""
        return bool(self.not_before and not self.message_id and self.template_id)


class SaleOrder(models.Model):
    """What a change of a visit means for messages about it that have not left."""

    _inherit = "sale.order"

    def _mailroom_visits_changed(self):
        """Take back what is not true any more, and tell open screens."""
        for order in self:
            order._mailroom_waiting_messages()._withdraw_untrue(order)
            order._mailroom_announce()

    def _mailroom_waiting_messages(self):
        """Return the messages about the visits of which something has not left yet."""
        # The outbox is written by the program only; whoever changes a visit need not
        # be a sender.
        return (
            self.env["mailroom.dispatch"]
            .sudo()
            .search(
                Domain("res_model", "=", self._name)
                & Domain("res_id", "in", self.ids)
                & Domain("purpose", "=", "booking")
                & Domain("delivery_ids.state", "in", CANCELLABLE)
            )
        )

    def _mailroom_is_untrue(self, content):
        """Return whether a message says something of a visit that does not hold: it was
        moved or cancelled since. A further visit makes it no lie."""
        return any(old for old, _new in self._mailroom_visit_differences(content))

    def _mailroom_version(self, purpose):
        # EXTENDS: a visit moved there and back is news again
        version = super()._mailroom_version(purpose)
        if purpose != "booking":
            return version
        changes = sum(self.sudo().mailroom_booking_ids.mapped("mailroom_sequence"))
        return f"{version}|{changes}"
