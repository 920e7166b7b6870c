from odoo import models

from ...tools.file_name import safe_file_name

KIND = "work_order"


class SaleOrder(models.Model):
    """The work order: the same order without prices, for who does the work and for who
    lets it be done."""

    _inherit = "sale.order"

    def _mailroom_usable_kinds(self):
        # EXTENDS 'mailroom.document'
        kinds = super()._mailroom_usable_kinds()
        return [*kinds, KIND] if self.state == "sale" else kinds

    def _mailroom_template_kinds(self):
        # EXTENDS 'mailroom.document'
        return [*super()._mailroom_template_kinds(), KIND]

    def _mailroom_kind_domain(self, kind):
        # EXTENDS 'mailroom.document'
        return super()._mailroom_kind_domain("order" if kind == KIND else kind)

    def _mailroom_is_work_order(self):
        """Return whether the paper at hand is the work order."""
        return self.env.context.get("mailroom_purpose") == KIND

    # === THE PAPER === #

    def _mailroom_report(self):
        # EXTENDS 'mailroom.document'
        if not self._mailroom_is_work_order():
            return super()._mailroom_report()
        # Reports are readable by everybody who may print; the action itself is not.
        return self.env.ref("mailroom.work_order_report").sudo()

    def _mailroom_file_name(self, lang=None):
        # EXTENDS 'mailroom.document'
        if not self._mailroom_is_work_order():
            return super()._mailroom_file_name(lang)
        order = self.with_context(lang=lang or self._mailroom_print_lang())
        return safe_file_name(order.env._("Work order %s", self.name), ".pdf")

    def _mailroom_work_order_visits(self):
        """Return ``[(when, who)]`` of the visits, as the work order prints them."""
        order = self._mailroom_for_values(self.env.lang)
        return [
            (
                order._mailroom_when(order._mailroom_visit_values(visit)),
                order._mailroom_visit_people(visit),
            )
            for visit in order._mailroom_visits(False)
        ]

    # === WHAT THE CUSTOMER SEES === #

    def _mailroom_content_for(self, purpose):
        # EXTENDS 'mailroom.document'
        if purpose != KIND:
            return super()._mailroom_content_for(purpose)
        content = self._mailroom_head_content(
            {
                "name": self.name,
                "partner_id": self.partner_id.name,
                "partner_shipping_id": self.partner_shipping_id.contact_address,
                "client_order_ref": self.client_order_ref,
                "mailroom_object_ids": ", ".join(
                    self.mailroom_object_ids.mapped("display_name")
                ),
                "note": self.note,
            }
        )
        lines = [self._mailroom_work_content(line) for line in self.order_line]
        content["order_line"] = {"label": "order_line", "lines": lines}
        return {**content, **self._mailroom_content_for("booking")}

    def _mailroom_work_content(self, line):
        """Return the content of a line of the work order: no prices."""
        values = {"name": line.name, "quantity": f"{line.product_uom_qty:g}"}
        return {
            "key": str(line.id),
            "label": (line.name or "").split("\n")[0][:60],
            "values": self._mailroom_head_content(values),
        }
