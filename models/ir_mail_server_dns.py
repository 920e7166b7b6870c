from odoo import fields, models

from ..tools.address import AddressError, parse_address
from ..tools.dns_health import check_domain
from ..tools.provider_presets import PRESETS

STATES = [
    ("ok", "Good"),
    ("weak", "Could be better"),
    ("missing", "Missing"),
    ("wrong", "Wrong"),
    ("unknown", "Unknown"),
]
CHECKS = ("spf", "dkim", "dmarc", "alignment")


class IrMailServerDns(models.Model):
    """What receivers find in the DNS about the sender's domain."""

    _inherit = "ir.mail_server"

    mailroom_selector = fields.Char(
        "DKIM Selector",
        help="The provider's name for the key it signs with, e.g. “google”. Known for "
        "some providers; else look into the header DKIM-Signature (s=…) of a message.",
    )
    mailroom_dns = fields.Json(readonly=True, copy=False)
    mailroom_dns_at = fields.Datetime("DNS Looked Up On", readonly=True, copy=False)
    mailroom_domain = fields.Char("Sender's Domain", compute="_compute_mailroom_domain")
    mailroom_spf = fields.Selection(STATES, "SPF", compute="_compute_mailroom_dns")
    mailroom_dkim = fields.Selection(STATES, "DKIM", compute="_compute_mailroom_dns")
    mailroom_dmarc = fields.Selection(STATES, "DMARC", compute="_compute_mailroom_dns")
    mailroom_alignment = fields.Selection(
        STATES, "Alignment", compute="_compute_mailroom_dns"
    )
    mailroom_spf_words = fields.Char(compute="_compute_mailroom_dns")
    mailroom_dkim_words = fields.Char(compute="_compute_mailroom_dns")
    mailroom_dmarc_words = fields.Char(compute="_compute_mailroom_dns")
    mailroom_alignment_words = fields.Char(compute="_compute_mailroom_dns")

    def _compute_mailroom_domain(self):
        for server in self:
            company = server.mailroom_company_id or self.env.company
            try:
                address = parse_address(server._mailroom_sender(company)[1])
                server.mailroom_domain = address.domain
            except AddressError:
                server.mailroom_domain = False

    def _compute_mailroom_dns(self):
        words = self.env["mailroom.words"]._dns_words()
        for server in self:
            known = server.mailroom_dns or {}
            for name in CHECKS:
                check = known.get(name) or {}
                server[f"mailroom_{name}"] = check.get("state") or "unknown"
                server[f"mailroom_{name}_words"] = words.get(check.get("code"), "")

    def action_mailroom_check_dns(self):
        """Look the sender's domain up in the DNS."""
        self.ensure_one()
        self._mailroom_check_writable()
        self._mailroom_look_up()
        return True

    def _mailroom_look_up(self):
        if not self.mailroom_domain:
            return
        preset = PRESETS.get(self.mailroom_provider)
        selectors = (self.mailroom_selector or "").replace(",", " ").split()
        checks = check_domain(
            self.mailroom_domain,
            preset.spf if preset else "",
            selectors or (preset.selectors if preset else ()),
            self._mailroom_resolver(),
        )
        # What DNS says is the program's to write down.
        self.sudo().write(
            {
                "mailroom_dns": {
                    check.name: {
                        "state": check.state,
                        "code": check.code,
                        "record": check.record[:500],
                    }
                    for check in checks
                },
                "mailroom_dns_at": fields.Datetime.now(),
            }
        )

    def _mailroom_resolver(self):
        """Return the function that asks DNS, None for this machine's resolver."""
        return None
