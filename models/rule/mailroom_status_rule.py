from odoo import models


class MailroomStatusRule(models.AbstractModel):
    """The status lines name the rule that made a message."""

    _inherit = "mailroom.document"

    def _mailroom_message_line(self, dispatch, deliveries):
        # EXTENDS
        line = super()._mailroom_message_line(dispatch, deliveries)
        return {**line, "rule": dispatch.rule or ""}


class MailroomDeliveryTell(models.Model):
    """What the program sent by a rule and failed is for whoever looks after the
    document."""

    _inherit = "mailroom.delivery"

    def _user_to_remind(self):
        # EXTENDS
        user = super()._user_to_remind()
        document = self._document()
        if self.dispatch_id.rule and user._is_superuser() and document:
            return document._mailroom_responsible()
        return user
