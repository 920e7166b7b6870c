from odoo import api, models
from odoo.tools import html2plaintext


class MailroomLayoutText(models.AbstractModel):
    """The text part of a message: the words, the link, and who sent it."""

    _inherit = "mailroom.layout"

    @api.model
    def _text(self, document, body, lang=None, partner=None, message=None):
        """Return a message as plain text.

        :param document: record the message is about
        :param str body: HTML the sender wrote
        :param str lang: language of everything around the body
        :param partner: recipient, for his own link to the portal
        :param message: the ``mail.message`` that is sent, if it is posted already
        :rtype: str
        """
        values = self._prepare_values(document, body, "", lang, partner, message)
        return self._plain(values, document, partner)

    def _plain(self, values, document, partner):
        """Return the text part that goes with a page of these values."""
        body = html2plaintext(values["body"] or "")
        # An address that is its own link is read as words here: it opens, too.
        blocks = [document._mailroom_open_links(body, partner, html=False)]
        if values["button_url"]:
            blocks.append(f"{values['button_label']}: {values['button_url']}")
        if values["context"]:
            blocks.append(self._text_context(values["context"]))
        blocks.append("\n".join(["-- ", *self._text_footer(values)]))
        return "\n\n".join(block.strip("\n") for block in blocks if block)

    def _text_footer(self, values):
        company = values["company"]
        lines = (
            company.name,
            values["company_address"],
            values["phone"],
            company.email,
            company.website,
        )
        return [line for line in lines if line]
