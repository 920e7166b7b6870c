from odoo import api, fields, models

from ..tools.address import split_addresses

# Parameters of ``_notify_thread_by_email`` that shape Odoo's mail layout.
LAYOUT_PARAMETERS = (
    "model_description",
    "force_email_company",
    "force_email_lang",
    "force_record_name",
    "subtitles",
)


class MailroomDispatchMessage(models.Model):
    """Dispatches made of messages that Odoo's own flows post on a document."""

    _inherit = "mailroom.dispatch"

    @api.model
    def _send_message(self, document, message, customers, msg_vals=False, **kwargs):
        """Put a posted message into the outbox, in the layout its flow asked for.

        :param document: the record it was posted on
        :param message: ``mail.message``
        :param list[dict] customers: recipients as ``_notify_get_recipients`` gives them
        :param kwargs: parameters of ``mail.thread._notify_thread_by_email``
        :return: the dispatch
        """
        layout = {key: kwargs[key] for key in LAYOUT_PARAMETERS if key in kwargs}
        dispatch = self.create(self._prepare_message_values(document, message))
        for lang, values, group in document._notify_get_classified_recipients_iterator(
            message, customers, msg_vals=msg_vals, **layout
        ):
            body = document._notify_by_email_render_layout(
                message, group, msg_vals=msg_vals, render_values=values
            )
            dispatch.lang = dispatch.lang or lang
            for data in group["recipients_data"]:
                dispatch._add_message_recipient(data, body)
        dispatch._create_envelopes()
        dispatch._refresh_documents()
        self.env["mailroom.queue"]._wake()
        return dispatch

    def _prepare_message_values(self, document, message):
        is_document = document._mailroom_message_is_document(message)
        pressed_by = document._mailroom_pressed_by()
        user = pressed_by or message.author_id.main_user_id or self.env.user
        return {
            "res_model": document._name,
            "res_id": document.id,
            "document_name": document._mailroom_number(),
            "company_id": document._mailroom_company().id,
            "user_id": user.id,
            "user_name": user.name,
            "kind": document._mailroom_kind(),
            "purpose": "document" if is_document else "message",
            "origin": "odoo",
            "automatic": not pressed_by,
            "subject": message.subject
            or document._message_compute_subject()
            or document._mailroom_number(),
            "body": message.body,
            "reply_to": message.reply_to or document._mailroom_reply_to(),
            "account_id": message.mail_server_id.id,
            "message_id": message.id,
            "file_ids": [
                fields.Command.create(self._prepare_message_file(number, attachment))
                for number, attachment in enumerate(message.attachment_ids)
            ],
        }

    def _prepare_message_file(self, sequence, attachment):
        return {
            "sequence": sequence,
            "name": attachment.name,
            "attachment_ids": [fields.Command.set(attachment.ids)],
        }

    def _add_message_recipient(self, data, body):
        """Add a row per address of one of Odoo's recipients; what is no address fails
        at once and says so, instead of being repaired."""
        partner = self.env["res.partner"].browse(data["id"] or [])
        text = partner.email or data["email_normalized"] or ""
        addresses, errors = split_addresses(text)
        values = {
            "dispatch_id": self.id,
            "company_id": self.company_id.id,
            "partner_id": partner.id,
            "recipient_name": data["name"] or partner.name,
            "body": body,
        }
        rows = [{**values, "address": address.email} for address in addresses]
        rows += [{**values, **self._bad_address_values(error)} for error in errors]
        return self.env["mailroom.delivery"].create(rows)

    def _bad_address_values(self, error):
        return {
            "address": error.text or "-",
            "state": "failed",
            "reason": f"address_{error.code}",
            "reason_detail": error.text,
        }
