import contextlib

from psycopg2.errors import SerializationFailure

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..const import CANCELLABLE, LOST


class MailroomDeliveryActions(models.Model):
    """What a person may do with a message: cancel it, send it again, say it arrived."""

    _inherit = "mailroom.delivery"

    def _check_may_act(self):
        """Only who may send, may read the document and works in its company acts."""
        if not self.env.user._mailroom_may_send():
            raise AccessError(self.env._("You may not act on messages."))
        for delivery in self.sudo():
            if delivery.company_id not in self.env.companies:
                raise AccessError(
                    self.env._(
                        "This message belongs to %(company)s. Switch to that company "
                        "first.",
                        company=delivery.company_id.name,
                    )
                )
            document = delivery.dispatch_id.with_user(self.env.user)._document()
            document.check_access("read")

    # === CANCEL === #

    def action_cancel(self):
        """Take back messages that have not left yet."""
        self._check_may_act()
        # Rights were checked; the outbox is written by the program only.
        cancelled = self.sudo()._cancel()
        if not cancelled:
            raise UserError(
                self.env._(
                    "It is too late to cancel: the message has left or is being sent."
                )
            )
        with self._unless_the_queue_was_faster():
            cancelled.dispatch_id._refresh_documents()
        return True

    def _cancel(self):
        """Cancel what still waits, also while the queue is at work on other rows.

        :return: the deliveries that were cancelled
        """
        self.flush_recordset(["state"])
        cancelled = self.browse()
        for delivery in self:
            with self._unless_the_queue_was_faster():
                cancelled |= delivery._cancel_one()
        cancelled.invalidate_recordset()
        cancelled._update_envelopes()
        self.env["mailroom.queue"]._wake()
        return cancelled

    def _cancel_one(self):
        self.env.cr.execute(
            """UPDATE mailroom_delivery
                  SET state = 'cancelled', stale = TRUE, dedup_key = NULL,
                      write_uid = %s, write_date = now() AT TIME ZONE 'UTC'
                WHERE id = (SELECT id FROM mailroom_delivery
                             WHERE id = %s AND state IN %s FOR UPDATE SKIP LOCKED)
            RETURNING id""",
            (self.env.uid, self.id, CANCELLABLE),
        )
        return self.browse([row[0] for row in self.env.cr.fetchall()])

    @contextlib.contextmanager
    def _unless_the_queue_was_faster(self):
        """Leave out what the queue has changed since this request began. Running the
        whole request again would lose the race again while a batch is leaving; the
        queue itself tells the documents."""
        with contextlib.suppress(SerializationFailure), self.env.cr.savepoint():
            yield

    # === SEND AGAIN === #

    def action_retry(self):
        """Send a message again that failed or may have been lost: a new row with the
        same bytes and the same Message-ID."""
        self._check_may_act()
        retried = self.sudo().filtered(
            lambda d: d.state in (*LOST, "uncertain") and not d.superseded
        )
        if not retried:
            raise UserError(
                self.env._("Only what was not sent, or is unsure, can be sent again.")
            )
        for delivery in retried:
            delivery._resend(self.env._("Sent again by %s", self.env.user.name))
        retried.dispatch_id._refresh_documents()
        self.env["mailroom.queue"]._wake()
        return True

    def _resend(self, reason):
        """Create the row that replaces this one; what is not ready is made anew."""
        self.ensure_one()
        self.write({"superseded": True, "dedup_key": False})
        newer = self.create(self._prepare_resend_values(reason))
        if self.ready and self.reason != "frozen_lost":
            newer.write({"eml": self.eml, "ready": True})
        elif self.dispatch_id.stage in ("failed", "ready"):
            self.dispatch_id.write({"stage": "new", "prepare_tries": 0})
        newer.notification_id = self.notification_id
        newer._update_envelopes()
        return newer

    def _prepare_resend_values(self, reason):
        return {
            "dispatch_id": self.dispatch_id.id,
            "company_id": self.company_id.id,
            "channel": self.channel,
            "role": self.role,
            "partner_id": self.partner_id.id,
            "recipient_name": self.recipient_name,
            "address": self.address,
            "account_id": self.account_id.id,
            "rfc_message_id": self.rfc_message_id,
            "eml_sha256": self.eml_sha256,
            "body": self.body,
            "resend_of_id": self.id,
            "resend_reason": reason,
        }

    # === IT ARRIVED === #

    def action_arrived(self):
        """Settle an unsure message: the customer has it."""
        self._check_may_act()
        unsure = self.sudo().filtered(lambda d: d.state == "uncertain")
        if not unsure:
            raise UserError(self.env._("This message is not unsure."))
        unsure.write(
            {
                "state": "sent",
                "sent_at": fields.Datetime.now(),
                "reason": "said_arrived",
                "resend_reason": self.env._("%s said it arrived", self.env.user.name),
                "stale": True,
            }
        )
        unsure._update_envelopes()
        unsure.dispatch_id._refresh_documents()
        return True

    # === PROOF === #

    def action_download(self):
        """Download the exact message, as it was handed to the mail server."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/mailroom/message/{self.id}.eml",
            "target": "download",
        }

    # === ODOO'S ENVELOPES === #

    def _update_envelopes(self):
        """Let Odoo's envelope icons in the chatter tell the same truth."""
        status = {
            "sent": "sent",
            "delivered": "sent",
            "bounced": "bounce",
            "failed": "exception",
            "uncertain": "exception",
            "cancelled": "canceled",
        }
        for delivery in self.filtered("notification_id"):
            state = status.get(delivery.state, "ready")
            delivery.notification_id.write(
                {
                    "notification_status": state,
                    # The server's words stay in the outbox: envelopes have no company.
                    "failure_type": delivery._failure_types().get(state, False),
                }
            )
        messages = self.dispatch_id.message_id
        if messages:
            messages._notify_message_notification_update()

    def _failure_types(self):
        """Return Odoo's word for each way to fail. TO EXTEND for other channels."""
        return {"exception": "mail_smtp", "bounce": "mail_bounce"}

    def _prepare_envelope(self, base):
        """Return the values of the envelope. TO EXTEND for other channels.

        :param dict base: what all envelopes of the message have
        """
        return {**base, "mail_email_address": self.address}
