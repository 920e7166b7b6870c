from odoo import fields
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import format_amount

from .common import MailroomCommon
from .template_common import TemplateCommon


@tagged("post_install", "-at_install")
class TestTemplatePayment(TemplateCommon, MailroomCommon):
    """What a text says of payment is true: what came in, what is left, what is late."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bank, cls.books = (
            cls.env["account.journal"].create(
                {"name": kind, "code": kind, "type": kind, "company_id": cls.company.id}
            )
            for kind in ("bank", "general")
        )

    def setUp(self):
        super().setUp()
        self.invoice = self.create_invoice(invoice_date_due="2026-03-09")
        self.total = self.invoice.amount_total

    def pay(self, invoice, amount):
        """Book money that came in for an invoice."""
        (debt,) = self.debts(invoice)
        money = self.env["account.move"].create(
            {
                "journal_id": self.books.id,
                "line_ids": [
                    Command.create({"account_id": account.id, "balance": balance})
                    for account, balance in (
                        (self.bank.default_account_id, amount),
                        (debt.account_id, -amount),
                    )
                ],
            }
        )
        money.action_post()
        (debt | self.debts(money)).reconcile()

    def credit(self, invoice, price):
        """Set a credit note off against an invoice and return its total."""
        credit_note = self.create_invoice(
            move_type="out_refund",
            invoice_line_ids=[Command.create(self.line_values(price_unit=price))],
        )
        self.debts(invoice | credit_note).reconcile()
        return credit_note.amount_total

    def debts(self, moves):
        return moves.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )

    def assertSays(self, paid, due):
        """Check what the tags give; nothing stands for an empty text."""
        currency = self.invoice.currency_id
        wanted = [
            format_amount(self.env, amount, currency) if amount else ""
            for amount in (paid, due)
        ]
        template = self.create_template(
            "invoice", mailroom_subject="[[{Paid}]]/[[{AmountDue}]]"
        )
        said = self.texts(template, self.invoice).subject.replace("\xa0", " ")
        self.assertEqual(said, "/".join(wanted).replace("\xa0", " "))

    # === PAID AND DUE === #

    def test_a_credit_note_is_no_payment(self):
        self.assertSays(0, self.total)
        left = self.total - self.credit(self.invoice, 300)
        self.assertSays(0, left)
        self.pay(self.invoice, 500)
        self.assertSays(500, left - 500)
        self.pay(self.invoice, left - 500)
        self.assertSays(left, 0)

    def test_a_payment_that_is_not_booked_yet_counts(self):
        self.invoice.payment_state = "in_payment"
        self.assertSays(self.total, 0)

    def test_a_credited_invoice_is_not_paid(self):
        self.credit(self.invoice, self.invoice.amount_untaxed)
        self.assertSays(0, 0)

    def test_nobody_is_asked_to_pay_a_paid_invoice(self):
        self.company.partner_id.bank_ids = [Command.create({"acc_number": "SE 77"})]
        paid = self.create_invoice()
        self.pay(paid, self.total)
        for template in self.env["mail.template"].search(
            [("mailroom_kind", "=", "invoice"), ("mailroom_shipped", "!=", False)]
        ):
            code = template.mailroom_lang_id.code
            self.env["res.lang"]._activate_lang(code)
            with self.subTest(lang=code):
                self.assertIn("SE 77", self.texts(template, self.invoice, code).body)
                body = self.texts(template, paid, code).body
                self.assertNotIn("SE 77", body)
                self.assertNotIn(paid.payment_reference, body.replace(paid.name, "", 1))
                self.assertNotRegex(body, r"\D0[.,]00|\{|\[\[|\]\]")

    def test_what_is_paid_costs_no_query_per_invoice(self):
        invoices = self.invoice
        for _number in range(4):
            invoices |= self.create_invoice()
        for invoice in invoices:
            self.credit(invoice, 300)
            self.pay(invoice, 500)
        template = self.create_template("invoice", mailroom_body="<p>{Paid}</p>")
        self.assert_constant_queries(template, invoices)

    # === REMINDERS === #

    def remind(self, invoice, **wishes):
        """Return what stands in the way of a reminder: ``{code: level}``."""
        template = self.env.ref("mailroom.template_payment_reminder_en")
        plan = self.plan(invoice, template=template, **wishes)
        self.assertEqual(plan.template, template)
        return {problem.code: problem.level for problem in plan.problems}

    def test_nobody_is_reminded_of_a_paid_invoice(self):
        reminder = self.env.ref("mailroom.template_payment_reminder_en")
        invoice = self.as_user(self.invoice, self.biller)
        self.assertIn(reminder, invoice._mailroom_templates())
        self.assertFalse(self.remind(self.invoice))
        self.pay(self.invoice, self.total)
        self.assertNotIn(reminder, invoice._mailroom_templates())
        self.assertEqual(self.remind(self.invoice)["nothing_due"], "block")

    def test_nobody_is_reminded_of_a_credited_invoice(self):
        self.credit(self.invoice, self.invoice.amount_untaxed)
        self.assertEqual(self.remind(self.invoice)["nothing_due"], "block")

    def test_the_dialog_says_that_an_invoice_is_not_late(self):
        early = self.create_invoice(
            invoice_date=self.today(), invoice_date_due=self.today(days=1)
        )
        reminder = self.env.ref("mailroom.template_payment_reminder_en")
        with Form(self.open_dialog(early)) as dialog:
            self.assertFalse(dialog.alerts)
            dialog.template_id = reminder
            (alert,) = dialog.alerts.values()
            self.assertEqual(alert["level"], "warning")
            self.assertIn(f"{early.name} is not overdue", alert["message"])

    def today(self, **later):
        return fields.Date.add(fields.Date.today(), **later)
