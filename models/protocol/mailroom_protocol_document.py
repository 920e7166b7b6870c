from odoo import api, models
from odoo.fields import Domain

from ...tools.file_name import NAME_LIMIT, safe_file_name


class MailroomProtocol(models.Model):
    """Protocols as documents that can be sent."""

    _inherit = "mailroom.protocol"

    # === WHAT IT IS === #

    def _mailroom_kind(self):
        # OVERRIDE 'mailroom.document'
        self.ensure_one()
        return "protocol"

    def _mailroom_number(self):
        # OVERRIDE 'mailroom.document'
        return self.name

    @api.model
    def _mailroom_template_kinds(self):
        # OVERRIDE 'mailroom.document'
        return ["protocol", "message"]

    @api.model
    def _mailroom_kind_domain(self, kind):
        # OVERRIDE 'mailroom.document'
        return Domain("state", "=", "done") if kind == "protocol" else Domain.TRUE

    # === WHOM TO SEND TO === #

    def _mailroom_partners(self):
        # OVERRIDE 'mailroom.document'
        return [
            ("contact", self.contact_id),
            ("facility", self.facility_id),
            ("customer", self.partner_id),
        ]

    def _mailroom_option_name(self):
        # OVERRIDE 'mailroom.document'
        return "mailroom_send_protocol"

    # === WHAT TO SEND === #

    def _mailroom_report(self):
        # OVERRIDE 'mailroom.document'
        # Reports are readable by everybody who may print; the action itself is not.
        return self.env.ref("mailroom.protocol_report").sudo()

    def _mailroom_file_name(self, lang=None):
        # OVERRIDE 'mailroom.document'
        parts = [self.name]
        if self.company_id.mailroom_machine_in_file_name:
            parts += self._mailroom_machine_numbers()
        # Many machines make a long name; the number comes first and stays.
        return safe_file_name(" ".join(parts)[:NAME_LIMIT], ".pdf")

    def _mailroom_machine_numbers(self):
        """Return the numbers of the machines that were looked after."""
        return [number for number in self.object_ids.mapped("number") if number]

    def _mailroom_related_documents(self):
        # OVERRIDE 'mailroom.document'
        return [self.order_id]

    def _mailroom_blockers(self):
        # OVERRIDE 'mailroom.document'
        sentences = {
            "draft": self.env._(
                "%s is not done yet. Press “Mark as Done” on the protocol first.",
                self.name,
            ),
            "superseded": self.env._(
                "%s was replaced by a correction and cannot be sent.", self.name
            ),
        }
        return [(self.state, sentences[self.state])] if self.state in sentences else []

    # === WHERE THE CUSTOMER LOOKS AT IT === #

    def _mailroom_button(self, partner=None):
        # EXTENDS: leads to where the customer signs
        url, label = super()._mailroom_button(partner)
        return f"{url}#sign" if url and self.may_be_signed else url, label

    def _mailroom_button_label(self):
        # OVERRIDE 'mailroom.document': what the customer is asked to do (E1)
        if self.may_be_signed:
            return self.env._("Sign the protocol")
        return self.env._("View service protocol")

    def _mailroom_link(self, what="portal"):
        # EXTENDS: nothing to sign, no link to sign it
        if what == "sign" and not self.may_be_signed:
            return ""
        return super()._mailroom_link(what)

    def _mailroom_link_anchors(self):
        # OVERRIDE 'mailroom.document'
        return {"sign": "#sign"}
