from psycopg2 import errors

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from .common import MailroomCommon

# What ``message_post`` decides about a message, apart from its text.
POSTED = (
    "author_id",
    "email_from",
    "email_add_signature",
    "model",
    "message_type",
    "subtype_id",
    "reply_to",
    "record_alias_domain_id",
    "record_company_id",
    "is_internal",
    "partner_ids",
    "parent_id",
)


class TestOutboxMany(MailroomCommon):
    """Many messages put into the outbox at once, as a batch does."""

    def orders(self, count):
        """Create so many quotations, as the sender sees them."""
        orders = self.env["sale.order"]
        for _number in range(count):
            orders += self.create_order()
        return self.as_user(orders, self.sender)

    def plan(self, orders):
        """Return what would leave about each order."""
        return orders.env["mailroom.planner"]._plan(orders)

    def send_plans(self, plans):
        """Send plans as the sender; return the dispatches."""
        return plans[0].document.env["mailroom.dispatch"]._send(plans).sudo()

    def test_the_history_is_what_odoo_would_have_written(self):
        """One message per document, the same as one posted by hand, and followed by
        its author; nobody else is told."""
        orders = self.orders(3)
        orders[0].message_post(
            body="Before", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        by_hand = self.orders(1)
        posted = by_hand.with_context(**by_hand._mailroom_post_context()).message_post(
            body="Hello",
            subject="Hello",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            mailroom_silent=True,
        )
        dispatches = self.send_plans(self.plan(orders))
        for order, dispatch in zip(orders.sudo(), dispatches, strict=True):
            message = dispatch.message_id
            self.assertEqual(message.res_id, order.id)
            self.assertEqual(message.body, dispatch.body)
            self.assertEqual(message.subject, dispatch.subject)
            self.assertIn(self.sender.partner_id, order.message_partner_ids)
            self.assertEqual(
                message.notification_ids.mapped("mail_email_address"),
                dispatch.delivery_ids.mapped("address"),
            )
            for name in POSTED:
                if name not in ("parent_id", "reply_to"):
                    self.assertEqual(message[name], posted.sudo()[name], name)
        second = dispatches[1].message_id
        self.assertEqual(second.parent_id.res_id, orders[1].id)
        first = dispatches[0].message_id
        self.assertIn("Before", first.parent_id.body, "it answers the last comment")
        self.assertEqual(len(self.mails), 0)

    def test_each_message_and_file_is_its_documents_own(self):
        orders = self.orders(4)
        dispatches = self.send_plans(self.plan(orders))
        self.run_queue()
        for order, dispatch in zip(orders.sudo(), dispatches, strict=True):
            self.assertEqual(dispatch._document(), order)
            self.assertEqual(order.mailroom_state, "sent")
            [file] = dispatch.file_ids
            self.assertEqual(file.attachment_ids.res_id, order.id)
            self.assertEqual(dispatch.message_id.attachment_ids, file.attachment_ids)
            [row] = dispatch.delivery_ids
            self.assertIn(order.name.encode(), row._frozen_message())

    def test_the_number_of_queries_does_not_grow_with_the_documents(self):
        """Ten more documents cost no ten more queries of any kind."""
        self.send_plans(self.plan(self.orders(2)))
        counts = []
        for count in (5, 15):
            plans = self.plan(self.orders(count))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.send_plans(plans)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        few, many = counts
        self.assertLess(many - few, 10)

    def test_one_that_is_on_its_way_already_is_named(self):
        """Nothing is queued, and the caller may ask beforehand which ones those are."""
        orders = self.orders(3)
        self.send_plans(self.plan(orders[1]))
        plans = self.plan(orders)
        planned = orders.env["mailroom.dispatch"]._queued_before(plans)
        self.assertEqual([plan.document for plan in planned], [orders[1]])
        with self.assertRaisesRegex(UserError, orders[1].name):
            self.send_plans(plans)
        self.assertFalse(self.dispatches(orders[0]))

    def test_a_document_twice_in_one_go_is_refused(self):
        plans = self.plan(self.orders(1))
        with self.assertRaisesRegex(UserError, plans[0].document.name):
            self.send_plans(plans + self.plan(plans[0].document))

    def test_the_index_settles_what_a_look_beforehand_cannot_see(self):
        """Of two requests at the same moment one reads which document it was."""
        orders = self.orders(3)
        plans = self.plan(orders)
        self.send_plans(self.plan(orders[2]))
        dispatches = self.registry["mailroom.dispatch"]
        self.patch(dispatches, "_check_not_queued", lambda *_args: None)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(UserError, orders[2].name) as caught,
        ):
            self.send_plans(plans)
        self.assertIsInstance(caught.exception.__cause__, errors.UniqueViolation)
