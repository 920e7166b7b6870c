"""What the tests of SMS gateways share."""

from tools.address_guard import parse_networks
from tools.gateway_form import GatewayForm, GatewayMessage
from tools.gateway_http import Limits, send
from tools.gateway_request import build
from tools.gateway_url import Guard

LOOPBACK = Guard(parse_networks("127.0.0.0/8, ::1"))
SHORT = Limits(connect=1, answer=0.5)
PARAMETERS = "to = {to}\ntext = {text}\nfrom = {from}\nreference = {id}"
MESSAGE = GatewayMessage("+46705123456", "Hej på dig", "Nordvik", "mailroom-42")
SECRET = "s3cret pass/word"


def form(url, **changes):
    values = {"auth": "basic", "user": "nordvik", "secret": SECRET}
    return GatewayForm(url, **{**values, "parameters": PARAMETERS, **changes})


def hand_over(gateway, message=MESSAGE, on_handover=lambda: None, **changes):
    """Send one message to a fake gateway; return the verdict."""
    context = changes.pop("context", None)
    limits = changes.pop("limits", SHORT)
    request = build(form(gateway.url, **changes), message)
    return send(request, LOOPBACK, on_handover, limits, context)
