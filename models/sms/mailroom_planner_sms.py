from dataclasses import replace

from odoo import fields, models

from ...tools.phone import PhoneError
from ...tools.plan import Problem, Recipient
from ...tools.sms_text import measure

# What the customer asked for, or that he must hear of, if a person sends it by hand
ASKED_FOR = ("document", "booking")


class MailroomPlannerSms(models.AbstractModel):
    """Text messages in a plan: to which numbers, and what stands in their way."""

    _inherit = "mailroom.planner"

    # === PEOPLE === #

    def _plan_recipients(self, plan, wishes):
        # EXTENDS
        super()._plan_recipients(plan, wishes)
        if wishes.recipients is None:
            if "email" not in wishes.channels:
                plan.recipients = []
                plan.problems = [p for p in plan.problems if p.code != "bad_address"]
            if "sms" in wishes.channels:
                self._propose_numbers(plan)
        else:
            self._normalise_numbers(plan)

    def _propose_numbers(self, plan):
        """Add a recipient for each person who gets text messages by default. Who does
        not want any is left out, and the plan says so."""
        proposed = []
        for person in (p for p in plan.people if p.sms_proposed):
            try:
                number = person.partner._mailroom_e164(person.mobile, plan.company)
            except PhoneError as error:
                plan.problems.append(self._bad_number(error, person.name, "warn"))
                continue
            proposed.append(
                Recipient(number, person.name, person.partner, channel="sms")
            )
        out = self._opted_out(plan, proposed)
        plan.problems += [self._optout(r, "warn") for r in proposed if r.address in out]
        plan.recipients += [r for r in proposed if r.address not in out]

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
        plan.recipients = recipients

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

    def _channel_problems(self, plan):
        # EXTENDS
        problems = super()._channel_problems(plan)
        texts = [r for r in plan.recipients if r.channel == "sms"]
        if texts:
            problems += self._text_problems(plan)
            problems += self._gateway_problems(plan)
            problems += self._optout_problems(plan, texts)
        return problems

    def _text_problems(self, plan):
        if not (plan.sms_text or "").strip():
            words = self.env._("The text message is empty. Write a text.")
            return [Problem("sms_empty", "block", words)]
        length, limit = measure(plan.sms_text), plan.company.mailroom_sms_max_parts
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

    def _gateway_problems(self, plan):
        problems = []
        if not self.env["mailroom.gateway"]._mailroom_gateway(plan.company):
            words = self.env._(
                "%(company)s has no SMS gateway. The text message will be held and "
                "leaves as soon as there is one.",
                company=plan.company.name,
            )
            problems.append(Problem("no_gateway", "warn", words))
        until = plan.company._mailroom_quiet_until(fields.Datetime.now())
        if until and not plan.not_before:
            problems.append(Problem("quiet", "warn", self._quiet_words(plan, until)))
        return problems

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

    def _opted_out(self, plan, recipients):
        numbers = {recipient.address for recipient in recipients}
        return self.env["mailroom.optout"]._opted_out(plan.company, numbers)

    def _optout_problems(self, plan, recipients):
        """A person may still send what the customer asked for, after a warning."""
        by_hand = plan.origin == "person" and not plan.automatic
        level = "warn" if by_hand and plan.purpose in ASKED_FOR else "block"
        out = self._opted_out(plan, recipients)
        return [self._optout(r, level) for r in recipients if r.address in out]

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
