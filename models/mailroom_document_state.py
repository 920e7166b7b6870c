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

    def _mailroom_last_dispatch(self, purpose="document"):
        """Return the newest dispatch of a purpose that was not taken back."""
        self.ensure_one()
        nothing = self.env["mailroom.dispatch"]
        return self._mailroom_last_dispatches(purpose).get(self.id, nothing).sudo()

    def _mailroom_last_dispatches(self, purpose="document", states=()):
        """Return ``{id: newest dispatch}`` of the documents, cancelled ones aside.

        :param str purpose: a key of ``const.PURPOSES``
        :param states: only those of which a delivery is in one of these states
        """
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
                    ("purpose", "=", purpose),
                    ("delivery_ids.state", "in", states)
                    if states
                    else ("delivery_ids.state", "!=", "cancelled"),
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

    def _mailroom_snapshot(self, purpose="document"):
        """Return what the customer sees now, the same for whoever looks: names that are
        translated are taken in one language."""
        return self.with_context(lang="en_US")._mailroom_content_for(purpose)

    def _mailroom_fingerprint(self, purpose="document"):
        """Return the hash of what the customer sees now."""
        return fingerprint(self._mailroom_snapshot(purpose))

    def _mailroom_version(self, purpose="document"):
        """Return what makes a message about the same content a new one, not a double
        click: its hash. TO EXTEND."""
        return self._mailroom_fingerprint(purpose)

    def _mailroom_sent_fingerprints(self, purpose="document"):
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
                    ("purpose", "=", purpose),
                    ("content_hash", "!=", False),
                    ("delivery_ids.state", "!=", "cancelled"),
                ],
                ["res_id", "content_hash"],
                order="id",
            )
        )
        return {dispatch.res_id: dispatch.content_hash for dispatch in dispatches}

    def _mailroom_differences(self, purpose="document"):
        """Return what is different from what was sent, in words.

        :rtype: list[dict]
        """
        self.ensure_one()
        content = self._mailroom_last_dispatch(purpose).content
        if not content:
            return []
        now = self._mailroom_snapshot(purpose)
        return [
            {
                "label": self._mailroom_difference_label(difference),
                "old": self._mailroom_show(difference.old),
                "new": self._mailroom_show(difference.new),
            }
            for difference in differences(content, now)
        ]

    def _mailroom_difference_label(self, difference):
        label = self._mailroom_content_label(difference.label)
        return f"{difference.line}: {label}" if difference.line else label
