from odoo import models


class MailroomWordsReason(models.AbstractModel):
    """A sentence for each reason of ``tools.smtp_reason.REASONS``."""

    _inherit = "mailroom.words"

    def _server_reasons(self, delivery):
        """Return ``{reason: words}`` of what mail servers and lines do."""
        return {
            **self._reasons_about_recipient(),
            **self._reasons_about_message(),
            **self._reasons_about_account(),
            **self._reasons_about_line(),
        }

    def _reasons_about_recipient(self):
        return {
            "mailbox_unknown": self.env._("the address does not exist"),
            "mailbox_disabled": self.env._("the mailbox is closed"),
            "mailbox_full": self.env._("the mailbox is full"),
            "mailbox_busy": self.env._("the mailbox is busy"),
            "mailbox_moved": self.env._("the mailbox has moved to another address"),
            "domain_unknown": self.env._("the domain of the address does not exist"),
            "bad_address": self.env._(
                "the mail server does not understand the address"
            ),
            "recipient_refused": self.env._("the mail server refuses the address"),
        }

    def _reasons_about_message(self):
        return {
            "too_big": self.env._("the message is too big for the mail server"),
            "spam": self.env._("the mail server takes it for spam"),
            "policy": self.env._("the mail server refuses it by its own rules"),
            "sender_unproven": self.env._(
                "the mail server cannot prove the sender (SPF, DKIM or DMARC)"
            ),
            "message_refused": self.env._("the mail server refuses the message"),
            "greylisted": self.env._("the mail server asks to try again later"),
            "rate_limited": self.env._("the mail server's limit is reached"),
            "server_busy": self.env._("the mail server is busy"),
            "server_closing": self.env._("the mail server closed the connection"),
        }

    def _reasons_about_account(self):
        return {
            "password_refused": self.env._("the user name or password was refused"),
            "password_unreadable": self.env._(
                "the password was sealed with a key that is not on this machine"
            ),
            "auth_required": self.env._(
                "the mail server asks for a user name and password"
            ),
            "auth_not_offered": self.env._(
                "the mail server offers no way to log in that we know"
            ),
            "no_tls": self.env._("a password may not cross an unencrypted line"),
            "sender_refused": self.env._("the sender address was refused"),
            "relay_denied": self.env._(
                "the mail server does not forward for this sender"
            ),
            "server_refused": self.env._("the mail server refuses to talk to us"),
            "no_starttls": self.env._("the mail server does not offer encryption"),
            "certificate": self.env._(
                "the certificate of the mail server is not valid"
            ),
            "certificate_host": self.env._("the certificate is for another name"),
            "certificate_expired": self.env._("the certificate has expired"),
            "tls": self.env._("the encrypted connection could not be set up"),
            "blocked_address": self.env._("the mail server's address is not allowed"),
        }

    def _reasons_about_line(self):
        return {
            "host_not_found": self.env._("the mail server's name was not found"),
            "refused": self.env._("the mail server refuses the connection"),
            "unreachable": self.env._("the mail server cannot be reached"),
            "timeout": self.env._("the mail server did not answer in time"),
            "connection_lost": self.env._("the connection broke"),
            "protocol": self.env._("what answered is no mail server"),
            "unknown": self.env._("the reason is not known"),
        }
