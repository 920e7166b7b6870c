"""A small company to test with: nothing here depends on demo data or on a chart of
accounts."""

from odoo.fields import Command


def create_company(env, name, domain, **values):
    """Create a Swedish company that can quote and invoice.

    :param str name: of the company
    :param str domain: of its addresses
    :rtype: res.company
    """
    sek = env.ref("base.SEK")
    sek.active = True
    company = env["res.company"].create(
        {
            "name": name,
            "email": f"info@{domain}",
            "phone": "+46 8 123 45 67",
            "street": "Storgatan 1",
            "zip": "111 22",
            "city": "Stockholm",
            "country_id": env.ref("base.se").id,
            "currency_id": sek.id,
            **values,
        }
    )
    company.partner_id.lang = "en_US"
    if not company.parent_id:
        _create_books(env, company)
    return company


def _create_books(env, company):
    """Create the accounts and the journal an invoice needs."""
    accounts = env["account.account"].with_company(company)
    receivable, payable, income = accounts.create(
        [
            {
                "name": name,
                "code": code,
                "account_type": kind,
                "reconcile": kind != "income",
                "company_ids": [Command.set(company.ids)],
            }
            for name, code, kind in (
                ("Receivable", "151000", "asset_receivable"),
                ("Payable", "244000", "liability_payable"),
                ("Income", "300100", "income"),
            )
        ]
    )
    company.account_fiscal_country_id = company.country_id
    for field, account in (
        ("property_account_receivable_id", receivable),
        ("property_account_payable_id", payable),
    ):
        env["ir.default"].set("res.partner", field, account.id, company_id=company.id)
    env["account.journal"].create(
        {
            "name": "Customer invoices",
            "code": "INV",
            "type": "sale",
            "company_id": company.id,
            "default_account_id": income.id,
        }
    )
    company.account_sale_tax_id = _create_tax(env, company)


def _create_tax(env, company):
    group = env["account.tax.group"].create(
        {"name": "VAT", "company_id": company.id, "country_id": company.country_id.id}
    )
    return env["account.tax"].create(
        {
            "name": "25 %",
            "amount": 25,
            "type_tax_use": "sale",
            "company_id": company.id,
            "country_id": company.country_id.id,
            "tax_group_id": group.id,
        }
    )
