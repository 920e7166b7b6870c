from odoo import fields, models


class IrMailServerHealth(models.Model):
    """A mail account is a carrier: up, cooling down or paused."""

    _name = "ir.mail_server"
    _inherit = ["ir.mail_server", "mailroom.carrier"]
    _mailroom_row_field = "account_id"
    _mailroom_rights = frozenset(
        {"active", "mailroom_company_id", "mailroom_user_id", "owner_user_id"}
        | {"smtp_authentication"}
    )

    mailroom_max_size = fields.Integer(
        "Size Limit (bytes)", readonly=True, copy=False, aggregator=None
    )

    def _mailroom_pause_notice(self):
        # OVERRIDE 'mailroom.carrier'
        trouble = self.env["mailroom.words"]._trouble(self.mailroom_reason)
        return self.env._("Sender account “%s” is paused", self.name), self.env._(
            "%(trouble)s %(count)s messages wait; they leave once the account works "
            "and somebody presses Resume.",
            trouble=trouble,
            count=self.mailroom_waiting,
        )

    def _mailroom_managers(self):
        # EXTENDS 'mailroom.carrier': a mailbox is its owner's own business
        return self._mailroom_owner() or super()._mailroom_managers()
