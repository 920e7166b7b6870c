from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

# Newest entries of each list on the tab; the links lead to all of them.
SHOWN = 6


class SaleOrder(models.Model):
    """The customer on the order: earlier trade, what is open, what was sent (C11).

    Fetched when somebody opens the tab, with the rights of who looks, in five queries.
    """

    _inherit = "sale.order"

    @api.model
    def mailroom_get_customer(
        self, partner_id, order_id=False, company_id=False, address_ids=()
    ):
        """Return what the customer tab shows.

        :param int partner_id: the partner chosen on the order
        :param order_id: the order looked at, which is no "earlier" one
        :param company_id: the order's company, whose trade is shown
        :param address_ids: partners whose address is wanted, too
        :return: ``contact`` and ``customer`` cards, ``addresses`` by id, ``orders`` and
            ``invoices`` (newest first, with ``count``, ``total`` and ``open`` in the
            company's currency) and ``messages`` from the outbox
        :rtype: dict
        """
        if not self.env.user._is_internal():
            raise AccessError(self.env._("Only staff may look at a customer's trade."))
        companies = self.env.companies
        company = companies.filtered(lambda c: c.id == company_id) or self.env.company
        orders = self.with_company(company)
        partners = self._mailroom_cards([partner_id, *address_ids])
        contact = partners.filtered(lambda partner: partner.id == partner_id)
        customer = contact.commercial_partner_id
        if not customer:
            return {}
        return {
            "contact": self._mailroom_card(contact),
            "customer": self._mailroom_card(customer),
            "addresses": {p.id: self._mailroom_one_line_address(p) for p in partners},
            "orders": orders._mailroom_earlier_orders(customer, order_id),
            "invoices": orders._mailroom_earlier_invoices(customer),
            "messages": self._mailroom_last_messages(customer),
        }

    # === PEOPLE === #

    def _mailroom_cards(self, partner_ids):
        """Fetch partners, and the companies they belong to, at once."""
        partners = self.env["res.partner"]
        ids = [partner_id for partner_id in partner_ids if partner_id]
        chosen = Domain("id", "in", ids) | Domain("child_ids", "in", ids)
        found = partners.search_fetch(chosen & Domain("active", "in", (True, False)))
        return found.filtered(lambda partner: partner.id in ids)

    def _mailroom_card(self, partner):
        return {
            "id": partner.id,
            "name": partner.name or "",
            "email": partner.email or "",
            "phone": partner.phone or "",
            "address": self._mailroom_one_line_address(partner),
        }

    def _mailroom_one_line_address(self, partner):
        place = " ".join(filter(None, [partner.zip, partner.city]))
        return ", ".join(filter(None, [partner.street, partner.street2, place]))

    # === TRADE === #

    def _mailroom_of_customer(self, customer, companies):
        return Domain("partner_id.commercial_partner_id", "=", customer.id) & Domain(
            "company_id", "in", companies.ids
        )

    def _mailroom_earlier_orders(self, customer, order_id):
        domain = self._mailroom_of_customer(customer, self.env.company)
        domain &= Domain("id", "!=", order_id) & Domain("state", "=", "sale")
        return self._mailroom_trade(
            self,
            domain,
            {
                "date": SQL("sale_order.date_order"),
                "amount": SQL("sale_order.amount_total"),
                "state": SQL("sale_order.state"),
            },
            SQL(
                "SUM(sale_order.amount_total"
                " / COALESCE(NULLIF(sale_order.currency_rate, 0), 1)) OVER ()"
            ),
            SQL("0"),
        )

    def _mailroom_earlier_invoices(self, customer):
        domain = self._mailroom_of_customer(customer, self.env.company)
        domain &= Domain("move_type", "in", ("out_invoice", "out_refund"))
        return self._mailroom_trade(
            self.env["account.move"],
            domain & Domain("state", "=", "posted"),
            {
                "date": SQL("account_move.invoice_date"),
                "amount": SQL("account_move.amount_total_in_currency_signed"),
                "state": SQL("account_move.payment_state"),
            },
            SQL("SUM(account_move.amount_total_signed) OVER ()"),
            SQL("SUM(account_move.amount_residual_signed) OVER ()"),
        )

    def _mailroom_trade(self, model, domain, columns, total, still_open):
        """Return the newest records of a model with the sums of all, in one query that
        keeps to the rules of who looks.

        :param dict columns: date, amount and state, as SQL
        :param SQL total: sum in the company's currency
        :param SQL still_open: sum of what is not paid
        """
        if not model.has_access("read"):
            return {"count": 0, "total": 0, "open": 0, "rows": [], "hidden": True}
        query = model._search(domain, order="id desc", limit=SHOWN)
        rows = self.env.execute_query(
            query.select(
                SQL.identifier(model._table, "id"),
                SQL.identifier(model._table, "name"),
                SQL.identifier(model._table, "currency_id"),
                columns["date"],
                columns["amount"],
                columns["state"],
                SQL("COUNT(*) OVER ()"),
                total,
                still_open,
                SQL(
                    "(SELECT currency_id FROM res_company WHERE id = %s)",
                    self.env.company.id,
                ),
            )
        )
        first = rows[0] if rows else (0,) * 10
        states = self._mailroom_trade_states(model)
        return {
            "count": first[6],
            "total": float(first[7] or 0),
            "open": float(first[8] or 0),
            "currency": first[9],
            "rows": [self._mailroom_trade_row(row, states) for row in rows],
        }

    def _mailroom_trade_row(self, row, states):
        res_id, name, currency_id, day, amount, state = row[:6]
        return {
            "id": res_id,
            "name": name or "",
            "currency": currency_id,
            "date": fields.Date.to_string(day) if day else "",
            "amount": float(amount or 0),
            "state": states.get(state, ""),
        }

    def _mailroom_trade_states(self, model):
        name = "state" if model._name == "sale.order" else "payment_state"
        return dict(model._fields[name]._description_selection(self.env))

    # === MESSAGES === #

    def _mailroom_last_messages(self, customer):
        # Who may read a document may know what became of it; nothing else is looked at.
        deliveries = self.env["mailroom.delivery"].sudo()
        found = deliveries.search_fetch(
            Domain("dispatch_id", "any", self._mailroom_readable_dispatches(customer))
            & Domain("role", "!=", "bcc")
            & Domain("superseded", "=", False),
            ["address", "state", "create_date", "dispatch_id"],
            limit=SHOWN,
        )
        # One fetch for all, whatever else a dispatch holds
        found.dispatch_id.fetch(["subject", "document_name", "res_model", "res_id"])
        states = dict(deliveries._fields["state"]._description_selection(self.env))
        return [
            {
                "id": delivery.id,
                "address": delivery.address,
                "state": delivery.state,
                "label": states[delivery.state],
                "date": fields.Datetime.to_string(delivery.create_date),
                "subject": delivery.dispatch_id.subject,
                "document": delivery.dispatch_id.document_name,
                "model": delivery.dispatch_id.res_model,
                "res_id": delivery.dispatch_id.res_id,
            }
            for delivery in found
        ]

    def _mailroom_readable_dispatches(self, customer):
        """Return the domain of what was sent about documents of a customer that the
        user may read."""
        about = Domain.FALSE
        trade = self._mailroom_of_customer(customer, self.env.companies)
        for model in (self, self.env["account.move"], self.env["mailroom.protocol"]):
            if model.has_access("read"):
                readable = model._search(trade)
                about |= Domain("res_model", "=", model._name) & Domain(
                    "res_id", "in", readable
                )
        return about
