import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .mailroom_protocol_lock import SIGNATURE

PNG = b"\x89PNG\r\n\x1a\n"
SIGNATURE_LIMIT = 1_000_000
NAME_LIMIT = 100


class MailroomProtocol(models.Model):
    """The customer signs on the technician's screen, or on the page of the protocol."""

    _inherit = "mailroom.protocol"

    signature = fields.Image(
        "Customer's Signature", max_width=1024, max_height=1024, copy=False
    )
    signed_by = fields.Char(
        compute="_compute_signed_by", store=True, readonly=False, copy=False
    )
    signed_on = fields.Datetime(readonly=True, copy=False)
    sign_online = fields.Boolean(
        "Customer Signs Online",
        copy=False,
        help="The mail carries the button “Sign the protocol”; the customer signs on "
        "the page it opens.",
    )
    may_be_signed = fields.Boolean(compute="_compute_may_be_signed")

    @api.depends("contact_id")
    def _compute_signed_by(self):
        for protocol in self.filtered(lambda p: not p.signature):
            protocol.signed_by = protocol.contact_id.name

    @api.depends("state", "signature", "sign_online")
    def _compute_may_be_signed(self):
        for protocol in self:
            open_for_it = protocol.state == "done" and protocol.sign_online
            protocol.may_be_signed = open_for_it and not protocol.signature

    @api.constrains("signature", "signed_by")
    def _check_signed_by(self):
        for protocol in self:
            if protocol.signature and not (protocol.signed_by or "").strip():
                raise ValidationError(
                    self.env._("Write the name of who has signed beside the signature.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Note when a protocol was signed."""
        signing = self.with_context(mailroom_signing=True)
        vals_list = [self._stamped(vals) for vals in vals_list]
        protocols = super(MailroomProtocol, signing).create(vals_list)
        return protocols.with_env(self.env)

    def write(self, vals):
        """Note when a protocol was signed, and that it was changed since."""
        signing = self.with_context(mailroom_signing=True)
        target = signing if "signature" in vals else self
        result = super(MailroomProtocol, target).write(self._stamped(vals))
        if (self._locked_fields() - SIGNATURE) & set(vals):
            target._take_signature_off()
        return result

    def _take_signature_off(self):
        """Take off the signature of a draft that was changed: what a customer signs is
        what stands there."""
        if self.env.context.get("mailroom_signing"):
            return
        for protocol in self.filtered(lambda p: p.state == "draft" and p.signature):
            protocol.signature = False
            protocol.message_post(
                body=self.env._(
                    "Changed after %s had signed: the signature was taken off. Let "
                    "the customer sign again.",
                    protocol.signed_by,
                ),
                subtype_xmlid="mail.mt_note",
            )

    def _stamped(self, vals):
        if "signature" not in vals:
            return {key: vals[key] for key in vals if key != "signed_on"}
        return {**vals, "signed_on": vals["signature"] and fields.Datetime.now()}

    def action_ask_to_sign(self):
        """Open the dialog for a message whose button leads to the signature."""
        self.ensure_one()
        self.check_access("write")
        if self.signature:
            raise UserError(
                self.env._(
                    "%(number)s was signed by %(name)s already.",
                    number=self.name,
                    name=self.signed_by,
                )
            )
        self.sign_online = True
        return self.action_mailroom_send()

    def _sign_online(self, name, signature, partner):
        """Store the signature a customer gave on the page of the protocol.

        :param str name: who signs
        :param str signature: PNG, base64
        :param partner: who is known to sign, or an empty recordset
        :raise UserError: it is not to be signed, or something is missing
        """
        self.ensure_one()
        if not self.may_be_signed:
            raise UserError(self.env._("This protocol is not to be signed."))
        name = " ".join(str(name or "").split())[:NAME_LIMIT]
        if not name:
            raise UserError(self.env._("Please write your name."))
        self.write({"signature": self._checked_signature(signature), "signed_by": name})
        self._tell_signed(partner)

    def _checked_signature(self, signature):
        """Return a drawn signature; anybody may send anything here."""
        text = signature if isinstance(signature, str) else ""
        try:
            drawn = base64.b64decode(text[: SIGNATURE_LIMIT + 1], validate=True)
        except (binascii.Error, ValueError):
            drawn = b""
        if len(text) > SIGNATURE_LIMIT or not drawn.startswith(PNG):
            raise UserError(self.env._("Please sign in the field."))
        return text

    def _tell_signed(self, partner):
        technician = self.user_id.partner_id
        lang = technician.lang or self.company_id.partner_id.lang
        words = self.with_context(lang=lang).env._("Signed by %s.", self.signed_by)
        self.message_post(
            body=words,
            author_id=(partner or self.contact_id or self.partner_id).id,
            partner_ids=technician.ids,
            subtype_xmlid="mail.mt_note",
        )
