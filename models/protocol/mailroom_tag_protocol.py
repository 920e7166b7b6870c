from odoo import api, models

from ...tools.tag_spec import TagSpec

KINDS = ("protocol",)


class MailroomTagProtocol(models.AbstractModel):
    """Tags of service protocols only."""

    _inherit = "mailroom.tag"

    @api.model
    def _specs(self):
        # EXTENDS: when who did what
        group = self.env._("Visit")
        return [
            *super()._specs(),
            *self._date_specs(
                "Visit.Date",
                group,
                self.env._("Day of the visit"),
                lambda d: d.visit_start,
                kinds=KINDS,
            ),
            *(
                TagSpec(name, group, label, value, kinds=KINDS)
                for name, (label, value) in self._protocol_tags().items()
            ),
        ]

    def _protocol_tags(self):
        """Return ``{name: (label, function on a protocol)}``."""
        return {
            "Visit.Time": (
                self.env._("From when to when the visit was"),
                lambda d: d._mailroom_visit_time(),
            ),
            "Technician": (
                self.env._("Name of the technician"),
                lambda d: d.user_id.name,
            ),
            "WorkDone": (
                self.env._("What was done, as plain text"),
                lambda d: d._mailroom_work_text(),
            ),
            "Remarks": (
                self.env._("List of the remarks of the checklist"),
                lambda d: d._mailroom_remarks(),
            ),
            "ServiceObjects": (
                self.env._("The machines, separated by commas"),
                lambda d: ", ".join(d.object_ids.mapped("display_name")),
            ),
            "MachineNumbers": (
                self.env._("Numbers of the machines, separated by commas"),
                lambda d: ", ".join(d._mailroom_machine_numbers()),
            ),
            "SignedBy": (
                self.env._("Who signed, empty when nobody did"),
                lambda d: d.signed_by if d.signature else "",
            ),
            "Replaces": (
                self.env._("Number of the protocol that this one corrects"),
                lambda d: d.previous_id.name,
            ),
        }
