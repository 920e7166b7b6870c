from odoo import models


class MailroomWordsDns(models.AbstractModel):
    """What the DNS says about a sender's domain, and what to do about it."""

    _inherit = "mailroom.words"

    def _dns_words(self):
        """Return ``{code of tools.dns_health: sentence}``."""
        _ = self.env._
        return {
            "no_dns": _("DNS cannot be asked from here."),
            "no_domain": _("DNS does not know this domain, as seen from here."),
            **self._dns_words_spf(),
            **self._dns_words_dkim(),
            **self._dns_words_dmarc(),
            "aligned_dkim": _("Messages are signed for the domain in From."),
            "aligned_spf": _("Bounces go to the domain in From, and SPF allows it."),
            "aligned_nothing": _(
                "Neither SPF nor DKIM proves the sender: many receivers will refuse it."
            ),
            "aligned_unknown": _(
                "Bounces go to the domain in From. Whether SPF or DKIM proves it cannot "
                "be said from here; look at the headers of a test message."
            ),
        }

    def _dns_words_spf(self):
        _ = self.env._
        return {
            "spf_found": _("There is one SPF record."),
            "spf_provider": _("The SPF record allows your provider."),
            "spf_other": _(
                "There is an SPF record, but it does not name your provider. Add what "
                "the provider's documentation says."
            ),
            "spf_missing": _("There is no SPF record (TXT, “v=spf1 …”)."),
            "spf_several": _(
                "There are several SPF records: receivers ignore them all."
            ),
            "spf_everybody": _("The SPF record allows everybody to send (+all)."),
        }

    def _dns_words_dkim(self):
        _ = self.env._
        return {
            "dkim_found": _("The public key is there."),
            "dkim_revoked": _("The key was withdrawn (empty p=)."),
            "dkim_missing": _(
                "There is no key under the selector. Switch DKIM on at your provider."
            ),
            "dkim_no_selector": _(
                "Type the DKIM selector of your provider to check it."
            ),
        }

    def _dns_words_dmarc(self):
        _ = self.env._
        return {
            "dmarc_reject": _("Forgeries are refused (p=reject)."),
            "dmarc_quarantine": _("Forgeries go to spam (p=quarantine)."),
            "dmarc_none": _("There is a policy, but it protects nothing yet (p=none)."),
            "dmarc_missing": _(
                "There is no policy. Gmail and Yahoo ask large senders for one: TXT at "
                "_dmarc, “v=DMARC1; p=none” to begin with."
            ),
            "dmarc_several": _(
                "There are several policies: receivers ignore them all."
            ),
            "dmarc_no_policy": _("The record has no valid policy (p=)."),
        }
