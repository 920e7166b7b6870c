from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.gateway_form import GatewayForm, GatewayFormError
from ...tools.gateway_presets import PRESETS
from ...tools.gateway_receipt import sign_callback
from ...tools.gateway_request import check_form
from ...tools.gateway_url import GatewayUrlError

# Fields that a preset fills in, and what it calls them
FILLED = {
    "url": "url",
    "method": "method",
    "auth": "auth",
    "auth_header": "header",
    "body_kind": "body",
    "parameters": "parameters",
}


class MailroomGatewayPreset(models.Model):
    """What the form of a gateway offers: presets, help and checks."""

    _inherit = "mailroom.gateway"

    parameters = fields.Text(
        default="to = {to}\nfrom = {from}\ntext = {text}\nreference = {id}"
    )
    mailroom_trouble = fields.Char("Last Error", compute="_compute_mailroom_trouble")
    preset_note = fields.Char(compute="_compute_preset_note")
    preset_docs = fields.Char("Documentation", compute="_compute_preset_note")
    receipt_address = fields.Char(
        "Address for Delivery Reports",
        compute="_compute_addresses",
        help="For gateways that are told this address on their website. Others get it "
        "with each message, where {callback} stands in the parameters.",
    )
    incoming_address = fields.Char(
        "Address for Answers",
        compute="_compute_addresses",
        help="Give this address to the gateway as the one for incoming messages: who "
        "answers STOP then gets no more of them.",
    )

    @api.depends("mailroom_health", "mailroom_reason", "mailroom_reply")
    def _compute_mailroom_trouble(self):
        words = self.env["mailroom.words"]
        for gateway in self:
            reason, reply = gateway.mailroom_reason, gateway.mailroom_reply
            trouble = reason and words._gateway_trouble(reason, reply or "")
            gateway.mailroom_trouble = trouble or False

    @api.depends("preset", "provider")
    def _compute_preset_note(self):
        for gateway in self:
            preset = PRESETS.get(gateway.provider == "http" and gateway.preset)
            gateway.preset_docs = preset.docs if preset else False
            gateway.preset_note = self._preset_note(preset) if preset else False

    @api.model
    def _preset_note(self, preset):
        """Return what a provider calls what it wants, and what it does not take."""
        values = {"user": preset.user, "secret": preset.secret, "name": preset.name}
        note = (
            self.env._(
                "%(name)s: the user name is its “%(user)s”, the password or key its "
                "“%(secret)s”.",
                **values,
            )
            if preset.user
            else self.env._("%(name)s: the key is its “%(secret)s”.", **values)
        )
        if preset.plain_sender:
            note += " " + self.env._(
                "Its sender names are 3 to 11 letters (a to z) and digits, without "
                "spaces; others are written that way."
            )
        return note

    @api.depends("receipt_token", "receipt_secret")
    def _compute_addresses(self):
        for gateway in self:
            start = f"{gateway.get_base_url()}/mailroom/sms/{gateway.receipt_token}"
            proof = sign_callback(gateway._mailroom_receipt_secret(), "incoming")
            gateway.receipt_address = gateway.id and f"{start}/receipt"
            gateway.incoming_address = gateway.id and f"{start}/incoming?p={proof}"

    def _mailroom_receipt_kind(self):
        """Return how delivery reports look, see ``tools.gateway_receipt``."""
        preset = PRESETS.get(self.preset)
        return preset.receipt if preset else "generic"

    # === FILLING IN === #

    @api.onchange("preset")
    def _onchange_preset(self):
        preset = PRESETS.get(self.preset)
        if preset:
            for name, source in FILLED.items():
                self[name] = getattr(preset, source)
            self.answer_id = False
            self.any_success = False
            self.name = self.name or preset.name

    # === CHECKS === #

    @api.constrains("provider", "preset", *FILLED, "auth_user")
    def _check_form(self):
        for gateway in self.filtered(lambda g: g.provider == "http"):
            try:
                check_form(gateway._prepare_open_form())
            except GatewayFormError as error:
                raise ValidationError(self._form_words(error)) from error
            except GatewayUrlError as error:
                raise ValidationError(self._url_words(error)) from error

    def _prepare_open_form(self):
        """Return the settings without what is secret.

        :rtype: GatewayForm
        """
        return GatewayForm(
            url=self.url or "",
            method=self.method or "POST",
            auth=self.auth or "none",
            user=self.auth_user or "",
            header=self.auth_header or "",
            body=self.body_kind or "form",
            parameters=self.parameters or "",
            preset=self.preset or "",
        )

    def _form_words(self, error):
        sentences = {
            "line": self.env._("“%s” is no parameter. Write: name = value", error.text),
            "name": self.env._("“%s” cannot be the name of a parameter.", error.text),
            "tag": self.env._(
                "%s is not known. Known are {to}, {digits}, {text}, {from}, {id}, "
                "{callback}, {ucs2}, {user} and {secret}.",
                error.text,
            ),
            "number": self.env._(
                "The parameter “%s” must be a number: write {digits} there, not {to}.",
                error.text,
            ),
            "missing": self.env._(
                "%s stands in no parameter, so the gateway would never get it.",
                error.text,
            ),
            "many": self.env._("%s parameters are too many.", error.text),
            "header": self.env._(
                "“%s” cannot be the header for the key. Write a name like X-Api-Key.",
                error.text,
            ),
            "secret": self.env._("User name and key cannot hold line breaks."),
        }
        return sentences[error.code]

    def _url_words(self, error):
        sentences = {
            "empty": self.env._(
                "The address of the gateway is missing. It begins with https://"
            ),
            "user": self.env._(
                "“%s” holds a user name. Write user name and password into their own "
                "fields.",
                error.text,
            ),
        }
        return sentences.get(error.code) or self.env._(
            "“%s” is no address of a gateway. It begins with https:// and holds no "
            "spaces.",
            error.text,
        )
