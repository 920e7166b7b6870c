import logging
import time
from urllib.parse import urlencode

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import ValidationError
from odoo.http import request

from ..tools.gateway_receipt import (
    REPORT_LIMIT,
    ReportError,
    is_callback,
    is_signed,
    parse_incoming,
    parse_receipt,
)
from ..tools.stop_words import meaning

_logger = logging.getLogger(__name__)

# Signs for messages from outside, as the identifier of a message does for reports.
INCOMING = "incoming"
_FORM = "application/x-www-form-urlencoded"


class SmsReceiptController(http.Controller):
    """Where SMS gateways report what became of messages, and what was answered.

    Whatever is wrong – the address, the signature, the message – the answer is the
    same, so that nobody learns from it which was (rule F9).
    """

    @http.route(
        "/mailroom/sms/<string(length=32):token>/receipt",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
    )
    def receipt(self, token, m="", p="", **_values):
        """Take a delivery report in.

        :param str token: the secret part of the gateway's address
        :param str m: our identifier of the message, in addresses that we gave out
        :param str p: the proof that we did
        """
        gateway, body = self._gateway(token), self._body()
        ours = self._is_ours(gateway, m, p)
        if not ours and not self._is_signed(gateway, body):
            return self._refuse("signature")
        try:
            report = parse_receipt(self._kind(gateway), body)
        except ReportError:
            return self._refuse("report")
        key = m if ours else report.our_id
        # A proof is good for the message it was made for, and for no other.
        if ours and report.our_id not in ("", m):
            return self._refuse("other message")
        deliveries = request.env["mailroom.delivery"].sudo()
        row = deliveries._sms_find(gateway, key, "" if ours else report.message_id)
        if not row:
            return self._refuse("no such message")
        if report.state:
            moment = report.moment and report.moment.replace(tzinfo=None)
            row._sms_report(report.state, report.event_id, moment, report.text)
        return self._done()

    @http.route(
        "/mailroom/sms/<string(length=32):token>/incoming",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
    )
    def incoming(self, token, p="", **_values):
        """Take a text message in; only whether it says STOP or START matters."""
        gateway, body = self._gateway(token), self._body()
        if not self._is_ours(gateway, INCOMING, p):
            if not self._is_signed(gateway, body):
                return self._refuse("signature")
        try:
            message = parse_incoming(body)
        except ReportError:
            return self._refuse("message")
        # The number's owner has said so himself; nobody is logged in here.
        optouts = request.env["mailroom.optout"].sudo()
        wish = meaning(message.text)
        if wish == "stop":
            try:
                optouts._stop(gateway.company_id, message.number, text=message.text)
            except ValidationError:
                # A short number has no text messages to be kept from.
                _logger.info("mailroom.incoming from what is no number")
        elif wish == "start":
            optouts._start(gateway.company_id, message.number)
        return self._done()

    # === WHO IT COMES FROM === #

    def _gateway(self, token):
        # The token in the address is 144 bits of chance; nothing of it is shown.
        gateways = request.env["mailroom.gateway"].sudo()
        return gateways.search([("receipt_token", "=", token)], limit=1)

    def _kind(self, gateway):
        return gateway._mailroom_receipt_kind()

    def _is_ours(self, gateway, identifier, proof):
        """Return whether we made the address that was called."""
        return is_callback(self._secret(gateway), identifier, proof) and bool(gateway)

    def _is_signed(self, gateway, body):
        headers = {name.lower(): value for name, value in request.httprequest.headers}
        secret, kind = self._secret(gateway), self._kind(gateway)
        return is_signed(kind, secret, headers, body, time.time()) and bool(gateway)

    def _secret(self, gateway):
        # An unknown gateway takes as long to refuse as a wrong signature.
        secret = gateway._mailroom_receipt_secret() if gateway else ""
        return secret or "there is no such gateway"

    # === WHAT IS ASKED AND ANSWERED === #

    def _body(self):
        """Return the octets of the request, none of one that is too long."""
        asked = request.httprequest
        if (asked.content_length or 0) > REPORT_LIMIT:
            return b""
        if asked.mimetype == _FORM:
            # Odoo has read the form before; gateways sign JSON only.
            return urlencode(list(asked.form.items())).encode()
        return asked.get_data()

    def _refuse(self, why):
        _logger.info("mailroom.receipt refused: %s", why)
        raise NotFound()

    def _done(self):
        # No content: some gateways text it back to the customer.
        return request.make_response("", status=204)
