import logging
import re
from dataclasses import replace

from psycopg2 import OperationalError

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_list

from ...tools.address import split_addresses
from ...tools.plan import Problem, Recipient

_logger = logging.getLogger(__name__)

SMS_NUMBER = re.compile(r"\+[0-9 ]+")
# Said of what was sent before; the latter are not sent again by themselves.
REPEATS = {"sent_before", "changed", "failed_before"}
LEFT_OUT = {"sent_before"}


class MailroomBatchLineCheck(models.Model):
    """What would leave for a line, written down for the page."""

    _inherit = "mailroom.batch.line"

    def _check(self):
        """Plan and judge these lines, of one batch, with a fixed number of queries.

        One bad document stops nobody else's: what fails together is looked at alone.
        """
        if not self:
            return
        lines = self.batch_id._speaking(self)
        try:
            with self.env.cr.savepoint():
                lines._check_together()
        except OperationalError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it hits these only
            for line in lines if len(lines) > 1 else ():
                line._check()
            if len(lines) == 1:
                lines._write_problems([lines._error_problem(error)])

    def _error_problem(self, error):
        """Return an error as what it means to a person."""
        if isinstance(error, UserError):
            return Problem("error", "block", str(error))
        _logger.error("mailroom.batch line=%s failed", self.id, exc_info=error)
        words = self.env._(
            "%(document)s could not be made ready (%(error)s).",
            document=self.document_name,
            error=type(error).__name__,
        )
        return Problem("error", "block", words)

    def _check_again(self):
        """Look at lines that a person has changed or mended something about."""
        self._check()
        for batch in self.batch_id:
            batch._note_repeats()
            batch._announce()

    def _check_together(self):
        batch = self.batch_id
        plans = batch._plan_lines(self)
        facts = batch._facts(plans)
        for line in self:
            if line in plans:
                line._write_plan(plans[line], facts)
            else:
                line._write_problems([line._gone_problem()])

    def _gone_problem(self):
        return Problem(
            "gone", "block", self.env._("%s was deleted.", self.document_name)
        )

    def _write_problems(self, problems):
        """Store what is wrong with a line and the light that follows from it."""
        levels = {problem.level for problem in problems}
        light = "red" if "block" in levels else "amber" if levels else "green"
        ordered = sorted(problems, key=lambda problem: problem.level != "block")
        self.write(
            {
                "problems": [
                    {"code": p.code, "level": p.level, "message": p.message}
                    for p in ordered
                ],
                "own_light": light,
                "light": light,
            }
        )

    def _write_plan(self, plan, facts):
        """Store what would leave, and what is wrong with it."""
        problems = self._judge(plan, facts)
        codes = {problem.code for problem in problems}
        self.write(
            {
                **self._prepare_plan_values(plan),
                **self._prepare_tick(codes),
                "resend": bool(codes & REPEATS),
            }
        )
        self._write_problems(problems)

    def _prepare_tick(self, codes):
        """Return whether the line is to be sent: nobody gets the same thing twice
        unless somebody who knows of it says so."""
        known = {problem["code"] for problem in self.problems or []}
        if self.own_selected and not (codes - known) & LEFT_OUT:
            return {}
        return {"selected": not codes & LEFT_OUT, "own_selected": False}

    def _prepare_plan_values(self, plan):
        """Return what the page shows of a plan."""
        files = [file.name for file in plan.files if file.selected]
        recipients = ", ".join(recipient.address for recipient in plan.recipients)
        if self.own_recipients and self._typed_recipients()[1]:
            # What is wrong stays where it was typed, or nobody would know.
            recipients = self.recipients
        return {
            "document_name": plan.document._mailroom_number(),
            "recipients": recipients,
            "channel": self._channel_words(plan),
            "lang": plan.lang,
            "template_id": plan.template.id if plan.template else False,
            "account_name": plan.account._mailroom_label(plan.company)
            if plan.account
            else False,
            "file_names": format_list(self.env, files) if files else False,
            "subject": plan.subject,
        }

    def _channel_words(self, plan):
        words = {"email": self.env._("Email"), "sms": self.env._("SMS")}
        channels = dict.fromkeys(recipient.channel for recipient in plan.recipients)
        return " + ".join(words[channel] for channel in channels)

    # === WISHES === #

    def _wish_key(self):
        """Return what lines planned together have in common."""
        return (
            self.res_model,
            self.own_template and self.template_id.id,
            self.own_lang and self.lang,
            self.own_recipients and (self.recipients or ""),
        )

    def _wishes(self):
        """Return what the batch, and a person on this line, want.

        :return: the wishes, and problems of what he typed
        :rtype: tuple[Wishes, list[Problem]]
        """
        wishes, problems = self.batch_id._wishes(), []
        if self.own_template:
            wishes.template = self.template_id or None
        if self.own_lang:
            wishes.lang = self.lang
        if self.own_recipients:
            wishes.recipients, problems = self._typed_recipients()
        return wishes, problems

    def _typed_recipients(self):
        """Return the recipients a person has typed, and what is no address."""
        texts, numbers = [], []
        for text in (self.recipients or "").replace(";", ",").split(","):
            number = SMS_NUMBER.fullmatch(text.strip())
            (numbers if number else texts).append(text.strip())
        addresses, errors = split_addresses(",".join(filter(None, texts)))
        planner = self.env["mailroom.planner"]
        recipients = [Recipient(a.email, a.name) for a in addresses]
        recipients += [
            Recipient(number.replace(" ", ""), channel="sms") for number in numbers
        ]
        unique = {r.address.casefold(): r for r in recipients}
        return list(unique.values()), [planner._bad_address(e) for e in errors]

    def _name_recipients(self, plan):
        """Say who stands behind an address that a person has typed."""
        known = {p.email.casefold(): p for p in plan.people if p.email}
        known |= {p.mobile: p for p in plan.people if p.mobile}
        # Lines with the same addresses share the wishes, not who stands behind them.
        plan.recipients = [replace(recipient) for recipient in plan.recipients]
        for recipient in plan.recipients:
            person = known.get(recipient.address.casefold())
            if person and not recipient.partner:
                recipient.partner = person.partner
                recipient.name = recipient.name or person.name
