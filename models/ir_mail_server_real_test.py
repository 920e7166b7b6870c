from odoo import fields, models
from odoo.exceptions import UserError

from ..tools.account_probe import PATIENCE, Finding, Try
from ..tools.address import AddressError, parse_address
from ..tools.message import Outgoing, build, message_id
from ..tools.smtp_session import SmtpFault


class IrMailServerRealTest(models.Model):
    """ "Send me a real test": what no dry test can tell."""

    _inherit = "ir.mail_server"

    def action_mailroom_send_test(self):
        """Send one real message to whoever asks, and say what the server answered."""
        self.ensure_one()
        self._mailroom_check_writable()
        notice = self.env["mailroom.guard"].sudo().get_notice()
        if notice["holds"]:
            raise UserError(
                self.env._("This database is a copy: nothing leaves from here.")
            )
        try:
            recipient = parse_address(self.env.user.email)
        except AddressError as error:
            raise UserError(
                self.env._("Write your own email address into My Preferences first.")
            ) from error
        attempt = self._mailroom_try_delivery(recipient)
        finding = Finding(attempt)
        if attempt.reason:
            self._mailroom_note_finding(finding)
            words = self.env["mailroom.words"]._diagnosis(self, finding)
            return self._mailroom_notify(words, "danger")
        self.sudo()._mailroom_mark_up()
        return self._mailroom_notify(
            self.env._(
                "The mail server took the test message to %s. Look into that mailbox, "
                "the spam folder included.",
                recipient.email,
            )
        )

    def _mailroom_try_delivery(self, recipient):
        """Hand a test message over, outside the outbox: it is about no document.

        :param Address recipient: who gets it
        :rtype: Try
        """
        outgoing = self._prepare_mailroom_test_message(recipient)
        pair = (self.smtp_port, self.smtp_encryption)
        session = None
        try:
            session = self._mailroom_open_session(PATIENCE.end * 4)
            data = build(outgoing)
            session.deliver(outgoing.author.email, recipient.email, data, lambda: None)
            return Try(*pair)
        except SmtpFault as fault:
            verdict = fault.verdict
            return Try(*pair, verdict.phase, verdict.reason, verdict.code, verdict.text)
        finally:
            if session:
                session.close()

    def _prepare_mailroom_test_message(self, recipient):
        """Return the test message, as the customers of this account would get theirs.

        :param Address recipient: who gets it
        :rtype: Outgoing
        """
        company = self.sudo().mailroom_company_id or self.env.company
        name, address = self._mailroom_sender(company)
        author = parse_address(address).named(name)
        text = self.env._(
            "This message went through the sender account “%(account)s”. If you can "
            "read it, messages of %(company)s arrive the same way.",
            account=self.name,
            company=company.name,
        )
        return Outgoing(
            author=author,
            to=(recipient,),
            subject=self.env._("Test of the sender account %s", self.name),
            message_id=message_id(author.domain),
            date=fields.Datetime.now(),
            text=text,
        )
