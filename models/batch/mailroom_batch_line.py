from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...const import BATCH_OPEN, BATCH_RESULTS, KINDS, LIGHTS

# What a person may change on a line; the second set makes it be looked at again.
CONTENT = {"recipients", "lang", "template_id"}
EDITABLE = CONTENT | {"selected"}
# What may go after all, once the batch has finished.
RETRYABLE = ("failed", "skipped", "cancelled")


class MailroomBatchLine(models.Model):
    """One document of a batch: what would leave, whether it can, what became of it."""

    _name = "mailroom.batch.line"
    _inherit = ["mailroom.pointer"]
    _description = "Document of a batch"
    _order = "rank, id"
    _rec_name = "document_name"

    batch_id = fields.Many2one(
        "mailroom.batch", required=True, readonly=True, index=True, ondelete="cascade"
    )
    res_model = fields.Char("Document Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Document ID", model_field="res_model", required=True, readonly=True
    )
    document_name = fields.Char("Document", required=True, readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )
    customer_id = fields.Many2one("res.partner", readonly=True, ondelete="set null")
    selected = fields.Boolean("Send", default=True)
    own_selected = fields.Boolean(
        readonly=True, help="A person has decided whether it is sent."
    )
    recipients = fields.Char(
        "To", help="Addresses, separated by commas; numbers of phones start with +."
    )
    own_recipients = fields.Boolean(readonly=True)
    channel = fields.Char(readonly=True)
    lang = fields.Selection(
        selection=lambda self: self.env["res.lang"].get_installed(), string="Language"
    )
    own_lang = fields.Boolean(readonly=True)
    template_id = fields.Many2one("mail.template", ondelete="set null")
    own_template = fields.Boolean(readonly=True)
    account_name = fields.Char("From", readonly=True)
    file_names = fields.Char("Files", readonly=True)
    subject = fields.Char(readonly=True)
    problems = fields.Json(readonly=True)
    own_light = fields.Selection(LIGHTS, "Light of Its Own", readonly=True)
    light = fields.Selection(LIGHTS, readonly=True)
    together = fields.Integer("Messages to the Same People", readonly=True)
    resend = fields.Boolean("Sent Before", readonly=True)
    result = fields.Selection(
        BATCH_RESULTS, required=True, default="todo", readonly=True
    )
    rank = fields.Integer(compute="_compute_rank", store=True)
    dispatch_id = fields.Many2one(
        "mailroom.dispatch",
        "Message",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    words = fields.Text("Why", compute="_compute_words")
    status = fields.Selection(
        LIGHTS + BATCH_RESULTS, string="What Is Known", compute="_compute_status"
    )
    is_open = fields.Boolean(compute="_compute_status")
    is_started = fields.Boolean(compute="_compute_status")

    _batch_document_uniq = models.Constraint(
        "UNIQUE (batch_id, res_model, res_id)", "This document is in the batch already."
    )
    # "What is to be put into the outbox next"
    _todo_idx = models.Index("(batch_id, id) WHERE result = 'todo'")
    _unchecked_idx = models.Index("(batch_id, id) WHERE light IS NULL")
    # "The batches of this document"
    _document_idx = models.Index("(res_model, res_id)")

    @api.depends("light", "result")
    def _compute_rank(self):
        results = {"failed": 0, "uncertain": 0, "waiting": 1, "sent": 3}
        lights = {"red": 0, "amber": 1}
        for line in self:
            line.rank = results.get(line.result, lights.get(line.light, 2))

    @api.depends("light", "result", "batch_id.state", "batch_id.finished_at")
    def _compute_status(self):
        for line in self:
            line.is_started = line.batch_id.state not in BATCH_OPEN
            line.is_open = line._may_change()
            line.status = line.result if line.is_started else line.light

    def _may_change(self):
        """Return whether a person may still change what leaves."""
        if self.batch_id.state in BATCH_OPEN:
            return True
        return bool(self.batch_id.finished_at) and self.result in RETRYABLE

    def _document(self):
        """Return the document, an empty recordset of its model when it is gone."""
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id).exists()

    def _documents(self):
        """Return the documents of lines of one batch that exist, as its sender sees
        them."""
        ids = self.mapped("res_id")
        documents = self.env[self[0].res_model].browse(ids).exists()
        return self.batch_id._as_sender(documents)

    # === WHO MAY CHANGE WHAT === #

    def write(self, vals):
        # EXTENDS: a person changes who gets what; the rest is the program's
        if self.env.su:
            return super().write(vals)
        if set(vals) - EDITABLE:
            raise AccessError(self.env._("The state of a line is not typed in."))
        closed = self.filtered(lambda line: not line._may_change())
        if closed and vals:
            raise AccessError(
                self.env._(
                    "“%s” has left or is on its way, and cannot be changed here.",
                    closed[0].document_name,
                )
            )
        result = super().write({**vals, **self._prepare_own(vals)})
        lines = self.sudo()
        if CONTENT & set(vals):
            # What a person has changed is his, and leaves with his rights only.
            lines.batch_id.by_program = False
            lines._check_again()
        elif vals:
            lines._note_ticks()
        return result

    def _prepare_own(self, vals):
        """Return what the person decides himself from now on; what he empties is
        proposed again."""
        own = {
            f"own_{name.removesuffix('_id')}": bool(vals[name])
            for name in CONTENT & set(vals)
        }
        return {**own, "own_selected": True} if "selected" in vals else own

    def _note_ticks(self):
        """Take note of what was ticked: it decides who gets several mails."""
        for batch in self.batch_id.filtered(lambda b: b.state in BATCH_OPEN):
            batch._note_repeats()
            batch._announce()
