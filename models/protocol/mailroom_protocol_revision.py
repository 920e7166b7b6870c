from odoo import api, fields, models
from odoo.exceptions import UserError


class MailroomProtocol(models.Model):
    """A correction is a new revision; the earlier one stays as the customer had it."""

    _inherit = "mailroom.protocol"

    previous_id = fields.Many2one(
        "mailroom.protocol",
        "Replaces",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    next_ids = fields.One2many("mailroom.protocol", "previous_id", "Later Revisions")
    next_id = fields.Many2one(
        "mailroom.protocol", "Replaced By", compute="_compute_next_id"
    )
    correction_notice = fields.Char(compute="_compute_correction_notice")

    @api.depends("next_ids")
    def _compute_next_id(self):
        for protocol in self:
            protocol.next_id = protocol.next_ids[:1]

    @api.depends("previous_id.mailroom_state", "mailroom_state", "state")
    def _compute_correction_notice(self):
        for protocol in self:
            earlier = protocol.previous_id
            has_earlier = earlier.mailroom_state not in (False, "not_sent")
            unsent = protocol.mailroom_state == "not_sent"
            protocol.correction_notice = (
                protocol._correction_words() if has_earlier and unsent else False
            )

    def _correction_words(self):
        return self.env._(
            "The customer has %(earlier)s. This correction was not sent yet.",
            earlier=self.previous_id.name,
        )

    def action_correct(self):
        """Make a new revision that replaces this protocol, and open it.

        :return: the action that opens the new revision
        :raise UserError: the protocol is not done, or was corrected already
        """
        self.ensure_one()
        self.check_access("write")
        if self.state != "done":
            raise UserError(
                self.env._(
                    "Only a protocol that is done is corrected; %s is not.", self.name
                )
            )
        # Number, revision and state are the program's to write.
        revision = self.sudo().copy(self._prepare_revision()).sudo(False)
        self.sudo().state = "superseded"
        self._mailroom_withdraw()
        self.message_post(
            body=self.env._("Replaced by %s.", revision._get_html_link()),
            subtype_xmlid="mail.mt_note",
        )
        return revision._open()

    def _prepare_revision(self):
        """Return the values in which a correction differs from a copy."""
        return {
            "number": self.number,
            "revision": self.revision + 1,
            "previous_id": self.id,
            "sign_online": self.sign_online,
            "picture_ids": [
                fields.Command.create(picture._prepare_copy())
                for picture in self.picture_ids
            ],
        }

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def unlink(self):
        """Deleting a correction that was begun brings back what it would replace."""
        earlier = self.previous_id - self
        result = super().unlink()
        earlier.sudo().state = "done"
        return result
