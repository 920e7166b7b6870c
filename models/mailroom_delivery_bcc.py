from odoo import api, fields, models

from ..const import CANCELLABLE


class MailroomDelivery(models.Model):
    _inherit = "mailroom.delivery"

    role = fields.Selection(
        selection_add=[("bcc", "Blind copy")], ondelete={"bcc": "cascade"}
    )

    def _cancel(self):
        # EXTENDS: a message nobody gets needs no copy
        cancelled = super()._cancel()
        copies = cancelled.dispatch_id._pointless_copies()
        return cancelled | super(MailroomDelivery, copies)._cancel()


class MailroomDispatchBcc(models.Model):
    """A blind copy of each message to one address of the company.

    It is a row of the outbox like every other, with the same To and Cc as the message
    itself; no header names it, and the document's state does not depend on it.
    """

    _inherit = "mailroom.dispatch"

    copy_ids = fields.One2many(
        "mailroom.delivery", "dispatch_id", domain=[("role", "=", "bcc")], readonly=True
    )

    @api.model
    def _write_down(self, plans):
        # EXTENDS: the dialog, the batch, the rule
        dispatches = super()._write_down(plans)
        dispatches._add_blind_copies()
        return dispatches

    @api.model
    def _send_message(self, *args, **kwargs):
        # EXTENDS: Odoo's own flows
        dispatch = super()._send_message(*args, **kwargs)
        dispatch._add_blind_copies()
        return dispatch

    def _add_blind_copies(self):
        wanting = self.filtered(lambda dispatch: dispatch._blind_copy_address())
        self.env["mailroom.delivery"].create(
            [dispatch._prepare_blind_copy() for dispatch in wanting]
        )

    def _blind_copy_address(self):
        """Return the address that gets a blind copy of this message, or nothing."""
        company = self.company_id
        address = company.mailroom_bcc and company.mailroom_bcc_address
        mails = self.delivery_ids.filtered(lambda row: row.channel == "email")
        known = {row.address.casefold() for row in mails}
        if not mails:
            return False
        return address and address.strip().casefold() not in known and address.strip()

    def _prepare_blind_copy(self):
        return {
            "dispatch_id": self.id,
            "company_id": self.company_id.id,
            "role": "bcc",
            "address": self._blind_copy_address(),
            "body": self.delivery_ids.filtered("body")[:1].body,
        }

    # === MADE READY WITH THE MESSAGE === #

    def _freeze(self, document):
        # EXTENDS
        result = super()._freeze(document)
        self._pointless_copies().write({"state": "cancelled", "stale": True})
        return result

    def _freeze_deliveries(self, document):
        # EXTENDS
        result = super()._freeze_deliveries(document)
        for copy in self.copy_ids:
            if copy.ready or copy.state not in ("queued", "held"):
                continue
            account = self.delivery_ids.account_id[:1]
            if account:
                result[copy] = copy._freeze(document, account)
        return result

    def _cannot_be_made(self, error):
        # EXTENDS
        result = super()._cannot_be_made(error)
        self._pointless_copies().write({"state": "cancelled", "stale": True})
        return result

    def _pointless_copies(self):
        """Return waiting copies of messages that reach nobody."""
        return self.copy_ids.filtered(
            lambda copy: (
                copy.state in CANCELLABLE
                and all(
                    row.state in ("cancelled", "failed")
                    for row in copy.dispatch_id.delivery_ids
                    if row.channel == "email"
                )
            )
        )
