from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import MailroomCommon
from .template_common import TemplateCommon


@tagged("post_install", "-at_install")
class TestTemplateCoverage(TemplateCommon, MailroomCommon):
    """Which texts there are, and a click for one that is missing."""

    roles = ("sender", "editor")

    def cells(self, company):
        matrix = self.env["mailroom.coverage"].with_user(self.editor).get_matrix()
        (mine,) = [c for c in matrix["companies"] if c["id"] == company.id]
        return {
            (row["kind"], cell["lang"]): cell["state"]
            for row in mine["rows"]
            for cell in row["cells"]
        }

    def test_coverage_tells_own_shared_inherited_and_missing(self):
        self.no_templates()
        self.env["res.lang"]._activate_lang("fr_BE")
        self.create_template("quotation", "sv_SE", self.company)
        self.create_template("quotation", "fr_FR")
        cells = self.cells(self.company)
        self.assertEqual(cells["quotation", "sv_SE"], "own")
        self.assertEqual(cells["quotation", "fr_FR"], "shared")
        self.assertEqual(cells["quotation", "fr_BE"], "inherited")
        self.assertEqual(cells["quotation", "en_US"], "missing")

    def test_a_click_makes_the_missing_one_from_the_best(self):
        self.no_templates()
        self.create_template("quotation", "fr_FR", mailroom_subject="Devis {Number}")
        self.env["res.lang"]._activate_lang("fr_BE")
        coverage = self.env["mailroom.coverage"].with_user(self.editor)
        action = coverage.make("quotation", self.company.id, "fr_BE")
        made = self.env["mail.template"].browse(action["res_id"])
        self.assertEqual(made.mailroom_subject, "Devis {Number}")
        self.assertEqual(made.mailroom_lang_id.code, "fr_BE")
        self.assertEqual(made.mailroom_company_id, self.company)
        self.assertEqual(self.cells(self.company)["quotation", "fr_BE"], "own")

    def test_nothing_is_made_for_a_company_of_others(self):
        other = self.env["res.company"].create({"name": "Foreign Ltd"})
        coverage = self.env["mailroom.coverage"].with_user(self.editor)
        before = self.env["mail.template"].search_count([])
        with self.assertRaises(UserError):
            coverage.make("quotation", other.id, "sv_SE")
        self.assertEqual(self.env["mail.template"].search_count([]), before)

    def test_only_editors_see_the_coverage(self):
        coverage = self.env["mailroom.coverage"].with_user(self.sender)
        with self.assertRaises(AccessError):
            coverage.get_matrix()
        with self.assertRaises(AccessError):
            coverage.make("quotation", self.company.id, "sv_SE")

    def test_files_and_account_come_along(self):
        self.no_templates()
        terms = Command.create({"name": "terms.txt", "raw": b"Terms"})
        shared = self.create_template(attachment_ids=[terms])
        account = self.env["ir.mail_server"].search([("active", "=", True)], limit=1)
        shared.mail_server_id = account
        coverage = self.env["mailroom.coverage"].with_user(self.editor)
        action = coverage.make("quotation", self.company.id, "en_US")
        made = self.env["mail.template"].browse(action["res_id"])
        self.assertEqual(made.attachment_ids.mapped("raw"), [b"Terms"])
        self.assertTrue(made.mail_server_id)
        self.assertEqual(made.mail_server_id, account)
        self.assertEqual(made.name, shared.name)
        made.unlink()
        self.assertTrue(shared.attachment_ids.exists(), "each has files of its own")

    def test_a_second_click_opens_what_the_first_has_made(self):
        coverage = self.env["mailroom.coverage"].with_user(self.editor)
        first = coverage.make("quotation", self.company.id, "sv_SE")
        second = coverage.make("quotation", self.company.id, "sv_SE")
        self.assertEqual(first["res_id"], second["res_id"])
