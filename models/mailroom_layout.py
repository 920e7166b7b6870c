from odoo import api, models
from odoo.tools import html2plaintext, is_html_empty

from .mailroom_layout_images import LOGO

PREHEADER_LENGTH = 110


class MailroomLayout(models.AbstractModel):
    """The company's letter paper for mail: logo, name, details, way to the portal."""

    _name = "mailroom.layout"
    _inherit = "mailroom.layout.images"
    _description = "Mail layout"

    @api.model
    def _render(
        self, document, body, subject="", lang=None, partner=None, message=None
    ):
        """Return the complete HTML of a message.

        :param document: record the message is about
        :param str body: HTML the sender wrote
        :param str subject: title of the HTML page
        :param str lang: language of everything around the body
        :param partner: recipient, for his own link to the portal
        :param message: the ``mail.message`` that is sent, if it is posted already
        :rtype: str
        """
        values = self._prepare_values(document, body, subject, lang, partner, message)
        return self._page(values, lang)

    @api.model
    def _render_both(self, document, body, subject, lang, partner, message=None):
        """Return a message as HTML and as plain text.

        :rtype: tuple[str, str]
        """
        values = self._prepare_values(document, body, subject, lang, partner, message)
        return self._page(values, lang), self._plain(values, document, partner)

    def _page(self, values, lang):
        return str(
            self.env["ir.qweb"]._render(
                "mailroom.mail_layout", values, minimal_qcontext=True, lang=lang
            )
        )

    def _prepare_values(self, document, body, subject, lang, partner, message=None):
        """Return what the template ``mailroom.mail_layout`` may use."""
        document = document.with_context(lang=lang)
        company = document._mailroom_company().sudo()
        url, label = document._mailroom_button(partner)
        return {
            "body": document._mailroom_open_links(body, partner),
            "subject": subject,
            "preheader": self._preheader(body),
            "lang": (lang or "en_US").replace("_", "-"),
            "company": company,
            "company_address": self._address_line(company),
            "phone": company.phone if company.mailroom_show_address else "",
            "logo": f"cid:{LOGO}" if self._logo(company) else "",
            "socials": self._socials(company),
            "context": self._context(document, partner, message),
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
        if not company.mailroom_show_address:
            return ""
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
