from odoo import api, models

from ..tools.tag_spec import TagSpec


class MailroomTagSupplier(models.AbstractModel):
    """Tags of who sends it: the company, who is responsible, who presses Send."""

    _inherit = "mailroom.tag"

    @api.model
    def _specs(self):
        # EXTENDS: who sends it
        return [
            *super()._specs(),
            *self._supplier_specs(),
            *self._bank_specs(),
            *self._responsible_specs(),
            *self._user_specs(),
        ]

    def _supplier_specs(self):
        tags = {
            "Name": (self.env._("Your company's name"), "name", "company", "NOMSOC"),
            "Email": (self.env._("Your company's email"), "email"),
            "Phone": (self.env._("Your company's phone"), "phone"),
            "Web": (self.env._("Your company's web page"), "website"),
            "VAT": (self.env._("Your company's VAT number"), "vat"),
            "RegistrationNumber": (
                self.env._("Your company's registration number"),
                "company_registry",
            ),
            **self._address_tags(),
        }
        group = self.env._("Your company")
        return self._partner_specs("Supplier", group, tags, "_mailroom_supplier")

    def _bank_specs(self):
        group = self.env._("Your company")
        return [
            TagSpec(
                "Supplier.BankAccount",
                group,
                self.env._("Your company's bank account"),
                lambda d: d._mailroom_bank().acc_number,
            ),
            TagSpec(
                "Supplier.Bank",
                group,
                self.env._("Your company's bank"),
                lambda d: d._mailroom_bank().bank_name,
            ),
        ]

    def _responsible_specs(self):
        tags = {
            "Name": (self.env._("Who is responsible at your company"), "name"),
            "Email": (self.env._("Email of the person responsible"), "email"),
            "Phone": (self.env._("Phone of the person responsible"), "phone"),
        }
        group = self.env._("Your company")
        return self._partner_specs(
            "Supplier.Contact", group, tags, "_mailroom_responsible"
        )

    def _user_specs(self):
        tags = {
            "Name": (self.env._("Who sends the message"), "name"),
            "Email": (self.env._("Email of who sends the message"), "email"),
            "Phone": (self.env._("Phone of who sends the message"), "phone"),
        }
        group = self.env._("You")
        return [
            *self._partner_specs("User", group, tags, "_mailroom_author"),
            TagSpec(
                "User.Signature",
                group,
                self.env._(
                    "Signature of who sends the message, printed as it is: write the "
                    "closing (“Kind regards”) in the text or there, not in both"
                ),
                lambda d: d._mailroom_signature(),
            ),
        ]
