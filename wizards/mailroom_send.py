from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..tools.address import split_addresses
from ..tools.plan import Recipient, Wishes


class MailroomSend(models.TransientModel):
    """The dialog behind every Send button: one plan, shown and changed by a person."""

    _name = "mailroom.send"
    _description = "Send a document"

    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        model_field="res_model", required=True, readonly=True
    )
    document_name = fields.Char(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    template_id = fields.Many2one("mail.template")
    lang = fields.Selection(
        selection=lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        required=True,
    )
    account = fields.Selection(selection="_selection_account", string="From")
    recipient_ids = fields.One2many("mailroom.send.recipient", "wizard_id")
    other_addresses = fields.Char(
        help="More addresses, separated by commas. No contact is made of them."
    )
    cc_addresses = fields.Char(
        "Cc",
        help="Copies, separated by commas. Everybody then sees who else got it.",
    )
    subject = fields.Char(required=True)
    body = fields.Html(sanitize="email_outgoing", sanitize_style=True)
    file_ids = fields.One2many("mailroom.send.file", "wizard_id")
    upload_ids = fields.Many2many("ir.attachment", string="From Your Computer")
    alerts = fields.Json(compute="_compute_alerts")
    preview = fields.Text(compute="_compute_preview")
    opened_for = fields.Char(readonly=True)
    purpose = fields.Char(readonly=True)

    # === OPENING === #

    @api.model
    def _selection_account(self):
        """Return the accounts that may carry mail of the user's companies."""
        # Users may not read mail servers; they see names and addresses only.
        servers = self.env["ir.mail_server"].sudo().search([("active", "=", True)])
        labels = {}
        # A document of any of the user's companies must find its account here.
        for company in self.env.companies:
            for server in servers:
                if server._mailroom_may_carry(company, self.env.user):
                    labels.setdefault(server.id, server._mailroom_label(company))
        return [(str(key), label) for key, label in labels.items()]

    @api.model
    def _open_for(self, document):
        """Create the dialog for a document, filled with what the plan proposes.

        :param document: one record that inherits ``mailroom.document``
        :rtype: mailroom.send
        """
        document.check_access("read")
        # Made here, because the preview is rendered where nothing may be written.
        document._mailroom_ensure_link()
        wishes = self._opening_wishes(document)
        (plan,) = self.env["mailroom.planner"]._plan(document, wishes)
        return self.create(self._prepare_dialog_values(plan))

    @api.model
    def _opening_wishes(self, document):
        """Return what whoever opened the dialog wants, besides the document itself.

        :rtype: Wishes
        """
        return Wishes()

    def _prepare_dialog_values(self, plan):
        """Return the values of the dialog for a plan."""
        document = plan.document
        return {
            "res_model": document._name,
            "res_id": document.id,
            "document_name": document._mailroom_number(),
            "company_id": plan.company.id,
            "template_id": plan.template.id if plan.template else False,
            "lang": plan.lang,
            "account": str(plan.account.id) if plan.account else False,
            "subject": plan.subject,
            "body": plan.body,
            "recipient_ids": self._prepare_recipient_lines(plan),
            "file_ids": self._prepare_file_lines(plan),
            "opened_for": plan.purpose,
            **self._prepare_history(document, plan.purpose),
        }

    def _prepare_recipient_lines(self, plan):
        return [
            Command.create(self._prepare_recipient_line(number, person, plan))
            for number, person in enumerate(plan.people)
        ]

    def _prepare_recipient_line(self, number, person, plan):
        return {
            "sequence": number,
            "selected": person.proposed,
            "partner_id": person.partner.id,
            "name": person.name,
            "email": person.email,
            "phone": person.phone,
            "reason": person.reason,
        }

    # === LIVE === #

    def _purpose_without_template(self):
        """Return what the message is when no template says it."""
        return self.opened_for or "document"

    def _document(self):
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id)

    @api.onchange("lang", "template_id")
    def _onchange_texts(self):
        """Follow the language and the template."""
        self._write_texts()

    def _write_texts(self):
        """Write subject and body anew in the other language or from the other
        template.

        :return: the plan they were taken from
        """
        (plan,) = self.env["mailroom.planner"]._plan(
            self._document(),
            Wishes(
                lang=self.lang,
                template=self.template_id._origin,
                purpose=self._purpose_without_template(),
            ),
        )
        self.subject, self.body = plan.subject, plan.body
        if plan.purpose != self.purpose:
            self.update(self._prepare_history(plan.document, plan.purpose))
        return plan

    @api.depends(
        "recipient_ids.selected",
        "recipient_ids.role",
        "other_addresses",
        "cc_addresses",
        "account",
        "template_id",
        "lang",
        "subject",
        "body",
    )
    def _compute_alerts(self):
        for wizard in self:
            problems = wizard._plan_now().problems
            levels = {"block": "danger", "warn": "warning"}
            wizard.alerts = {
                f"{problem.code}_{number}": {
                    "level": levels[problem.level],
                    "message": problem.message,
                }
                for number, problem in enumerate(problems)
            } or False

    @api.depends("subject", "body", "lang", "recipient_ids.selected")
    def _compute_preview(self):
        layout = self.env["mailroom.layout"]
        for wizard in self:
            chosen = wizard.recipient_ids.filtered("selected")[:1].partner_id
            html = layout._render(
                wizard._document(),
                wizard.body,
                subject=wizard.subject,
                lang=wizard.lang,
                partner=chosen._origin or chosen,
            )
            wizard.preview = layout._preview(html, wizard.company_id)

    # === SENDING === #

    def _plan_now(self):
        """Return the plan as the dialog stands."""
        recipients, problems = self._chosen_recipients()
        (plan,) = self.env["mailroom.planner"]._plan(
            self._document(), self._prepare_wishes(recipients)
        )
        plan.problems = problems + plan.problems
        return plan

    def _prepare_wishes(self, recipients):
        """Return what the person wants different from the proposal.

        :rtype: Wishes
        """
        account = self.env["ir.mail_server"].sudo().browse(int(self.account or 0))
        return Wishes(
            lang=self.lang,
            template=self.template_id._origin,
            account=account.exists() if self.account else None,
            subject=self.subject or "",
            body=self.body or "",
            recipients=recipients,
            files=self._chosen_files(),
            resend_of=self.resend_of or {},
            purpose=self._purpose_without_template(),
            resend_reason=self.sent_before or "",
        )

    def _chosen_recipients(self):
        """Return the chosen recipients, each address once, and what is no address."""
        planner = self.env["mailroom.planner"]
        sources = [
            (line.email, line.role, line.name, line.partner_id._origin)
            for line in self.recipient_ids
            if line.selected
        ]
        nobody = self.env["res.partner"]
        sources.append((self.other_addresses, "to", "", nobody))
        sources.append((self.cc_addresses, "cc", "", nobody))
        recipients, problems = {}, []
        for text, role, name, partner in sources:
            addresses, errors = split_addresses(text)
            problems += [planner._bad_address(error) for error in errors]
            if partner and not addresses and not errors:
                problems.append(planner._no_address(name or partner.display_name))
            for address in addresses:
                recipients.setdefault(
                    address.email.casefold(),
                    Recipient(address.email, address.name or name or "", partner, role),
                )
        return list(recipients.values()), problems

    def action_send(self):
        """Send as the dialog stands: write the outbox rows and wake the queue."""
        self.ensure_one()
        self._check_account()
        dispatch = self.env["mailroom.dispatch"]._send([self._plan_now()])
        return dispatch._queued_notification()

    def _check_account(self):
        account = self.env["ir.mail_server"].sudo().browse(int(self.account or 0))
        company = self._document()._mailroom_company()
        if account and not account._mailroom_may_carry(
            company, self.env.user, self.template_id
        ):
            raise UserError(
                self.env._(
                    "The account “%(account)s” may not carry mail of %(company)s. "
                    "Choose another one under “From”.",
                    account=account.name,
                    company=company.name,
                )
            )
