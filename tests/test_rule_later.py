from odoo.tests import tagged

from .rule_common import RuleCommon


@tagged("post_install", "-at_install")
class TestRuleLater(RuleCommon):
    """What a rule makes wait leaves to whom it is for when it leaves."""

    def wait(self):
        self.fire(self.order, mode="hold", minutes=5)

    def recipients(self):
        """Let the time pass, and return who got something."""
        self.let_time_pass(minutes=6)
        self.run_queue()
        return sorted(mail.recipient for mail in self.mails)

    def test_nothing_to_who_was_blacklisted_meanwhile(self):
        self.wait()
        self.env["mail.blacklist"]._add("anna@kund.test")
        self.assertFalse(self.recipients())
        self.assertEqual(self.states(self.order), {"anna@kund.test": "cancelled"})
        self.assertEqual(self.firing(self.order).state, "nobody")
        self.assertIn("Nobody wants messages about this", self.notes(self.order))

    def test_who_still_wants_it_gets_it(self):
        (self.anna | self.bo).mailroom_notify_email = True
        self.wait()
        self.env["mail.blacklist"]._add("anna@kund.test")
        self.assertEqual(self.recipients(), ["bo@kund.test"])
        self.assertEqual(len(self.dispatches(self.order)), 1)

    def test_a_corrected_address_gets_it_and_the_old_one_does_not(self):
        self.wait()
        self.anna.email = "anna.ek@kund.test"
        self.assertEqual(self.recipients(), ["anna.ek@kund.test"])
        self.assertEqual(self.firing(self.order).state, "sent")
        self.assertEqual(self.dispatches(self.order)[0].user_id, self.sender)
        self.assertIn("an address or the language has changed", self.notes(self.order))
        self.assertFalse(self.fire(self.order), "it has told the customer")

    def test_a_message_stopped_for_one_stays_stopped(self):
        (self.anna | self.bo).mailroom_notify_email = True
        self.wait()
        waiting = self.deliveries(self.order)["bo@kund.test"]
        self.as_user(waiting, self.sender).action_cancel()
        self.anna.email = "anna.ek@kund.test"
        self.assertEqual(self.recipients(), ["anna.ek@kund.test"])

    def test_an_address_that_is_gone_becomes_a_todo(self):
        self.wait()
        people = self.anna | self.bo | self.customer | self.invoice_address
        people.email = False
        self.assertFalse(self.recipients())
        self.assertEqual(self.firing(self.order).state, "refused")
        self.assertEqual(self.order.activity_ids.user_id, self.sender)

    def test_another_language_is_another_text(self):
        self.template.mailroom_lang_id = self.env["res.lang"]._lang_get("en_US")
        french = self.template.copy(
            {
                "mailroom_lang_id": self.env["res.lang"]._lang_get("fr_FR").id,
                "mailroom_subject": "Livré {Number}",
            }
        )
        self.template |= french
        self.wait()
        self.order.invoice_lang = "fr_FR"
        self.assertEqual(self.recipients(), ["anna@kund.test"])
        self.assertEqual(self.mails[0]["Subject"], f"Livré {self.order.name}")

    def test_a_text_that_was_deleted_does_not_leave(self):
        self.wait()
        self.template.unlink()
        self.assertFalse(self.recipients())
        self.assertEqual(self.firing(self.order).state, "refused")
