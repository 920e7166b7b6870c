from odoo import api, fields, models

from ..const import DELIVERY_STATES, HOLD_REASONS


class MailroomDelivery(models.Model):
    """One recipient of a dispatch: a row of the outbox.

    The queue alone moves it forward (``mailroom.queue``); a person may cancel, retry,
    or say that an unsure message arrived (``mailroom_delivery_actions``).
    """

    _name = "mailroom.delivery"
    _description = "Message to one recipient"
    _order = "id desc"
    _rec_name = "address"

    dispatch_id = fields.Many2one(
        "mailroom.dispatch",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )
    channel = fields.Selection(
        [("email", "Email"), ("sms", "SMS")],
        required=True,
        default="email",
        readonly=True,
    )
    role = fields.Selection(
        [("to", "To"), ("cc", "Cc")], required=True, default="to", readonly=True
    )
    partner_id = fields.Many2one(
        "res.partner", readonly=True, index="btree_not_null", ondelete="set null"
    )
    recipient_name = fields.Char(readonly=True)
    address = fields.Char(required=True, readonly=True)
    state = fields.Selection(
        DELIVERY_STATES, required=True, default="queued", readonly=True
    )
    hold_reason = fields.Selection(HOLD_REASONS, readonly=True)
    phase = fields.Char(readonly=True)
    worker = fields.Integer(readonly=True, aggregator=None)
    # Counted in SQL, where nothing plus one is nothing
    attempts = fields.Integer(default=0, readonly=True)
    next_try = fields.Datetime(readonly=True, default=fields.Datetime.now)
    waiting_since = fields.Datetime(readonly=True, default=fields.Datetime.now)
    give_up_at = fields.Datetime(readonly=True)
    sent_at = fields.Datetime("Accepted On", readonly=True)
    account_id = fields.Many2one(
        "ir.mail_server", readonly=True, index="btree_not_null", ondelete="set null"
    )
    reason = fields.Char("Reason Code", readonly=True)
    reason_detail = fields.Char(readonly=True)
    reply_code = fields.Integer(readonly=True, aggregator=None)
    reply_enhanced = fields.Char(readonly=True)
    reply_text = fields.Char("Server's Answer", readonly=True)
    words = fields.Char("What Became of It", compute="_compute_words")
    rfc_message_id = fields.Char("Message-ID", readonly=True, index="btree_not_null")
    body = fields.Html(
        readonly=True,
        sanitize=False,
        prefetch=False,
        help="Finished body where another program made it; else made of the dispatch.",
    )
    eml = fields.Binary(
        "Exact Message", attachment=True, readonly=True, prefetch=False, copy=False
    )
    eml_sha256 = fields.Char("SHA-256", readonly=True)
    ready = fields.Boolean(
        readonly=True, help="The message is finished; a retry sends the same bytes."
    )
    stale = fields.Boolean(
        readonly=True, help="The document does not know of the newest state yet."
    )
    dedup_key = fields.Char(readonly=True, copy=False)
    resend_of_id = fields.Many2one(
        "mailroom.delivery", readonly=True, index="btree_not_null", ondelete="set null"
    )
    resend_reason = fields.Char(readonly=True)
    superseded = fields.Boolean(readonly=True, help="Sent again in a newer row.")
    notification_id = fields.Many2one(
        "mail.notification", readonly=True, index="btree_not_null", ondelete="set null"
    )
    attempt_ids = fields.One2many("mailroom.attempt", "delivery_id", readonly=True)
    user_id = fields.Many2one(related="dispatch_id.user_id")
    subject = fields.Char(related="dispatch_id.subject")
    document_name = fields.Char(related="dispatch_id.document_name")
    kind = fields.Selection(related="dispatch_id.kind", store=True)

    _dedup_key_uniq = models.UniqueIndex(
        "(dedup_key) WHERE dedup_key IS NOT NULL",
        "This message is already on its way to this person.",
    )
    # The claim: the oldest finished message of one account
    _claim_idx = models.Index(
        "(account_id, id) WHERE ready AND state IN ('queued', 'deferred')"
    )
    # Recovery after a crash, and "what is being sent"
    _sending_idx = models.Index("(worker) WHERE state = 'sending'")
    # Documents that must be told
    _stale_idx = models.Index("(id) WHERE stale")
    # The manager's list by state and age
    _state_idx = models.Index("(state, id DESC)")

    @api.depends("state", "reason", "reply_code", "next_try", "sent_at", "hold_reason")
    def _compute_words(self):
        words = self.env["mailroom.words"]
        for delivery in self:
            delivery.words = words._delivery(delivery)

    def _document(self):
        """Return the document this message is about, empty when it is gone."""
        return self.dispatch_id._document()

    def action_open_document(self):
        """Open the document of the message."""
        return self.dispatch_id.action_open_document()
