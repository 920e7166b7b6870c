from odoo.tests import tagged

from .http_common import MailroomHttpCommon, Refused
from .template_common import TemplateCommon

SECRET = "canary-secret-7f3a"

# RELIABILITY S6: what people try, in a body, in a subject or in both.
PAYLOADS = (
    "{{ object.env }}",
    "{{ object.env['ir.mail_server'].search([]).smtp_pass }}",
    "{{ env['ir.config_parameter'].sudo().get_param('database.secret') }}",
    "{{ object.sudo().env.cr.execute('select 1') }}",
    "{{ object.with_user(1).name }}",
    "{{ object.__class__ }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ '{0.__class__}'.format(object) }}",
    "{{ object.write({'name': 'x'}) }}",
    "{{ user.password }}",
    "{{ object.name ||| x }}",
    "{{ {{ object.env }} }}",
    "{{{ object.env }}}",
    "{{",
    "}}{{ object }}{{",
    "{{ object\n.env }}",
    "{{{{ object.env }}}}",
    "{object.env}",
    "{env['ir.mail_server']}",
    "{Customer.Name.__class__}",
    "{Customer.password}",
    "{User.password}",
    "{0.__class__}",
    "{Number.__init__.__globals__}",
    "{Customer.env.cr}",
    "{User.api_key}",
    "<<object.env>>",
    "<OBJECT.ENV>",
    "&lt;&lt;user.password&gt;&gt;",
    "%(password)s %s",
    "${object.env}",
    "#{object.env}",
    "<% object.env %>",
    "{% print(object.env) %}",
    "｛｛ object.env ｝｝",
    "\\x7b\\x7b object.env \\x7d\\x7d",
    "&#123;&#123; object.env &#125;&#125;",
    '<t t-out="object.env"/>',
    "<p t-out=\"env['ir.config_parameter'].sudo().get_param('mailroom.canary')\"/>",
    '<t t-set="x" t-value="object.sudo()"/><t t-out="x.env.cr"/>',
    '<t t-call="web.layout"/>',
    '<p t-attf-title="{{ object.env }}">x</p>',
    '<p t-att-title="object.env">x</p>',
    "<t t-foreach=\"env['ir.mail_server'].search([])\" t-as='s'><t t-esc='s'/></t>",
    '<T T-OUT="object.env"/>',
    "<svg><t t-out='object.env'/></svg>",
)


