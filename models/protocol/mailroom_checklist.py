from odoo import fields, models


class MailroomChecklist(models.Model):
    """What is looked at on a kind of visit: its lines are copied into a protocol."""

    _name = "mailroom.checklist"
    _description = "Checklist for Service Protocols"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        default=lambda self: self.env.company,
        index="btree_not_null",
        help="Empty: all companies.",
    )
    line_ids = fields.One2many(
        "mailroom.checklist.line", "checklist_id", "Points", copy=True
    )


class MailroomChecklistLine(models.Model):
    """A point of a checklist, or the heading of a section of it."""

    _name = "mailroom.checklist.line"
    _description = "Point of a Checklist"
    _order = "sequence, id"

    checklist_id = fields.Many2one(
        "mailroom.checklist", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    display_type = fields.Selection([("line_section", "Section")])
    name = fields.Char("Point", required=True, translate=True)

    def _prepare_check(self):
        """Return the values of this point in a protocol."""
        self.ensure_one()
        return {
            "sequence": self.sequence,
            "display_type": self.display_type,
            "name": self.name,
            "copied": True,
        }
