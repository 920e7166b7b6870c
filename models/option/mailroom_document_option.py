from odoo import models

from ...const import LOST, PURPOSE_OF_KIND
from ...tools.plan import Wishes


class MailroomDocumentOption(models.AbstractModel):
    """Papers that people want to be asked about, or to get by themselves, when the work
    is done."""

    _inherit = "mailroom.document"

    def _mailroom_option_name(self):
        """Return the option of contacts that says who gets the paper at hand: a field
        of ``res.partner``, empty when there is none. TO OVERRIDE."""
        return ""

    # === WHO WANTS IT === #

    def _mailroom_propose(self, people):
        # EXTENDS: people whose own option says that they get such papers, get them
        super()._mailroom_propose(people)
        name = self._mailroom_option_name()
        marked = [
            partner
            for partner, person in people.items()
            if name and person.email and partner._mailroom_marked_for(name)
        ]
        if not marked:
            return
        topic = self._mailroom_topic()
        for partner, person in people.items():
            wants = partner._mailroom_wants(topic)
            if partner in marked and not wants:
                person.proposed = True
                person.reason = self._mailroom_marked_reason(person.reason)
            elif not wants:
                person.proposed = False

    def _mailroom_marked_reason(self, role):
        """Return in words why somebody gets the paper who is marked for it.

        :param str role: what he has to do with the document, in words
        """
        if self._mailroom_option_name() == "mailroom_send_protocol":
            return self.env._("%(role)s – gets service protocols", role=role)
        return self.env._("%(role)s – gets work orders", role=role)

    def _mailroom_wanted_mode(self):
        """Return what the people concerned want to happen with the paper at hand.

        The contact's own word counts, else that of the facility, else the customer's.
        Others who asked for such papers themselves are served too; where anybody wants
        a person to be asked, one is.

        :return: no, ask or auto
        :rtype: str
        """
        self.ensure_one()
        name = self._mailroom_option_name()
        wanted = {
            person.partner[name]
            for person in self._mailroom_people()
            if person.proposed and person.partner._mailroom_marked_for(name)
        }
        wanted.add(self._mailroom_option_of_contact(name))
        return next((mode for mode in ("ask", "auto") if mode in wanted), "no")

    def _mailroom_option_of_contact(self, name):
        by_role = {}
        for role, partner in self._mailroom_partners():
            by_role.setdefault(role, partner)
        nobody = self.env["res.partner"]
        contact = by_role.get("contact", nobody)
        chain = [by_role.get("facility", nobody), contact, by_role.get("customer")]
        words = (partner._mailroom_option(name) for partner in chain if partner)
        return contact[name] or next(filter(None, words), "")

    # === WHEN IT IS READY === #

    def _mailroom_fire_option(self, kind):
        """Ask, or send, as the people of these documents want it: once, and never so
        that it keeps anybody from what he was doing.

        :param str kind: of the template, a key of ``const.TEMPLATE_KINDS``
        :return: word of what became of the only message, else None
        """
        purpose = PURPOSE_OF_KIND.get(kind, "document")
        papers = (self - self._mailroom_out_already(purpose))._mailroom_for_purpose(
            purpose
        )
        modes = {paper: paper._mailroom_wanted_mode() for paper in papers}
        wanted = papers.filtered(lambda paper: modes[paper] != "no")
        if not wanted:
            return None
        name, rule = papers._mailroom_option_rule()
        # Many at once are looked at by somebody first.
        mode = "batch" if len(wanted) > 1 else modes[wanted]
        fired = self.env["mailroom.automation"]._fire(
            self.browse(wanted.ids),
            rule,
            Wishes(rule=name, kind=kind),
            "send" if mode == "auto" else mode,
        )
        return fired._told() if len(fired) == 1 else None

    def _mailroom_out_already(self, purpose):
        """Return those of which the customer has the paper, or will have it soon: a
        person or another rule was faster."""
        return self.browse(
            res_id
            for res_id, dispatch in self._mailroom_last_dispatches(purpose).items()
            if set(dispatch.delivery_ids.mapped("state")) - {"cancelled", *LOST}
        )

    def _mailroom_forget_option(self, kind):
        """Take back what is still asked, because the work goes on.

        :param str kind: of the template, a key of ``const.TEMPLATE_KINDS``
        """
        papers = self._mailroom_for_purpose(PURPOSE_OF_KIND.get(kind, "document"))
        _name, rule = papers._mailroom_option_rule()
        self._mailroom_withdraw([self.env["mailroom.automation"]._rule_key(rule)])

    def _mailroom_option_rule(self):
        """Return the name and the record of the rule that the option is."""
        option = self._mailroom_option_name()
        field = self.env["res.partner"]._fields[option]
        rule = self.env["ir.model.fields"]._get("res.partner", option)
        return field._description_string(self.env), rule
