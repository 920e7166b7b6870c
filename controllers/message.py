from odoo import http
from odoo.exceptions import AccessError
from odoo.http import content_disposition, request

from ..tools.file_name import safe_file_name


class MessageController(http.Controller):
    """Download of the exact message that left."""

    @http.route(
        "/mailroom/message/<int:delivery_id>.eml",
        type="http",
        auth="user",
        readonly=True,
    )
    def message(self, delivery_id):
        """Give the bytes of a message to whoever may read its outbox row."""
        delivery = request.env["mailroom.delivery"].browse(delivery_id)
        try:
            if not delivery.exists() or not delivery.has_access("read"):
                raise request.not_found()
            # The row may be read; its bytes lie in an attachment of the row.
            raw = delivery.sudo()._frozen_message() if delivery.ready else b""
        except AccessError as error:
            raise request.not_found() from error
        if not raw:
            raise request.not_found()
        name = safe_file_name(f"{delivery.document_name} {delivery.address}", ".eml")
        return request.make_response(
            raw,
            headers=[
                ("Content-Type", "message/rfc822"),
                ("Content-Disposition", content_disposition(name)),
                ("X-Content-Type-Options", "nosniff"),
                ("Content-Security-Policy", "default-src 'none'; sandbox"),
            ],
        )
