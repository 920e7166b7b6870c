from odoo import models


class MailroomWordsDns(models.AbstractModel):
    """What the DNS says about a sender's domain, and what to do about it."""

    _inherit = "mailroom.words"

    def _dns_words(self):
        """Return ``{code of tools.dns_health: sentence}``."""
        return {
            "no_dns": self.env._("DNS cannot be asked from here."),
            "no_domain": self.env._(
                "DNS does not know this domain, as seen from here."
            ),
            **self._dns_words_spf(),
            **self._dns_words_dkim(),
            **self._dns_words_dmarc(),
            "aligned_dkim": self.env._("Messages are signed for the domain in From."),
            "aligned_spf": self.env._(
                "Bounces go to the domain in From, and SPF allows it."
            ),
            "aligned_nothing": self.env._(
                "Neither SPF nor DKIM proves the sender: many receivers will refuse it."
            ),
            "aligned_unknown": self.env._(
                "Bounces go to the domain in From. Whether SPF or DKIM proves it "
                "cannot be said from here; look at the headers of a test message."
            ),
        }

    def _dns_words_spf(self):
        return {
            "spf_found": self.env._("There is one SPF record."),
            "spf_provider": self.env._("The SPF record allows your provider."),
            "spf_other": self.env._(
                "There is an SPF record, but it does not name your provider. Add what "
                "the provider's documentation says."
            ),
            "spf_missing": self.env._("There is no SPF record (TXT, “v=spf1 …”)."),
            "spf_several": self.env._(
                "There are several SPF records: receivers ignore them all."
            ),
            "spf_everybody": self.env._(
                "The SPF record allows everybody to send (+all)."
            ),
        }

    def _dns_words_dkim(self):
        return {
            "dkim_found": self.env._("The public key is there."),
            "dkim_revoked": self.env._("The key was withdrawn (empty p=)."),
            "dkim_missing": self.env._(
                "There is no key under the selector. Switch DKIM on at your provider."
            ),
            "dkim_no_selector": self.env._(
                "Type the DKIM selector of your provider to check it."
            ),
        }

    def _dns_words_dmarc(self):
        return {
            "dmarc_reject": self.env._("Forgeries are refused (p=reject)."),
            "dmarc_quarantine": self.env._("Forgeries go to spam (p=quarantine)."),
            "dmarc_none": self.env._(
                "There is a policy, but it protects nothing yet (p=none)."
            ),
            "dmarc_missing": self.env._(
                "There is no policy. Gmail and Yahoo ask large senders for one: TXT at "
                "_dmarc, “v=DMARC1; p=none” to begin with."
            ),
            "dmarc_several": self.env._(
                "There are several policies: receivers ignore them all."
            ),
            "dmarc_no_policy": self.env._("The record has no valid policy (p=)."),
        }
