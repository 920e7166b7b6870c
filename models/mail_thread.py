from odoo import api, models


class MailThread(models.AbstractModel):
    """Every road leads through the outbox: what Odoo itself mails to customers about a
    document (invoice wizard and cron, composer, online confirmation, e-invoicing)."""

    _inherit = "mail.thread"

    def _mailroom_is_document(self):
        """Return whether this is one record that Mailroom sends."""
        return len(self) == 1 and "mailroom_state" in self._fields

    def _get_notify_valid_parameters(self):
        # EXTENDS 'mail': a message whose recipients Mailroom serves itself
        return super()._get_notify_valid_parameters() | {"mailroom_silent"}

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        # EXTENDS 'mail'
        if kwargs.pop("mailroom_silent", False):
            return []
        return super()._notify_thread(message, msg_vals=msg_vals, **kwargs)

    def _notify_thread_by_email(self, message, recipients_data, **kwargs):
        # EXTENDS 'mail': customers are served by the outbox, colleagues by Odoo
        if not self._mailroom_is_document():
            return super()._notify_thread_by_email(message, recipients_data, **kwargs)
        customers = self._mailroom_customers(recipients_data)
        if customers:
            # The flow that posted the message has checked its rights; the outbox is
            # written by the program only.
            self.env["mailroom.dispatch"].sudo()._send_message(
                self, message, customers, **kwargs
            )
        others = [data for data in recipients_data if data not in customers]
        return super()._notify_thread_by_email(message, others, **kwargs)

    @api.model
    def _routing_handle_bounce(self, email_message, message_dict):
        # EXTENDS 'mail': what came back is shown on the document, too
        result = super()._routing_handle_bounce(email_message, message_dict)
        identifiers = message_dict.get("bounced_msg_ids") or []
        # An incoming bounce has no user; it may only mark what it names.
        self.env["mailroom.delivery"].sudo()._bounced(
            identifiers, message_dict.get("bounced_email")
        )
        return result
