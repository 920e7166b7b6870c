from dataclasses import replace

from odoo import fields, models

from ...tools.phone import PhoneError
from ...tools.plan import Problem, Recipient
from ...tools.sms_text import measure

# What the customer asked for, or that he must hear of, if a person sends it by hand
ASKED_FOR = ("document", "booking")


def texts(plan):
    """Return the recipients of a plan's text message."""
    return [recipient for recipient in plan.recipients if recipient.channel == "sms"]


def once_each(recipients):
    """Return recipients without those whose phone gets the text message already."""
    first = {}
    for number, recipient in enumerate(recipients):
        sms = recipient.channel == "sms"
        first.setdefault(recipient.address if sms else number, recipient)
    return list(first.values())


class MailroomPlannerSms(models.AbstractModel):
    """Text messages in a plan: to which numbers, and what stands in their way."""

    _inherit = "mailroom.planner"

    # === PEOPLE === #

    def _plan_recipients(self, plan, wishes):
        # EXTENDS
        result = super()._plan_recipients(plan, wishes)
        if wishes.recipients is None:
            if "email" not in wishes.channels:
                plan.recipients = []
                plan.problems = [p for p in plan.problems if p.code != "bad_address"]
            if "sms" in wishes.channels:
                self._propose_numbers(plan)
        else:
            self._normalise_numbers(plan)
        return result

    def _propose_numbers(self, plan):
        """Add a recipient for each person who gets text messages by default."""
        for person in (p for p in plan.people if p.sms_proposed):
            try:
                number = person.partner._mailroom_e164(person.mobile, plan.company)
            except PhoneError as error:
                plan.problems.append(self._bad_number(error, person.name, "warn"))
                continue
            plan.recipients.append(
                Recipient(number, person.name, person.partner, channel="sms")
            )
        plan.recipients = once_each(plan.recipients)

    def _normalise_numbers(self, plan):
        """Bring chosen numbers into the form that gateways want."""
        recipients = []
        for recipient in plan.recipients:
            if recipient.channel == "sms":
                partner = recipient.partner or self.env["res.partner"]
                try:
                    number = partner._mailroom_e164(recipient.address, plan.company)
                    recipient = replace(recipient, address=number)
                except PhoneError as error:
                    name = recipient.name
                    plan.problems.append(self._bad_number(error, name, "block"))
            recipients.append(recipient)
        plan.recipients = once_each(recipients)

    def _bad_number(self, error, name, level):
        if error.code == "empty":
            return self._no_number(name, level)
        words = self.env["mailroom.words"]._phone(error, name)
        code = "landline" if error.code == "landline" else "bad_number"
        return Problem(code, level, words)

    def _no_number(self, name, level="block"):
        """Return the problem of a person without a number."""
        return Problem(
            "no_number",
            level,
            self.env._(
                "%s has no mobile number. Add one on the contact.",
                name or self.env._("The customer"),
            ),
        )

    # === PROBLEMS === #

    def _nobody(self, plan, wishes):
        # EXTENDS
        if "email" in wishes.channels or "sms" not in wishes.channels:
            return super()._nobody(plan, wishes)
        return self._no_number(plan.document.partner_id.display_name)

    def _plan_problems(self, plans, wishes):
        # EXTENDS: what is looked up is looked up once for all plans of a company
        members = {}
        for plan in plans:
            if texts(plan):
                members.setdefault(plan.company, []).append(plan)
        out = {c: self._opted_out(c, group) for c, group in members.items()}
        if wishes.recipients is None:
            self._leave_out(members, out)
        result = super()._plan_problems(plans, wishes)
        for company, group in members.items():
            problems = self._gateway_problems(company)
            for plan in filter(texts, group):
                plan.problems += self._text_problems(plan) + problems
                plan.problems += [
                    p for p in plan.sms_problems if p not in plan.problems
                ]
                plan.problems += self._quiet_problems(plan)
                if wishes.recipients is not None:
                    plan.problems += self._optout_problems(plan, out[company])
        return result

    def _opted_out(self, company, plans):
        numbers = {r.address for plan in plans for r in texts(plan)}
        return self.env["mailroom.optout"]._opted_out(company, numbers)

    def _leave_out(self, members, out):
        """Take out of proposals who wants no text messages, and say so."""
        for company, plans in members.items():
            for plan in plans:
                gone = [r for r in texts(plan) if r.address in out[company]]
                plan.recipients = [r for r in plan.recipients if r not in gone]
                plan.problems += [self._optout(recipient, "warn") for recipient in gone]

    def _text_problems(self, plan):
        if not (plan.sms_text or "").strip():
            words = self.env._("The text message is empty. Write a text.")
            return [Problem("sms_empty", "block", words)]
        length = measure(plan.document._mailroom_longest(plan.sms_text))
        limit = plan.company.mailroom_sms_max_parts
        if length.parts <= limit:
            return []
        words = self.env._(
            "The text message takes %(parts)s parts; %(company)s allows %(limit)s. "
            "Shorten it.",
            parts=length.parts,
            company=plan.company.name,
            limit=limit,
        )
        return [Problem("sms_too_long", "block", words)]

    def _gateway_problems(self, company):
        if self.env["mailroom.gateway"]._mailroom_gateway(company):
            return []
        words = self.env._(
            "%(company)s has no SMS gateway. The text message will be held and leaves "
            "as soon as there is one.",
            company=company.name,
        )
        return [Problem("no_gateway", "warn", words)]

    def _quiet_problems(self, plan):
        until = plan.company._mailroom_quiet_until(fields.Datetime.now())
        if not until or plan.not_before:
            return []
        return [Problem("quiet", "warn", self._quiet_words(plan, until))]

    def _quiet_words(self, plan, until):
        time = self.env["mailroom.words"]._time(until)
        if plan.automatic or plan.origin in ("rule", "batch"):
            return self.env._(
                "These are quiet hours: the text message waits until %s.", time
            )
        return self.env._(
            "These are quiet hours until %s. If you send it now, the text message "
            "leaves at once.",
            time,
        )

    def _optout_problems(self, plan, out):
        """A person may still send what the customer asked for, after a warning."""
        by_hand = plan.origin == "person" and not plan.automatic
        level = "warn" if by_hand and plan.purpose in ASKED_FOR else "block"
        return [self._optout(r, level) for r in texts(plan) if r.address in out]

    def _optout(self, recipient, level):
        words = self.env._(
            "%(name)s (%(number)s) wants no text messages.",
            name=recipient.name or recipient.address,
            number=recipient.address,
        )
        if level == "warn":
            return Problem("opted_out", "warn", words)
        hint = self.env._("Send an email instead, or take this number out.")
        return Problem("opted_out", "block", f"{words} {hint}")
