from odoo import fields, models


class MailroomCompanySettings(models.AbstractModel):
    """The settings of a company, for whatever form shows them."""

    _name = "mailroom.company.settings"
    _description = "Mail settings of a company"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    mailroom_use_own_account = fields.Boolean(
        related="company_id.mailroom_use_own_account", readonly=False
    )
    mailroom_account_id = fields.Many2one(related="company_id.mailroom_account_id")
    mailroom_sender = fields.Char(related="company_id.mailroom_sender")
    mailroom_user_accounts = fields.Boolean(
        related="company_id.mailroom_user_accounts", readonly=False
    )
    mailroom_reply_to = fields.Char(
        related="company_id.mailroom_reply_to", readonly=False
    )
    mailroom_reply_to_person = fields.Boolean(
        related="company_id.mailroom_reply_to_person", readonly=False
    )
    mailroom_bcc = fields.Boolean(related="company_id.mailroom_bcc", readonly=False)
    mailroom_bcc_address = fields.Char(
        related="company_id.mailroom_bcc_address", readonly=False
    )
    mailroom_show_logo = fields.Boolean(
        related="company_id.mailroom_show_logo", readonly=False
    )
    mailroom_show_address = fields.Boolean(
        related="company_id.mailroom_show_address", readonly=False
    )
    mailroom_show_social = fields.Boolean(
        related="company_id.mailroom_show_social", readonly=False
    )
    mailroom_show_context = fields.Boolean(
        related="company_id.mailroom_show_context", readonly=False
    )
    mailroom_send_at_once = fields.Boolean(
        related="company_id.mailroom_send_at_once", readonly=False
    )
    mailroom_offer_uploads = fields.Boolean(
        related="company_id.mailroom_offer_uploads", readonly=False
    )
    mailroom_sms_sender = fields.Char(
        related="company_id.mailroom_sms_sender", readonly=False
    )
    mailroom_sms_max_parts = fields.Integer(
        related="company_id.mailroom_sms_max_parts", readonly=False
    )
    mailroom_sms_daily_parts = fields.Integer(
        related="company_id.mailroom_sms_daily_parts", readonly=False
    )
    mailroom_sms_quiet = fields.Boolean(
        related="company_id.mailroom_sms_quiet", readonly=False
    )
    mailroom_sms_quiet_from = fields.Float(
        related="company_id.mailroom_sms_quiet_from", readonly=False
    )
    mailroom_sms_quiet_to = fields.Float(
        related="company_id.mailroom_sms_quiet_to", readonly=False
    )
    mailroom_posted_mode = fields.Selection(
        related="company_id.mailroom_posted_mode", readonly=False
    )
    mailroom_posted_minutes = fields.Integer(
        related="company_id.mailroom_posted_minutes", readonly=False
    )
    mailroom_posted_template_ids = fields.Many2many(
        related="company_id.mailroom_posted_template_ids", readonly=False
    )

    def action_mailroom_account(self):
        """Open the account of the company, or the form for a new one."""
        return self.company_id.action_mailroom_account()

    def action_mailroom_setting_log(self):
        """Show who changed what."""
        return self.env["ir.actions.act_window"]._for_xml_id(
            "mailroom.mailroom_setting_log_action"
        )
