from odoo import api, models

from ..tools.tag_spec import TagSpec


class MailroomTagDocument(models.AbstractModel):
    """Tags of the document itself that every kind has."""

    _inherit = "mailroom.tag"

    @api.model
    def _specs(self):
        # EXTENDS: what the document is and what it costs
        return super()._specs() + self._document_specs() + self._line_specs()

    def _document_specs(self):
        _ = self.env._
        group = _("Document")
        return [
            TagSpec(
                "Number",
                group,
                _("Number of the document"),
                lambda d: d._mailroom_number(),
                ("NUMFACT", "DocumentNumber"),
            ),
            TagSpec("Kind", group, _("What it is"), lambda d: d._mailroom_kind_word()),
            *self._date_specs(
                "Date",
                group,
                _("Date of the document"),
                lambda d: d._mailroom_date(),
                aliases=("DATEFACT",),
            ),
            TagSpec(
                "Total", group, _("Total with tax"), lambda d: d._mailroom_amount("total")
            ),
            TagSpec(
                "Untaxed",
                group,
                _("Total without tax"),
                lambda d: d._mailroom_amount("untaxed"),
            ),
            TagSpec("Tax", group, _("Tax"), lambda d: d._mailroom_amount("tax")),
            TagSpec("Currency", group, _("Currency"), lambda d: d.currency_id.name),
            TagSpec(
                "PaymentTerms",
                group,
                _("Payment terms"),
                lambda d: d._mailroom_payment_terms(),
            ),
            *self._reference_specs(group),
        ]

    def _reference_specs(self, group):
        _ = self.env._
        return [
            TagSpec(
                "OrderReference",
                group,
                _("Number of the order"),
                lambda d: d._mailroom_order_reference(),
                ("orderRef",),
            ),
            TagSpec(
                "CustomerOrderNumber",
                group,
                _("The customer's own order number, or the word for “missing”"),
                lambda d: d._mailroom_customer_reference() or d._mailroom_missing(),
            ),
            TagSpec(
                "CustomerReference",
                group,
                _("The customer's own order number, empty when there is none"),
                lambda d: d._mailroom_customer_reference(),
            ),
        ]

    def _line_specs(self):
        _ = self.env._
        group = _("Lines")
        return [
            TagSpec(
                "Lines",
                group,
                _("Table of the lines: what, how many, amount"),
                lambda d: d._mailroom_line_table(),
            ),
            TagSpec(
                "Lines.Names",
                group,
                _("List of what stands on the lines"),
                lambda d: d._mailroom_line_names(),
            ),
        ]

    @api.model
    def _date_specs(self, name, group, label, day, aliases=(), kinds=()):
        """Return a date in its three forms.

        :param day: function on a document that gives the date, or nothing
        """
        _ = self.env._
        return [
            TagSpec(
                name,
                group,
                label,
                lambda d: d._mailroom_day(day(d)),
                aliases,
                kinds,
            ),
            TagSpec(
                f"{name}.Long",
                group,
                _("%s, month in words", label),
                lambda d: d._mailroom_day(day(d), "long"),
                (),
                kinds,
            ),
            TagSpec(
                f"{name}.Weekday",
                group,
                _("%s, with the day of the week", label),
                lambda d: d._mailroom_day(day(d), "weekday"),
                (),
                kinds,
            ),
        ]
