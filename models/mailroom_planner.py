from odoo import api, models

from ..tools.address import AddressError, parse_address, split_addresses
from ..tools.file_name import safe_file_name
from ..tools.plan import File, Plan, Problem, Recipient, Wishes


class MailroomPlanner(models.AbstractModel):
    """From documents and wishes to plans: it reads, renders and decides; it writes
    nothing. The dialog shows one plan, a batch many, a rule acts on one."""

    _name = "mailroom.planner"
    _description = "Planner of messages"

    @api.model
    def _plan(self, documents, wishes=None):
        """Say what would leave for each document.

        :param documents: recordset of one model that inherits ``mailroom.document``
        :param Wishes wishes: what is wanted different from the proposal
        :return: one plan per document, in their order
        :rtype: list[Plan]
        """
        wishes = wishes or Wishes()
        plans = [self._start_plan(document, wishes) for document in documents]
        self._plan_senders(plans, documents, wishes)
        self._plan_texts(plans, wishes)
        for plan in plans:
            self._plan_recipients(plan, wishes)
            self._plan_files(plan, wishes)
        self._plan_problems(plans, wishes)
        return plans

    def _start_plan(self, document, wishes):
        company = document._mailroom_company()
        template = wishes.template
        if template and not document._mailroom_accepts(template):
            template = None
        if template is None:
            template = self._template_by_itself(document, wishes)
        purpose = self._purpose(template, wishes)
        return Plan(
            document=document,
            kind=document._mailroom_kind(),
            company=company,
            lang=wishes.lang
            or self._lang(document._mailroom_for_purpose(purpose), template),
            template=template,
            purpose=purpose,
            origin=wishes.origin,
            automatic=wishes.automatic,
            rule=wishes.rule,
            not_before=wishes.not_before,
            batch=wishes.batch,
            # Words about a document do not take the place of the document.
            resend_of=wishes.resend_of if purpose != "message" else {},
            resend_reason=wishes.resend_reason,
        )

    def _template_by_itself(self, document, wishes):
        """Return the template a message gets when nobody has picked one."""
        if wishes.kind:
            document = document.with_context(mailroom_lang=wishes.lang)
            return document._mailroom_template_of(wishes.kind)
        return document._mailroom_template_in(wishes.lang)

    # === PEOPLE === #

    def _plan_recipients(self, plan, wishes):
        document = plan.document._mailroom_for_purpose(plan.purpose)
        plan.people = document._mailroom_people()
        if wishes.recipients is not None:
            plan.recipients = wishes.recipients
            return
        for person in plan.people:
            if person.proposed:
                plan.recipients += self._recipients_of(person, plan)

    def _recipients_of(self, person, plan):
        """Return a recipient per address of a person; what is no address is a
        problem that names the text."""
        addresses, errors = split_addresses(person.email)
        plan.problems += [self._bad_address(error) for error in errors]
        return [
            Recipient(address.email, address.name or person.name, person.partner)
            for address in addresses
        ]

    def _bad_address(self, error):
        """Return the problem of a text that is no address."""
        return Problem(
            "bad_address", "block", self.env["mailroom.words"]._address(error)
        )

    def _no_address(self, name):
        """Return the problem of a chosen person without an address."""
        return Problem(
            "no_address",
            "block",
            self.env._(
                "%s has no email address. Add one on the contact, or type one under "
                "“Other addresses”.",
                name,
            ),
        )

    # === FILES === #

    def _plan_files(self, plan, wishes):
        if wishes.files is not None:
            plan.files = wishes.files
            return
        document = plan.document._mailroom_for_purpose(plan.purpose)
        if document._mailroom_has_paper():
            name = plan.file_name and safe_file_name(plan.file_name, ".pdf")
            if not name:
                name = document._mailroom_pdf_name(plan.lang, plan.template)
            # Free words about a document go without it, unless somebody asks for it.
            wanted = self._brings_document(plan.template, plan.purpose)
            plan.files.append(self._main_file(plan, name, wanted))
        plan.files += [
            File(attachment.name, attachment=attachment)
            for attachment in plan.template.sudo().attachment_ids
        ]

    def _brings_document(self, template, purpose):
        """Return whether the PDF goes along unless somebody says otherwise."""
        reminder = template.sudo().mailroom_kind == "payment_reminder"
        return purpose != "message" or reminder

    def _main_file(self, plan, name, selected):
        return File(
            name,
            document=plan.document,
            main=True,
            selected=selected,
            purpose=plan.purpose,
        )

    # === PROBLEMS === #

    def _plan_problems(self, plans, wishes):
        """Say what is wrong with plans. TO EXTEND for other channels."""
        for plan in plans:
            plan.problems += self._find_problems(plan, wishes)

    def _find_problems(self, plan, wishes):
        """Return what is wrong with a plan, in words."""
        document = plan.document._mailroom_for_purpose(plan.purpose)
        problems = [
            Problem(code, "block", sentence)
            for code, sentence in document._mailroom_blockers()
        ]
        if not plan.recipients and not plan.blocked:
            problems.append(self._nobody(plan, wishes))
        return problems + self._mail_problems(plan)

    def _nobody(self, plan, wishes):
        """Return the problem that there is nobody to send to. TO EXTEND."""
        name = plan.document.partner_id.display_name or self.env._("The customer")
        return self._no_address(name)

    def _mail_problems(self, plan):
        """Return what stands in the way of mail."""
        mails = [r for r in plan.recipients if r.channel == "email"]
        by_mail = mails or not plan.recipients
        problems = list(plan.text_problems) if by_mail else []
        if not plan.account and by_mail:
            problems.append(
                Problem(
                    "no_account",
                    "warn",
                    self.env._(
                        "%(company)s has no sender account. The message will be held "
                        "and leaves as soon as there is one.",
                        company=plan.company.name,
                    ),
                )
            )
        for recipient in mails:
            try:
                parse_address(recipient.address)
            except AddressError as error:
                problems.append(self._bad_address(error))
        return problems
