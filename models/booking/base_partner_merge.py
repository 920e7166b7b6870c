from odoo import api, models


class MergePartner(models.TransientModel):
    """Merging customers that have the same machine twice."""

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        # EXTENDS 'base'
        self._mailroom_fold_machines(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    @api.model
    def _mailroom_fold_machines(self, src_partners, dst_partner):
        """Make one of each two machines with the same number: the one of the customer
        who stays takes over the orders and protocols of the other, which is archived.
        """
        # As the merge itself: whatever the customers have, seen by the user or not.
        machines = self.env["mailroom.service.object"].sudo()
        customers = src_partners | dst_partner
        numbered = machines.search(
            [("partner_id", "in", customers.ids), ("number", "!=", False)]
        )
        for same in numbered.grouped(lambda m: (m.company_id, m.number)).values():
            kept = same.sorted(lambda m: (m.partner_id != dst_partner, m.id))[:1]
            doubles = same - kept
            if doubles:
                self._update_foreign_keys_generic(machines._name, doubles, kept)
                doubles.active = False
