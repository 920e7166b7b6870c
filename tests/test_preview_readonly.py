from odoo.tests import HttpCase, tagged

from .common import MailroomCommon
from .template_common import TemplateCommon


@tagged("post_install", "-at_install")
class TestPreviewReadonly(TemplateCommon, HttpCase, MailroomCommon):
    """Whoever only looks at a template writes nothing."""

    registry_test_mode = True
    roles = ("sender", "biller", "manager", "editor")

    def test_the_preview_of_a_document_makes_no_token(self):
        self.editor.group_ids |= self.env.ref(
            "sales_team.group_sale_salesman_all_leads"
        )
        template = self.create_template(mailroom_body="<p>{Link.Portal}</p>")
        order = self.create_order()
        order._fields["access_token"].write(order, False)
        self.env.flush_all()
        self.authenticate(self.editor.login, self.editor.login)
        with self.assertNoLogs("odoo.sql_db", "ERROR"):
            (values,) = self.make_jsonrpc_request(
                "/web/dataset/call_kw/mail.template/web_read",
                {
                    "model": "mail.template",
                    "method": "web_read",
                    "args": [template.ids, {"mailroom_preview": {}}],
                    "kwargs": {},
                },
            )
        self.assertIn(f"/my/orders/{order.id}", values["mailroom_preview"])
        self.env.invalidate_all()
        self.assertFalse(order.access_token)
