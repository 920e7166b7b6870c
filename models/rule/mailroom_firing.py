from odoo import api, fields, models
from odoo.tools import SQL

STATES = [
    ("new", "At work"),
    ("sent", "Message made"),
    ("asked", "A person is asked"),
    ("batch", "Waits in a batch"),
    ("nobody", "Nobody wanted it"),
    ("refused", "Could not be sent"),
    ("declined", "A person said no"),
    ("told", "Mail managers were told"),
]
# Nothing has left and nothing waits: the rule may try again.
OPEN = ("asked", "nobody", "refused", "declined")


class MailroomFiring(models.Model):
    """That a rule has done its work for a document. The unique index makes it one
    message, whoever moves the document, and however many do at the same moment."""

    _name = "mailroom.firing"
    _inherit = ["mailroom.pointer"]
    _description = "What a rule did about a document"
    _order = "id desc"
    _rec_name = "name"

    rule = fields.Char("Rule Key", required=True, readonly=True)
    name = fields.Char("Rule", required=True, readonly=True)
    res_model = fields.Char("Document Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Document ID", model_field="res_model", required=True, readonly=True
    )
    document_name = fields.Char("Document", readonly=True)
    company_id = fields.Many2one(
        "res.company", readonly=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", "Set Off By", readonly=True, index=True, ondelete="set null"
    )
    dispatch_id = fields.Many2one(
        "mailroom.dispatch",
        "Message",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    state = fields.Selection(
        STATES, "What Became of It", required=True, default="new", readonly=True
    )
    note = fields.Char("In Words", readonly=True)
    question = fields.Json(
        readonly=True, help="What is wanted once a person says yes, or time is up."
    )

    _rule_uniq = models.UniqueIndex(
        "(rule, res_model, res_id)", "This rule has done its work already."
    )
    # "What is asked about this document"
    _question_idx = models.Index("(res_model, res_id) WHERE state = 'asked'")

    @api.model
    def _claim(self, documents, rule, name):
        """Take the right to act for a rule, once per document.

        Two users may move the same document at the same moment: the database lets one
        of them insert the row. The other one's request fails to serialise, is run
        again by Odoo, and then finds the row.

        :param documents: recordset of one model that inherits ``mailroom.document``
        :param str rule: key of the rule, ``model,id``
        :param str name: what people call it
        :return: new rows; none for documents that the rule has served
        """
        rows = [
            (doc._name, doc.id, doc._mailroom_number(), doc._mailroom_company().id)
            for doc in documents
        ]
        return self._claim_rows(rule, name, rows)

    @api.model
    def _claim_rows(self, rule, name, rows):
        """See ``_claim``.

        :param list[tuple] rows: model, id, what people call it, id of the company
        """
        if not rows:
            return self.browse()
        self.env.flush_all()
        now, uid = self.env.cr.now(), self.env.uid
        values = [
            SQL("(%s)", SQL(", ").join([SQL("%s", value) for value in line]))
            for line in (
                (rule, name, *row[:3], row[3] or None, uid, "new", uid, now, uid, now)
                for row in rows
            )
        ]
        statement = self._claim_statement(SQL(", ").join(values))
        claimed = self.env.execute_query(statement)
        self.invalidate_model(flush=False)
        return self.browse([row[0] for row in claimed])

    @api.model
    def _claim_statement(self, rows):
        """Not by the ORM: only one statement can look and insert at once. Where nothing
        left and nothing waits, the rule may act again."""
        return SQL(
            """INSERT INTO mailroom_firing AS firing
                      (rule, name, res_model, res_id, document_name, company_id,
                       user_id, state, create_uid, create_date, write_uid, write_date)
               VALUES %(rows)s
               ON CONFLICT (rule, res_model, res_id) DO UPDATE
                  SET state = 'new', note = NULL, dispatch_id = NULL,
                      line_id = NULL, user_id = EXCLUDED.user_id, name = EXCLUDED.name,
                      write_uid = EXCLUDED.write_uid, write_date = EXCLUDED.write_date
                WHERE firing.state IN %(open)s
                   OR firing.state = 'sent' AND firing.dispatch_id IS NOT NULL
                  AND NOT EXISTS (
                      SELECT 1 FROM mailroom_delivery AS delivery
                       WHERE delivery.dispatch_id = firing.dispatch_id
                         AND delivery.state != 'cancelled')
            RETURNING firing.id""",
            rows=rows,
            open=OPEN,
        )

    @api.model
    def _served(self, documents, rule):
        """Return the ids of documents that a rule has done its work for."""
        rows = self.search(
            [
                ("rule", "=", rule),
                ("res_model", "=", documents._name),
                ("res_id", "in", documents.ids),
                ("state", "not in", OPEN),
            ]
        )
        return {row.res_id for row in rows if not row._was_stopped()}

    def _was_stopped(self):
        """Return whether the message was cancelled before it left."""
        states = set(self.dispatch_id.delivery_ids.mapped("state"))
        return self.state == "sent" and states == {"cancelled"}

    def _documents(self):
        """Return the documents of these rows, which are all of one model."""
        if not self:
            return self.env["mailroom.document"]
        return self.env[self[0].res_model].browse(self.mapped("res_id")).exists()

    def _told(self):
        """Return the action that tells whoever is at the screen what became of this;
        None where a question follows by itself, or the batch tells."""
        self.ensure_one()
        # The words are for whoever has just set the rule off.
        firing = self.sudo()
        if firing.state == "sent":
            return firing.dispatch_id._queued_notification()
        if firing.state not in ("refused", "nobody"):
            return None
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("%s: nothing was sent", firing.document_name),
                "message": firing.note,
                # Closes the question, if there is one, and shows the document anew.
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
