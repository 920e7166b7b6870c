from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.address import AddressError, parse_address


class IrMailServer(models.Model):
    """The sender account: whose mail it carries, and which account carries whose."""

    _inherit = "ir.mail_server"

    mailroom_company_id = fields.Many2one(
        "res.company",
        "Mail of Company",
        index="btree_not_null",
        ondelete="cascade",
        help="This account carries the mail of this company only. Without a company it "
        "is the system account: it carries the mail of companies without their own.",
    )
    mailroom_user_id = fields.Many2one(
        "res.users",
        "Mailbox of User",
        index="btree_not_null",
        ondelete="cascade",
        help="This account carries only what this user sends by hand.",
    )
    mailroom_name = fields.Char(
        "Sender Name",
        help="The name in From. Left empty, it is the name of the company.",
    )
    mailroom_address = fields.Char(
        "Sender Address",
        help="The address in From. Left empty, it is the user name, if that is one.",
    )

    _mailroom_user_uniq = models.UniqueIndex(
        "(mailroom_user_id) WHERE mailroom_user_id IS NOT NULL AND active",
        "This user has a mailbox already.",
    )

    # === THE RIGHT ACCOUNT OR NONE === #

    @api.model
    def _mailroom_account(self, company, template=None, user=None):
        """Decide which account carries a company's mail.

        The template's own account comes first, then the mailbox of the user who sends
        by hand, then the company's, then the system account. Never another company's,
        never somebody else's, never a server from the configuration file.

        :param company: the document's company
        :param template: ``mail.template`` whose own account is preferred
        :param user: who sends by hand; None when nobody does
        :return: the account (sudo), empty when the mail must be held
        """
        # Users may not read mail servers; only the record itself is passed on.
        servers = self.sudo().search(self._mailroom_usable_domain())
        wished = template.sudo().mail_server_id if template else self
        if wished in servers and wished._mailroom_serves(company):
            return wished
        own = servers.filtered(lambda s: s._mailroom_is_mailbox_of(user, company))
        if own:
            return own[0]
        wanted = self._mailroom_self_reliant(company)
        return servers.filtered(
            lambda s: not s._mailroom_owner() and s.mailroom_company_id == wanted
        )[:1]

    @api.model
    def _mailroom_usable_domain(self):
        # An account of the command line sends through the configuration file's server.
        return Domain("smtp_authentication", "!=", "cli") & Domain("active", "=", True)

    @api.model
    def _mailroom_family(self, company):
        """Return the company and its parents, nearest first: a branch may use the
        account of the company it belongs to."""
        return company.sudo().parent_ids[::-1]

    @api.model
    def _mailroom_self_reliant(self, company):
        """Return the nearest of a company and its parents that uses an account of its
        own; empty when the system account carries its mail."""
        return self._mailroom_family(company).filtered("mailroom_use_own_account")[:1]

    def _mailroom_owner(self):
        """Return the user whose private mailbox this is, empty for a shared account."""
        return self.mailroom_user_id or self.owner_user_id

    def _mailroom_serves(self, company):
        """Return whether a shared account belongs to a company, or to everybody."""
        own = self.mailroom_company_id
        family = self._mailroom_family(company)
        return not self._mailroom_owner() and (not own or own in family)

    def _mailroom_is_mailbox_of(self, user, company):
        """Return whether this is the user's own mailbox and the company allows it."""
        return bool(
            user
            and self._mailroom_owner() == user
            and company.sudo().mailroom_user_accounts
            and company in user.sudo().company_ids
        )

    def _mailroom_may_carry(self, company, user=None, template=None):
        """Return whether this account may carry a company's mail at all.

        :param user: who sends by hand; None when nobody does
        :param template: ``mail.template`` that may name an account
        """
        self.ensure_one()
        server = self.sudo()
        if not server.filtered_domain(self._mailroom_usable_domain()):
            return False
        if template and template.sudo().mail_server_id == server:
            return server._mailroom_serves(company)
        if server._mailroom_is_mailbox_of(user, company):
            return True
        wanted = self._mailroom_self_reliant(company)
        return not server._mailroom_owner() and server.mailroom_company_id == wanted

    # === WHO STANDS IN FROM === #

    def _mailroom_sender(self, company):
        """Return ``(name, address)`` of From for a company's mail.

        The address is always one this account may use: its own, else one its filter
        allows; an account without either takes the company's address.
        """
        self.ensure_one()
        server = self.sudo()
        owner = server._mailroom_owner()
        name = owner.name or server.mailroom_name or company.name
        for text in server._mailroom_sender_candidates(company):
            try:
                return name, parse_address(text).email
            except AddressError:
                continue
        return name, ""

    def _mailroom_sender_candidates(self, company):
        candidates = [self.mailroom_address, self.smtp_user]
        filters = [part.strip() for part in (self.from_filter or "").split(",")]
        if any(filters):
            allowed = [a for a in (company.email,) if self._mailroom_allows(a)]
            candidates += allowed + [f for f in filters if "@" in f]
            candidates += [f"noreply@{f}" for f in filters if f and "@" not in f]
        return [*candidates, company.default_from_email, company.email]

    def _mailroom_allows(self, address):
        allowed = self.sudo().from_filter
        return bool(address) and self._match_from_filter(address, allowed)

    def _mailroom_label(self, company):
        """Return the account as the sender sees it in the dialog."""
        name, address = self._mailroom_sender(company)
        return f"{name} <{address}>" if address else self.sudo().name
