from odoo import models

from ..tools.plan import Person

# An address kept for one purpose says itself what it is.
ADDRESS_ROLES = {"invoice": "invoice", "delivery": "facility"}


class MailroomDocumentPeople(models.AbstractModel):
    """Whom a document can be sent to, and why each person is offered."""

    _inherit = "mailroom.document"

    def _mailroom_people(self):
        """Return the people to offer, in the order in which they are shown.

        :return: persons: nameless entries first, then by first name, the invoice
            address last; those who get the message by default are ``proposed``
        :rtype: list[Person]
        """
        self.ensure_one()
        people = {}
        # First those the document names, in their own role, then their contacts.
        for role, partner in self._mailroom_partners():
            if partner and partner not in people:
                role = ADDRESS_ROLES.get(partner.type, role)
                people[partner] = self._mailroom_person(role, partner)
        for role, partner in self._mailroom_partners():
            for member in self._mailroom_household(partner) - partner:
                if member not in people:
                    role = ADDRESS_ROLES.get(member.type, role)
                    people[member] = self._mailroom_person(role, member)
        self._mailroom_propose(people)
        return sorted(people.values(), key=self._mailroom_person_order)

    def _mailroom_household(self, partner):
        """Return the partner with the contacts below it."""
        return partner | partner.child_ids.filtered("active")

    def _mailroom_person(self, role, partner):
        return Person(
            partner=partner,
            role=role,
            name=partner.name or "",
            email=partner.email or "",
            phone=partner.phone or "",
            mobile=partner._mailroom_mobile(),
            reason=self._mailroom_role_label(role, partner),
        )

    def _mailroom_role_label(self, role, partner):
        """Return in words what the person has to do with the document."""
        labels = {
            "contact": self.env._("Contact of this document"),
            "customer": self.env._("Customer"),
            "facility": self.env._("Facility (delivery address)"),
            "invoice": self.env._("Invoice address"),
        }
        label = labels.get(role, role)
        direct = [p for _role, p in self._mailroom_partners()]
        if partner not in direct and partner.parent_id and partner.type == "contact":
            return self.env._(
                "Contact at %(company)s", company=partner.parent_id.display_name
            )
        return partner.function and f"{label}, {partner.function}" or label

    def _mailroom_person_order(self, person):
        return (person.role == "invoice", bool(person.name), person.name.casefold())

    def _mailroom_propose(self, people):
        """Mark who gets the message by default: contacts that asked for this kind of
        message, else the document's contact, else the customer."""
        topic = self._mailroom_topic()
        for partner, person in people.items():
            wants = partner._mailroom_wants_sms(topic)
            person.sms_proposed = wants and bool(person.mobile)
        marked = [p for p in people if p._mailroom_wants(topic) and people[p].email]
        if marked:
            for partner in marked:
                people[partner].proposed = True
                people[partner].reason = self.env._(
                    "%(role)s – to be notified", role=people[partner].reason
                )
            return
        for _role, partner in self._mailroom_partners():
            if partner in people and people[partner].email:
                people[partner].proposed = True
                return
