from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.plan import Wishes

# What a batch keeps of the wishes as it is; records and times have fields of their own.
KEPT = ("lang", "kind", "subject", "body", "sms_text", "purpose", "automatic")


class MailroomBatchMake(models.Model):
    """From selected documents to a batch, and from the batch back to wishes."""

    _inherit = "mailroom.batch"

    @api.model
    def _make(self, documents, wishes=None):
        """Create a batch with one line per document. Nothing is rendered yet.

        :param documents: recordset of one model that inherits ``mailroom.document``,
            all readable by the user
        :param Wishes wishes: what is wanted different from the proposal; recipients,
            files and ``resend_of`` are decided line by line
        :return: the batch, ``draft``, as the caller sees it
        :raise AccessError: the user is no sender or may not read a document
        """
        self._check_may_make(documents)
        wishes = wishes or Wishes()
        companies = self.env["res.company"]
        for document in documents:
            companies |= document._mailroom_company()
        values = {
            "name": self._name_of(documents),
            "user_id": self.env.uid,
            "by_program": self.env.su,
            "company_ids": [fields.Command.set(companies.ids)],
            "template_id": wishes.template.id if wishes.template else False,
            "account_id": wishes.account.id if wishes.account else False,
            "wishes": {
                **{key: getattr(wishes, key) for key in KEPT},
                "channels": list(wishes.channels),
            },
            "rule": wishes.rule,
        }
        # Rights were checked; batches are written by the program only.
        batch = self.sudo().create(values)
        batch._add_lines(documents)
        return batch.sudo(self.env.su)

    def _check_may_make(self, documents):
        self.env["mailroom.dispatch"]._check_is_sender()
        if not documents or "mailroom_state" not in documents._fields:
            raise UserError(self.env._("Select the documents to send first."))
        documents.check_access("read")

    def _name_of(self, documents):
        """Return what a batch is called: what, when."""
        kind = documents[:1]._mailroom_for_values(self.env.lang)._mailroom_kind_word()
        today = self.env["ir.qweb.field.date"].value_to_html(
            fields.Date.context_today(self), {}
        )
        return self.env._(
            "%(count)s × %(what)s, %(day)s",
            what=kind or documents._description,
            count=len(documents),
            day=today,
        )

    def _add_lines(self, documents):
        self.env["mailroom.batch.line"].create(
            [
                {
                    "batch_id": self.id,
                    "res_model": documents._name,
                    "res_id": document.id,
                    "document_name": document._mailroom_number(),
                    "kind": document._mailroom_kind(),
                    "company_id": document._mailroom_company().id,
                    "customer_id": document._mailroom_customer().id,
                }
                for document in documents
            ]
        )

    # === WISHES === #

    def _wishes(self):
        """Return what is wanted of every line.

        :rtype: Wishes
        """
        self.ensure_one()
        kept = dict(self.wishes or {})
        channels = tuple(kept.pop("channels", ()) or ("email",))
        return Wishes(
            **kept,
            channels=channels,
            template=self.template_id or None,
            account=self.account_id or None,
            origin="batch",
            rule=self.rule or "",
            batch=self,
        )

    def _as_sender(self, records):
        """Return records as whoever sends the batch sees them: with his rights, in the
        companies of the batch; a rule's batch acts for him as the program."""
        self.ensure_one()
        user = self._sender() or self.env.ref("base.public_user")
        # What a rule sends was decided by whoever wrote the rule, not by a person.
        records = self._speaking(records.with_user(user).sudo(self.by_program))
        return records.with_context(allowed_company_ids=self.company_ids.ids)

    def _sender(self):
        """Return with whose rights the batch leaves."""
        return self.acting_user_id or self.user_id

    def _speaking(self, records):
        """Return records that speak the language of whoever sends the batch."""
        user = self._sender()
        return records.with_context(lang=user.lang or self.env.lang, tz=user.tz)
