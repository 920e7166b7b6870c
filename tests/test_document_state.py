from lxml import etree

from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..const import DOCUMENT_STATES
from .common import MailroomCommon

# Forms of documents may cost this many queries more with the status than without.
EXTRA_QUERIES = 5


@tagged("post_install", "-at_install")
class TestDocumentState(MailroomCommon):
    """The lines at the top of a document, and the columns of lists (B4, G1)."""

    # === STATUS === #

    def test_the_status_names_when_to_whom_and_by_whom(self):
        order = self.create_order()
        self.send(order, to=self.anna | self.bo, subject="Our offer")
        self.run_queue()
        status = self.as_user(order, self.sender).mailroom_get_status()
        self.assertEqual((status["state"], status["label"]), ("sent", "Sent"))
        (message,) = status["messages"]
        self.assertEqual((message["by"], message["subject"]), ("Sender", "Our offer"))
        self.assertTrue(message["when"])
        for delivery in message["deliveries"]:
            self.assertIn(delivery["name"], ("Anna Ek", "Bo Dahl"))
            self.assertIn("Accepted by the mail server", delivery["words"])
            self.assertFalse(delivery["actions"])

    def test_each_message_has_a_line_newest_first(self):
        order = self.create_order()
        self.send(order, subject="First")
        self.run_queue()
        self.send(order, subject="Second")
        status = self.as_user(order, self.sender).mailroom_get_status()
        self.assertEqual(
            [message["subject"] for message in status["messages"]], ["Second", "First"]
        )
        self.assertEqual(status["state"], "queued")

    def test_what_was_sent_again_stands_in_the_newer_line_only(self):
        order = self.create_order()
        self.server.refuse("anna@kund.test", 550, "5.1.1 no such user")
        self.send(order)
        self.run_queue()
        delivery = self.deliveries(order)["anna@kund.test"]
        status = self.as_user(order, self.sender).mailroom_act("retry", delivery.id)
        (message,) = status["messages"]
        self.assertEqual([d["state"] for d in message["deliveries"]], ["queued"])

    def test_a_quotation_is_sent_once_the_server_took_it(self):
        order = self.create_order()
        self.send(order)
        self.assertEqual(order.state, "draft")
        self.run_queue()
        self.assertEqual(order.state, "sent")

    def test_open_screens_are_told(self):
        order = self.create_order()
        told = []
        bus = type(self.env["bus.bus"])
        send_one = bus._sendone

        def record(self, target, kind, message):
            if kind == "mailroom/changed":
                told.append(message)
            return send_one(self, target, kind, message)

        self.patch(bus, "_sendone", record)
        self.send(order)
        self.assertEqual(told, [{"model": "sale.order", "id": order.id}])
        told.clear()
        self.run_queue()
        self.assertIn({"model": "sale.order", "id": order.id}, told)

    # === LISTS === #

    def filters(self, model, prefix):
        """Return the filters of a model's own search view."""
        view = self.env[model].get_view(view_type="search")
        return [
            node
            for node in etree.fromstring(view["arch"]).iter("filter")
            if node.get("name", "").startswith(prefix)
        ]

    def test_every_state_has_exactly_one_filter(self):
        for model in ("sale.order", "account.move"):
            records = {}
            create = self.create_order if "sale" in model else self.create_invoice
            for state, _label in DOCUMENT_STATES:
                record = create()
                record.mailroom_state = state
                records[record.id] = state
            found = []
            for node in self.filters(model, "mailroom"):
                domain = Domain(safe_eval(node.get("domain")))
                own = Domain("id", "in", list(records))
                if "changed" not in node.get("name"):
                    ids = self.env[model].search(domain & own).ids
                    found += [records[res_id] for res_id in ids]
            self.assertEqual(sorted(found), sorted(dict(DOCUMENT_STATES)), model)

    def test_lists_can_be_grouped_by_state_and_change(self):
        order = self.create_order()
        order.mailroom_state = "partly"
        for model in ("sale.order", "account.move"):
            groups = self.filters(model, "group_mailroom")
            # Orders can be grouped by what became of booking messages, too
            self.assertEqual(len(groups), {"sale.order": 3}.get(model, 2))
            for node in groups:
                field = safe_eval(node.get("context"))["group_by"]
                self.env[model].formatted_read_group([], [field], ["__count"])
        counts = dict(
            self.env["sale.order"]._read_group(
                [("id", "=", order.id)], ["mailroom_state"], ["__count"]
            )
        )
        self.assertEqual(counts, {"partly": 1})

    def test_changed_documents_can_be_found(self):
        order = self.create_order()
        self.send(order)
        self.run_queue()
        order.order_line.price_unit = 1100
        (node,) = [
            node
            for node in self.filters("sale.order", "mailroom")
            if node.get("name") == "mailroom_changed"
        ]
        found = self.env["sale.order"].search(safe_eval(node.get("domain")))
        self.assertEqual(found, order)

    def test_lists_show_the_badge(self):
        views = {
            "sale.order": ("sale.view_order_tree", "sale.view_quotation_tree"),
            "account.move": (
                "account.view_out_invoice_tree",
                "account.view_out_credit_note_tree",
            ),
        }
        for model, xmlids in views.items():
            for xmlid in xmlids:
                view = self.env[model].get_view(self.env.ref(xmlid).id, "list")
                (node,) = etree.fromstring(view["arch"]).xpath(
                    "//field[@name='mailroom_state']"
                )
                self.assertEqual(node.get("widget"), "badge", xmlid)

    # === COST === #

    def queries(self, document, user, *fields):
        """Return how many queries reading a document's form takes with these fields."""
        document = self.as_user(document, user)
        specification = {name: {} for name in ("name", "partner_id", *fields)}
        document.web_read(specification)
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        document.web_read(specification)
        return self.env.cr.sql_log_count - before

    def test_the_status_costs_a_handful_of_queries(self):
        for document, user in (
            (self.create_order(), self.sender),
            (self.create_invoice(), self.biller),
        ):
            plain = self.queries(document, user, "mailroom_state")
            self.send(document, to=self.anna | self.bo)
            self.run_queue()
            fields = ("mailroom_state", "mailroom_status")
            with self.subTest(model=document._name):
                once = self.queries(document, user, *fields)
                self.assertLessEqual(once - plain, EXTRA_QUERIES)
                for _ in range(4):
                    self.send(document, to=self.anna | self.bo)
                    self.run_queue()
                often = self.queries(document, user, *fields)
                self.assertLessEqual(often, once)
