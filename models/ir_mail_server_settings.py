from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.address import AddressError, parse_address
from ..tools.provider_presets import PRESETS

PLAIN_WORDS = {
    "starttls": "starttls_strict",
    "ssl": "ssl_strict",
    "none": "none",
    "starttls_unverified": "starttls",
    "ssl_unverified": "ssl",
}
WORD_OF = {encryption: word for word, encryption in PLAIN_WORDS.items()}


class IrMailServerSettings(models.Model):
    """What the account form asks for, in the words of somebody who has a mailbox."""

    _inherit = "ir.mail_server"

    mailroom_provider = fields.Selection(
        selection=lambda self: [(key, preset.name) for key, preset in PRESETS.items()],
        string="Mail Provider",
        help="Fills in the server, as the provider documents it.",
    )
    mailroom_provider_note = fields.Char(compute="_compute_mailroom_provider_note")
    mailroom_provider_url = fields.Char(compute="_compute_mailroom_provider_note")
    mailroom_automatic = fields.Boolean(
        "Automatic Encryption",
        help="The program finds port and encryption itself: always encrypted, and only "
        "to a server that proves its name.",
    )
    mailroom_encryption = fields.Selection(
        [
            ("auto", "Automatic"),
            ("starttls", "STARTTLS"),
            ("ssl", "SSL/TLS"),
            ("none", "None"),
            ("starttls_unverified", "STARTTLS, certificate not checked"),
            ("ssl_unverified", "SSL/TLS, certificate not checked"),
        ],
        string="Encryption",
        compute="_compute_mailroom_encryption",
        inverse="_inverse_mailroom_encryption",
    )

    @api.depends("mailroom_provider")
    def _compute_mailroom_provider_note(self):
        for server in self:
            preset = PRESETS.get(server.mailroom_provider)
            server.mailroom_provider_note = self._mailroom_note(preset)
            server.mailroom_provider_url = preset.url if preset else False

    @api.model
    def _mailroom_note(self, preset):
        """Return what else a provider wants, in words."""
        notes = {
            "app_password": self.env._(
                "This provider wants an app password: make one in its security "
                "settings, and type it here instead of your usual password."
            ),
            "oauth": self.env._(
                "This provider takes a password only if its administrator allows SMTP "
                "with passwords. Otherwise connect the account with Odoo's Outlook or "
                "Gmail addon."
            ),
            "api_key": self.env._(
                "User name and password are the SMTP credentials or the API key of "
                "this service, not those you log in to its website with."
            ),
        }
        return notes.get(preset.note) if preset else False

    @api.depends("smtp_encryption", "mailroom_automatic")
    def _compute_mailroom_encryption(self):
        for server in self:
            word = WORD_OF.get(server.smtp_encryption, "none")
            server.mailroom_encryption = "auto" if server.mailroom_automatic else word

    def _inverse_mailroom_encryption(self):
        for server in self:
            word = server.mailroom_encryption
            values = {"mailroom_automatic": word == "auto"}
            if word == "auto" and server.smtp_encryption == "none":
                # Until it is found out, no password may leave in the clear.
                values["smtp_encryption"] = "starttls_strict"
            elif word in PLAIN_WORDS:
                values["smtp_encryption"] = PLAIN_WORDS[word]
            server.write(values)

    # === FILLING IN === #

    @api.onchange("mailroom_provider")
    def _onchange_mailroom_provider(self):
        preset = PRESETS.get(self.mailroom_provider)
        if preset:
            self.smtp_host = preset.host
            self.smtp_port = preset.port
            self.mailroom_encryption = WORD_OF.get(preset.encryption, "auto")
            self.smtp_user = self.smtp_user or preset.user or False

    @api.onchange("mailroom_encryption")
    def _onchange_mailroom_encryption(self):
        usual = {"ssl": 465, "starttls": 587, "auto": 0}
        if self.smtp_port in (0, 25, 465, 587):
            self.smtp_port = usual.get(self.mailroom_encryption, self.smtp_port)
        if self.mailroom_provider and self.mailroom_encryption != "auto":
            preset = PRESETS[self.mailroom_provider]
            if PLAIN_WORDS.get(self.mailroom_encryption) == preset.encryption:
                self.smtp_port = preset.port

    @api.onchange("mailroom_address")
    def _onchange_mailroom_address(self):
        if self.mailroom_address and not self.smtp_user:
            self.smtp_user = self.mailroom_address

    @api.model
    def _mailroom_form_action(self, account, name):
        """Return the action that opens an account, or the form for a new one."""
        # The view is one of ours; its form checks what the user may do.
        view = self.env.ref("mailroom.mailroom_account_view_form").sudo()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "ir.mail_server",
            "res_id": account.id,
            "views": [(view.id, "form")],
        }

    # === CHECKS === #

    @api.constrains("mailroom_address")
    def _check_mailroom_address(self):
        for server in self.filtered("mailroom_address"):
            try:
                parse_address(server.mailroom_address)
            except AddressError as error:
                words = self.env["mailroom.words"]._address(error)
                raise ValidationError(words) from error

    @api.constrains("mailroom_name")
    def _check_mailroom_name(self):
        for server in self:
            if "@" in (server.mailroom_name or ""):
                raise ValidationError(
                    self.env._(
                        "A sender name cannot contain “@”: it would look like another "
                        "address."
                    )
                )

    @api.constrains("mailroom_company_id", "mailroom_user_id", "owner_user_id")
    def _check_mailroom_owner(self):
        for server in self:
            if server.mailroom_company_id and server._mailroom_owner():
                raise ValidationError(
                    self.env._(
                        "“%s” is the mailbox of a user: it cannot be the account of a "
                        "company, too.",
                        server.name,
                    )
                )
