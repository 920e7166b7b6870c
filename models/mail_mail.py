from odoo import models


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _filter_mail_mail_servers(self, mail_servers):
        # EXTENDS 'mail': Odoo's own mail about a record leaves through the account of
        # the record's company or a system account, and through nobody's mailbox
        servers = super()._filter_mail_mail_servers(mail_servers)
        companies = self.record_company_id or self.env.company
        families = [self.env["ir.mail_server"]._mailroom_family(c) for c in companies]
        return servers.filtered(
            lambda s: (
                not s.mailroom_user_id
                and (
                    not s.mailroom_company_id
                    or all(s.mailroom_company_id in family for family in families)
                )
            )
        )
