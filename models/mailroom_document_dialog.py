import uuid

from odoo import models
from odoo.exceptions import UserError

from ..const import PURPOSE_OF_KIND


class MailroomDocumentDialog(models.AbstractModel):
    """From the document's Send button to the dialog, or straight to the outbox."""

    _inherit = "mailroom.document"

    def action_mailroom_send(self):
        """Open the dialog for this document."""
        self.ensure_one()
        return self._mailroom_dialog_action()

    def action_mailroom_message(self):
        """Open the dialog for free words about this document."""
        self.ensure_one()
        kind = self._mailroom_message_kind()
        return self.with_context(mailroom_template_kind=kind)._mailroom_dialog_action()

    def action_mailroom_with_template(self):
        """Open the dialog for a message whose text a person picks from templates."""
        self.ensure_one()
        asked = self.with_context(
            mailroom_template_kind="message", mailroom_pick_template=True
        )
        action = asked._mailroom_dialog_action()
        if not action:
            raise UserError(
                self.env._("%s is nothing that a customer gets.", self.display_name)
            )
        return action

    def _mailroom_message_kind(self):
        """Return the kind of template that free words about this document begin with.
        TO OVERRIDE."""
        return "message"

    def _mailroom_dialog_action(self):
        """Return the action of the Send button; False when Odoo's own should run.

        ``mailroom_template_kind`` in the context asks for another message than the
        document itself.
        """
        self.ensure_one()
        if not self._mailroom_kind() or not self.env.user._mailroom_may_send():
            return False
        asked_for = self.env.context.get("mailroom_template_kind")
        sent = not asked_for and self._mailroom_send_at_once()
        if sent:
            return sent._queued_notification()
        wizard = self.env["mailroom.send"]._open_for(self)
        return {
            "name": self._mailroom_dialog_title(asked_for),
            "type": "ir.actions.act_window",
            "res_model": "mailroom.send",
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def _mailroom_dialog_title(self, kind):
        """Return the title of the dialog.

        :param kind: kind of template that was asked for, nothing for the document
        """
        number = self._mailroom_number()
        if PURPOSE_OF_KIND.get(kind) == "message":
            return self.env._("Message about %s", number)
        return self.env._("Send %s", number)

    def _mailroom_send_at_once(self):
        """Send without asking when the company wants that and there is nothing to
        decide: one possible address, nothing wrong, not sent before.

        :return: the dispatch, empty when a person must look first
        """
        nothing = self.env["mailroom.dispatch"]
        if not self._mailroom_company().mailroom_send_at_once:
            return nothing
        if self.mailroom_state != "not_sent":
            return nothing
        (plan,) = self.env["mailroom.planner"]._plan(self)
        possible = {p.email.casefold() for p in plan.people if p.email}
        if len(possible) != 1 or len(plan.recipients) != 1 or plan.problems:
            return nothing
        return self.env["mailroom.dispatch"]._send([plan])

    def _mailroom_button(self, partner=None):
        """Return ``(url, label)`` of the button in the mail, ``("", "")`` for none.

        The link opens the document without a login, so that only people of the
        customer get it, never a one-off address.
        """
        self.ensure_one()
        customer = self.partner_id.commercial_partner_id
        if not partner or partner.commercial_partner_id not in (
            customer | self._mailroom_other_customers()
        ):
            return "", ""
        self._mailroom_ensure_link()
        # A page that is only looked at makes no token, and shows the plain address.
        url = self._mailroom_plain_link()
        if self.sudo().access_token:
            url = f"{self.get_base_url()}{self.get_portal_url()}"
        return url, self._mailroom_button_label()

    def _mailroom_button_label(self):
        """Return what the button in the mail asks its reader to do."""
        labels = {
            "quotation": self.env._("View quotation"),
            "order": self.env._("View order"),
            "invoice": self.env._("View invoice"),
            "credit_note": self.env._("View credit note"),
        }
        return labels.get(self._mailroom_kind(), self.env._("View"))

    def _mailroom_ensure_link(self):
        """Make the tokens of the links that open the documents without a login."""
        if self.env.cr.readonly:
            return
        # The sender need not be able to write, and nothing the customer sees changes.
        documents = self.sudo()
        for document in documents.filtered(lambda document: not document.access_token):
            # Past the model's own ``write``: an invoice goes through its bookkeeping
            # there, each time, and the token is none of it.
            document._fields["access_token"].write(document, str(uuid.uuid4()))

    def _mailroom_other_customers(self):
        """Return customers besides the document's own whose people get the link."""
        customers = self.env["res.partner"]
        for _role, partner in self._mailroom_partners():
            customers |= partner.commercial_partner_id
        return customers
