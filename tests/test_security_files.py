from odoo.fields import Command

from .common import GROUPS
from .http_common import MailroomHttpCommon, Refused


class TestSecurityFiles(MailroomHttpCommon):
    """What a sender may not read he cannot send either, by whatever id (S18)."""

    def setUp(self):
        super().setUp()
        self.order = self.create_order()
        self.foreign_order = self.create_order(self.company_b)
        self.colleagues_order = self.create_order(
            user_id=self.create_user("colleague", GROUPS["sender"]).id
        )
        attachments = self.env["ir.attachment"]
        self.foreign_file, self.private_file, self.settings_file = attachments.create(
            [
                {
                    "name": "foreign.txt",
                    "raw": b"SECRET",
                    "res_model": "sale.order",
                    "res_id": self.foreign_order.id,
                },
                {"name": "private.txt", "raw": b"SECRET"},
                {
                    "name": "settings.txt",
                    "raw": b"SECRET",
                    "res_model": "ir.mail_server",
                    "res_id": self.account.id,
                },
            ]
        )
        self.login(self.sender)

    def values(self, **values):
        return {
            "res_model": "sale.order",
            "res_id": self.order.id,
            "company_id": self.company.id,
            "lang": "en_US",
            "subject": "Hello",
            "body": "<p>Hello</p>",
            "other_addresses": "me@else.test",
            **values,
        }

    def send_by_rpc(self, **values):
        """Create a dialog with any values and press Send; return what came of it."""
        (dialog,) = self.call("mailroom.send", "create", [self.values(**values)]) or [0]
        if not dialog:
            return Refused("odoo.exceptions.AccessError")
        return self.call("mailroom.send", "action_send", [dialog])

    def assertNothingLeaves(self, result):
        self.assertIsInstance(result, Refused)
        self.env.invalidate_all()
        dispatches = self.env["mailroom.dispatch"].search(
            [("company_id", "in", (self.company | self.company_b).ids)]
        )
        self.assertFalse(dispatches)
        self.run_queue()
        self.assertFalse(self.mails)

    def files(self):
        return self.foreign_file, self.private_file, self.settings_file

    def test_the_same_dialog_without_foreign_things_is_sent(self):
        result = self.send_by_rpc()
        self.assertEqual(result["tag"], "display_notification")
        self.run_queue()
        self.assertEqual([m.recipient for m in self.mails], ["me@else.test"])

    def test_a_file_that_may_not_be_read_is_not_uploaded(self):
        for attachment in self.files():
            with self.subTest(file=attachment.name):
                upload_ids = [Command.link(attachment.id)]
                self.assertNothingLeaves(self.send_by_rpc(upload_ids=upload_ids))

    def test_a_file_that_may_not_be_read_is_not_offered(self):
        for attachment in self.files():
            line = {"name": "x", "selected": True, "attachment_id": attachment.id}
            with self.subTest(file=attachment.name):
                result = self.send_by_rpc(file_ids=[Command.create(line)])
                self.assertNothingLeaves(result)

    def test_a_document_that_may_not_be_read_is_not_printed(self):
        for document in (self.foreign_order, self.colleagues_order):
            line = {
                "name": "x",
                "selected": True,
                "res_model": document._name,
                "res_id": document.id,
            }
            with self.subTest(document=document.company_id.name):
                result = self.send_by_rpc(file_ids=[Command.create(line)])
                self.assertNothingLeaves(result)

    def test_only_documents_are_printed(self):
        for model, res_id in (
            ("res.partner", self.anna.id),
            ("ir.mail_server", self.account.id),
            ("no.model", 1),
            ("sale.order", 0),
            ("sale.order", 2**31 - 1),
        ):
            line = {"name": "x", "selected": True, "res_model": model, "res_id": res_id}
            with self.subTest(model=model):
                result = self.send_by_rpc(file_ids=[Command.create(line)])
                self.assertNothingLeaves(result)

    def test_a_document_that_may_not_be_read_is_not_sent(self):
        for model, res_id in (
            ("sale.order", self.foreign_order.id),
            ("sale.order", self.colleagues_order.id),
            ("res.partner", self.anna.id),
            ("ir.mail_server", self.account.id),
            ("no.model", 1),
            ("sale.order", 2**31 - 1),
        ):
            with self.subTest(model=model, res_id=res_id):
                result = self.send_by_rpc(res_model=model, res_id=res_id)
                self.assertNothingLeaves(result)

    def test_the_preview_shows_no_document_that_may_not_be_read(self):
        for document in (self.foreign_order, self.colleagues_order):
            values = self.values(res_model="sale.order", res_id=document.id)
            result = self.call(
                "mailroom.send",
                "onchange",
                [],
                values,
                ["lang"],
                {"preview": {}, "subject": {}, "body": {}, "alerts": {}},
            )
            with self.subTest(document=document.company_id.name):
                self.assertIsInstance(result, Refused)

    def test_another_companys_account_carries_nothing(self):
        result = self.send_by_rpc(account=str(self.account_b.id))
        self.assertNothingLeaves(result)
        forged = self.send_by_rpc(
            account=str(self.account_b.id), company_id=self.company_b.id
        )
        self.assertNothingLeaves(forged)

    def test_what_is_no_delivery_cannot_be_sent_again(self):
        result = self.send_by_rpc(resend_of={"me@else.test": 2**31 - 1})
        self.run_queue()
        self.assertLessEqual(len(self.mails), 1)
        if isinstance(result, Refused):
            self.assertFalse(self.mails)
