from odoo.fields import Command

from .protocol_common import ProtocolCommon, png


class TestProtocolPaper(ProtocolCommon):
    """What stands on the PDF: all there is, nothing empty."""

    def paper(self, protocol, lang="en_US"):
        """Return the HTML that the PDF is made of."""
        reports = self.env["ir.actions.report"].with_context(mailroom_lang=lang)
        html, _kind = reports._render_qweb_html(
            "mailroom.report_protocol", protocol.ids
        )
        return html.decode()

    def test_everything_stands_on_it(self):
        protocol = self.create_protocol(
            check_ids=[
                self.check_values("Safety", False, display_type="line_section"),
                self.check_values("Pressure", "not_ok", remark="Too <low>"),
            ],
            picture_ids=[Command.create({"name": "Gauge", "image": png()})],
            signature=png(),
            signed_by="Anna Ek",
        )
        paper = self.paper(protocol)
        for text in (
            protocol.name,
            "Kund Fastigheter",
            "October 5, 2026",
            "Sender",
            "Cleaned the filter",
            "Safety",
            "Pressure",
            "Not OK",
            "Too &lt;low&gt;",
            "Inspection",
            "Gauge",
            "data:image/png;base64",
            "Customer's Signature",
            protocol.order_id.name,
        ):
            with self.subTest(text):
                self.assertIn(text, paper)
        self.assertNotIn("1,000", paper, "no prices")

    def test_nothing_empty_is_printed(self):
        protocol = self.create_protocol(
            work_done=False, material_ids=[], contact_id=False
        )
        protocol.material_ids.unlink()
        paper = self.paper(protocol)
        for heading in (
            "Work Done",
            "Checklist",
            "Material",
            "Pictures",
            "Signature",
            "Contact<",
            "Service Objects",
            "replaces",
        ):
            self.assertNotIn(heading, paper)

    def test_pictures_only_where_the_company_shows_them(self):
        protocol = self.create_protocol(
            picture_ids=[Command.create({"name": "Gauge", "image": png()})]
        )
        self.assertIn("Gauge", self.paper(protocol))
        self.company.mailroom_show_pictures = False
        self.assertNotIn("Gauge", self.paper(protocol))

    def test_a_correction_names_what_it_replaces(self):
        protocol = self.create_protocol(done=True)
        correction = protocol.browse(protocol.action_correct()["res_id"])
        self.assertIn(f"replaces {protocol.name}", self.paper(correction))

    def test_times_are_those_of_the_facility(self):
        self.customer.mailroom_tz = "Europe/Stockholm"
        paper = self.paper(self.create_protocol())
        self.assertIn("9:00", paper)
        self.assertIn("12:00", paper)

    def test_work_done_cannot_bring_a_program_along(self):
        protocol = self.create_protocol(
            work_done="<p>Hi<script>alert(1)</script> {{ object.env }}</p>"
        )
        paper = self.paper(protocol)
        self.assertNotIn("alert(1)", paper)
        self.assertIn("{{ object.env }}", paper)
