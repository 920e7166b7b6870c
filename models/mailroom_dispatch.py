from odoo import api, fields, models

from ..const import KINDS, PURPOSES


class MailroomDispatch(models.Model):
    """The act of sending one document: who pressed, to whom, which text and files.

    One dispatch has one delivery per recipient. It is a fact: it is never written
    again by a person, and it stays when the document is gone.
    """

    _name = "mailroom.dispatch"
    _inherit = ["mailroom.pointer"]
    _description = "Message about a document"
    _order = "id desc"
    _rec_name = "subject"

    res_model = fields.Char("Document Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Document ID", model_field="res_model", required=True, readonly=True
    )
    document_name = fields.Char("Document", required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )
    user_id = fields.Many2one(
        "res.users", "Sent By", readonly=True, index=True, ondelete="set null"
    )
    user_name = fields.Char(
        "Sender's Name", readonly=True, help="Who it was, also when he has left."
    )
    kind = fields.Selection(KINDS, readonly=True)
    purpose = fields.Selection(
        PURPOSES,
        required=True,
        default="document",
        readonly=True,
    )
    origin = fields.Selection(
        [
            ("person", "A person"),
            ("odoo", "Odoo's own sending"),
            ("rule", "A rule"),
            ("batch", "A batch"),
        ],
        required=True,
        default="person",
        readonly=True,
    )
    automatic = fields.Boolean(
        readonly=True, help="No person pressed a button: answered by no auto-reply."
    )
    template_id = fields.Many2one("mail.template", readonly=True, ondelete="set null")
    lang = fields.Char("Language", readonly=True)
    subject = fields.Char(required=True, readonly=True)
    body = fields.Html(readonly=True, sanitize="email_outgoing")
    sms_text = fields.Text("Text Message", readonly=True)
    reply_to = fields.Char(readonly=True)
    rule = fields.Char(readonly=True, help="Name of the rule that sent it by itself.")
    not_before = fields.Datetime(
        "Leaves On", readonly=True, help="Until then it can be stopped."
    )
    account_id = fields.Many2one(
        "ir.mail_server",
        "Wished Account",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="Sender account chosen in the dialog or by the template.",
    )
    message_id = fields.Many2one(
        "mail.message",
        "Chatter Message",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    file_ids = fields.One2many("mailroom.dispatch.file", "dispatch_id", readonly=True)
    delivery_ids = fields.One2many(
        "mailroom.delivery",
        "dispatch_id",
        domain=[("role", "!=", "bcc")],
        readonly=True,
    )
    content = fields.Json(
        readonly=True, help="What the customer sees, as it was when the message left."
    )
    content_hash = fields.Char(readonly=True)
    stage = fields.Selection(
        [
            ("new", "To be made ready"),
            ("preparing", "Being made ready"),
            ("ready", "Ready"),
            ("failed", "Cannot be made"),
        ],
        required=True,
        default="new",
        readonly=True,
    )
    worker = fields.Integer(readonly=True)
    prepare_tries = fields.Integer(readonly=True)

    # "What was sent about this document", newest first
    _document_idx = models.Index("(res_model, res_id, id DESC)")
    # "What is to be made ready"
    _stage_idx = models.Index("(id) WHERE stage IN ('new', 'preparing')")

    @api.depends("subject", "document_name")
    def _compute_display_name(self):
        for dispatch in self:
            dispatch.display_name = f"{dispatch.document_name}: {dispatch.subject}"

    def _document(self):
        """Return the document, an empty recordset of its model when it is gone."""
        self.ensure_one()
        if self.res_model not in self.env:
            return self.env["mailroom.document"]
        return self.env[self.res_model].browse(self.res_id).exists()

    def _documents(self):
        """Return ``{dispatch: document}`` with a query per model; an empty recordset
        for a document that is gone."""
        result = {}
        for res_model, dispatches in self.grouped("res_model").items():
            documents = self.env["mailroom.document"]
            if res_model in self.env:
                documents = self.env[res_model].browse(dispatches.mapped("res_id"))
            there = {document.id: document for document in documents.exists()}
            nothing = documents.browse()
            for dispatch in dispatches:
                result[dispatch] = there.get(dispatch.res_id, nothing)
        return result