@tagged("post_install", "-at_install")
class TestTemplateSecurity(TemplateCommon, MailroomHttpCommon):
    """S6 and S7: whoever may write templates can use tags, and nothing else, by every
    way in (G8)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.editor.group_ids |= cls.env.ref("sales_team.group_sale_salesman_all_leads")
        cls.env["ir.config_parameter"].set_param("mailroom.canary", SECRET)
        cls.account.smtp_pass = SECRET
        cls.no_templates()
        cls.order = cls.create_order()
        cls.template = cls.create_template()

    def values(self, payload, name):
        """Return the values of a new template with a payload in one text."""
        return {
            "name": "x",
            "mailroom_kind": "quotation",
            "mailroom_subject": "x",
            f"mailroom_{name}": payload,
        }

    def assertHarmless(self, made, payload):
        """Check that a template was refused, or prints nothing but words."""
        if isinstance(made, Refused):
            self.assertIn("ValidationError", made.error)
            return
        template = self.env["mail.template"].browse(made)
        texts = self.texts(template, self.order)
        shown = f"{texts.subject} {texts.body} {texts.sms}"
        for word in (
            SECRET,
            "Environment",
            "<class",
            "sale.order(",
            "odoo.",
            "ir.mail",
        ):
            self.assertNotIn(word, shown.replace(payload, ""), payload)
        preview = self.call(
            "mail.template", "read", [made], ["mailroom_preview", "mailroom_tags"]
        )
        self.assertNotIn(SECRET, str(preview))

    def test_no_payload_does_anything(self):
        self.assertGreaterEqual(len(PAYLOADS), 40)
        name, password = self.order.name, self.account.sudo().smtp_pass
        self.login(self.editor)
        for payload in PAYLOADS:
            for text in ("subject", "body", "sms_text", "file_name"):
                with self.subTest(payload=payload, text=text):
                    made = self.call(
                        "mail.template", "create", self.values(payload, text)
                    )
                    self.assertHarmless(made, payload)
        self.env.invalidate_all()
        self.assertEqual(self.order.name, name, "nothing was written")
        self.assertEqual(self.account.sudo().smtp_pass, password)

    def test_programs_are_refused_with_what_to_do_instead(self):
        self.login(self.editor)
        for name, payload in (
            ("subject", "{{ object.name }}"),
            ("body", '<p t-out="object.name"/>'),
            ("body", "<p>{{ object.name }}</p>"),
            ("sms_text", "{{ object.name }}"),
        ):
            with self.subTest(name=name):
                result = self.call(
                    "mail.template",
                    "write",
                    [self.template.id],
                    {f"mailroom_{name}": payload},
                )
                self.assertIsInstance(result, Refused)
        self.assertEqual(self.template.mailroom_subject, "{Number}")

    def test_every_way_in_is_the_same(self):
        self.login(self.editor)
        body = '<p t-out="object.env"/>'
        refused = {
            "write": self.call(
                "mail.template", "write", [self.template.id], {"mailroom_body": body}
            ),
            "web_save": self.call(
                "mail.template",
                "web_save",
                [self.template.id],
                {"mailroom_body": body},
                specification={},
            ),
            "copy": self.call(
                "mail.template", "copy", [self.template.id], {"mailroom_body": body}
            ),
            "core field": self.call(
                "mail.template", "write", [self.template.id], {"body_html": body}
            ),
            "core subject": self.call(
                "mail.template",
                "write",
                [self.template.id],
                {"subject": "{{ object }}"},
            ),
            "kind afterwards": self.kind_afterwards(body),
        }
        for way, result in refused.items():
            self.assertIsInstance(result, Refused, way)
        loaded = self.call(
            "mail.template",
            "load",
            ["name", "mailroom_kind", "mailroom_body"],
            [["x", "Quotation", body]],
        )
        self.assertFalse(loaded["ids"], "import")

    def kind_afterwards(self, body):
        """Try to slip a program in before the template is one of ours."""
        made = self.call(
            "mail.template", "create", {"name": "x", "mailroom_body": body}
        )
        return self.call("mail.template", "write", [made], {"mailroom_kind": "order"})

    def test_what_an_administrator_wrote_cannot_be_taken_over(self):
        self.template.mailroom_body = '<p t-out="object.name"/>'
        self.login(self.editor)
        self.assertIsInstance(
            self.call("mail.template", "copy", [self.template.id]), Refused
        )
        self.assertIsInstance(
            self.call(
                "mail.template", "write", [self.template.id], {"mailroom_subject": "x"}
            ),
            Refused,
        )

    def test_the_onchange_of_the_form_runs_no_program(self):
        self.login(self.editor)
        spec = {"mailroom_preview": {}, "mailroom_preview_subject": {}}
        for values in (
            {"mailroom_body": '<p t-out="env.cr"/>'},
            {"mailroom_subject": "{{ object.env }}"},
        ):
            answer = self.call(
                "mail.template",
                "onchange",
                [self.template.id],
                {**values, "mailroom_kind": "quotation"},
                list(values),
                {**spec, "mailroom_body": {}, "mailroom_subject": {}},
            )
            self.assertNotIn("Cursor", str(answer))
            self.assertNotIn("Environment", str(answer))

    def test_others_cannot_write_at_all(self):
        for role in ("sender", "internal", "portal"):
            self.login(self.users[role])
            for method, args in (
                ("write", ([self.template.id], {"mailroom_subject": "x"})),
                ("create", (self.values("x", "subject"),)),
                ("unlink", ([self.template.id],)),
                ("action_mailroom_reset", ([self.template.id],)),
            ):
                with self.subTest(role=role, method=method):
                    self.assertRefused(self.call("mail.template", method, *args))

    def test_another_companys_template_is_out_of_sight(self):
        foreign = self.create_template(company=self.company_b)
        self.login(self.editor)
        self.assertFalse(
            self.call("mail.template", "search", [["id", "=", foreign.id]])
        )
        self.assertRefused(
            self.call("mail.template", "write", [foreign.id], {"mailroom_subject": "x"})
        )
        self.assertRefused(
            self.call("mail.template", "read", [foreign.id], ["mailroom_body"])
        )

    def test_the_engine_cannot_be_called(self):
        self.login(self.editor)
        for model, method in (
            ("mail.template", "_mailroom_render"),
            ("mailroom.tag", "_panel"),
            ("mailroom.tag", "_lookup"),
        ):
            self.assertRefused(self.call(model, method, [self.template.id]))
