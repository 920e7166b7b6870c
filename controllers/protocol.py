from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.fields import Domain
from odoo.http import content_disposition, request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

MODEL = "mailroom.protocol"


class ProtocolPortal(CustomerPortal):
    """Service protocols among the customer's documents, and where he signs them."""

    def _prepare_home_portal_values(self, counters):
        # EXTENDS 'portal'
        values = super()._prepare_home_portal_values(counters)
        if "protocol_count" in counters:
            protocols = request.env[MODEL]
            may = protocols.has_access("read")
            count = protocols.search_count(self._protocol_domain()) if may else 0
            values["protocol_count"] = count
        return values

    def _protocol_domain(self):
        """Return which protocols a customer is shown: his own that are in force."""
        customer = request.env.user.partner_id.commercial_partner_id
        return Domain("partner_id", "child_of", customer.ids) & Domain(
            "state", "=", "done"
        )

    @http.route(
        ["/my/protocols", "/my/protocols/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
    )
    def portal_my_protocols(self, page=1, **kwargs):
        """List the customer's protocols."""
        protocols = request.env[MODEL]
        domain = self._protocol_domain()
        may = protocols.has_access("read")
        pager = portal_pager(
            url="/my/protocols",
            total=protocols.search_count(domain) if may else 0,
            page=page,
            step=self._items_per_page,
        )
        found = protocols.browse()
        if may:
            found = protocols.search(
                domain, limit=self._items_per_page, offset=pager["offset"]
            )
        # He may read them; their numbers and names come with what he may not.
        shown = found.sudo()
        request.session["my_protocols_history"] = shown.ids[:100]
        values = {
            **self._prepare_portal_layout_values(),
            "protocols": shown,
            "page_name": "protocol",
            "pager": pager,
            "default_url": "/my/protocols",
        }
        return request.render("mailroom.portal_my_protocols", values)

    @http.route(
        "/my/protocols/<int:protocol_id>", type="http", auth="public", website=True
    )
    def portal_protocol_page(
        self, protocol_id, access_token=None, report_type=None, download=None, **kwargs
    ):
        """Show a protocol, or give its PDF, to whoever may read it or has its token."""
        protocol = self._get_protocol(protocol_id, access_token)
        if protocol is None:
            raise request.not_found()
        if report_type == "pdf":
            return self._protocol_pdf(protocol, download)
        values = {
            "protocol": protocol,
            "o": protocol._mailroom_for_values(protocol._mailroom_lang()),
            "res_company": protocol.company_id,
            "page_name": "protocol",
            "report_type": "html",
        }
        values = self._get_page_view_values(
            protocol, access_token, values, "my_protocols_history", False, **kwargs
        )
        return request.render("mailroom.portal_protocol_page", values)

    @http.route("/my/protocols/<int:protocol_id>/sign", type="jsonrpc", auth="public")
    def portal_protocol_sign(
        self, protocol_id, access_token=None, name=None, signature=None
    ):
        """Store a customer's signature."""
        access_token = access_token or request.httprequest.args.get("access_token")
        protocol = self._get_protocol(protocol_id, access_token)
        if protocol is None:
            return {"error": request.env._("This protocol was not found.")}
        user = request.env.user
        known = user.partner_id if user.share and not user._is_public() else None
        try:
            protocol._sign_online(name, signature, known)
        except UserError as error:
            return {"error": str(error)}
        url = protocol.get_portal_url(query_string="&message=signed")
        return {"force_refresh": True, "redirect_url": url}

    def _get_protocol(self, protocol_id, access_token):
        """Return a protocol as the program sees it, None for who may not see it: to
        him it does not exist, whether it does or not."""
        token = access_token if isinstance(access_token, str) else None
        try:
            protocol = self._document_check_access(MODEL, protocol_id, token)
        except (AccessError, MissingError):
            return None
        # A draft is nobody's business but ours.
        hidden = protocol.state == "draft" and not request.env.user._is_internal()
        return None if hidden else protocol

    def _protocol_pdf(self, protocol, download):
        # With the token, somebody without a login prints: the report reads as program.
        reports = request.env["ir.actions.report"].sudo()
        lang = protocol._mailroom_lang()
        data, _kind = reports.with_context(lang=lang)._render_qweb_pdf(
            "mailroom.report_protocol", protocol.ids
        )
        name = protocol._mailroom_file_name(lang)
        disposition = content_disposition(name, "attachment" if download else "inline")
        return request.make_response(
            data,
            headers=[
                ("Content-Type", "application/pdf"),
                ("Content-Length", len(data)),
                ("Content-Disposition", disposition),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
