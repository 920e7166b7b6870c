from odoo import api, fields, models

from ..tools.address import AddressError, parse_address


class IrMailServer(models.Model):
    """The sender account: whose mail it carries, and who stands in From."""

    _inherit = "ir.mail_server"

    mailroom_company_id = fields.Many2one(
        "res.company",
        "Mail of Company",
        index="btree_not_null",
        ondelete="cascade",
        help="This account carries the mail of this company only. Without a company it "
        "is the system account: it carries the mail of companies without their own.",
    )
    mailroom_address = fields.Char(
        "Sender Address",
        help="The address in From. Left empty, it is the user name, if that is one.",
    )

    # === THE RIGHT ACCOUNT OR NONE === #

    @api.model
    def _mailroom_account(self, company, template=None):
        """Decide which account carries a company's mail.

        Never another company's, never a person's private one, never a server from the
        configuration file.

        :param company: the document's company
        :param template: ``mail.template`` whose own account is preferred
        :return: the account (sudo), empty when the mail must be held
        """
        # Users may not read mail servers; only the record itself is passed on.
        servers = self.sudo().search([("owner_user_id", "=", False)])
        usable = servers.filtered(
            lambda s: not s.mailroom_company_id
            or s.mailroom_company_id in self._mailroom_family(company)
        )
        if template and template.sudo().mail_server_id in usable:
            return template.sudo().mail_server_id
        return min(
            usable, key=lambda s: s._mailroom_distance(company), default=self.sudo()
        )

    @api.model
    def _mailroom_family(self, company):
        """Return the company and its parents, nearest first: a branch may use the
        account of the company it belongs to."""
        return company.sudo().parent_ids[::-1]

    def _mailroom_distance(self, company):
        family = self._mailroom_family(company)
        own = self.mailroom_company_id
        rank = family.ids.index(own.id) if own in family else len(family)
        return (rank, self.sequence, self.id)

    def _mailroom_may_carry(self, company):
        """Return whether this account may carry a company's mail at all."""
        self.ensure_one()
        own = self.sudo().mailroom_company_id
        return (
            self.sudo().active
            and not self.sudo().owner_user_id
            and (not own or own in self._mailroom_family(company))
        )

    # === WHO STANDS IN FROM === #

    def _mailroom_sender(self, company):
        """Return ``(name, address)`` of From for a company's mail.

        The address is always one this account may use: its own, else one its filter
        allows; an account without either takes the company's address.
        """
        self.ensure_one()
        server = self.sudo()
        candidates = [server.mailroom_address, server.smtp_user]
        filters = [part.strip() for part in (server.from_filter or "").split(",")]
        if any(filters):
            allowed = [a for a in (company.email,) if self._mailroom_allows(a)]
            candidates += allowed + [f for f in filters if "@" in f]
            candidates += [f"noreply@{f}" for f in filters if f and "@" not in f]
        candidates.append(company.email)
        for text in candidates:
            try:
                return company.name, parse_address(text).email
            except AddressError:
                continue
        return company.name, ""

    def _mailroom_allows(self, address):
        return bool(address) and self._match_from_filter(address, self.sudo().from_filter)

    def _mailroom_label(self, company):
        """Return the account as the sender sees it in the dialog."""
        name, address = self._mailroom_sender(company)
        return f"{name} <{address}>" if address else self.sudo().name
