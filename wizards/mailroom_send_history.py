from odoo import fields, models


class MailroomSendHistory(models.TransientModel):
    """What the dialog knows about earlier messages: it asks before it repeats one."""

    _inherit = "mailroom.send"

    sent_before = fields.Char(readonly=True)
    changed_since = fields.Boolean(readonly=True)
    resend_of = fields.Json(readonly=True)

    def _prepare_history(self, document, purpose):
        """Return what the dialog knows about earlier messages of a purpose."""
        return {
            "purpose": purpose,
            "sent_before": self._sent_before(document, purpose),
            "changed_since": self._changed_since(document, purpose),
            "resend_of": self._known_deliveries(document, purpose),
        }

    def _known_deliveries(self, document, purpose):
        """Return ``{address: id of the newest delivery}``: who had it already."""
        # Only addresses the sender types himself are compared with what is found.
        deliveries = (
            self.env["mailroom.delivery"]
            .sudo()
            .search(
                [
                    ("dispatch_id.res_model", "=", document._name),
                    ("dispatch_id.res_id", "=", document.id),
                    ("dispatch_id.purpose", "=", purpose),
                ],
                order="id",
            )
        )
        return {delivery.address.casefold(): delivery.id for delivery in deliveries}

    def _sent_before(self, document, purpose):
        """Return in words that, when, by whom and to whom it was sent before."""
        dispatch = document._mailroom_last_dispatch(purpose)
        if not dispatch or purpose == "message":
            return False
        values = {
            "when": self.env["ir.qweb.field.relative"].value_to_html(
                dispatch.create_date, {"now": fields.Datetime.now()}
            ),
            "who": dispatch.user_id.name or self.env._("Odoo"),
            "whom": ", ".join(
                delivery.address
                for delivery in dispatch.delivery_ids
                if delivery.state != "cancelled"
            ),
        }
        if self._changed_since(document, purpose):
            return self.env._(
                "Sent %(when)s by %(who)s to %(whom)s. It has changed since.", **values
            )
        return self.env._(
            "Sent %(when)s by %(who)s to %(whom)s. Nothing has changed since.", **values
        )

    def _changed_since(self, document, purpose):
        """Return whether the customer would see something new."""
        known = document._mailroom_last_dispatch(purpose).content_hash
        return bool(known) and known != document._mailroom_fingerprint(purpose)
