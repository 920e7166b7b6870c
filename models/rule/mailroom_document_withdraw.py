from odoo import models
from odoo.fields import Domain


class MailroomDocumentWithdraw(models.AbstractModel):
    """What a rule has begun, and what is no longer true."""

    _inherit = "mailroom.document"

    def _mailroom_withdraw(self, rules=None):
        """Take back what rules ask about these documents and what they made wait.

        :param list rules: keys of rules, ``model,id``; None for all rules
        """
        firings = self._mailroom_unfinished(rules)
        firings.filtered(lambda f: f.state == "asked").state = "declined"
        withdrawn = firings._withdraw_lines()
        waiting = firings.dispatch_id.delivery_ids.filtered(
            lambda row: row.state == "held" and row.hold_reason == "minutes"
        )
        if waiting:
            waiting._cancel().dispatch_id._refresh_documents()
            withdrawn |= firings.filtered(
                lambda f: f.dispatch_id in waiting.dispatch_id
            )
        if withdrawn:
            self._mailroom_log_withdrawn(withdrawn)

    def _mailroom_unfinished(self, rules):
        """Return the ``mailroom.firing`` rows of what may not have left yet."""
        domain = (
            Domain("res_model", "=", self._name)
            & Domain("res_id", "in", self.ids)
            & Domain("state", "in", ["asked", "batch", "sent"])
        )
        if rules is not None:
            domain &= Domain("rule", "in", rules)
        # Written by the program: the document was moved by somebody who may.
        return self.env["mailroom.firing"].sudo().search(domain)

    def _mailroom_log_withdrawn(self, firings):
        notes = {
            firing.res_id: self.env._(
                "Rule “%(rule)s”: the message that still waited was taken back, "
                "because %(document)s has moved on.",
                rule=firing.name,
                document=firing.document_name,
            )
            for firing in firings
        }
        self.browse(notes)._message_log_batch(bodies=notes)
