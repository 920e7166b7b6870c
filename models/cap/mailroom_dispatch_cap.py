import logging

from odoo import api, models
from odoo.fields import Domain

_logger = logging.getLogger(__name__)


class MailroomDispatchCap(models.Model):
    """What goes beyond the caps of a company is not refused, it waits for a mail
    manager: a slip, a rule gone wild or a stolen login reaches nobody at once."""

    _inherit = "mailroom.dispatch"

    # "What has this user sent lately"
    _user_time_idx = models.Index("(user_id, create_date DESC)")

    @api.model
    def _write_down(self, plans):
        # EXTENDS
        dispatches = super()._write_down(plans)
        dispatches._hold_beyond_caps()
        return dispatches

    @api.model
    def _send_message(self, *args, **kwargs):
        # EXTENDS: Odoo's own flows
        dispatch = super()._send_message(*args, **kwargs)
        dispatch._hold_beyond_caps()
        return dispatch

    def _hold_beyond_caps(self):
        """Let those messages wait that go beyond a cap, the newest ones."""
        for company, dispatches in self.grouped("company_id").items():
            rows = dispatches.delivery_ids.filtered(
                lambda row: row.state in ("queued", "held")
            ).sorted("id")
            beyond = rows._beyond_user_cap(company.mailroom_cap_user)
            beyond |= (rows - beyond)._beyond_address_cap(company.mailroom_cap_address)
            if beyond:
                beyond._hold_for_approval()


class MailroomDeliveryCap(models.Model):
    _inherit = "mailroom.delivery"

    # "What did this address get lately"
    _address_time_idx = models.Index("(address, create_date DESC)")

    def _beyond_user_cap(self, cap):
        """Return the rows by which their user goes beyond his cap. A mail manager has
        none: he could let them go himself.

        :param int cap: messages in an hour, 0 for no limit
        """
        user = self.dispatch_id.user_id[:1]
        if not cap or not user or user.has_group("mailroom.mailroom_group_manager"):
            return self.browse()
        count = self.search_count(
            self._recent("-1H") & Domain("dispatch_id.user_id", "=", user.id),
            limit=cap + len(self),
        )
        beyond = max(min(count - cap, len(self)), 0)
        return self[len(self) - beyond :]

    def _beyond_address_cap(self, cap):
        """Return the rows by which their addresses get more than the cap.

        :param int cap: messages in a day, 0 for no limit
        """
        if not cap or not self:
            return self.browse()
        domain = self._recent("-1d") & Domain("address", "in", self.mapped("address"))
        counts = dict(self._read_group(domain, ["address"], ["__count"]))
        beyond = self.browse()
        for address, rows in self.grouped("address").items():
            more = max(min(counts.get(address, 0) - cap, len(rows)), 0)
            beyond |= rows[len(rows) - more :]
        return beyond

    def _recent(self, since):
        """Return the domain of a company's messages that count, these ones included.

        :param str since: how far back, as domains have it
        """
        return (
            Domain("company_id", "=", self.company_id.id)
            & Domain("role", "!=", "bcc")
            & Domain("state", "!=", "cancelled")
            # Sent again in the place of another: one message, counted once.
            & (
                Domain("resend_of_id", "=", False)
                | Domain("resend_of_id.superseded", "=", False)
            )
            & (
                Domain("hold_reason", "=", False)
                | Domain("hold_reason", "!=", "approval")
            )
            & Domain("create_date", ">", since)
        )

    def _hold_for_approval(self):
        first = not self.search_count(
            [
                ("hold_reason", "=", "approval"),
                ("state", "=", "held"),
                ("company_id", "=", self.company_id.id),
            ],
            limit=1,
        )
        self.write({"state": "held", "hold_reason": "approval", "stale": True})
        _logger.info(
            "mailroom.cap held=%s company=%s user=%s",
            len(self),
            self.company_id.id,
            self.dispatch_id.user_id.ids,
        )
        self.dispatch_id._refresh_documents()
        if first:
            self._ask_for_approval()

    def _ask_for_approval(self):
        """Tell the mail managers once that messages wait for them."""
        company = self.company_id
        users = self.env.ref("mailroom.mailroom_group_manager").all_user_ids
        managers = users.filtered(lambda u: u.active and company in u.company_ids)
        if not managers:
            return
        self.env["mail.thread"].message_notify(
            partner_ids=managers.partner_id.ids,
            subject=self.env._("Messages of %s wait for your approval", company.name),
            body=self.env._(
                "%(who)s wants to send more than your company allows in a while. Look "
                "at the messages under Mailroom / Outbox, and let them go or cancel "
                "them.",
                who=", ".join(self.dispatch_id.user_id.mapped("name")) or company.name,
            ),
            force_send=False,
        )
