"""How SMS gateways want messages to be handed in, as they document it themselves.

``seen`` is when the settings were last compared with the page, or with a stored copy of
it; empty where only others' programs confirmed a part of them.
"""

from dataclasses import dataclass

SEEN = "2026-11-21"


@dataclass(frozen=True)
class AnswerRules:
    """How to tell from an answer whether the message was taken.

    :ivar tuple ids: dotted names of the field with the gateway's id for the message,
        the first that is there counts
    :ivar bool any_success: 200 to 299 is enough
    :ivar str status: name of a field whose value can mean a refusal, or empty
    :ivar tuple refused: the values that do
    :ivar tuple not_processed: codes of 500 and more that, says the documentation, mean
        that the message was not taken
    """

    ids: tuple = ("id", "message_id", "messageId", "msg_id", "data.id")
    any_success: bool = False
    status: str = ""
    refused: tuple = ()
    not_processed: tuple = ()


@dataclass(frozen=True)
class GatewayPreset:
    """One gateway; most fields are those of ``gateway_form.GatewayForm``.

    :ivar str docs: page that describes it
    :ivar str receipt: how its delivery reports look, see ``gateway_receipt``
    :ivar str user: what the user name is called there, empty when there is none
    :ivar str secret: what the secret is called there
    :ivar bool plain_sender: sender names without spaces and special letters only
    """

    name: str
    url: str
    docs: str
    parameters: str
    rules: AnswerRules
    receipt: str
    secret: str
    user: str = ""
    method: str = "POST"
    auth: str = "basic"
    header: str = ""
    body: str = "form"
    seen: str = ""
    plain_sender: bool = False


PRESETS = {
    # Sending: https://46elks.se/documentation; delivery reports:
    # https://46elks.se/docs/sms-delivery-reports. The sender name (3 to 11 letters and
    # digits) is described on https://www.46elks.com/docs.
    "46elks": GatewayPreset(
        "46elks",
        "https://api.46elks.com/a1/sms",
        "https://46elks.se/documentation",
        "from = {from}\nto = {to}\nmessage = {text}\nwhendelivered = {callback}",
        AnswerRules(("id",), status="status", refused=("failed",)),
        receipt="46elks",
        user="API username",
        secret="API password",
        seen=SEEN,
        plain_sender=True,
    ),
    # https://gatewayapi.com/docs/apis/rest: as a form, with the token as a value of it;
    # without "encoding" it would send GSM 03.38. Customers of gatewayapi.com, not .eu,
    # change the host.
    "gatewayapi": GatewayPreset(
        "GatewayAPI (Europe)",
        "https://gatewayapi.eu/rest/mtsms",
        "https://gatewayapi.com/docs/apis/rest",
        "token = {secret}\nsender = {from}\nrecipients.0.msisdn = {digits}\n"
        "message = {text}\nencoding = {ucs2}\nuserref = {id}\n"
        "callback_url = {callback}",
        AnswerRules(("ids.0",)),
        receipt="gatewayapi",
        secret="API token",
        auth="none",
        seen="2026-11-22",
    ),
    # Reports: https://developers.sinch.com/docs/sms/api-reference/sms/tag/
    # Delivery-reports/ and …/tag/Webhooks/.
    "sinch": GatewayPreset(
        "Sinch (Europe)",
        "https://eu.sms.api.sinch.com/xms/v1/{user}/batches",
        "https://developers.sinch.com/docs/sms/api-reference/sms/batches",
        "from = {from}\nto[] = {digits}\nbody = {text}\n"
        "delivery_report = per_recipient_final\ncallback_url = {callback}\n"
        "client_reference = {id}",
        AnswerRules(("id",)),
        receipt="sinch",
        user="Service plan ID",
        secret="API token",
        auth="bearer",
        body="json",
        seen=SEEN,
    ),
}
