from odoo import models


class MailroomDocumentWithdraw(models.AbstractModel):
    """What a rule has begun, and what is no longer true."""

    _inherit = "mailroom.document"

    def _mailroom_withdraw(self, rules):
        """Take back what rules ask about these documents and what they made wait.

        :param list rules: keys of rules, ``model,id``
        """
        # Written by the program: the document was moved by somebody who may.
        firings = (
            self.env["mailroom.firing"]
            .sudo()
            .search(
                [
                    ("rule", "in", rules),
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("state", "in", ["asked", "sent"]),
                ]
            )
        )
        firings.filtered(lambda f: f.state == "asked").state = "declined"
        waiting = firings.dispatch_id.delivery_ids.filtered(
            lambda row: row.state == "held" and row.hold_reason == "minutes"
        )
        if waiting:
            waiting._cancel().dispatch_id._refresh_documents()
            self._mailroom_log_withdrawn(firings, waiting)

    def _mailroom_log_withdrawn(self, firings, waiting):
        notes = {
            firing.res_id: self.env._(
                "Rule “%s”: the message that still waited was taken back, because the "
                "order has moved on.",
                firing.name,
            )
            for firing in firings
            if firing.dispatch_id in waiting.dispatch_id
        }
        self.browse(notes)._message_log_batch(bodies=notes)
