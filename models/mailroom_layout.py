import base64

from odoo import api, models
from odoo.tools import html2plaintext, is_html_empty

from ..tools.message import Part

LOGO = "mailroom-logo"
PREHEADER_LENGTH = 110


class MailroomLayout(models.AbstractModel):
    """The company's letter paper for mail: logo, name, details, button to the portal."""

    _name = "mailroom.layout"
    _description = "Mail layout"

    @api.model
    def _render(self, document, body, subject="", lang=None, partner=None):
        """Return the complete HTML of a message.

        :param document: record the message is about
        :param str body: HTML the sender wrote
        :param str subject: title of the HTML page
        :param str lang: language of everything around the body
        :param partner: recipient, for his own link to the portal
        :rtype: str
        """
        values = self._prepare_values(document, body, subject, lang, partner)
        return str(
            self.env["ir.qweb"]._render(
                "mailroom.mail_layout", values, minimal_qcontext=True, lang=lang
            )
        )

    def _prepare_values(self, document, body, subject, lang, partner):
        """Return what the template ``mailroom.mail_layout`` may use."""
        document = document.with_context(lang=lang)
        company = document._mailroom_company().sudo()
        url, label = document._mailroom_button(partner)
        return {
            "body": body,
            "subject": subject,
            "preheader": self._preheader(body),
            "lang": (lang or "en_US").replace("_", "-"),
            "company": company,
            "company_address": self._address_line(company),
            "logo": f"cid:{LOGO}" if self._logo(company) else "",
            "socials": self._socials(company),
            "button_url": url,
            "button_label": label,
            "color": self._color(company),
        }

    def _preheader(self, body):
        """Return the first words, which mail programs show beside the subject."""
        if is_html_empty(body):
            return ""
        words = html2plaintext(body, include_references=False).split()
        return " ".join(words)[:PREHEADER_LENGTH]

    def _address_line(self, company):
        parts = (
            company.street,
            company.street2,
            " ".join(filter(None, (company.zip, company.city))),
            company.country_id.name,
        )
        return ", ".join(part for part in parts if part)

    def _color(self, company):
        """Return the button's colour: the company's own, if it has chosen one."""
        color = company.email_secondary_color or "#714B67"
        return color if color.startswith("#") and len(color) in (4, 7) else "#714B67"

    def _socials(self, company):
        """Return ``[(name, url)]`` of the company's pages."""
        names = ("facebook", "instagram", "linkedin", "youtube", "x", "github", "tiktok")
        links = []
        for field in company._fields:
            name = field.removeprefix("social_")
            if field.startswith("social_") and name in (*names, "twitter"):
                url = company[field]
                if url and str(url).startswith("https://"):
                    links.append(("X" if name == "twitter" else name.title(), url))
        return links

    @api.model
    def _logo(self, company):
        """Return the company's logo as an inline part, None when it has none.

        :rtype: Part|None
        """
        # A web client asks for sizes instead of images: not here.
        company = company.sudo().with_context(bin_size=False)
        if company.uses_default_logo or not company.logo_web:
            return None
        data = base64.b64decode(company.logo_web)
        kind = "image/jpeg" if data[:3] == b"\xff\xd8\xff" else "image/png"
        return Part(LOGO, kind, data)

    @api.model
    def _preview(self, html, company):
        """Return the HTML of a message for the screen: its logo shown from here."""
        logo = self._logo(company)
        if not logo:
            return html
        data = base64.b64encode(logo.data).decode()
        return html.replace(f"cid:{LOGO}", f"data:{logo.mimetype};base64,{data}")
