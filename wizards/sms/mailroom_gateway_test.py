import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.gateway_form import GatewayMessage
from ...tools.phone import PhoneError, parse_mobile

# Seconds a person waits for the gateway's answer at most.
PATIENCE = 40


class MailroomGatewayTest(models.TransientModel):
    """Sends one real text message through a gateway, and says what came of it."""

    _name = "mailroom.gateway.test"
    _description = "Test of an SMS gateway"

    gateway_id = fields.Many2one(
        "mailroom.gateway", required=True, readonly=True, ondelete="cascade"
    )
    number = fields.Char(
        "To Number",
        required=True,
        default=lambda self: self._default_number(),
        help="Your own mobile number, for example.",
    )

    @api.model
    def _default_number(self):
        return self.env.user.partner_id._mailroom_mobile()

    def action_send(self):
        """Send the message and say what the gateway answered."""
        self.ensure_one()
        gateway = self.gateway_id
        # A test costs money and shows answers: only to who may set the gateway.
        gateway.check_access("write")
        if self.env["mailroom.guard"].sudo().get_notice()["holds"]:
            raise UserError(
                self.env._("This database is a copy: nothing leaves from here.")
            )
        # Checked above; health and secrets are the program's own.
        verdict = self._hand_over(gateway.sudo())
        if verdict.outcome == "accepted":
            return self._say_taken(gateway)
        words = self.env["mailroom.words"]._gateway_trouble(
            verdict.reason, verdict.text
        )
        return gateway._mailroom_notify(words, "danger")

    def _hand_over(self, gateway):
        """Hand the message over outside the outbox: it is about no document.

        :rtype: Verdict
        """
        verdict = gateway._mailroom_hand_over(
            self._prepare_message(gateway), lambda: None, PATIENCE
        )
        if verdict.outcome == "accepted":
            gateway._mailroom_mark_up()
            self.env["mailroom.queue"]._wake()
        elif verdict.outcome == "account_fault":
            gateway._mailroom_mark_paused(verdict)
        return verdict

    def _prepare_message(self, gateway):
        company = gateway.company_id
        try:
            number = parse_mobile(self.number, company.country_id.code)
        except PhoneError as error:
            words = self.env["mailroom.words"]._phone(error)
            raise UserError(words) from error
        text = self.env._(
            "Test from %(company)s through %(gateway)s. It works.",
            company=company.name,
            gateway=gateway.name,
        )
        return GatewayMessage(
            to=number,
            text=text,
            sender=company._mailroom_sms_sender_name(),
            id=f"test-{secrets.token_hex(8)}",
        )

    def _say_taken(self, gateway):
        return gateway._mailroom_notify(
            self.env._(
                "The gateway took the test message to %s. Look at that phone.",
                self.number,
            )
        )
