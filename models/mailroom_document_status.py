from odoo import fields, models
from odoo.exceptions import AccessError

from ..const import CANCELLABLE, LOST

# Newest messages shown on the document; the outbox has them all.
SHOWN = 8
# What the lines show of a delivery, read with one query
DELIVERY_FIELDS = [
    "dispatch_id",
    "company_id",
    "account_id",
    "batch_id",
    "recipient_name",
    "channel",
    "address",
    "role",
    "state",
    "hold_reason",
    "next_try",
    "sent_at",
    "gateway_id",
    "delivered_at",
    "reason",
    "reason_detail",
    "reply_code",
    "reply_enhanced",
    "write_date",
]


class MailroomDocumentStatus(models.AbstractModel):
    """The lines at the top of a document: when, to whom, by whom, what became of it."""

    _inherit = "mailroom.document"

    mailroom_status = fields.Json(
        compute="_compute_mailroom_status", groups="base.group_user"
    )

    def _compute_mailroom_status(self):
        for document in self:
            document.mailroom_status = document.id and document.mailroom_get_status()

    def mailroom_get_status(self):
        """Return what the status lines of a document show.

        :return: ``state`` and its ``label``, ``changes`` since sent, and ``messages``,
            newest first, each with its ``deliveries`` and what may be done with them
        :rtype: dict
        """
        self.ensure_one()
        self._mailroom_check_staff()
        # Who may read the document may know what became of it; nothing else is shown.
        dispatches = (
            self.sudo()
            .env["mailroom.dispatch"]
            .search_fetch(
                [("res_model", "=", self._name), ("res_id", "=", self.id)],
                ["subject", "purpose", "user_name", "create_date", "rule", "batch_id"],
                limit=SHOWN + 1,
            )
        )
        shown = dispatches[:SHOWN]
        deliveries = self._mailroom_deliveries_shown(shown)
        states = dict(self._fields["mailroom_state"]._description_selection(self.env))
        return {
            "state": self.mailroom_state,
            "label": states.get(self.mailroom_state),
            "may_send": self.env.user._mailroom_may_send(),
            "changes": self._mailroom_differences() if self.mailroom_changed else [],
            "messages": [
                self._mailroom_message_line(dispatch, deliveries.get(dispatch, ()))
                for dispatch in shown
            ],
            "more": len(dispatches) > SHOWN,
        }

    def _mailroom_check_staff(self):
        """Customers see their documents on the portal, but not who else got them."""
        if not self.env.user._is_internal():
            raise AccessError(self.env._("Only staff may see what became of messages."))
        self.check_access("read")

    def _mailroom_deliveries_shown(self, dispatches):
        """Return ``{dispatch: deliveries}``, without those that were sent again."""
        deliveries = dispatches.env["mailroom.delivery"].search_fetch(
            [
                ("dispatch_id", "in", dispatches.ids),
                ("superseded", "=", False),
                ("role", "!=", "bcc"),
            ],
            DELIVERY_FIELDS,
            order="id",
        )
        return deliveries.grouped("dispatch_id")

    def _mailroom_message_line(self, dispatch, deliveries):
        return {
            "id": dispatch.id,
            "subject": dispatch.subject,
            "purpose": dispatch.purpose,
            "when": fields.Datetime.to_string(dispatch.create_date),
            "by": dispatch.user_name or "",
            "deliveries": [
                self._mailroom_delivery_line(delivery) for delivery in deliveries
            ],
        }

    def _mailroom_delivery_line(self, delivery):
        return {
            "id": delivery.id,
            "name": delivery.recipient_name or "",
            "address": delivery.address,
            "channel": delivery.channel,
            "role": delivery.role,
            "state": delivery.state,
            "words": delivery.words,
            "actions": self._mailroom_delivery_actions(delivery),
        }

    def _mailroom_delivery_actions(self, delivery):
        """Return what a person may do next with a delivery."""
        actions = []
        if delivery.state in CANCELLABLE:
            actions.append("cancel")
        if delivery.state in LOST:
            actions.append("retry")
        if delivery.state == "uncertain":
            actions += ["arrived", "retry"]
        return actions

    def mailroom_act(self, action, delivery_id):
        """Do one of the actions offered in the status lines.

        :param str action: cancel, retry or arrived
        :param int delivery_id: a delivery of this document
        :return: the new status, as ``mailroom_get_status`` gives it
        """
        self.ensure_one()
        self._mailroom_check_staff()
        # The delivery must be one of this document, which the user may read; its own
        # methods check the rest of his rights.
        delivery = self.env["mailroom.delivery"].sudo().browse(delivery_id).exists()
        if delivery.dispatch_id._document() != self.sudo() or action not in (
            "cancel",
            "retry",
            "arrived",
        ):
            return self.mailroom_get_status()
        delivery = delivery.sudo(False)
        getattr(delivery, f"action_{action}")()
        return self.mailroom_get_status()

    def _mailroom_announce(self):
        """Tell open screens of this document that something became known."""
        self.env["bus.bus"]._sendone(
            self, "mailroom/changed", {"model": self._name, "id": self.id}
        )
