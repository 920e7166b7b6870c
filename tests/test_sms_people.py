from odoo.exceptions import ValidationError

from ..tools.plan import Recipient, Wishes
from .sms_common import SmsCommon


class TestSmsPeople(SmsCommon):
    """Which numbers text messages go to (B2, B3, B15, F10, F11)."""

    def setUp(self):
        super().setUp()
        self.order = self.create_order()

    def messages(self, plan, level="block"):
        return " ".join(p.message for p in plan.problems if p.level == level)

    # === NUMBERS === #

    def test_a_number_is_kept_as_the_world_writes_it(self):
        contact = self.anna
        contact.mailroom_sms_number = "070-512 34 56"
        self.assertEqual(contact.mailroom_sms_number, "+46705123456")
        contact.write({"country_id": self.env.ref("base.cz").id})
        contact.mailroom_sms_number = "602 123 456"
        self.assertEqual(contact.mailroom_sms_number, "+420602123456")

    def test_what_is_no_mobile_number_is_refused_in_words(self):
        for text, words in (
            ("08-123 45 67", "“08-123 45 67” is a landline"),
            ("07051", "“07051” is not a mobile number: "),
            ("ask Anna", "“ask Anna” is not a mobile number: it holds letters"),
        ):
            with self.assertRaises(ValidationError) as caught:
                self.anna.mailroom_sms_number = text
            self.assertIn(words, str(caught.exception))
        with self.assertRaises(ValidationError):
            self.env["res.partner"].create({"name": "x", "mailroom_sms_number": "12"})

    def test_the_phone_is_used_where_there_is_no_number_of_its_own(self):
        mobiles = {
            person.partner: person.mobile for person in self.order._mailroom_people()
        }
        self.assertEqual(mobiles[self.anna], "070-512 34 56")
        self.assertEqual(mobiles[self.bo], "+46705123457")
        self.assertEqual(mobiles[self.invoice_address], "")

    def test_a_chosen_landline_is_refused_in_words(self):
        recipient = Recipient("040-12 34 56", "Kund", self.customer, channel="sms")
        plan = self.plan_sms(self.order, recipients=[recipient])
        self.assertTrue(plan.blocked)
        self.assertIn("“040-12 34 56” of Kund is a landline", self.messages(plan))

    def test_a_chosen_person_without_a_number_is_refused_in_words(self):
        recipient = Recipient("", "Ledger", self.invoice_address, channel="sms")
        plan = self.plan_sms(self.order, recipients=[recipient])
        self.assertEqual(self.problems(plan), {"no_number": "block"})
        self.assertIn("Ledger has no mobile number", self.messages(plan))

    # === WHO IS PROPOSED === #

    def test_who_wants_text_messages_is_proposed(self):
        self.assertEqual(
            self.problems(self.plan_sms(self.order)), {"no_number": "block"}
        )
        self.bo.mailroom_notify_sms = True
        plan = self.plan_sms(self.order)
        self.assertEqual(
            [(r.address, r.partner, r.channel) for r in plan.recipients],
            [("+46705123457", self.bo, "sms")],
        )
        self.bo.mailroom_about_orders = False
        self.assertFalse(self.plan_sms(self.order).recipients)

    def test_mail_wishes_are_no_sms_wishes(self):
        self.bo.mailroom_notify_sms = True
        order = self.as_user(self.order, self.sender)
        (plan,) = order.env["mailroom.planner"]._plan(order)
        self.assertEqual({r.channel for r in plan.recipients}, {"email"})

    def test_who_wants_them_on_a_landline_is_left_out_and_named(self):
        self.anna.write({"mailroom_notify_sms": True, "phone": "08-123 45 67"})
        self.bo.mailroom_notify_sms = True
        plan = self.plan_sms(self.order)
        self.assertEqual([r.partner for r in plan.recipients], [self.bo])
        self.assertEqual(self.problems(plan), {"landline": "warn"})
        self.assertIn("of Anna Ek is a landline", self.messages(plan, "warn"))

    def test_a_shared_phone_gets_it_once(self):
        (self.anna | self.bo).mailroom_notify_sms = True
        self.bo.mailroom_sms_number = self.anna.phone
        plan = self.plan_sms(self.order)
        self.assertEqual([r.address for r in plan.recipients], ["+46705123456"])
        self.send_sms(self.order, to=None)
        self.run_queue()
        self.assertEqual(len(self.texts), 1)

    def test_many_documents_take_no_more_queries_than_few(self):
        self.bo.mailroom_notify_sms = True
        orders = self.env["sale.order"].browse(
            [self.create_order().id for _each in range(8)]
        )

        def queries(documents, channel):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            wishes = Wishes(channels=(channel,), sms_text="Hello")
            self.env["mailroom.planner"]._plan(documents, wishes)
            return self.env.cr.sql_log_count - before

        def extra(documents):
            return queries(documents, "sms") - queries(documents, "email")

        extra(orders)
        self.assertLessEqual(extra(orders), extra(orders[:2]))

    # === THE TEXT === #

    def test_an_empty_text_is_refused(self):
        plan = self.plan_sms(self.order, text=" \n", to="0705123456")
        self.assertEqual(self.problems(plan), {"sms_empty": "block"})

    def test_too_many_parts_are_refused_with_the_numbers(self):
        plan = self.plan_sms(self.order, text="a" * 612, to="0705123456")
        self.assertFalse(plan.blocked, "612 letters are four parts")
        plan = self.plan_sms(self.order, text="a" * 613, to="0705123456")
        self.assertEqual(self.problems(plan), {"sms_too_long": "block"})
        self.assertIn("takes 5 parts; Ahlberg Service allows 4", self.messages(plan))

    # === THE SENDER === #

    def test_the_sender_name_is_a_setting(self):
        self.company.mailroom_sms_sender = "VVS Ahlberg"
        self.send_sms(self.order)
        self.run_queue()
        self.assertEqual(self.texts[0].sender, "VVS Ahlberg")

    def test_a_sender_name_that_cannot_be_one_is_refused_in_words(self):
        for name in ("Ahlberg Service", "12345", "Dvořák", "A&B"):
            with self.assertRaisesRegex(ValidationError, f"“{name}” cannot be"):
                self.company.mailroom_sms_sender = name
