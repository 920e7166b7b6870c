from odoo import models


class MailroomPointer(models.AbstractModel):
    """What stands for a document of any model, as ``res_model`` and ``res_id`` say."""

    _name = "mailroom.pointer"
    _description = "Points at a document"

    def action_open_document(self):
        """Open the document in its own form, with the user's own rights."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }
