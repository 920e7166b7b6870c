from odoo import api, models
from odoo.exceptions import AccessError, UserError

# What may still be written once a protocol is done: how it is signed and told about,
# never what was done.
OPEN_FIELDS = {"sign_online"}
SIGNATURE = {"signature", "signed_by", "signed_on"}
# Written by the buttons only
PROGRAM_FIELDS = {"state", "number", "revision", "previous_id", "name"}


class MailroomProtocol(models.Model):
    """A protocol that is done is a fact: it is corrected by a new revision."""

    _inherit = "mailroom.protocol"

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse a protocol that says of itself that it is done."""
        for vals in vals_list:
            self._refuse_program_fields(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Refuse to change what is done."""
        self._refuse_program_fields(vals)
        locked = self.filtered(lambda protocol: protocol._is_locked_for(vals))
        if locked:
            raise UserError(
                self.env._(
                    "%s is done and locked. Press “Correct” to make a new revision.",
                    ", ".join(locked.mapped("name")),
                )
            )
        return super().write(vals)

    def _refuse_program_fields(self, vals):
        if not self.env.su and not PROGRAM_FIELDS.isdisjoint(vals):
            raise AccessError(
                self.env._(
                    "Number and state of a protocol are not written by hand. Use the "
                    "buttons “Mark as Done” and “Correct”."
                )
            )

    def _is_locked_for(self, vals):
        """Return whether a change concerns what may not change any more."""
        self.ensure_one()
        if self.state == "draft":
            return False
        names = {name for name in vals if name in self._locked_fields()}
        # Whoever is late with his signature may still give it, once.
        if not self.signature and self.state == "done":
            names -= SIGNATURE
        return bool(names)

    @api.model
    def _locked_fields(self):
        """Return the fields that hold what a protocol says."""
        bookkeeping = set()
        for name in ("portal.mixin", "mail.thread", "mail.activity.mixin"):
            bookkeeping.update(self.env[name]._fields)
        bookkeeping.update(self.env["mailroom.document"]._fields)
        return set(self._fields) - bookkeeping - OPEN_FIELDS - PROGRAM_FIELDS

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        for protocol in self:
            if protocol.state != "draft":
                raise UserError(
                    self.env._(
                        "%s is done and cannot be deleted. Press “Correct” to make a "
                        "new revision.",
                        protocol.name,
                    )
                )
