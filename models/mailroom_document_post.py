from odoo import models
from odoo.tools import SQL


class MailroomDocumentPost(models.AbstractModel):
    """Comments on many documents at once: what ``mail.thread.message_post`` does for
    one of them, step by step, with a fixed number of queries."""

    _inherit = "mailroom.document"

    def _mailroom_post(self, contents):
        """Post one comment on each document of this recordset; nobody is notified.

        :param list[dict] contents: ``body`` (HTML), ``subject``, ``attachment_ids``
            (ids) and, for another than "comment", ``message_type`` of each, in the
            order of the documents
        :return: ``mail.message`` records in the same order
        """
        documents = self._fallback_lang()
        values = documents._mailroom_prepare_posts(contents)
        messages = documents._message_create(values)
        documents._mailroom_follow(values)
        for document, message, vals in zip(documents, messages, values, strict=True):
            document._message_post_after_hook(message, vals)
            document._notify_thread(message, vals, mailroom_silent=True)
        return messages

    def _mailroom_prepare_posts(self, contents):
        """Return the values of the ``mail.message`` of each document."""
        author_id, email_from = self._message_compute_author()
        company = self.env.company
        domains = self.sudo()._mail_get_alias_domains(default_company=company)
        companies = self._mail_get_companies(default=company)
        answers = self._notify_get_reply_to(default=email_from, author_id=author_id)
        parents = self._mailroom_parent_messages()
        common = {
            "author_id": author_id,
            "author_guest_id": False,
            "email_from": email_from,
            "email_add_signature": True,
            "model": self._name,
            "message_type": "comment",
            "subtype_id": self.env.ref("mail.mt_comment").id,
            "partner_ids": [],
            "incoming_email_to": False,
            "incoming_email_cc": False,
            "outgoing_email_to": False,
        }
        return [
            document._mailroom_prepare_post(
                content,
                {
                    **common,
                    "parent_id": parents.get(document.id, False),
                    "record_alias_domain_id": domains[document.id].id,
                    "record_company_id": companies[document.id].id,
                    "reply_to": answers[document.id],
                },
            )
            for document, content in zip(self, contents, strict=True)
        ]

    def _mailroom_prepare_post(self, content, values):
        self.ensure_one()
        values = {
            **values,
            "res_id": self.id,
            "message_type": content.get("message_type", values["message_type"]),
            "body": content["body"] or "",
            "subject": content["subject"] or False,
            "attachment_ids": [],
        }
        if ids := content["attachment_ids"]:
            values.update(self._process_attachments_for_post([], ids, values))
        return values

    def _mailroom_parent_messages(self):
        """Return ``{id: message id}``: what a new message of each document follows, as
        ``_message_compute_parent_id`` has it: the newest comment or mail, else the
        newest message of any kind."""
        if not self._mail_flat_thread:
            return {}
        self.env["mail.message"].flush_model()
        return dict(
            self.env.execute_query(
                SQL(
                    """SELECT DISTINCT ON (res_id) res_id, id FROM mail_message
                        WHERE model = %s AND res_id = ANY(%s)
                          AND message_type != 'user_notification'
                     ORDER BY res_id, message_type IN ('comment', 'email') DESC,
                              COALESCE(date, create_date) DESC, id DESC""",
                    self._name,
                    self.ids,
                )
            )
        )

    def _mailroom_follow(self, values):
        """Let the author follow the documents, so that answers reach him."""
        author = self._message_compute_real_author(values[0]["author_id"])
        skip = self.env.context.get("mail_post_autofollow_author_skip")
        if author and not author.partner_share and not skip:
            self.browse(set(self.ids))._message_subscribe(partner_ids=author.ids)
