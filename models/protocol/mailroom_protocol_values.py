from odoo import fields, models
from odoo.tools import html2plaintext, is_html_empty

from ...tools.day_words import interval
from ...tools.placeholder_value import Listing, Table


class MailroomProtocol(models.Model):
    """What the tags give for protocols, and how the paper prints it."""

    _inherit = "mailroom.protocol"

    def _mailroom_for_values(self, lang):
        # EXTENDS: a visit takes place where the facility is
        documents = super()._mailroom_for_values(lang)
        zone = self[:1].facility_id.mailroom_tz
        return documents.with_context(tz=zone) if zone else documents

    def _mailroom_kind_word(self):
        # EXTENDS
        return self.env._("Service protocol")

    def _mailroom_date(self):
        # OVERRIDE 'mailroom.document'
        return self.visit_start

    def _mailroom_amount(self, part):
        # OVERRIDE 'mailroom.document': a protocol has no prices
        return ""

    def _mailroom_order_reference(self):
        # OVERRIDE 'mailroom.document'
        return self.order_id.name

    def _mailroom_customer_reference(self):
        # OVERRIDE 'mailroom.document'
        return self.order_id.client_order_ref

    def _mailroom_contact(self):
        # OVERRIDE 'mailroom.document'
        return self.contact_id

    def _mailroom_billing(self):
        # OVERRIDE 'mailroom.document'
        return self.order_id.partner_invoice_id

    # === THE VISIT === #

    def _mailroom_visit_time(self):
        """Return from when to when the visit was: ``07:00 – 10:00``."""
        start = fields.Datetime.context_timestamp(self, self.visit_start)
        if not self.visit_stop:
            return self.env["ir.qweb.field.datetime"].value_to_html(
                self.visit_start, {"time_only": True, "hide_seconds": True}
            )
        stop = fields.Datetime.context_timestamp(self, self.visit_stop)
        if stop.date() == start.date():
            return interval(start.time(), stop.time(), self.env.lang)
        times = interval(start.time(), stop.time(), self.env.lang)
        return f"{times} ({self._mailroom_day(self.visit_stop)})"

    def _mailroom_signed_on(self):
        """Return when it was signed, as a person writes it."""
        return self.env["ir.qweb.field.datetime"].value_to_html(
            self.signed_on, {"hide_seconds": True}
        )

    def _mailroom_has_work(self):
        """Return whether there is work to show, be it a picture only."""
        return not is_html_empty(self.work_done)

    def _mailroom_work_text(self):
        """Return the work that was done as plain text."""
        text = html2plaintext(self.work_done or "", include_references=False)
        return text.strip()

    def _mailroom_remarks(self):
        """Return what the customer should know of the checklist, as a list."""
        return Listing(
            tuple(
                f"{check.name}: {check.remark or self._mailroom_result(check)}"
                for check in self.check_ids._found_wrong()
            )
        )

    def _mailroom_result(self, check):
        """Return the result of a checked point in words."""
        labels = check._fields["result"]._description_selection(self.env)
        return dict(labels).get(check.result, "")

    # === MATERIAL === #

    def _mailroom_line_table(self):
        # OVERRIDE 'mailroom.document': what and how much, no prices
        rows = tuple(
            (
                line.name,
                f"{self._mailroom_number_text(line.quantity)} {line.uom_id.name or ''}",
            )
            for line in self.material_ids
        )
        head = (self.env._("Description"), self.env._("Quantity"))
        return Table(head, rows, right=(1,)) if rows else ""

    def _mailroom_line_names(self):
        # OVERRIDE 'mailroom.document'
        names = (line.name.split("\n")[0] for line in self.material_ids)
        return Listing(tuple(names))
