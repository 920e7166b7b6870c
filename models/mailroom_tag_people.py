from odoo import api, models

from ..tools.tag_spec import TagSpec


class MailroomTagPeople(models.AbstractModel):
    """Tags of who gets it: customer, contact, delivery and invoice address."""

    _inherit = "mailroom.tag"

    @api.model
    def _specs(self):
        # EXTENDS: who gets it
        return [
            *super()._specs(),
            *self._customer_specs(),
            *self._contact_specs(),
            *self._delivery_specs(),
            *self._billing_specs(),
        ]

    def _customer_specs(self):
        tags = {
            "Name": (self.env._("Name of the customer"), "name", "customer"),
            "Number": (self.env._("Customer number"), "ref"),
            "VAT": (self.env._("VAT number of the customer"), "vat"),
            "Email": (self.env._("Email of the customer"), "email"),
            "Phone": (self.env._("Phone of the customer"), "phone"),
            **self._address_tags(),
        }
        group = self.env._("Customer")
        return self._partner_specs("Customer", group, tags, "_mailroom_customer")

    def _contact_specs(self):
        tags = {
            "Name": (self.env._("Name of the contact person"), "name", "contact"),
            "FirstName": (
                self.env._("First name of the contact person"),
                lambda partner: (partner.name or "").split(" ")[0],
            ),
            "Email": (self.env._("Email of the contact person"), "email"),
            "Phone": (self.env._("Phone of the contact person"), "phone"),
        }
        group = self.env._("Contact person")
        return self._partner_specs("Customer.Contact", group, tags, "_mailroom_contact")

    def _delivery_specs(self):
        tags = {
            "Name": (self.env._("Name at the delivery address"), "name", "facility"),
            "Address": (self.env._("Delivery address"), "_mailroom_address"),
        }
        group = self.env._("Delivery and invoice address")
        return [
            *self._partner_specs("Delivery", group, tags, "_mailroom_delivery"),
            TagSpec(
                "FacilityOrCustomer",
                group,
                self.env._("Name at the delivery address, else of the customer"),
                lambda d: d._mailroom_delivery().name or d._mailroom_customer().name,
            ),
        ]

    def _billing_specs(self):
        tags = {
            "Name": (self.env._("Name at the invoice address"), "name"),
            "Address": (self.env._("Invoice address"), "_mailroom_address"),
            "Email": (self.env._("Email at the invoice address"), "email"),
        }
        group = self.env._("Delivery and invoice address")
        return self._partner_specs("Billing", group, tags, "_mailroom_billing")

    # === HELPERS === #

    def _address_tags(self):
        return {
            "Street": (self.env._("Street"), "street"),
            "Street2": (self.env._("Second line of the street"), "street2"),
            "Zip": (self.env._("Postal code"), "zip"),
            "City": (self.env._("City"), "city"),
            "Country": (self.env._("Country"), lambda partner: partner.country_id.name),
            "Address": (self.env._("Whole address"), "_mailroom_address"),
        }

    def _partner_specs(self, prefix, group, tags, partner):
        """Return tags that read parts of one partner of the document.

        :param dict tags: name → label, part (a field, a method or a function of the
            partner), and the names under which other systems know it
        :param str partner: method of the document that returns the partner
        """
        return [
            TagSpec(
                f"{prefix}.{name}",
                group,
                label,
                lambda d, part=part: self._part(getattr(d, partner)(), part),
                tuple(aliases),
            )
            for name, (label, part, *aliases) in tags.items()
        ]

    def _part(self, record, part):
        if callable(part):
            return part(record)
        value = getattr(record, part)
        return value() if callable(value) else value
