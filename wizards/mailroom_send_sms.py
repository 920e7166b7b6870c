import re

from odoo import api, fields, models

from ..tools.plan import Recipient

SEPARATORS = re.compile(r"[,;\n]")


class MailroomSendSms(models.TransientModel):
    """Text messages in the dialog: to whom, what, and how long it gets (B13 to B15)."""

    _inherit = "mailroom.send"

    sms_possible = fields.Boolean(
        readonly=True, help="The company has a gateway for text messages."
    )
    other_numbers = fields.Char(
        help="More mobile numbers, separated by commas. No contact is made of them."
    )
    sms_text = fields.Text("Text Message")
    sms_length = fields.Char(compute="_compute_sms_length")
    any_sms = fields.Boolean(compute="_compute_any_sms")

    # === OPENING === #

    @api.model
    def _opening_wishes(self, document):
        # EXTENDS: numbers are proposed where there is a gateway to send through
        wishes = super()._opening_wishes(document)
        if self._sms_possible(document._mailroom_company()):
            wishes.channels = ("email", "sms")
        return wishes

    @api.model
    def _sms_possible(self, company):
        return bool(self.env["mailroom.gateway"]._mailroom_gateway(company))

    def _prepare_dialog_values(self, plan):
        # EXTENDS
        return {
            **super()._prepare_dialog_values(plan),
            "sms_possible": self._sms_possible(plan.company),
            "sms_text": plan.sms_text,
        }

    def _prepare_recipient_line(self, number, person, plan):
        # EXTENDS
        return {
            **super()._prepare_recipient_line(number, person, plan),
            "sms": person.sms_proposed and self._sms_possible(plan.company),
            "mobile": person.mobile,
        }

    # === LIVE === #

    @api.depends("sms_text")
    def _compute_sms_length(self):
        templates = self.env["mail.template"]
        for wizard in self:
            text = wizard.sms_text
            if text:
                text = wizard._document()._mailroom_longest_sms(text)
            wizard.sms_length = text and templates._mailroom_sms_words(text)

    @api.depends("recipient_ids.sms", "other_numbers")
    def _compute_any_sms(self):
        for wizard in self:
            ticked = any(wizard.recipient_ids.mapped("sms"))
            wizard.any_sms = ticked or bool(wizard.other_numbers)

    def _write_texts(self):
        # EXTENDS
        plan = super()._write_texts()
        self.sms_text = plan.sms_text
        return plan

    @api.depends(
        "recipient_ids.sms", "recipient_ids.mobile", "other_numbers", "sms_text"
    )
    def _compute_alerts(self):
        # EXTENDS: what numbers and text messages bring along
        return super()._compute_alerts()

    # === SENDING === #

    def _prepare_wishes(self, recipients):
        # EXTENDS
        wishes = super()._prepare_wishes(recipients)
        wishes.sms_text = self.sms_text or ""
        return wishes

    def _chosen_recipients(self):
        # EXTENDS: each number once; the planner says which of them are none
        recipients, problems = super()._chosen_recipients()
        nobody = self.env["res.partner"]
        numbers = {
            line.mobile or "": Recipient(
                line.mobile or "", line.name or "", line.partner_id._origin, "to", "sms"
            )
            for line in self.recipient_ids
            if line.sms
        }
        for text in SEPARATORS.split(self.other_numbers or ""):
            if number := text.strip():
                numbers.setdefault(number, Recipient(number, "", nobody, "to", "sms"))
        return [*recipients, *numbers.values()], problems


class MailroomSendRecipient(models.TransientModel):
    """Whether somebody gets a text message, and where."""

    _inherit = "mailroom.send.recipient"

    sms = fields.Boolean("By SMS")
    mobile = fields.Char()
