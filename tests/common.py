"""What the tests of the addon share: a company with customers, documents and users, a
mail server in memory, and a queue that runs when a test says so."""

from datetime import timedelta

from odoo.fields import Command
from odoo.tests import TransactionCase, freeze_time, new_test_user
from odoo.tools import SQL

from .company import create_company
from .fake_printer import FakePrinter
from .fake_server import FakeServer

GROUPS = {
    "sender": "sales_team.group_sale_salesman",
    "biller": "account.group_account_invoice",
    "internal": "base.group_user",
    "editor": "mailroom.mailroom_group_template_editor",
    "manager": "mailroom.mailroom_group_manager",
    "admin": "base.group_system",
}


class MailroomCommon(TransactionCase):
    """Company "Ahlberg Service" (account post@ahlberg.test), company "Björk Bygg"
    (account post@bjork.test), the customer "Kund Fastigheter" and users by role.

    The clock stands still at the start of the database transaction, so that "now"
    means the same to Python and to SQL.
    """

    #: Users every test of the class needs, each with one group only.
    roles = ("sender", "biller", "manager")
    # Tests over HTTP are in this mode all the time.
    registry_test_mode = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.cr.execute("SELECT now() AT TIME ZONE 'UTC'")
        cls.startClassPatcher(freeze_time(cls.env.cr.fetchone()[0]))
        for lang in ("en_US", "sv_SE", "fr_FR"):
            cls.env["res.lang"]._activate_lang(lang)
        cls.env["mailroom.guard"]._remember()
        cls.env["ir.mail_server"].search([("active", "=", True)]).active = False
        cls.company = create_company(cls.env, "Ahlberg Service", "ahlberg.test")
        cls.company_b = create_company(cls.env, "Björk Bygg", "bjork.test")
        cls.account = cls.create_account(cls.company, "post@ahlberg.test")
        cls.account_b = cls.create_account(cls.company_b, "post@bjork.test")
        cls.env = cls.env(
            context={"lang": "en_US", "allowed_company_ids": cls.company.ids}
        )
        cls._create_users()
        cls._create_customer()
        cls.product = cls.env["product.product"].create(
            {"name": "Inspection", "type": "service", "list_price": 1000}
        )

    @classmethod
    def create_account(cls, company, address, **values):
        """Create a sender account; without a company it is the system account."""
        return cls.env["ir.mail_server"].create(
            {
                "name": f"Account {address}",
                "smtp_host": f"smtp.{address.partition('@')[2]}",
                "smtp_authentication": "login",
                "smtp_user": address,
                "smtp_pass": "a secret",
                "mailroom_company_id": company.id,
                "mailroom_address": address,
                **values,
            }
        )

    @classmethod
    def create_user(cls, login, group, companies=None, **values):
        """Create a user of the given companies, with English screens."""
        companies = companies or cls.company
        return new_test_user(
            cls.env,
            login=f"mailroom_{login}",
            groups=group,
            email=f"{login}@{companies[0].email.partition('@')[2]}",
            name=login.title(),
            lang="en_US",
            tz="UTC",
            company_id=companies[0].id,
            company_ids=[Command.set(companies.ids)],
            **values,
        )

    @classmethod
    def _create_users(cls):
        for role in cls.roles:
            setattr(cls, role, cls.create_user(role, GROUPS[role]))

    @classmethod
    def _create_customer(cls):
        partners = cls.env["res.partner"]
        cls.customer = partners.create(
            {
                "name": "Kund Fastigheter",
                "is_company": True,
                "email": "office@kund.test",
                "street": "Lillgatan 2",
                "zip": "333 44",
                "city": "Malmö",
                "country_id": cls.env.ref("base.se").id,
                "lang": "en_US",
            }
        )
        cls.anna, cls.bo, cls.invoice_address = partners.create(
            [
                {"parent_id": cls.customer.id, "lang": "en_US", **values}
                for values in (
                    {"name": "Anna Ek", "email": "anna@kund.test", "function": "CEO"},
                    {"name": "Bo Dahl", "email": "bo@kund.test"},
                    {
                        "name": "Ledger",
                        "email": "ledger@kund.test",
                        "type": "invoice",
                        "street": "Box 9",
                    },
                )
            ]
        )

    def setUp(self):
        super().setUp()
        self.server = FakeServer()
        self.printer = FakePrinter()
        account = type(self.env["ir.mail_server"])
        report = type(self.env["ir.actions.report"])
        server, printer = self.server, self.printer
        self.patch(
            account, "_mailroom_open_session", lambda account, *_: server.open(account)
        )
        self.patch(report, "_pre_render_qweb_pdf", printer_method(printer))

    # === DOCUMENTS === #

    @classmethod
    def create_order(cls, company=None, confirmed=False, **values):
        """Create a quotation for Anna, sold by the sender, or a confirmed order."""
        company = company or cls.company
        order = (
            cls.env["sale.order"]
            .with_company(company)
            .create(
                {
                    "partner_id": cls.anna.id,
                    "partner_invoice_id": cls.invoice_address.id,
                    "partner_shipping_id": cls.customer.id,
                    "company_id": company.id,
                    "user_id": cls.sender.id if company == cls.company else False,
                    "order_line": [Command.create(cls.line_values(product_uom_qty=2))],
                    **values,
                }
            )
        )
        if confirmed:
            order.action_confirm()
        return order

    @classmethod
    def create_invoice(cls, company=None, posted=True, **values):
        """Create an invoice for the customer, posted unless told otherwise."""
        company = company or cls.company
        invoice = (
            cls.env["account.move"]
            .with_company(company)
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": cls.customer.id,
                    "company_id": company.id,
                    "invoice_date": "2026-03-02",
                    "invoice_line_ids": [Command.create(cls.line_values(quantity=2))],
                    **values,
                }
            )
        )
        if posted:
            invoice.action_post()
        return invoice

    @classmethod
    def line_values(cls, **values):
        """Return the values of an order or invoice line."""
        return {
            "product_id": cls.product.id,
            "name": "Inspection",
            "price_unit": 1000,
            **values,
        }

    # === PEOPLE AT WORK === #

    @classmethod
    def as_user(cls, records, user):
        """Return records as a user's browser has them, in English."""
        return records.with_user(user).with_context(
            lang="en_US", tz="UTC", allowed_company_ids=user.company_ids.ids
        )

    def open_dialog(self, document, user=None):
        """Press Send as a user and return the dialog that opens."""
        user = user or (self.sender if "sale" in document._name else self.biller)
        document = self.as_user(document, user)
        action = document.action_mailroom_send()
        self.assertEqual(action["res_model"], "mailroom.send")
        return document.env["mailroom.send"].browse(action["res_id"])

    def send(self, document, to=None, user=None, **values):
        """Send a document by the dialog, as proposed unless told otherwise.

        :param to: partners to tick instead of those proposed
        :param values: fields of the dialog to change
        :return: the newest dispatch of the document
        """
        dialog = self.open_dialog(document, user)
        if to is not None:
            for line in dialog.recipient_ids:
                line.selected = line.partner_id in to
        dialog.write(values)
        dialog.action_send()
        return self.dispatches(document)[:1]

    def dispatches(self, document):
        """Return the dispatches of a document, newest first."""
        return self.env["mailroom.dispatch"].search(
            [("res_model", "=", document._name), ("res_id", "=", document.id)]
        )

    # === THE QUEUE === #

    def run_queue(self):
        """Let the queue do all it can do now."""
        if self.registry_test_mode:
            return self._run_queue()
        with self.enter_registry_test_mode():
            return self._run_queue()

    def _run_queue(self):
        self.env.flush_all()
        try:
            return self.env["mailroom.queue"]._run()
        finally:
            self.env.invalidate_all()

    def let_time_pass(self, **period):
        """Let time pass for the outbox: what waits until then is due.

        :param period: of ``datetime.timedelta``
        """
        self.env.flush_all()
        period = timedelta(**period)
        for table, column in (
            ("mailroom_delivery", "next_try"),
            ("mailroom_delivery", "waiting_since"),
            ("mailroom_dispatch", "not_before"),
            ("ir_mail_server", "mailroom_retry_at"),
            ("mailroom_gateway", "mailroom_retry_at"),
        ):
            self.env.cr.execute(
                SQL(
                    "UPDATE %(table)s SET %(column)s = %(column)s - %(period)s",
                    table=SQL.identifier(table),
                    column=SQL.identifier(column),
                    period=period,
                )
            )
        self.env.invalidate_all()

    def deliveries(self, document):
        """Return ``{address: delivery}``, the newest of each address."""
        rows = self.dispatches(document).delivery_ids.sorted("id")
        return {row.address: row for row in rows}

    def states(self, document):
        """Return ``{address: state}``."""
        return {key: row.state for key, row in self.deliveries(document).items()}

    @property
    def mails(self):
        """What the server has taken."""
        return self.server.mails


def printer_method(printer):
    """Return a method that prints with a fake printer."""

    def _pre_render_qweb_pdf(reports, report_ref, res_ids=None, data=None):
        return printer.pre_render(reports, report_ref, res_ids, data)

    return _pre_render_qweb_pdf
