from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import MailroomCommon
from .template_common import TemplateCommon


@tagged("post_install", "-at_install")
class TestTemplateShip(TemplateCommon, MailroomCommon):
    """Shipped texts: reset by one click, and never overwritten by an upgrade."""

    roles = ("editor",)

    def setUp(self):
        super().setUp()
        self.template = self.env.ref("mailroom.template_invoice_sv")
        self.template.action_mailroom_reset()

    def upgrade(self, **texts):
        """Load the template anew, as an upgrade of the addon does."""
        shipped = {**self.template.mailroom_shipped, **texts}
        self.template._load_records_write({"name": "Faktura", **shipped})

    def test_reset_brings_back_the_shipped_text(self):
        template = self.as_user(self.template, self.editor)
        shipped = template.mailroom_body
        template.write({"mailroom_body": "<p>Mine</p>", "mailroom_subject": "Mine"})
        self.assertTrue(template.mailroom_changed)
        template.action_mailroom_reset()
        self.assertEqual(template.mailroom_body, shipped)
        self.assertFalse(template.mailroom_changed)

    def test_reset_of_ones_own_template_says_that_there_is_nothing(self):
        with self.assertRaises(UserError):
            self.create_template().action_mailroom_reset()

    def test_an_upgrade_brings_better_texts(self):
        self.upgrade(mailroom_subject="Ny {Number}")
        self.assertEqual(self.template.mailroom_subject, "Ny {Number}")
        self.assertFalse(self.template.mailroom_changed)

    def test_an_upgrade_never_touches_what_was_changed(self):
        self.template.write({"mailroom_body": "<p>Mine</p>", "name": "Mine"})
        self.upgrade(mailroom_subject="Ny {Number}", mailroom_body="<p>Ny</p>")
        self.assertEqual(self.template.mailroom_body, "<p>Mine</p>")
        self.assertEqual(self.template.name, "Mine")
        self.assertEqual(self.template.mailroom_subject, "Ny {Number}")
        self.template.action_mailroom_reset()
        self.assertEqual(self.template.mailroom_body, "<p>Ny</p>")

    def test_a_shipped_text_is_put_aside_for_good_not_deleted(self):
        template = self.as_user(self.template, self.editor)
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            template.unlink()
        template.action_archive()
        self.upgrade(mailroom_subject="Ny {Number}")
        self.assertFalse(self.template.active)
        swedish = self.template._mailroom_best("invoice", self.company, "sv_SE")
        self.assertNotEqual(swedish, self.template)

    def test_ones_own_text_can_be_deleted(self):
        own = self.as_user(self.template, self.editor).copy()
        own.unlink()
        self.assertFalse(own.exists())

    def test_nobody_makes_his_text_the_shipped_one(self):
        template = self.as_user(self.template, self.editor)
        template.write({"mailroom_shipped": {"mailroom_body": "<t t-out='env'/>"}})
        self.assertNotIn("env", template.mailroom_shipped["mailroom_body"])
