from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.phone import PhoneError, parse_number


class MailroomOptout(models.Model):
    """A number that wants no text messages from a company.

    What its owner did not ask for is not sent there any more. A document or a booking
    message that a person sends by hand still may, after a warning.
    """

    _name = "mailroom.optout"
    _description = "Number without SMS"
    _order = "id desc"
    _rec_name = "number"

    number = fields.Char(required=True, help="As +46705123456.")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    source = fields.Selection(
        [("sms", "Answered STOP"), ("person", "Entered by hand")],
        required=True,
        default="person",
        readonly=True,
    )
    note = fields.Char(help="What was answered, or how we know.")
    create_date = fields.Datetime("Since", readonly=True)

    _number_uniq = models.UniqueIndex(
        "(company_id, number)", "This number is on the list already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'base'
        self.check_access("create")
        companies = self.env["res.company"]
        for vals in vals_list:
            company = companies.browse(vals.get("company_id") or self.env.company.id)
            vals["number"] = self._normal(vals.get("number"), company)
        return super().create(vals_list)

    def write(self, vals):
        # EXTENDS 'base'
        self.check_access("write")
        if vals.get("number"):
            vals = {**vals, "number": self._normal(vals["number"], self.company_id[:1])}
        return super().write(vals)

    def _normal(self, number, company):
        country = company.sudo().country_id.code
        try:
            return parse_number(number, country)
        except PhoneError as error:
            words = self.env["mailroom.words"]._phone(error)
            raise ValidationError(words) from error

    # === WHAT CUSTOMERS ANSWER === #

    @api.model
    def _stop(self, company, number, source="sms", text=""):
        """Put a number on a company's list.

        :param str number: as E.164 has it
        :return: the entry, an old one if there was one
        """
        known = self.search([("company_id", "=", company.id), ("number", "=", number)])
        return known or self.create(
            {
                "company_id": company.id,
                "number": number,
                "source": source,
                "note": text,
            }
        )

    @api.model
    def _start(self, company, number):
        """Take a number off a company's list."""
        self.search([("company_id", "=", company.id), ("number", "=", number)]).unlink()

    # === WHO IS ON IT === #

    @api.model
    def _opted_out(self, company, numbers):
        """Return those of some numbers that a company may not write to: on its own
        list, on that of a company it is a branch of and whose gateway it may share, or
        on Odoo's.

        :param numbers: numbers as E.164 has them
        :rtype: set[str]
        """
        if not numbers:
            return set()
        # A sender may not read the lists; which of his own numbers stand there he may.
        above = company.sudo().parent_ids.ids
        own = self.sudo().search(
            [("company_id", "in", above), ("number", "in", list(numbers))]
        )
        blacklist = self.env["phone.blacklist"].sudo()
        common = blacklist.search([("number", "in", list(numbers))])
        return {*own.mapped("number"), *common.mapped("number")}
