from unittest.mock import patch

from odoo.tests import tagged

from ..tools.dns_health import DnsUnavailable
from .common import MailroomCommon

ZONE = {
    ("ahlberg.test", "SOA"): ["ns.ahlberg.test."],
    ("ahlberg.test", "TXT"): ["v=spf1 include:spf.messagingengine.com -all"],
    ("fm1._domainkey.ahlberg.test", "TXT"): ["v=DKIM1; k=rsa; p=MIGf"],
    ("_dmarc.ahlberg.test", "TXT"): ["v=DMARC1; p=none"],
}


@tagged("post_install", "-at_install")
class TestAccountDns(MailroomCommon):
    """What receivers find about the sender's domain (G7)."""

    roles = ("sender", "manager")

    def look(self, ask):
        servers = type(self.env["ir.mail_server"])
        with patch.object(servers, "_mailroom_resolver", lambda _self: ask):
            self.account.with_user(self.manager).action_mailroom_check_dns()

    def states(self):
        account = self.account
        return [
            account.mailroom_spf,
            account.mailroom_dkim,
            account.mailroom_dmarc,
            account.mailroom_alignment,
        ]

    def test_nothing_is_known_before_somebody_looks(self):
        self.assertEqual(self.states(), ["unknown"] * 4)

    def test_the_card_says_what_dns_says(self):
        self.account.mailroom_provider = "fastmail"
        self.look(lambda name, kind: ZONE.get((name, kind), []))
        self.assertEqual(self.states(), ["ok", "ok", "weak", "ok"])
        self.assertIn("allows your provider", self.account.mailroom_spf_words)
        self.assertIn("protects nothing yet", self.account.mailroom_dmarc_words)

    def test_a_selector_typed_by_hand_goes_first(self):
        self.account.write(
            {"mailroom_provider": "fastmail", "mailroom_selector": "own"}
        )
        self.look(lambda name, kind: ZONE.get((name, kind), []))
        self.assertEqual(self.account.mailroom_dkim, "missing")

    def test_without_dns_it_is_unknown_and_says_so(self):
        def ask(name, kind):
            raise DnsUnavailable("timed out")

        self.look(ask)
        self.assertEqual(self.states(), ["unknown"] * 4)
        self.assertIn("cannot be asked", self.account.mailroom_spf_words)

    def test_every_finding_has_words(self):
        words = self.env["mailroom.words"]._dns_words()
        self.assertGreaterEqual(len(words), 22)
        self.assertTrue(all(words.values()))
