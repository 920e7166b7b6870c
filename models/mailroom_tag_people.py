from odoo import api, models

from ..tools.tag_spec import TagSpec


class MailroomTagPeople(models.AbstractModel):
    """Tags of the people: customer, delivery, the sending company and its user."""

    _inherit = "mailroom.tag"

    @api.model
    def _specs(self):
        # EXTENDS: who gets it and who sends it
        return [
            *super()._specs(),
            *self._customer_specs(),
            *self._contact_specs(),
            *self._place_specs(),
            *self._supplier_specs(),
            *self._sender_specs(),
        ]

    def _customer_specs(self):
        _ = self.env._
        group = _("Customer")
        tags = [
            ("Name", _("Name of the customer"), lambda p: p.name, ("customer",)),
            ("Number", _("Customer number"), lambda p: p.ref, ()),
            ("VAT", _("VAT number of the customer"), lambda p: p.vat, ()),
            ("Email", _("Email of the customer"), lambda p: p.email, ()),
            ("Phone", _("Phone of the customer"), lambda p: p.phone, ()),
            *self._address_tags(),
        ]
        return self._partner_specs("Customer", group, tags, lambda d: d._mailroom_customer())

    def _contact_specs(self):
        _ = self.env._
        group = _("Contact person")
        tags = [
            ("Name", _("Name of the contact person"), lambda p: p.name, ("contact",)),
            (
                "FirstName",
                _("First name of the contact person"),
                lambda p: (p.name or "").split(" ")[0],
                (),
            ),
            ("Email", _("Email of the contact person"), lambda p: p.email, ()),
            ("Phone", _("Phone of the contact person"), lambda p: p.phone, ()),
        ]
        return self._partner_specs(
            "Customer.Contact", group, tags, lambda d: d._mailroom_contact()
        )

    def _place_specs(self):
        _ = self.env._
        group = _("Delivery and invoice address")
        delivery = [
            ("Name", _("Name at the delivery address"), lambda p: p.name, ("facility",)),
            ("Address", _("Delivery address"), lambda p: p._mailroom_address(), ()),
        ]
        billing = [
            ("Name", _("Name at the invoice address"), lambda p: p.name, ()),
            ("Address", _("Invoice address"), lambda p: p._mailroom_address(), ()),
            ("Email", _("Email at the invoice address"), lambda p: p.email, ()),
        ]
        return [
            *self._partner_specs(
                "Delivery", group, delivery, lambda d: d._mailroom_place("facility")
            ),
            *self._partner_specs(
                "Billing", group, billing, lambda d: d._mailroom_place("invoice")
            ),
            TagSpec(
                "FacilityOrCustomer",
                group,
                _("Name at the delivery address, else of the customer"),
                lambda d: (d._mailroom_place("facility") or d._mailroom_customer()).name,
            ),
        ]

    def _supplier_specs(self):
        _ = self.env._
        group = _("Your company")
        tags = [
            ("Name", _("Your company's name"), lambda c: c.name, ("company", "NOMSOC")),
            ("Email", _("Your company's email"), lambda c: c.email, ()),
            ("Phone", _("Your company's phone"), lambda c: c.phone, ()),
            ("Web", _("Your company's web page"), lambda c: c.website, ()),
            ("VAT", _("Your company's VAT number"), lambda c: c.vat, ()),
            (
                "RegistrationNumber",
                _("Your company's registration number"),
                lambda c: c.company_registry,
                (),
            ),
            *self._address_tags(),
        ]
        return [
            *self._partner_specs(
                "Supplier", group, tags, lambda d: d._mailroom_company().partner_id
            ),
            TagSpec(
                "Supplier.BankAccount",
                group,
                _("Your company's bank account"),
                lambda d: d._mailroom_bank().acc_number,
            ),
            TagSpec(
                "Supplier.Bank",
                group,
                _("Your company's bank"),
                lambda d: d._mailroom_bank().bank_name,
            ),
        ]

    def _sender_specs(self):
        _ = self.env._
        contact = [
            ("Name", _("Who is responsible at your company"), lambda p: p.name, ()),
            ("Email", _("Email of the person responsible"), lambda p: p.email, ()),
            ("Phone", _("Phone of the person responsible"), lambda p: p.phone, ()),
        ]
        user = [
            ("Name", _("Who sends the message"), lambda p: p.name, ()),
            ("Email", _("Email of who sends the message"), lambda p: p.email, ()),
            ("Phone", _("Phone of who sends the message"), lambda p: p.phone, ()),
        ]
        return [
            *self._partner_specs(
                "Supplier.Contact",
                _("Your company"),
                contact,
                lambda d: d._mailroom_responsible().partner_id,
            ),
            *self._partner_specs(
                "User", _("You"), user, lambda d: d._mailroom_author().partner_id
            ),
            TagSpec(
                "User.Signature",
                _("You"),
                _("Signature of who sends the message"),
                lambda d: d._mailroom_signature(),
            ),
        ]

    # === HELPERS === #

    def _address_tags(self):
        _ = self.env._
        return [
            ("Street", _("Street"), lambda p: p.street, ()),
            ("Street2", _("Second line of the street"), lambda p: p.street2, ()),
            ("Zip", _("Postal code"), lambda p: p.zip, ()),
            ("City", _("City"), lambda p: p.city, ()),
            ("Country", _("Country"), lambda p: p.country_id.name, ()),
            ("Address", _("Whole address"), lambda p: p._mailroom_address(), ()),
        ]

    def _partner_specs(self, prefix, group, tags, partner):
        """Return tags that read parts of one partner of the document.

        :param list tags: ``(name, label, function on the partner, aliases)``
        :param partner: function on a document that gives the partner
        """
        return [
            TagSpec(
                f"{prefix}.{name}",
                group,
                label,
                lambda d, part=part: part(partner(d)) or "",
                aliases,
            )
            for name, label, part, aliases in tags
        ]
