from odoo import api, models


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
        own = self.search(
            [
                ("rfc_message_id", "in", identifiers),
                ("state", "in", ("sent", "delivered", "uncertain")),
            ]
        )
        if not own and address:
            own = self.search(
                [
                    ("dispatch_id.message_id.message_id", "in", identifiers),
                    ("address", "=ilike", address),
                    ("state", "in", ("sent", "delivered", "uncertain")),
                ]
            )
        own.write({"state": "bounced", "reason": "mailbox_unknown", "stale": True})
        if own:
            self.env["mailroom.queue"]._wake()
        return own
