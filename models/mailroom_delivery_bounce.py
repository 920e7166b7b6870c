from odoo import api, models

from ..const import ARRIVED


class MailroomDeliveryBounce(models.Model):
    """Mail that came back after the server had accepted it."""

    _inherit = "mailroom.delivery"

    @api.model
    def _bounced(self, identifiers, address):
        """Mark messages that came back.

        :param list[str] identifiers: Message-IDs named in the bounce; ours, or that of
            the chatter message, which stands in our References
        :param str address: the recipient whose server refused, if it is known
        :return: the deliveries marked
        """
        if not identifiers:
            return self
        known = self.search([("rfc_message_id", "in", identifiers)])
        if not known and address:
            known = self.search(
                [
                    ("dispatch_id.message_id.message_id", "in", identifiers),
                    ("address", "=ilike", address),
                ]
            )
        # Odoo keeps the report's text there, where every user of any company reads it.
        known.notification_id.failure_reason = False
        own = known.filtered(lambda row: row.state in (*ARRIVED, "uncertain"))
        own.write({"state": "bounced", "reason": "mailbox_unknown", "stale": True})
        if own:
            self.env["mailroom.queue"]._wake()
        return own
