from odoo import models

from ..const import ARRIVED, LOST
from ..tools.fingerprint import differences, fingerprint


class MailroomDocumentState(models.AbstractModel):
    """What became of a document, and whether it changed since."""

    _inherit = "mailroom.document"

    # === STATE === #

    def _mailroom_refresh(self):
        """Bring state and "changed since" up to date after deliveries changed.

        The fields are recomputed, not written: what a model does when a person writes
        (log, synchronise, mark as changed by hand) does not happen.
        """
        before = {document: document.mailroom_state for document in self}
        for name in ("mailroom_state", "mailroom_changed"):
            self.env.add_to_compute(self._fields[name], self)
        for document, state in before.items():
            if document.mailroom_state == "sent" and state != "sent":
                document._mailroom_after_accepted()

    def _compute_mailroom_state(self):
        last = self._mailroom_last_dispatches()
        for document in self:
            dispatch = last.get(document.id, self.env["mailroom.dispatch"])
            document.mailroom_state = self._mailroom_state_of(dispatch.sudo())

    def _mailroom_last_dispatch(self):
        """Return the newest dispatch of the document itself that was not taken back."""
        self.ensure_one()
        nothing = self.env["mailroom.dispatch"]
        return self._mailroom_last_dispatches().get(self.id, nothing).sudo()

    def _mailroom_last_dispatches(self):
        """Return ``{id: newest dispatch}`` of the documents, cancelled ones aside."""
        if not self.ids:
            return {}
        # The outbox says the same to everybody who may read the document.
        dispatches = (
            self.env["mailroom.dispatch"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("purpose", "=", "document"),
                    ("delivery_ids.state", "!=", "cancelled"),
                ],
                order="id",
            )
        )
        return {dispatch.res_id: dispatch for dispatch in dispatches}

    def _mailroom_state_of(self, dispatch):
        """Return the state that the deliveries of a dispatch add up to."""
        states = {
            delivery.state
            for delivery in dispatch.delivery_ids
            if delivery.state != "cancelled" and not delivery.superseded
        }
        if not states:
            return "not_sent"
        if states & {"queued", "sending", "deferred"}:
            return "queued"
        for state in ("held", "uncertain"):
            if state in states:
                return state
        if states <= set(ARRIVED):
            return "sent"
        return "failed" if states <= set(LOST) else "partly"

    # === CHANGED SINCE === #

    def _mailroom_snapshot(self):
        """Return what the customer sees now, the same for whoever looks: names that are
        translated are taken in one language."""
        return self.with_context(lang="en_US")._mailroom_content()

    def _mailroom_fingerprint(self):
        """Return the hash of what the customer sees now."""
        return fingerprint(self._mailroom_snapshot())

    def _mailroom_sent_fingerprints(self):
        """Return ``{id: hash}`` of what was sent last about each document."""
        # Reads past the rules of the outbox: only a hash of the very documents at
        # hand leaves this method.
        dispatches = (
            self.env["mailroom.dispatch"]
            .sudo()
            .search_fetch(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("purpose", "=", "document"),
                    ("content_hash", "!=", False),
                    ("delivery_ids.state", "!=", "cancelled"),
                ],
                ["res_id", "content_hash"],
                order="id",
            )
        )
        return {dispatch.res_id: dispatch.content_hash for dispatch in dispatches}

    def _mailroom_differences(self):
        """Return what is different from what was sent, in words.

        :rtype: list[dict]
        """
        self.ensure_one()
        content = self._mailroom_last_dispatch().content
        if not content:
            return []
        return [
            {
                "label": self._mailroom_difference_label(difference),
                "old": self._mailroom_show(difference.old),
                "new": self._mailroom_show(difference.new),
            }
            for difference in differences(content, self._mailroom_snapshot())
        ]

    def _mailroom_difference_label(self, difference):
        label = self._mailroom_content_label(difference.label)
        return f"{difference.line}: {label}" if difference.line else label
