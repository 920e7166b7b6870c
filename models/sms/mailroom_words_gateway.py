from odoo import api, models


class MailroomWordsGateway(models.AbstractModel):
    """What is wrong with an SMS gateway, and what to do about it."""

    _inherit = "mailroom.words"

    @api.model
    def _gateway_trouble(self, reason, reply=""):
        """Return what is wrong with a gateway, and what it said.

        :param str reason: of a verdict
        :param str reply: the gateway's own words
        """
        sentence = self._gateway_reasons().get(reason) or self.env._(
            "the SMS gateway refused it"
        )
        told = f" ({reply})" if reply else ""
        return f"{sentence[:1].upper()}{sentence[1:]}{told}."

    def _gateway_reasons(self):
        """Return ``{reason: words}`` of what SMS gateways and lines do."""
        return {
            **self._gateway_reasons_message(),
            **self._gateway_reasons_settings(),
            **self._gateway_reasons_line(),
        }

    def _gateway_reasons_message(self):
        return {
            "gateway_refused": self.env._("the SMS gateway does not take this message"),
            "number_refused": self.env._("the SMS gateway does not take this number"),
            "country_refused": self.env._(
                "the SMS gateway does not send to this country"
            ),
            "too_big": self.env._("the message is too long for the SMS gateway"),
            "not_delivered": self.env._("the phone could not be reached"),
            "gateway_answer": self.env._(
                "the SMS gateway did not say whether it took the message"
            ),
            "gateway_error": self.env._("the SMS gateway had an error of its own"),
            "rate_limited": self.env._("the SMS gateway asks for patience"),
            "server_busy": self.env._("the SMS gateway is busy"),
        }

    def _gateway_reasons_settings(self):
        return {
            "gateway_login": self.env._(
                "the SMS gateway refuses the user name, password or key"
            ),
            "gateway_credit": self.env._("the account at the SMS gateway is empty"),
            "gateway_registration": self.env._(
                "the SMS gateway wants a registration for this country first"
            ),
            "gateway_not_found": self.env._(
                "there is nothing at the address of the SMS gateway"
            ),
            "gateway_method": self.env._(
                "the SMS gateway wants messages in another way; check method and format"
            ),
            "gateway_redirect": self.env._("the SMS gateway has another address now"),
            "gateway_plain": self.env._(
                "messages may not cross the internet unencrypted; use https"
            ),
            "gateway_url": self.env._("the address of the SMS gateway is not a URL"),
            "gateway_form": self.env._(
                "the settings of the SMS gateway cannot be used; check its parameters"
            ),
            "gateway_sender": self.env._(
                "the SMS gateway takes sender names of 3 to 11 letters and digits "
                "only; choose another one in the settings"
            ),
            "gateway_twilio": self.env._(
                "Twilio is not chosen as SMS provider in Odoo's settings"
            ),
            "password_unreadable": self.env._(
                "the password was sealed with a key that is not on this machine"
            ),
            "blocked_address": self.env._(
                "the address of the SMS gateway is not allowed"
            ),
        }

    def _gateway_reasons_line(self):
        return {
            "certificate": self.env._(
                "the certificate of the SMS gateway cannot be trusted"
            ),
            "certificate_host": self.env._(
                "the certificate of the SMS gateway is for another name"
            ),
            "certificate_expired": self.env._(
                "the certificate of the SMS gateway has expired"
            ),
            "tls": self.env._("the encrypted connection could not be set up"),
            "host_not_found": self.env._("the SMS gateway's name was not found"),
            "refused": self.env._("the SMS gateway refuses the connection"),
            "unreachable": self.env._("the SMS gateway cannot be reached"),
            "timeout": self.env._("the SMS gateway did not answer in time"),
            "connection_lost": self.env._("the connection broke"),
            "protocol": self.env._("what answered is no SMS gateway"),
            "unknown": self.env._("the reason is not known"),
        }
