from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import MailroomCommon


@tagged("post_install", "-at_install")
class TestOutbox(MailroomCommon):
    """What leaves, to whom, and what the document says about it (G1, G5, G10)."""

    def test_nothing_leaves_in_the_click(self):
        order = self.create_order()
        self.send(order)
        self.assertEqual(order.mailroom_state, "queued")
        self.assertFalse(self.mails)
        self.assertFalse(self.server.logins)
        self.run_queue()
        self.assertEqual([m.recipient for m in self.mails], ["anna@kund.test"])
        self.assertEqual(order.mailroom_state, "sent")

    def test_each_recipient_gets_a_message_addressed_to_him_alone(self):
        order = self.create_order()
        dispatch = self.send(order, to=self.anna | self.bo)
        self.run_queue()
        self.assertEqual(len(dispatch.delivery_ids), 2)
        for mail in self.mails:
            self.assertIn(f"<{mail.recipient}>", mail["To"])
            self.assertEqual(mail["To"].count("@"), 1)
            self.assertIsNone(mail["Cc"])
        self.assertEqual(len({mail["Message-ID"] for mail in self.mails}), 2)

    def test_a_copy_is_shown_to_everybody_and_is_a_row_of_its_own(self):
        order = self.create_order()
        dispatch = self.send(order, cc_addresses="boss@kund.test")
        self.run_queue()
        self.assertEqual(
            {m.recipient for m in self.mails}, {"anna@kund.test", "boss@kund.test"}
        )
        for mail in self.mails:
            self.assertEqual(mail["To"], "Anna Ek <anna@kund.test>")
            self.assertEqual(mail["Cc"], "boss@kund.test")
        self.assertEqual(set(dispatch.delivery_ids.mapped("state")), {"sent"})

    def test_followers_get_nothing(self):
        order = self.create_order()
        order.message_subscribe((self.bo | self.manager.partner_id).ids)
        mails = self.env["mail.mail"].search_count([])
        self.send(order)
        self.run_queue()
        self.assertEqual([m.recipient for m in self.mails], ["anna@kund.test"])
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        followers = order.message_partner_ids
        self.assertNotIn(self.anna, followers, "being sent to makes no follower")

    def test_the_chatter_has_one_message_with_an_envelope_per_recipient(self):
        order = self.create_order()
        before = order.message_ids
        dispatch = self.send(order, to=self.anna | self.bo, subject="Your offer")
        message = order.message_ids - before
        self.assertEqual(message, dispatch.message_id)
        self.assertEqual(message.subject, "Your offer")
        self.assertEqual(message.author_id, self.sender.partner_id)
        envelopes = message.notification_ids
        self.assertEqual(envelopes.res_partner_id, self.anna | self.bo)
        self.assertEqual(set(envelopes.mapped("notification_status")), {"ready"})
        self.server.refuse("bo@kund.test", 550, "5.1.1 no such user")
        self.run_queue()
        self.assertEqual(
            {e.res_partner_id: e.notification_status for e in envelopes},
            {self.anna: "sent", self.bo: "exception"},
        )

    # === WHAT BECAME OF IT === #

    def words(self, document, address="anna@kund.test"):
        return self.as_user(self.deliveries(document)[address], self.manager).words

    def test_accepted_in_plain_words(self):
        order = self.create_order()
        self.send(order)
        self.assertEqual(self.words(order), "Waiting to be sent")
        self.run_queue()
        self.assertRegex(self.words(order), r"^Accepted by the mail server at \d+:\d\d")

    def test_an_unknown_mailbox_fails_with_its_reason_and_a_to_do(self):
        order = self.create_order()
        self.server.refuse("anna@kund.test", 550, "5.1.1 no such user")
        self.send(order)
        self.run_queue()
        self.assertEqual(order.mailroom_state, "failed")
        self.assertEqual(
            self.words(order), "Not sent: the address does not exist (550 5.1.1)"
        )
        self.assertEqual(order.activity_ids.user_id, self.sender)
        self.assertIn("anna@kund.test", order.activity_ids.summary)

    def test_a_busy_mailbox_is_tried_again_by_itself(self):
        order = self.create_order()
        self.server.refuse("anna@kund.test", 450, "4.2.1 mailbox busy")
        self.send(order)
        self.run_queue()
        self.assertEqual(self.states(order), {"anna@kund.test": "deferred"})
        self.assertEqual(order.mailroom_state, "queued")
        self.assertRegex(
            self.words(order),
            r"^Trying again at .*: the mailbox is busy \(450 4\.2\.1\)$",
        )
        self.run_queue()
        self.assertFalse(self.mails, "not before its time")
        self.let_time_pass(minutes=2)
        self.run_queue()
        self.assertEqual(order.mailroom_state, "sent")
        self.assertEqual(self.deliveries(order)["anna@kund.test"].attempts, 2)

    def test_what_nobody_takes_for_three_days_is_given_up(self):
        order = self.create_order()
        self.server.refuse("anna@kund.test", 450, "4.2.1 mailbox busy", times=99)
        self.send(order)
        self.run_queue()
        self.let_time_pass(days=4)
        self.run_queue()
        self.assertEqual(order.mailroom_state, "failed")
        self.assertIn("for three days", self.words(order))

    def test_one_refused_of_two_is_partly_sent(self):
        order = self.create_order()
        self.server.refuse("bo@kund.test", 550, "5.1.1 no such user")
        self.send(order, to=self.anna | self.bo)
        self.run_queue()
        self.assertEqual(order.mailroom_state, "partly")
        self.assertEqual(
            self.states(order), {"anna@kund.test": "sent", "bo@kund.test": "failed"}
        )

    def test_a_line_broken_after_the_handover_is_unsure_and_stays_so(self):
        order = self.create_order()
        self.server.lose("anna@kund.test")
        self.send(order)
        self.run_queue()
        self.assertEqual(order.mailroom_state, "uncertain")
        self.assertIn("Unsure", self.words(order))
        self.let_time_pass(days=2)
        self.run_queue()
        self.assertEqual(len(self.mails), 1, "never sent again by itself")
        self.assertEqual(order.mailroom_state, "uncertain")

    def test_one_bad_message_does_not_stop_the_others(self):
        orders = [self.create_order() for _ in range(3)]
        self.printer.broken.add(orders[1].name)
        for order in orders:
            self.send(order)
        self.run_queue()
        self.run_queue()
        self.assertEqual(
            [order.mailroom_state for order in orders], ["sent", "failed", "sent"]
        )
        self.assertIn("the PDF could not be made", self.words(orders[1]))

    def test_a_group_is_taken_apart_however_the_database_goes_about_it(self):
        # With these ways barred it asks a subquery again for every row.
        for way in ("hashjoin", "mergejoin", "hashagg", "sort", "material"):
            name = f"enable_{way}"
            self.env.cr.execute("SELECT set_config(%s, 'off', true)", (name,))
        self.test_one_bad_message_does_not_stop_the_others()

    def test_a_pdf_of_another_document_never_leaves(self):
        mine, other = self.create_order(), self.create_order()
        self.printer.wrong[mine.name] = other.name
        self.send(mine)
        self.run_queue()
        self.assertFalse(self.mails)
        self.assertEqual(mine.mailroom_state, "failed")
        self.assertIn("does not belong to this document", self.words(mine))

    def test_a_message_too_big_for_the_server_is_not_handed_over(self):
        order = self.create_order()
        self.server.max_size = 100
        self.send(order)
        self.run_queue()
        self.assertFalse(self.mails)
        self.assertIn("too big", self.words(order))

    def test_a_document_deleted_before_it_left_takes_nothing_with_it(self):
        order, other = self.create_order(), self.create_order()
        dispatch = self.send(order)
        self.send(other)
        order.unlink()
        self.run_queue()
        self.assertEqual(dispatch.delivery_ids.state, "failed")
        self.assertEqual(dispatch.delivery_ids.reason, "gone")
        self.assertEqual(other.mailroom_state, "sent")

    def test_only_what_can_be_read_can_be_sent(self):
        foreign = self.create_order(user_id=self.manager.id)
        with self.assertRaisesRegex(UserError, "access|read"):
            self.open_dialog(foreign)
