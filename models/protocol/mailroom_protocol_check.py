from odoo import fields, models

RESULTS = [("ok", "OK"), ("remark", "Remark"), ("not_ok", "Not OK")]


class MailroomProtocolCheck(models.Model):
    """A point that was looked at on the visit, or the heading of a section."""

    _name = "mailroom.protocol.check"
    _inherit = "mailroom.protocol.part"
    _description = "Checked Point of a Service Protocol"

    display_type = fields.Selection([("line_section", "Section")])
    name = fields.Char("Point", required=True)
    result = fields.Selection(RESULTS)
    remark = fields.Char()
    copied = fields.Boolean(readonly=True, help="Taken from a checklist.")

    def _is_untouched(self):
        """Return whether nobody has filled in or typed anything here."""
        return self.copied and not self.result and not (self.remark or "").strip()

    def _without_remark(self):
        """Return the points that say that something is wrong, but not what."""
        return self.filtered(
            lambda check: (
                check.result in ("remark", "not_ok")
                and not (check.remark or "").strip()
            )
        )

    def _found_wrong(self):
        """Return the points with something to say to the customer."""
        return self.filtered(lambda check: check.result in ("remark", "not_ok"))
