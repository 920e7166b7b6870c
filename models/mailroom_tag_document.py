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
        group = self.env._("Document")
        return [
            TagSpec(
                "Number",
                group,
                self.env._("Number of the document"),
                lambda d: d._mailroom_number(),
                ("NUMFACT", "DocumentNumber"),
            ),
            TagSpec(
                "Kind",
                group,
                self.env._("What it is"),
                lambda d: d._mailroom_kind_word(),
            ),
            *self._date_specs(
                "Date",
                group,
                self.env._("Date of the document"),
                lambda d: d._mailroom_date(),
                aliases=("DATEFACT",),
            ),
            *self._amount_specs(group),
            TagSpec(
                "PaymentTerms",
                group,
                self.env._("Payment terms"),
                lambda d: d._mailroom_payment_terms(),
            ),
            TagSpec(
                "PaymentReference",
                group,
                self.env._("Payment reference"),
                lambda d: d._mailroom_payment_reference(),
            ),
            *self._reference_specs(group),
        ]

    def _amount_specs(self, group):
        labels = {
            "total": self.env._("Total with tax"),
            "untaxed": self.env._("Total without tax"),
            "tax": self.env._("Tax"),
        }
        amounts = [
            TagSpec(
                part.title(),
                group,
                label,
                lambda d, part=part: d._mailroom_amount(part),
            )
            for part, label in labels.items()
        ]
        currency = TagSpec(
            "Currency", group, self.env._("Currency"), lambda d: d.currency_id.name
        )
        return [*amounts, currency]

    def _reference_specs(self, group):
        return [
            TagSpec(
                "OrderReference",
                group,
                self.env._("Number of the order"),
                lambda d: d._mailroom_order_reference(),
                ("orderRef",),
            ),
            TagSpec(
                "CustomerOrderNumber",
                group,
                self.env._(
                    "The customer's own order number, or the word for “missing”"
                ),
                lambda d: d._mailroom_customer_reference() or d._mailroom_missing(),
            ),
            TagSpec(
                "CustomerReference",
                group,
                self.env._("The customer's own order number, empty when there is none"),
                lambda d: d._mailroom_customer_reference(),
            ),
        ]

    def _line_specs(self):
        group = self.env._("Lines")
        return [
            TagSpec(
                "Lines",
                group,
                self.env._("Table of the lines: what, how many, amount"),
                lambda d: d._mailroom_line_table(),
            ),
            TagSpec(
                "Lines.Names",
                group,
                self.env._("List of what stands on the lines"),
                lambda d: d._mailroom_line_names(),
            ),
        ]

    @api.model
    def _date_specs(self, name, group, label, day, aliases=(), kinds=()):
        """Return a date in its three forms.

        :param day: function on a document that gives the date, or nothing
        """
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
                self.env._("%s, month in words", label),
                lambda d: d._mailroom_day(day(d), "long"),
                (),
                kinds,
            ),
            TagSpec(
                f"{name}.Weekday",
                group,
                self.env._("%s, with the day of the week", label),
                lambda d: d._mailroom_day(day(d), "weekday"),
                (),
                kinds,
            ),
        ]
