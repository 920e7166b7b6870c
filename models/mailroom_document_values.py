from functools import lru_cache

from odoo import fields, models
from odoo.tools import format_amount, get_lang, html2plaintext, html_sanitize
from odoo.tools.misc import babel_locale_parse, posix_to_ldml

from ..tools.day_words import day_of_visit, long_date, short_date
from ..tools.placeholder_value import Listing, Rich, Table


@lru_cache(maxsize=64)
def _ldml(form, lang):
    """Return the pattern of dates of a language in Babel's spelling."""
    return posix_to_ldml(form, locale=babel_locale_parse(lang))


class MailroomDocumentValues(models.AbstractModel):
    """What the tags of every document give, in the document's language, time zone and
    currency. A model fills in what it knows better."""

    _inherit = "mailroom.document"

    def _mailroom_for_values(self, lang):
        """Return these documents as their customer reads them.

        Tags give fixed, harmless values of a document that the user may read; some of
        them stand on records that he may not (the order of an invoice), hence sudo.

        :param str lang: language code
        """
        company = self[:1]._mailroom_company()
        zone = company.mailroom_tz or "UTC"
        return self.sudo().with_company(company).with_context(lang=lang, tz=zone)

    # === THE DOCUMENT === #

    def _mailroom_kind_word(self):
        """Return what the document is, in its language."""
        words = {
            "quotation": self.env._("Quotation"),
            "order": self.env._("Order"),
            "invoice": self.env._("Invoice"),
            "credit_note": self.env._("Credit note"),
        }
        return words.get(self._mailroom_kind(), "")

    def _mailroom_date(self):
        """Return the date of the document. TO OVERRIDE."""
        return False

    def _mailroom_amount(self, part):
        """Return an amount as text.

        :param str part: total, untaxed or tax
        """
        return self._mailroom_amount_text(self[f"amount_{part}"])

    def _mailroom_amount_text(self, amount):
        return format_amount(self.env, amount, self.currency_id)

    def _mailroom_payment_terms(self):
        """Return the payment terms in words. TO OVERRIDE."""
        return ""

    def _mailroom_payment_reference(self):
        """Return what the customer states when he pays. TO OVERRIDE."""
        return ""

    def _mailroom_order_reference(self):
        """Return the number of the order. TO OVERRIDE."""
        return ""

    def _mailroom_customer_reference(self):
        """Return the customer's own number of the order. TO OVERRIDE."""
        return ""

    def _mailroom_missing(self):
        """Return the word for something that is not there."""
        return self.env._("missing")

    def _mailroom_day(self, day, form="short"):
        """Return a date as text.

        :param day: a date or a moment in UTC, or nothing
        :param str form: short, long (month in words) or weekday (no year)
        """
        if not day:
            return ""
        if hasattr(day, "hour"):
            day = fields.Datetime.context_timestamp(self, day).date()
        if form != "short":
            write = long_date if form == "long" else day_of_visit
            return write(day, self.env.lang)
        lang = get_lang(self.env)
        return short_date(day, _ldml(lang.date_format, lang.code), lang.code)

    # === LINES === #

    def _mailroom_lines(self):
        """Return ``[(text, quantity, amount)]`` of what is sold. TO OVERRIDE."""
        return []

    def _mailroom_line_table(self):
        lines = self._mailroom_lines()
        head = (self.env._("Description"), self.env._("Quantity"), self.env._("Amount"))
        rows = tuple(
            (text, self._mailroom_number_text(quantity), self._mailroom_amount_text(a))
            for text, quantity, a in lines
        )
        return Table(head, rows, right=(1, 2)) if rows else ""

    def _mailroom_line_names(self):
        return Listing(
            tuple(text.split("\n")[0] for text, *_ in self._mailroom_lines())
        )

    def _mailroom_number_text(self, number):
        lang = self.env["res.lang"]._lang_get(self.env.lang)
        text = lang.format("%.2f", number, grouping=True)
        point = lang.decimal_point
        return text.rstrip("0").rstrip(point) if point in text else text

    # === PEOPLE === #

    def _mailroom_customer(self):
        """Return the customer."""
        return self.partner_id.commercial_partner_id

    def _mailroom_contact(self):
        """Return the person at the customer, empty when only a company or one of its
        addresses is known."""
        return self.partner_id.filtered(
            lambda partner: (
                not partner.is_company
                and (partner.type == "contact" or not partner.parent_id)
            )
        )

    def _mailroom_delivery(self):
        """Return the delivery address, which may be the customer's facility."""
        return self._mailroom_partner_of("facility")

    def _mailroom_billing(self):
        """Return the invoice address."""
        return self._mailroom_partner_of("invoice")

    def _mailroom_partner_of(self, role):
        partners = [p for known, p in self._mailroom_partners() if known == role and p]
        return partners[0] if partners else self.env["res.partner"]

    def _mailroom_supplier(self):
        """Return the partner of the company that sends."""
        return self._mailroom_company().partner_id

    def _mailroom_bank(self):
        """Return the bank account that the customer pays to."""
        return self._mailroom_company().partner_id.bank_ids[:1]

    def _mailroom_responsible(self):
        """Return the user who is responsible for the document."""
        return self.user_id

    def _mailroom_author(self):
        """Return the user who sends: whoever pressed the button, the one responsible
        when the program sends by itself."""
        user = self.env.user
        if user._is_internal() and not user._is_superuser() and user.active:
            return user
        return self._mailroom_responsible()

    def _mailroom_signature(self):
        author = self._mailroom_author()
        # Cleaned once more: a signature is the one value that keeps its form.
        html = html_sanitize(author.signature or "", sanitize_style=True)
        text = html2plaintext(html, include_references=False).strip()
        return Rich(str(html), text) if text else author.name or ""
