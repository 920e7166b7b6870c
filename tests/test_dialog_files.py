from odoo.fields import Command
from odoo.tests import tagged

from .common import MailroomCommon


@tagged("post_install", "-at_install")
class TestDialogFiles(MailroomCommon):
    """Which files go along, and under which name (B8, B11, C3 to C5)."""

    def upload(self, document, name, user=None):
        """Upload a file on a record, or into the dialog when there is no record."""
        attachments = self.as_user(self.env["ir.attachment"], user or self.sender)
        values = {"name": name, "raw": name.encode()}
        if document:
            values |= {"res_model": document._name, "res_id": document.id}
        return attachments.create(values)

    def origins(self, dialog):
        return {
            line.name: (line.origin, line.selected)
            for line in dialog.file_ids
            if line.attachment_id or line.res_id != dialog.res_id
        }

    def sent_files(self, dialog):
        """Press Send and return ``{name: bytes}`` of what left."""
        dialog.action_send()
        self.run_queue()
        return self.mails[-1].files

    def test_the_documents_pdf_can_be_renamed(self):
        order = self.create_order()
        dialog = self.open_dialog(order)
        (line,) = dialog.file_ids
        self.assertIn(order.name, line.name)
        self.assertTrue(line.selected)
        line.name = "Offer for the new kitchen"
        files = self.sent_files(dialog)
        self.assertEqual(list(files), ["Offer for the new kitchen.pdf"])
        self.assertTrue(files["Offer for the new kitchen.pdf"].startswith(b"%PDF"))

    def test_the_documents_pdf_can_be_left_out(self):
        dialog = self.open_dialog(self.create_order())
        dialog.file_ids.selected = False
        self.assertFalse(self.sent_files(dialog))

    # === UPLOADED FILES === #

    def test_uploaded_files_are_offered_and_go_along_when_ticked(self):
        order = self.create_order()
        self.upload(order, "drawing.txt")
        self.upload(order, "internal.txt")
        dialog = self.open_dialog(order)
        offered = ("Uploaded on the record", False)
        self.assertEqual(
            self.origins(dialog), {"drawing.txt": offered, "internal.txt": offered}
        )
        dialog.file_ids.filtered(lambda f: f.name == "drawing.txt").selected = True
        files = self.sent_files(dialog)
        self.assertEqual(len(files), 2)
        self.assertEqual(files["drawing.txt"], b"drawing.txt")

    def test_uploaded_files_are_not_offered_where_the_company_does_not_want_it(self):
        self.company.mailroom_offer_uploads = False
        order = self.create_order()
        self.upload(order, "drawing.txt")
        self.assertFalse(self.origins(self.open_dialog(order)))

    def test_what_was_printed_for_an_earlier_message_is_no_upload(self):
        order = self.create_order()
        self.send(order)
        self.run_queue()
        self.upload(order, "drawing.txt")
        self.assertEqual(list(self.origins(self.open_dialog(order))), ["drawing.txt"])

    def test_files_from_the_computer_go_along(self):
        dialog = self.open_dialog(self.create_order())
        dialog.upload_ids = self.upload(None, "from my desk.txt")
        self.assertEqual(
            self.sent_files(dialog)["from my desk.txt"], b"from my desk.txt"
        )

    def test_files_of_the_template_go_along(self):
        template = self.env["mail.template"].create(
            {
                "name": "With terms",
                "model_id": self.env["ir.model"]._get_id("sale.order"),
                "subject": "Hello",
                "body_html": "<p>Hello</p>",
                "attachment_ids": [
                    Command.create({"name": "terms.txt", "raw": b"the terms"})
                ],
            }
        )
        order = self.create_order()
        self.patch(type(order), "_mailroom_default_template", lambda _order: template)
        dialog = self.open_dialog(order)
        self.assertEqual(
            self.origins(dialog), {"terms.txt": ("Goes along with the template", True)}
        )
        self.assertEqual(self.sent_files(dialog)["terms.txt"], b"the terms")

    def test_a_file_deleted_before_it_left_stops_the_message(self):
        order = self.create_order()
        attachment = self.upload(None, "contract.txt")
        dialog = self.open_dialog(order)
        dialog.upload_ids = attachment
        dialog.action_send()
        attachment.sudo().unlink()
        self.run_queue()
        self.assertFalse(self.mails)
        self.assertEqual(order.mailroom_state, "failed")
        (delivery,) = self.deliveries(order).values()
        words = self.as_user(delivery, self.manager).words
        self.assertIn("the file “contract.txt” was deleted", words)

    # === DOCUMENTS OF THE CASE === #

    def invoiced_order(self):
        """Return an order with one posted and one draft invoice."""
        order = self.create_order(
            confirmed=True,
            order_line=[
                Command.create(self.line_values(product_uom_qty=1)),
                Command.create(self.line_values(product_uom_qty=1)),
            ],
        )
        order.order_line[1].qty_to_invoice = 0
        posted = order._create_invoices()
        draft = posted.copy()
        draft.invoice_line_ids.sale_line_ids = order.order_line[1]
        posted.action_post()
        order.invalidate_recordset()
        self.assertEqual(order.invoice_ids, posted | draft)
        return order, posted

    def test_an_invoice_is_printed_along_once_it_is_posted(self):
        order, posted = self.invoiced_order()
        dialog = self.open_dialog(order)
        (line,) = dialog.file_ids.filtered(lambda f: f.res_model == "account.move")
        self.assertEqual(line.res_id, posted.id)
        self.assertEqual((line.origin, line.selected), ("Printed when sending", False))
        line.selected = True
        self.assertFalse(posted.invoice_pdf_report_id)
        files = self.sent_files(dialog)
        self.assertTrue(posted.invoice_pdf_report_id)
        self.assertIn(posted.invoice_pdf_report_id.raw, files.values())
        self.assertEqual(len(files), 2)
        self.assertEqual(order.mailroom_state, "sent")
        self.assertEqual(posted.mailroom_state, "not_sent")

    def test_with_an_invoice_the_order_can_go_along(self):
        order, posted = self.invoiced_order()
        dialog = self.open_dialog(posted, user=self.biller_who_sells())
        (line,) = dialog.file_ids.filtered(lambda f: f.res_model == "sale.order")
        self.assertEqual(line.res_id, order.id)
        line.selected = True
        self.assertEqual(len(self.sent_files(dialog)), 2)

    def test_documents_a_person_may_not_read_are_not_offered(self):
        _order, posted = self.invoiced_order()
        self.biller.group_ids = self.env.ref("account.group_account_invoice")
        orders = self.as_user(self.env["sale.order"], self.biller)
        if orders.has_access("read"):
            self.env["ir.rule"].create(
                {
                    "name": "no orders",
                    "model_id": self.env["ir.model"]._get_id("sale.order"),
                    "domain_force": f"[('create_uid', '=', {self.sender.id})]",
                }
            )
        dialog = self.open_dialog(posted)
        self.assertFalse(
            dialog.file_ids.filtered(lambda f: f.res_model == "sale.order")
        )

    def biller_who_sells(self):
        self.biller.group_ids |= self.env.ref(
            "sales_team.group_sale_salesman_all_leads"
        )
        return self.biller
