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
        if finding.works:
            return self._found(server, best)
        return self._trouble(best.reason, best.text)

    def _found(self, server, best):
        kinds = {"ssl_strict": "SSL/TLS", "ssl": "SSL/TLS", "none": self.env._("None")}
        if server.sudo().mailroom_automatic:
            return self.env._(
                "The account works. Found: port %(port)s, %(encryption)s.",
                port=best.port,
                encryption=kinds.get(best.encryption, "STARTTLS"),
            )
        return self.env._("The account works.")

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
        _ = self.env._
        return {
            "password_missing": _("the password is missing"),
            "password_unreadable": _(
                "the password was sealed with a key that is not on this machine"
            ),
            "auth_not_offered": _("the mail server takes no password on this port"),
            "certificate_expired": _("the certificate of the mail server has expired"),
            "certificate_host": _(
                "the certificate of the mail server is made out to another name"
            ),
            "certificate": _("the certificate of the mail server cannot be trusted"),
            "host_not_found": _("a mail server of this name was not found"),
            "refused": _("nothing answers on this port"),
            "unreachable": _("the mail server cannot be reached"),
            "tls": _("this encryption does not fit the port"),
            "protocol": _("what answers there is no mail server"),
            "sender_unproven": _("the mail server does not accept this sender"),
            "server_refused": _("the mail server refused the conversation"),
            "unknown": _("something went wrong on the way"),
        }

    def _fields_to_change(self):
        """Return ``{reason: name of the field}``."""
        _ = self.env._
        server, port, encryption = _("SMTP Server"), _("Port"), _("Encryption")
        login = _("User Name and Password")
        return {
            "password_missing": _("Password"),
            "password_unreadable": _("Password"),
            "password_refused": login,
            "auth_required": login,
            "auth_not_offered": _("Port and Encryption"),
            "no_tls": encryption,
            "no_starttls": encryption,
            "tls": _("Port and Encryption"),
            "protocol": _("SMTP Server and Port"),
            "certificate": server,
            "certificate_host": server,
            "certificate_expired": server,
            "host_not_found": server,
            "blocked_address": server,
            "refused": port,
            "unreachable": _("SMTP Server and Port"),
            "timeout": _("SMTP Server and Port"),
            "connection_lost": _("Port and Encryption"),
            "sender_refused": _("Sender Address"),
            "sender_unproven": _("Sender Address"),
            "relay_denied": _("Sender Address"),
            "policy": _("Sender Address"),
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
