from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import MailroomCommon


@tagged("post_install", "-at_install")
class TestDialog(MailroomCommon):
    """The dialog behind every Send button."""

    # === OTHER PEOPLE === #

    def test_one_off_addresses_make_no_contact(self):
        order = self.create_order()
        before = self.env["res.partner"].search_count([])
        self.send(order, other_addresses="one@else.test , two@else.test")
        self.run_queue()
        self.assertEqual(
            self.states(order),
            dict.fromkeys(("anna@kund.test", "one@else.test", "two@else.test"), "sent"),
        )
        self.assertEqual(self.env["res.partner"].search_count([]), before)

    def test_an_address_chosen_twice_gets_one_message(self):
        order = self.create_order()
        self.send(order, other_addresses="ANNA@kund.test, anna@kund.test")
        self.run_queue()
        self.assertEqual([m.recipient for m in self.mails], ["anna@kund.test"])

    def test_a_contact_with_several_addresses_gets_a_message_at_each(self):
        self.anna.email = "anna@kund.test, ek@kund.test"
        order = self.create_order()
        self.send(order)
        self.run_queue()
        self.assertEqual(set(self.states(order)), {"anna@kund.test", "ek@kund.test"})

    def test_what_is_no_address_is_refused_and_quoted(self):
        for text in ("a b@kund.test", "anna", "anna@kund", "x@y.test\nz@y.test"):
            order = self.create_order()
            with self.subTest(text=text), self.assertRaises(UserError) as caught:
                self.send(order, other_addresses=text)
            self.assertIn(f"“{text.strip()[:9]}", str(caught.exception))
            self.assertFalse(self.dispatches(order))

    def test_the_dialog_says_what_is_wrong_before_sending(self):
        with Form(self.open_dialog(self.create_order())) as form:
            self.assertFalse(form.alerts)
            form.other_addresses = "a b@kund.test"
            (alert,) = form.alerts.values()
        self.assertEqual(alert["level"], "danger")
        self.assertIn("“a b@kund.test”", alert["message"])

    def test_a_chosen_person_without_address_is_named(self):
        self.bo.email = False
        dialog = self.open_dialog(self.create_order())
        dialog.recipient_ids.filtered(lambda r: r.name == "Bo Dahl").selected = True
        with self.assertRaisesRegex(UserError, "Bo Dahl has no email address"):
            dialog.action_send()

    def test_nobody_chosen_is_refused(self):
        order = self.create_order()
        with self.assertRaises(UserError):
            self.send(order, to=self.env["res.partner"])

    # === TEXTS === #

    def create_template(self, **values):
        template = self.env["mail.template"].create(
            {
                "name": "Test",
                "model_id": self.env["ir.model"]._get_id("sale.order"),
                "subject": "Your quotation {{ object.name }}",
                "body_html": "<p>Hello</p>",
                **values,
            }
        )
        swedish = template.with_context(lang="sv_SE")
        swedish.write(
            {"subject": "Er offert {{ object.name }}", "body_html": "<p>Hej</p>"}
        )
        return template

    def test_another_language_writes_subject_and_body_anew(self):
        order = self.create_order()
        dialog = self.open_dialog(order)
        with Form(dialog) as form:
            form.template_id = self.create_template()
            self.assertEqual(form.subject, f"Your quotation {order.name}")
            form.lang = "sv_SE"
            self.assertEqual(form.subject, f"Er offert {order.name}")
            self.assertIn("Hej", form.body)
        dialog.action_send()
        self.run_queue()
        (mail,) = self.mails
        self.assertEqual(mail["Subject"], f"Er offert {order.name}")
        self.assertIn("Hej", mail.text)
        self.assertEqual(html.fromstring(mail.html).get("lang"), "sv-SE")
        self.assertEqual(self.printer.printed, [(order.name, "sv_SE")])

    def test_texts_changed_by_hand_leave_the_template_alone(self):
        template = self.create_template()
        order = self.create_order()
        dialog = self.open_dialog(order)
        with Form(dialog) as form:
            form.template_id = template
            form.subject = "As we said"
            form.body = "<p>See below</p>"
        dialog.action_send()
        self.run_queue()
        self.assertEqual(self.mails[0]["Subject"], "As we said")
        self.assertIn("See below", self.mails[0].text)
        self.assertEqual(template.subject, "Your quotation {{ object.name }}")

    def test_the_preview_is_the_message(self):
        order = self.create_order()
        dialog = self.open_dialog(order)
        dialog.body = "<p>Dear Anna</p>"
        self.assertIn("Dear Anna", dialog.preview)
        self.assertIn("Ahlberg Service", dialog.preview)
        preview = dialog.preview
        dialog.action_send()
        self.run_queue()
        self.assertEqual(
            html.fromstring(self.mails[0].html).text_content().split(),
            html.fromstring(preview).text_content().split(),
        )

    # === SENT BEFORE === #

    def test_a_double_click_is_one_message(self):
        order = self.create_order()
        first, second = self.open_dialog(order), self.open_dialog(order)
        first.action_send()
        for dialog in (first, second):
            with self.assertRaisesRegex(UserError, f"{order.name} is already on its"):
                dialog.action_send()
        self.run_queue()
        self.assertEqual(len(self.mails), 1)

    def test_two_clicks_at_the_same_time_are_one_message(self):
        order = self.create_order()
        first, second = self.open_dialog(order), self.open_dialog(order)
        first.action_send()
        # The other transaction is not to be seen yet: the database itself decides
        deliveries = type(self.env["mailroom.delivery"])
        self.patch(deliveries, "search_count", lambda *_args, **_kwargs: 0)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(UserError, "already on"),
        ):
            second.action_send()
        self.run_queue()
        self.assertEqual(len(self.mails), 1)

    def test_a_dialog_left_open_does_not_send_again_what_has_arrived(self):
        order = self.create_order()
        stale = self.open_dialog(order)
        self.send(order)
        self.run_queue()
        with self.assertRaisesRegex(UserError, f"{order.name} was already sent"):
            stale.action_send()
        self.run_queue()
        self.assertEqual(len(self.mails), 1)

    def test_it_says_when_and_to_whom_it_was_sent_before(self):
        order = self.create_order()
        self.assertFalse(self.open_dialog(order).sent_before)
        self.send(order)
        self.run_queue()
        words = self.open_dialog(order).sent_before
        self.assertIn("by Sender to anna@kund.test", words)
        self.assertIn("Nothing has changed since", words)
        order.order_line.price_unit = 1100
        self.assertIn("It has changed since", self.open_dialog(order).sent_before)

    def test_sending_again_on_purpose_is_possible_once_a_dialog(self):
        order = self.create_order()
        self.send(order)
        self.run_queue()
        dialog = self.open_dialog(order)
        dialog.action_send()
        with self.assertRaises(UserError):
            dialog.action_send()
        self.run_queue()
        self.assertEqual([m.recipient for m in self.mails], ["anna@kund.test"] * 2)
        newest, oldest = self.dispatches(order).delivery_ids.sorted("id", reverse=True)
        self.assertEqual(newest.resend_of_id, oldest)

    def test_everybody_who_had_it_can_get_it_again(self):
        order = self.create_order()
        self.send(order, to=self.anna | self.bo)
        self.send(order, to=self.anna)
        self.run_queue()
        self.send(order, to=self.bo)
        self.run_queue()
        self.assertEqual(
            sorted(m.recipient for m in self.mails),
            ["anna@kund.test", "anna@kund.test", "bo@kund.test", "bo@kund.test"],
        )

    # === WHO MAY, WHAT MAY === #

    def test_a_cancelled_order_cannot_be_sent(self):
        order = self.create_order()
        order.action_cancel()
        dialog = self.open_dialog(order)
        self.assertIn("danger", [a["level"] for a in dialog.alerts.values()])
        with self.assertRaisesRegex(UserError, "is cancelled and cannot be sent"):
            dialog.action_send()

    def test_a_draft_invoice_cannot_be_sent(self):
        dialog = self.open_dialog(self.create_invoice(posted=False))
        with self.assertRaisesRegex(UserError, "not posted"):
            dialog.action_send()

    def test_without_the_right_to_send_odoo_keeps_its_own_button(self):
        reader = self.create_user("reader", "account.group_account_readonly")
        invoice = self.as_user(self.create_invoice(), reader)
        self.assertFalse(invoice.action_mailroom_send())
        planner = self.env["mailroom.planner"].with_user(reader)
        plans = planner.sudo()._plan(invoice)
        with self.assertRaisesRegex(AccessError, "Mailroom / Sender"):
            self.env["mailroom.dispatch"].with_user(reader)._send(plans)
        with self.assertRaises(AccessError):
            self.env["mailroom.send"].with_user(reader)._open_for(invoice)

    # === AT ONCE === #

    def test_one_address_and_nothing_to_decide_is_sent_at_once(self):
        self.company.mailroom_send_at_once = True
        lone = self.env["res.partner"].create({"name": "Lone", "email": "me@lone.test"})
        order = self.create_order(
            partner_id=lone.id, partner_invoice_id=lone.id, partner_shipping_id=lone.id
        )
        action = self.as_user(order, self.sender).action_quotation_send()
        self.assertEqual(action["tag"], "display_notification")
        self.assertIn("me@lone.test", action["params"]["message"])
        self.run_queue()
        self.assertEqual([m.recipient for m in self.mails], ["me@lone.test"])
        self.open_dialog(order)

    def test_several_addresses_are_offered_instead(self):
        self.company.mailroom_send_at_once = True
        order = self.create_order()
        self.open_dialog(order)
        self.assertFalse(self.dispatches(order))

    def test_without_an_address_or_the_setting_a_person_looks_first(self):
        lone = self.env["res.partner"].create({"name": "Lone"})
        order = self.create_order(
            partner_id=lone.id, partner_invoice_id=lone.id, partner_shipping_id=lone.id
        )
        self.company.mailroom_send_at_once = True
        self.open_dialog(order)
        self.company.mailroom_send_at_once = False
        lone.email = "me@lone.test"
        self.open_dialog(order)
        self.assertFalse(self.dispatches(order))
