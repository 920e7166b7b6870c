from odoo.exceptions import AccessError, UserError

from .common import GROUPS
from .protocol_common import ProtocolCommon, png


class TestProtocolSend(ProtocolCommon):
    """A protocol leaves as the contact wants it, and as any other document."""

    def setUp(self):
        super().setUp()
        self.protocol = self.create_protocol(check_ids=[self.check_values()])

    def recipients(self):
        self.run_queue()
        return sorted(mail.recipient for mail in self.mails)

    # === BY THE CONTACT'S OPTION === #

    def test_nobody_asked_for_it(self):
        self.assertFalse(self.press_done(self.protocol))
        self.assertEqual(self.protocol.state, "done")
        self.assertEqual(self.recipients(), [])

    def test_the_contact_wants_us_to_ask(self):
        self.option(self.anna, "ask")
        question = self.press_done(self.protocol)
        self.assertEqual(question.whom, "Anna Ek <anna@kund.test>")
        self.assertEqual(self.recipients(), [], "nothing leaves before the answer")
        question.action_send()
        self.assertEqual(self.recipients(), ["anna@kund.test"])
        self.assertEqual(self.protocol.mailroom_state, "sent")

    def test_look_first_opens_the_dialog(self):
        self.option(self.anna, "ask")
        self.company.mailroom_send_at_once = True
        action = self.press_done(self.protocol).action_look()
        self.assertEqual(action["res_model"], "mailroom.send")
        self.assertEqual(self.recipients(), [])

    def test_by_itself(self):
        self.option(self.anna, "auto")
        told = self.as_user(self.protocol, self.sender).action_done()
        self.assertIn("anna@kund.test", told["params"]["message"])
        self.assertEqual(self.recipients(), ["anna@kund.test"])
        dispatch = self.dispatches(self.protocol)
        self.assertEqual((dispatch.origin, dispatch.automatic), ("rule", True))
        self.assertEqual(dispatch.rule, "Send Service Protocol")

    def test_a_contact_has_the_option_of_his_company(self):
        self.option(self.customer, "auto")
        self.assertEqual(self.anna._mailroom_option("mailroom_send_protocol"), "auto")
        self.press_done(self.protocol)
        self.assertEqual(self.recipients(), ["anna@kund.test"])

    def test_a_contact_may_differ_from_his_company(self):
        self.option(self.customer, "auto")
        self.option(self.anna, "no")
        self.press_done(self.protocol)
        self.assertEqual(self.recipients(), [])

    def test_a_facility_may_differ_from_its_customer(self):
        facility = self.env["res.partner"].create(
            {"name": "Hall", "parent_id": self.customer.id, "type": "delivery"}
        )
        order = self.create_order(confirmed=True, partner_shipping_id=facility.id)
        self.option(self.customer, "no")
        self.option(facility, "auto")
        self.press_done(self.create_protocol(order))
        self.assertEqual(self.recipients(), ["anna@kund.test"])

    def test_others_who_want_it_get_it(self):
        self.option(self.bo, "auto")
        self.press_done(self.protocol)
        self.assertEqual(self.recipients(), ["bo@kund.test"])

    def test_where_one_wants_to_be_asked_about_a_person_is_asked(self):
        self.option(self.anna, "auto")
        self.option(self.bo, "ask")
        question = self.press_done(self.protocol)
        self.assertIn("anna@kund.test", question.whom)
        self.assertIn("bo@kund.test", question.whom)
        self.assertEqual(self.recipients(), [])

    def test_what_stands_in_the_way_is_told_and_remembered(self):
        self.option(self.anna, "auto")
        self.anna.email = "no address"
        self.customer.email = False
        action = self.as_user(self.protocol, self.sender).action_done()
        self.assertEqual(self.protocol.state, "done", "the technician goes on")
        self.assertIn("no address", action["params"]["message"])
        self.assertEqual(self.protocol.activity_ids.user_id, self.sender)
        self.assertEqual(self.recipients(), [])

    def test_nobody_with_an_address(self):
        self.option(self.anna, "ask")
        (self.anna | self.customer | self.bo | self.invoice_address).email = False
        told = self.as_user(self.protocol, self.sender).action_done()
        self.assertIn("no email address", told["params"]["message"])
        self.assertFalse(self.question(self.protocol), "there is nothing to ask")
        self.assertEqual(self.protocol.state, "done")

    # === AS ANY OTHER DOCUMENT === #

    def test_a_draft_and_a_replaced_one_cannot_be_sent(self):
        with self.assertRaisesRegex(UserError, "not done yet"):
            self.send(self.protocol)
        self.protocol.action_done()
        self.send(self.protocol)
        correction = self.protocol.browse(self.protocol.action_correct()["res_id"])
        with self.assertRaisesRegex(UserError, "replaced by a correction"):
            self.send(self.protocol)
        self.run_queue()
        correction.action_done()
        self.assertIn(self.protocol.name, correction.correction_notice)
        self.send(correction)
        correction.invalidate_recordset()
        self.assertFalse(correction.correction_notice)

    def test_more_people_separated_by_commas(self):
        self.protocol.action_done()
        self.send(self.protocol, other_addresses="one@else.test, two@else.test")
        self.assertEqual(
            self.recipients(), ["anna@kund.test", "one@else.test", "two@else.test"]
        )

    def test_the_message_is_in_the_customers_language(self):
        self.anna.lang = "sv_SE"
        self.customer.mailroom_tz = "Europe/Stockholm"
        protocol = self.create_protocol(
            done=True,
            check_ids=[self.check_values("Tryck", "not_ok", remark="För lågt")],
        )
        self.send(protocol)
        self.run_queue()
        (mail,) = self.mails
        self.assertIn(f"Serviceprotokoll {protocol.name}", mail["Subject"])
        self.assertIn("måndag 05 oktober, 09:00 – 12:00", mail.text)
        self.assertIn("Tryck: För lågt", mail.text)
        self.assertNotIn("skriv under", mail.text)
        self.assertEqual(self.printer.printed, [(protocol.name, "sv_SE")])

    def test_the_customer_is_asked_to_sign(self):
        self.protocol.action_done()
        self.protocol.action_ask_to_sign()
        self.send(self.protocol)
        self.run_queue()
        (mail,) = self.mails
        self.assertIn("Sign the protocol", mail.html)
        self.assertIn("#sign", mail.html)
        self.assertIn(self.protocol.access_token, mail.html)
        self.protocol.signature = png()
        with self.assertRaisesRegex(UserError, "signed by Anna Ek already"):
            self.protocol.action_ask_to_sign()

    def test_the_machine_stands_in_the_name_of_the_file(self):
        machine = self.env["mailroom.service.object"].create(
            {"name": "Pump", "number": "4711/A", "partner_id": self.customer.id}
        )
        self.protocol.object_ids = machine
        self.protocol.action_done()
        self.send(self.protocol)
        self.run_queue()
        self.company.mailroom_machine_in_file_name = True
        self.send(self.protocol)
        self.run_queue()
        names = [list(mail.files) for mail in self.mails]
        number = self.protocol.name
        self.assertEqual(names, [[f"{number}.pdf"], [f"{number} 4711-A.pdf"]])

    def test_uploaded_files_and_pictures_are_offered_where_pictures_are_shown(self):
        self.protocol.env["mailroom.protocol.picture"].create(
            {"protocol_id": self.protocol.id, "name": "Before", "image": png()}
        )
        self.protocol.action_done()
        self.env["ir.attachment"].create(
            {
                "name": "plan.txt",
                "raw": b"x",
                "res_model": self.protocol._name,
                "res_id": self.protocol.id,
            }
        )
        dialog = self.open_dialog(self.protocol, self.sender)
        names = dialog.file_ids.mapped("name")
        self.assertIn("plan.txt", names)
        self.assertIn("Before.png", names)
        dialog.file_ids.filtered(lambda f: f.name == "Before.png").selected = True
        dialog.action_send()
        self.run_queue()
        self.assertEqual(
            set(self.mails[0].files), {f"{self.protocol.name}.pdf", "Before.png"}
        )
        self.company.mailroom_show_pictures = False
        names = self.open_dialog(self.protocol, self.sender).file_ids.mapped("name")
        self.assertNotIn("plan.txt", names)
        self.assertNotIn("Before.png", names)

    def test_a_technician_who_sees_no_orders_sends_it(self):
        technician = self.create_user("technician", "mailroom.mailroom_group_sender")
        self.protocol.action_done()
        self.send(self.protocol, user=technician)
        self.assertEqual(self.recipients(), ["anna@kund.test"])

    def test_another_company_sees_nothing(self):
        sender_b = self.create_user("sender_b", GROUPS["sender"], self.company_b)
        with self.assertRaises(AccessError):
            self.as_user(self.protocol, sender_b).read(["name"])
        with self.assertRaises(AccessError):
            self.as_user(self.protocol.check_ids, sender_b).read(["name"])
        with self.assertRaises(AccessError):
            self.as_user(self.protocol, sender_b).action_done()
