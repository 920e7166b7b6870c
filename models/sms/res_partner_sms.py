from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.phone import PhoneError, parse_mobile


class ResPartner(models.Model):
    _inherit = "res.partner"

    mailroom_sms_number = fields.Char(
        "SMS Number",
        help="Where text messages go. Needed only where the phone is a landline; left "
        "empty, they go to the phone. It is kept as +46705123456.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'base'
        partners = super().create(vals_list)
        partners.filtered("mailroom_sms_number")._mailroom_normalise_sms_number()
        return partners

    def write(self, vals):
        # EXTENDS 'base'
        result = super().write(vals)
        if vals.get("mailroom_sms_number"):
            self._mailroom_normalise_sms_number()
        return result

    @api.onchange("mailroom_sms_number")
    def _onchange_mailroom_sms_number(self):
        """Show at once how it will be kept; what is wrong is said when it is saved."""
        if self.mailroom_sms_number:
            try:
                self.mailroom_sms_number = self._mailroom_e164(self.mailroom_sms_number)
            except PhoneError:
                return

    def _mailroom_normalise_sms_number(self):
        for partner in self:
            text = partner.mailroom_sms_number
            try:
                number = partner._mailroom_e164(text)
            except PhoneError as error:
                words = self.env["mailroom.words"]._phone(error)
                raise ValidationError(words) from error
            if number != text:
                partner.mailroom_sms_number = number

    # === WHERE TEXT MESSAGES GO === #

    def _mailroom_mobile(self):
        """Return where text messages to this contact go, as it was typed; empty when
        it has no number at all."""
        self.ensure_one()
        return self.mailroom_sms_number or self.phone or ""

    def _mailroom_e164(self, text, company=None):
        """Return a number that takes text messages, in this contact's country, else in
        the company's.

        :param str text: as a person writes it
        :param company: whose country counts where the contact has none
        :rtype: str
        :raise PhoneError: when it is none
        """
        company = company or self[:1].company_id or self.env.company
        country = self[:1].country_id or company.sudo().country_id
        return parse_mobile(text, country.code)

    def _mailroom_wants_sms(self, topic):
        """Return whether this contact asked to be notified by SMS about a topic.

        :param str topic: as in ``_mailroom_wants``
        """
        self.ensure_one()
        field = f"mailroom_about_{topic}"
        return self.mailroom_notify_sms and (field not in self._fields or self[field])
