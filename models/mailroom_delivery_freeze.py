import hashlib

from odoo import api, fields, models
from odoo.tools import html2plaintext

from ..const import PERSONAL_HOLDS
from ..tools.address import AddressError, parse_address, split_addresses
from ..tools.message import Outgoing, Part, build, message_id


class MailroomDeliveryFreeze(models.Model):
    """The finished message of one recipient, stored once: a retry sends the same bytes,
    and the same bytes are the proof of what left."""

    _inherit = "mailroom.delivery"

    def _freeze(self, document, account):
        """Build the message, ready to leave through an account.

        :param document: the document, as the sender sees it
        :param account: ``ir.mail_server``
        :return: the message, to be stored by ``_store_messages``
        :rtype: bytes
        """
        self.ensure_one()
        outgoing = self._prepare_outgoing(document, account)
        raw = build(outgoing)
        self.write(
            {
                "account_id": account.id,
                "rfc_message_id": outgoing.message_id,
                "eml_sha256": hashlib.sha256(raw).hexdigest(),
                **self._prepare_ready(),
            }
        )
        return raw

    def _prepare_ready(self):
        """Return the values of a row whose message is finished."""
        waits = self.hold_reason in PERSONAL_HOLDS
        return {
            "ready": True,
            "state": "held" if waits else "queued",
            "hold_reason": self.hold_reason if waits else False,
            "next_try": fields.Datetime.now(),
            "waiting_since": fields.Datetime.now(),
            "stale": self.state == "held",
        }

    @api.model
    def _store_messages(self, messages):
        """Store bytes as the field ``eml`` does, many at once and without asking
        whether there are some already: a message is frozen once.

        :param dict messages: ``{delivery: bytes}``
        """
        self.env["ir.attachment"].create(
            [
                {
                    "name": "eml",
                    "res_model": self._name,
                    "res_field": "eml",
                    "res_id": delivery.id,
                    "type": "binary",
                    "raw": raw,
                }
                for delivery, raw in messages.items()
            ]
        )
        self.invalidate_model(["eml"], flush=False)

    def _prepare_outgoing(self, document, account):
        """Return everything the message holds. Extend it to add headers or parts.

        :rtype: Outgoing
        """
        dispatch = self.dispatch_id
        name, address = account._mailroom_sender(self.company_id)
        author = parse_address(address).named(name)
        to, copies = self._addressees()
        html, text = self._html_and_text(document)
        return Outgoing(
            author=author,
            to=to,
            cc=copies,
            subject=dispatch.subject,
            message_id=self.rfc_message_id or message_id(author.domain),
            date=fields.Datetime.context_timestamp(
                self.with_context(tz="UTC"), fields.Datetime.now()
            ),
            html=html,
            text=text,
            reply_to=tuple(split_addresses(dispatch.reply_to)[0]),
            references=tuple(filter(None, [dispatch.message_id.message_id])),
            attachments=tuple(dispatch._parts()),
            inline=tuple(self._inline_parts(document)),
            automatic=dispatch.automatic,
        )

    def _addressees(self):
        """Return who stands in To and Cc: the recipient alone, unless a copy was asked
        for; then all of them, the same in every copy. A blind copy names them, too,
        and nobody it."""
        blind = self.role == "bcc"
        others = self.dispatch_id.delivery_ids.filtered(
            lambda d: d.channel == "email" and not d.resend_of_id
        )
        shown = others if blind or "cc" in others.mapped("role") else self
        mailboxes = {"to": [], "cc": []}
        for delivery in (shown if blind else shown | self).sorted("id"):
            try:
                address = parse_address(delivery.address)
            except AddressError:
                continue
            mailboxes[delivery.role].append(address.named(delivery.recipient_name))
        if not mailboxes["to"]:
            return tuple(mailboxes["cc"]), ()
        return tuple(mailboxes["to"]), tuple(mailboxes["cc"])

    def _html_and_text(self, document):
        """Return the body in mail layout, or another program's finished body as it is,
        and what a reader without HTML sees."""
        if self.body:
            return str(self.body), html2plaintext(str(self.body))
        dispatch = self.dispatch_id
        return self.env["mailroom.layout"]._render_both(
            document,
            dispatch.body,
            dispatch.subject,
            dispatch.lang,
            self.partner_id,
            dispatch.message_id,
        )

    def _inline_parts(self, document):
        if self.body:
            return []
        return self.env["mailroom.layout"]._images(document._mailroom_company())


class MailroomDispatchParts(models.Model):
    _inherit = "mailroom.dispatch"

    def _parts(self):
        """Return the attached files as message parts.

        :raise UserError: a file that was to go along is not there any more
        """
        self.file_ids._check_present()
        return [
            Part(name, attachment.mimetype or "", attachment.raw or b"")
            for file in self.file_ids
            for name, attachment in file._named_attachments()
        ]
