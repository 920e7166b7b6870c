from odoo import api, fields, models
from odoo.tools import html2plaintext

# Characters of the customer's message that are quoted.
QUOTED = 1500


class MailroomLayoutContext(models.AbstractModel):
    """The message a mail answers, quoted below it."""

    _inherit = "mailroom.layout"

    @api.model
    def _context(self, document, partner, message=None):
        """Return what the customer wrote last, if this message answers it.

        Only people of the customer who wrote it see it again.

        :param document: record the message is about
        :param partner: recipient; None for a one-off address
        :param message: the ``mail.message`` that is sent, if it is posted already
        :return: ``when``, ``who`` and ``lines``, or an empty dictionary
        :rtype: dict
        """
        company = document._mailroom_company().sudo()
        if not company.mailroom_show_context or not partner or not document.ids:
            return {}
        last = self._last_message(document, message)
        author = last.author_id
        if not author or author.partner_share is False:
            return {}
        if author.commercial_partner_id != partner.commercial_partner_id:
            return {}
        text = html2plaintext(last.body or "", include_references=False).strip()
        return text and {
            "when": self._day(document, last.date),
            "who": author.name,
            "lines": text[:QUOTED].splitlines(),
        }

    def _last_message(self, document, message=None):
        if message and document._mail_flat_thread:
            before = message.parent_id
            if before.message_type not in ("comment", "email"):
                # It would follow the newest of those, were there any.
                return before.browse()
        domain = [
            ("model", "=", document._name),
            ("res_id", "in", document.ids),
            ("message_type", "in", ("comment", "email")),
            ("is_internal", "=", False),
            ("subtype_id.internal", "=", False),
        ]
        if message:
            domain.append(("id", "<", message.id))
        # The sender may read the document, and so what was said about it.
        return self.env["mail.message"].sudo().search(domain, order="id desc", limit=1)

    def _day(self, document, moment):
        local = fields.Datetime.context_timestamp(document, moment)
        return document.env["ir.qweb.field.date"].value_to_html(local.date(), {})

    def _text_context(self, context):
        """Return the quoted message for the text part."""
        head = f"{context['when']}, {context['who']}:"
        return "\n".join([head, *(f"> {line}" for line in context["lines"])])
