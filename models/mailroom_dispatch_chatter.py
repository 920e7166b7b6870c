from odoo import models


class MailroomDispatchChatter(models.Model):
    """The history of the documents: one message per dispatch, one of Odoo's envelopes
    per recipient, and a word to whoever pressed Send."""

    _inherit = "mailroom.dispatch"

    # === CHATTER === #

    def _post_to_chatter(self, documents):
        """Post each message once, with one envelope per recipient; nobody else is
        told, and Odoo's own mail queue gets nothing.

        :param documents: the document of each dispatch, in their order, as the user
            who sends sees it
        """
        groups = {}
        for dispatch, document in zip(self, documents, strict=True):
            document = document.with_context(**document._mailroom_post_context())
            key = (document.env, document._name)
            groups.setdefault(key, []).append((dispatch, document))
        for members in groups.values():
            posted = members[0][1].browse([document.id for _d, document in members])
            contents = [dispatch._prepare_post() for dispatch, _document in members]
            messages = posted._mailroom_post(contents)
            for (dispatch, _document), message in zip(members, messages, strict=True):
                dispatch.message_id = message
        self._create_envelopes()

    def _prepare_post(self):
        """Return what stands in the history of the document. TO EXTEND."""
        self.ensure_one()
        return {
            "body": self.body,
            "subject": self.subject,
            "attachment_ids": self.file_ids.attachment_ids.ids,
        }

    def _create_envelopes(self):
        """Create the ``mail.notification`` of each recipient: Odoo's envelope icons."""
        deliveries = self.delivery_ids.sorted("id")
        bases = {dispatch: dispatch._envelope_base() for dispatch in self}
        seen, values = set(), []
        for delivery in deliveries:
            key = (delivery.dispatch_id, delivery.partner_id)
            partner = (
                delivery.partner_id if key not in seen else self.env["res.partner"]
            )
            seen.add(key)
            values.append(
                {
                    **delivery._prepare_envelope(bases[delivery.dispatch_id]),
                    "res_partner_id": partner.id,
                }
            )
        envelopes = self.env["mail.notification"].create(values)
        for delivery, envelope in zip(deliveries, envelopes, strict=True):
            delivery.notification_id = envelope

    def _envelope_base(self):
        document = self.env[self.res_model].browse(self.res_id)
        return document._notify_by_email_get_base_notification_values(self.message_id)

    # === WORD TO THE USER === #

    def _queued_notification(self):
        """Return the action that tells the sender that his messages are queued."""
        names = ", ".join(self.delivery_ids.mapped("address"))
        waiting = self.delivery_ids.filtered(lambda d: d.hold_reason == "approval")
        if waiting:
            return self._waiting_notification(waiting)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            # Odoo's own buttons add to the context of what they open.
            "context": {},
            "params": {
                "type": "info",
                "title": self.env._("Queued"),
                "message": self.env._(
                    "%(document)s is on its way to %(whom)s.",
                    document=", ".join(self.mapped("document_name")),
                    whom=names,
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _waiting_notification(self, waiting):
        """Return the action that tells the sender that a mail manager decides."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "context": {},
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("Waiting for approval"),
                "message": self.env._(
                    "%(count)s messages go beyond what your company sends in a while. "
                    "A mail manager was told, and decides whether they leave.",
                    count=len(waiting),
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
