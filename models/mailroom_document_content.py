import re
from datetime import date, datetime

from odoo import api, fields, models
from odoo.tools import format_amount, format_date, format_datetime, html2plaintext

# How an amount of money is written down: the same in every language.
MONEY = re.compile(r"¤(-?[0-9.]+) ([A-Z]{3})")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(DATE.pattern + r" \d{2}:\d{2}:\d{2}")


class MailroomDocumentContent(models.AbstractModel):
    """Helpers to write down what the customer sees of a document with lines."""

    _inherit = "mailroom.document"

    @api.model
    def _mailroom_address_paths(self, field):
        """Return the field paths of an address printed on the document."""
        parts = ("name", "street", "street2", "zip", "city", "country_id")
        return [f"{field}.{part}" for part in parts]

    @api.model
    def _mailroom_head_content(self, values):
        """Return the content of a document's head.

        :param dict values: field name → value as the customer sees it
        """
        return {
            name: {"label": name, "value": self._mailroom_plain(value)}
            for name, value in values.items()
        }

    @api.model
    def _mailroom_line_content(self, line, quantity):
        """Return the content of an order or invoice line."""
        values = {
            "name": line.name,
            "quantity": f"{quantity:g}",
            "price_unit": self._mailroom_money(line.price_unit, line.currency_id),
            "discount": f"{line.discount:g} %" if line.discount else "",
            "price_subtotal": self._mailroom_money(
                line.price_subtotal, line.currency_id
            ),
        }
        return {
            "key": str(line.id),
            "label": (line.name or "").split("\n")[0][:60],
            "values": self._mailroom_head_content(values),
        }

    @api.model
    def _mailroom_money(self, amount, currency):
        """Return an amount as text that compares the same in every language."""
        return f"¤{currency.round(amount):.{currency.decimal_places}f} {currency.name}"

    @api.model
    def _mailroom_show(self, value):
        """Return a value of the content as the user at the screen writes it."""
        value = value or ""
        if money := MONEY.fullmatch(value):
            currency = self.env["res.currency"].search(
                [("name", "=", money[2])], limit=1
            )
            return format_amount(self.env, float(money[1]), currency)
        if DATE.fullmatch(value):
            return format_date(self.env, value)
        if MOMENT.fullmatch(value):
            return format_datetime(self.env, value, dt_format="short")
        return value

    @api.model
    def _mailroom_plain(self, value):
        """Return a value as text that compares the same in every language."""
        if value is False or value is None:
            return ""
        if isinstance(value, str) and "<" in value:
            return html2plaintext(value).strip()
        if isinstance(value, datetime):
            return fields.Datetime.to_string(value)
        if isinstance(value, date):
            return fields.Date.to_string(value)
        return str(value).strip()

    def _mailroom_content_label(self, label):
        """Return a label of the content in the user's words; labels are names of
        fields of the document or its lines."""
        known = {
            "order_line": self.env._("Lines"),
            "invoice_line_ids": self.env._("Lines"),
            "quantity": self.env._("Quantity"),
            "price_unit": self.env._("Unit price"),
            "discount": self.env._("Discount"),
            "price_subtotal": self.env._("Amount"),
            "amount_total": self.env._("Total"),
        }
        if label in known:
            return known[label]
        if label in self._fields:
            return self._fields[label]._description_string(self.env)
        return label
