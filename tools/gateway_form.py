"""How a gateway wants a message to be written, as a person fills it into a form."""

import re
from dataclasses import dataclass, field

from .sms_text import measure

AUTHS = ("none", "basic", "bearer", "header")
BODIES = ("form", "json")
#: What may stand in a parameter: number with +, number without, text, sender name,
#: our own id, address for receipts, "UCS2" for a text that GSM 03.38 cannot write, and
#: what the account logs in with.
TAGS = ("to", "digits", "text", "from", "id", "callback", "ucs2", "user", "secret")

_TAG = re.compile(r"\{([^{}]*)\}")
_NAME = re.compile(r"[A-Za-z_][\w.-]{0,63}(\[\])?(:(number|flag))?")
# RFC 9110 5.6.2; what follows the colon is put before the secret.
_HEADER = re.compile(
    r"([!#$%&'*+.^_`|~0-9A-Za-z-]{1,64})(?::[ \t]*([!-~]{0,64}))?[ \t]*"
)
_OWN_HEADERS = frozenset(
    "connection content-length content-type host transfer-encoding".split()
)
_PARAMETER_LIMIT = 40


class GatewayFormError(ValueError):
    """A gateway's form cannot be used.

    :ivar str code: ``line``, ``name``, ``tag``, ``number``, ``missing``, ``many``,
        ``header`` or ``secret``
    :ivar str text: the piece that is wrong; never a secret
    """

    def __init__(self, code, text=""):
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text[:200]


@dataclass(frozen=True)
class GatewayForm:
    """One gateway's settings.

    :ivar str auth: one of ``AUTHS``
    :ivar str header: for ``header``: its name, or name and a word before the secret
        (``Authorization: Token``)
    :ivar str body: one of ``BODIES``; with GET everything stands in the address
    :ivar str parameters: a line ``name = value`` each, tags in braces
    :ivar str preset: key of ``gateway_presets.PRESETS``, or empty
    :ivar str answer_id: name of the field that holds the gateway's own id for the
        message, dotted; empty: the usual names are tried
    :ivar bool any_success: every answer of 200 to 299 means that the message was taken
    """

    url: str
    method: str = "POST"
    auth: str = "none"
    user: str = ""
    secret: str = field(default="", repr=False)
    header: str = ""
    body: str = "form"
    parameters: str = ""
    preset: str = ""
    answer_id: str = ""
    any_success: bool = False


@dataclass(frozen=True)
class GatewayMessage:
    """One text message.

    :ivar str to: E.164
    :ivar str id: our own identifier of it
    :ivar str callback: where reports about it go
    :ivar bool repeated: the gateway may know it by this identifier
    """

    to: str
    text: str
    sender: str = ""
    id: str = ""
    callback: str = ""
    repeated: bool = False


def parse_parameters(text):
    """Read the parameter lines of a form.

    :param str text: ``name = value`` lines; empty ones and ``# notes`` are skipped
    :return: names and values, in their order
    :rtype: list[tuple[str, str]]
    :raise GatewayFormError: naming the line, name or tag that is wrong
    """
    pairs = []
    for line in str(text or "").splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            pairs.append(_pair(line))
    if len(pairs) > _PARAMETER_LIMIT:
        raise GatewayFormError("many", str(len(pairs)))
    used = {tag for _name, value in pairs for tag in _TAG.findall(value)}
    for tag in ("text", "to"):
        if tag not in used and not (tag == "to" and "digits" in used):
            raise GatewayFormError("missing", f"{{{tag}}}")
    return pairs


def _pair(line):
    name, equals, value = line.partition("=")
    name, value = name.strip(), value.strip()
    if not equals:
        raise GatewayFormError("line", line.strip())
    if not _NAME.fullmatch(name):
        raise GatewayFormError("name", name)
    for tag in _TAG.findall(value):
        if tag not in TAGS:
            raise GatewayFormError("tag", f"{{{tag}}}")
    return name, value


def fill(value, message, form):
    """Put a message's values into a parameter; they are not looked at again.

    :param str value: right side of a parameter line
    :param GatewayMessage message: what is sent
    :param GatewayForm form: for gateways that want to be logged in by parameters
    :return: the text, or None when it is nothing but one tag that has no value
    :rtype: str or None
    """
    values = {
        "to": message.to,
        "digits": message.to.lstrip("+"),
        "text": message.text,
        "from": message.sender,
        "id": message.id,
        "callback": message.callback,
        "ucs2": "UCS2" if measure(message.text).alphabet == "UCS-2" else "",
        "user": form.user,
        "secret": form.secret,
    }
    only = _TAG.fullmatch(value)
    if only and not values[only[1]]:
        return None
    return _TAG.sub(lambda match: values[match[1]], value)


def auth_header(text):
    """Read the header that carries the secret.

    :param str text: ``X-Api-Key``, or with a word before the secret
    :return: name, and what stands before the secret
    :rtype: tuple[str, str]
    :raise GatewayFormError: for what is no header of ours to set
    """
    match = _HEADER.fullmatch((text or "").strip())
    if not match or match[1].lower() in _OWN_HEADERS:
        raise GatewayFormError("header", text or "")
    return match[1], f"{match[2]} " if match[2] else ""
