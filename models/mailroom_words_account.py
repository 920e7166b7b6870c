from odoo import api, fields, models


class MailroomWordsAccount(models.AbstractModel):
    """What is wrong with an account, and which field to change."""

    _inherit = "mailroom.words"

    @api.model
    def _diagnosis(self, server, finding):
        """Return what a test found out.

        :param server: ``ir.mail_server``, possibly not stored yet
        :param Finding finding: from ``tools.account_probe``
        """
        best = finding.best
        return (
            self._trouble(best.reason, best.text)
            if best.reason
            else self._found(server)
        )

    @api.model
    def _found(self, server):
        """Return that an account works, and what was found out about it."""
        server = server.sudo()
        if not server.mailroom_automatic:
            return self.env._("The account works.")
        kinds = {"ssl_strict": "SSL/TLS", "none": self.env._("no encryption")}
        return self.env._(
            "The account works. Found: port %(port)s, %(encryption)s.",
            port=server.smtp_port,
            encryption=kinds.get(server.smtp_encryption, "STARTTLS"),
        )

    @api.model
    def _trouble(self, reason, reply=""):
        """Return what is wrong, what the server said, and which field to change."""
        reasons = {**self._server_reasons(None), **self._account_reasons()}
        sentence = reasons.get(reason) or self.env._("the mail server refused it")
        sentence = sentence[:1].upper() + sentence[1:]
        told = f" ({reply})" if reply and reason not in self._account_quiet() else ""
        field = self._fields_to_change().get(reason)
        if not field:
            return f"{sentence}{told}."
        return self.env._(
            "%(sentence)s. Check: %(field)s.", sentence=sentence + told, field=field
        )

    def _account_quiet(self):
        """Return reasons whose technical text says no more than our sentence."""
        return (
            "host_not_found",
            "refused",
            "timeout",
            "certificate",
            "blocked_address",
        )

    def _account_reasons(self):
        return {
            "password_missing": self.env._("the password is missing"),
            "tls_required": self.env._("the mail server wants encryption"),
            "password_unreadable": self.env._(
                "the password was sealed with a key that is not on this machine"
            ),
            "auth_not_offered": self.env._(
                "the mail server takes no password on this port"
            ),
            "certificate_expired": self.env._(
                "the certificate of the mail server has expired"
            ),
            "certificate_host": self.env._(
                "the certificate of the mail server is made out to another name"
            ),
            "certificate": self.env._(
                "the certificate of the mail server cannot be trusted"
            ),
            "host_not_found": self.env._("a mail server of this name was not found"),
            "refused": self.env._("nothing answers on this port"),
            "unreachable": self.env._("the mail server cannot be reached"),
            "tls": self.env._("this encryption does not fit the port"),
            "protocol": self.env._("what answers there is no mail server"),
            "sender_unproven": self.env._(
                "the mail server does not accept this sender"
            ),
            "server_refused": self.env._("the mail server refused the conversation"),
            "unknown": self.env._("something went wrong on the way"),
        }

    def _fields_to_change(self):
        """Return ``{reason: name of the field}``."""
        server, port, encryption = (
            self.env._("SMTP Server"),
            self.env._("Port"),
            self.env._("Encryption"),
        )
        login = self.env._("User Name and Password")
        return {
            "password_missing": self.env._("Password"),
            "password_unreadable": self.env._("Password"),
            "password_refused": login,
            "auth_required": login,
            "auth_not_offered": self.env._("Port and Encryption"),
            "no_tls": encryption,
            "tls_required": encryption,
            "no_starttls": encryption,
            "tls": self.env._("Port and Encryption"),
            "protocol": self.env._("SMTP Server and Port"),
            "certificate": server,
            "certificate_host": server,
            "certificate_expired": server,
            "host_not_found": server,
            "blocked_address": server,
            "refused": port,
            "unreachable": self.env._("SMTP Server and Port"),
            "timeout": self.env._("SMTP Server and Port"),
            "connection_lost": self.env._("Port and Encryption"),
            "sender_refused": self.env._("Sender Address"),
            "sender_unproven": self.env._("Sender Address"),
            "relay_denied": self.env._("Sender Address"),
            "policy": self.env._("Sender Address"),
        }

    # === WAITING FOR THE LIMIT === #

    def _own_reasons(self, delivery):
        # EXTENDS: waiting for room is no error
        return {
            **super()._own_reasons(delivery),
            "your_limit": self.env._("your limit for this account is reached"),
            "password_unreadable": self.env._(
                "the password was sealed with a key that is not on this machine"
            ),
        }

    def _state_deferred(self, delivery):
        # EXTENDS: the account knows better when it has room
        room_at = delivery.account_id.sudo().mailroom_room_at
        if delivery.reason == "your_limit":
            moment = max(room_at or delivery.next_try, fields.Datetime.now())
            return self.env._(
                "Waiting for room: your limit for this account is reached. Next at "
                "%(time)s.",
                time=self._time(moment),
            )
        return super()._state_deferred(delivery)
