import hashlib
import uuid

from odoo import models

from ...tools.sms_text import measure
from .mailroom_planner_sms import ASKED_FOR


class MailroomDeliveryFreeze(models.Model):
    """The finished text of one recipient, stored once: a retry sends the same one."""

    _inherit = "mailroom.delivery"

    def _freeze(self, document, account):
        # EXTENDS
        if self.channel != "sms":
            return super()._freeze(document, account)
        text = self._own_sms_text(document)
        if reason := self._text_trouble(text):
            return self.write({"state": "failed", "reason": reason, "stale": True})
        return self.write(
            {
                "gateway_id": account.id,
                "sms_key": self.sms_key or uuid.uuid4().hex,
                "sms_text": text,
                "sms_parts": measure(text).parts,
                "eml_sha256": hashlib.sha256(text.encode()).hexdigest(),
                **self._prepare_ready(),
            }
        )

    def _own_sms_text(self, document):
        """Return the text as this recipient gets it: links open without a login for the
        customer's people. TO EXTEND.

        :param document: the document, as the sender sees it
        """
        text = self.dispatch_id.sms_text or ""
        return document._mailroom_open_links(text, self.partner_id, html=False)

    def _text_trouble(self, text):
        """Return why a text message must not leave, which may have come about since it
        was asked for; empty when nothing is wrong.

        :rtype: str
        """
        company = self.company_id
        if not text.strip():
            return "sms_empty"
        if measure(text).parts > company.mailroom_sms_max_parts:
            return "sms_too_long"
        return "opted_out" if self._is_unwelcome() else ""

    def _is_unwelcome(self):
        """Return whether the number wants no text messages, and did not ask for this
        one: whoever sends a document or a booking by hand was warned.

        :rtype: bool
        """
        if self.channel != "sms":
            return False
        if self.dispatch_id.purpose in ASKED_FOR and not self._is_unasked():
            return False
        optouts = self.env["mailroom.optout"]
        return bool(optouts._opted_out(self.company_id, {self.address}))

    def _frozen_text(self):
        """Return the text that leaves.

        :raise ValueError: when it is not what was frozen
        """
        self.ensure_one()
        text = self.sms_text or ""
        if not text or hashlib.sha256(text.encode()).hexdigest() != self.eml_sha256:
            raise ValueError(f"{len(text)} letters")
        return text

    def _prepare_resend_values(self, reason):
        # EXTENDS
        values = super()._prepare_resend_values(reason)
        if self.channel == "sms":
            values |= {
                "gateway_id": self.gateway_id.id,
                "sms_text": self.sms_text,
                "sms_parts": self.sms_parts,
            }
            if self.state == "uncertain":
                # A gateway that knows the key does not send it twice.
                values["sms_key"] = self.sms_key
            elif self.ready:
                values["sms_key"] = uuid.uuid4().hex
        return values
