from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.address import AddressError, parse_address

# What the settings of Mailroom are about; every change of these is logged.
SETTINGS = (
    "mailroom_tz",
    "mailroom_use_own_account",
    "mailroom_user_accounts",
    "mailroom_reply_to",
    "mailroom_reply_to_person",
    "mailroom_bcc",
    "mailroom_bcc_address",
    "mailroom_show_logo",
    "mailroom_show_address",
    "mailroom_show_social",
    "mailroom_show_context",
    "mailroom_send_at_once",
    "mailroom_offer_uploads",
    "mailroom_sms_sender",
    "mailroom_sms_max_parts",
    "mailroom_sms_daily_parts",
    "mailroom_sms_quiet",
    "mailroom_sms_quiet_from",
    "mailroom_sms_quiet_to",
    "mailroom_show_pictures",
    "mailroom_machine_in_file_name",
    "mailroom_posted_mode",
    "mailroom_posted_minutes",
    "mailroom_posted_template_ids",
    "mailroom_cap_user",
    "mailroom_cap_address",
)


class ResCompany(models.Model):
    """What each company decides about its mail."""

    _inherit = "res.company"

    mailroom_use_own_account = fields.Boolean(
        "Use Own Email Account",
        help="Everything this company sends leaves through its own account. Without a "
        "working one it waits; it never leaves through another.",
    )
    mailroom_user_accounts = fields.Boolean(
        "Users May Use Their Own Mailbox",
        help="What a user sends by hand leaves through the mailbox he has set up under "
        "My Preferences.",
    )
    mailroom_reply_to = fields.Char(
        "Answers Go To",
        help="Address in Reply-To. Left empty, answers go to the conversation in Odoo "
        "where a mail alias is set up, else to the company's address.",
    )
    mailroom_reply_to_person = fields.Boolean(
        "Answers Go to the Salesperson",
        help="The salesperson of the document stands in Reply-To.",
    )
    mailroom_bcc = fields.Boolean(
        "Blind Copy", help="One copy of every message; no recipient sees it."
    )
    mailroom_bcc_address = fields.Char("Blind Copy To")
    mailroom_show_logo = fields.Boolean("Show Logo", default=True)
    mailroom_show_address = fields.Boolean("Show Address and Phone", default=True)
    mailroom_show_social = fields.Boolean("Show Social Links", default=True)
    mailroom_show_context = fields.Boolean(
        "Show Message Context",
        default=True,
        help="An answer carries the message it answers.",
    )
    mailroom_send_at_once = fields.Boolean(
        "Send at Once",
        help="The Send button sends without a dialog when the customer has exactly one "
        "address and there is nothing to decide.",
    )
    mailroom_offer_uploads = fields.Boolean(
        "Include Uploaded Files When Sending",
        default=True,
        help="The dialog offers the files uploaded on the record; the sender ticks "
        "which go along.",
    )

    @api.constrains("mailroom_reply_to", "mailroom_bcc_address", "mailroom_bcc")
    def _check_mailroom_addresses(self):
        for company in self:
            texts = [company.mailroom_reply_to]
            if company.mailroom_bcc:
                texts.append(company.mailroom_bcc_address or " ")
            for text in filter(None, texts):
                try:
                    parse_address(text)
                except AddressError as error:
                    words = self.env["mailroom.words"]._address(error)
                    raise ValidationError(words) from error

    def write(self, vals):
        # EXTENDS 'base'
        names = [name for name in SETTINGS if name in vals]
        if not names:
            return super().write(vals)
        log = self.env["mailroom.setting.log"]
        before = log._snapshot(self, names)
        result = super().write(vals)
        log._log(self, before)
        if "mailroom_use_own_account" in names:
            # What was held for want of an account may have one now.
            self.env["mailroom.queue"]._wake()
        return result
