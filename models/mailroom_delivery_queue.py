import base64
import random

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.backoff import GIVE_UP_AFTER, next_try

DUE_STATES = ("queued", "deferred")


class MailroomDeliveryQueue(models.Model):
    """The only steps that move a row forward: claimed, handed over, recorded."""

    _inherit = "mailroom.delivery"

    @api.model
    def _due_domain(self, accounts):
        """Return the domain of finished messages these accounts could send now."""
        return (
            Domain("ready", "=", True)
            & Domain("state", "in", DUE_STATES)
            & Domain("account_id", "in", accounts.ids)
            & Domain("next_try", "<=", fields.Datetime.now())
        )

    # === CLAIM === #

    @api.model
    def _claim(self, account, worker):
        """Take the oldest due message of an account; a row another worker is at is
        passed over.

        :return: one delivery, now ``sending``; empty when nothing is due
        """
        claimed = self.env.execute_query(
            SQL(
                """UPDATE mailroom_delivery
                      SET state = 'sending', phase = 'claimed', worker = %(worker)s,
                          attempts = attempts + 1,
                          write_date = now() AT TIME ZONE 'UTC'
                    WHERE id = (
                          SELECT id FROM mailroom_delivery
                           WHERE account_id = %(account)s AND ready
                             AND state IN ('queued', 'deferred')
                             AND next_try <= now() AT TIME ZONE 'UTC'
                        ORDER BY id
                           LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING id""",
                worker=worker,
                account=account.id,
            )
        )
        self.invalidate_model(["state", "phase", "worker", "attempts"], flush=False)
        return self.browse([row[0] for row in claimed])

    def _mark_data(self, worker):
        """Say that the body goes out now. Only the worker that claimed the row may.

        :return: whether the row was still the worker's
        :rtype: bool
        """
        self.ensure_one()
        rows = self.env.execute_query(
            SQL(
                """UPDATE mailroom_delivery SET phase = 'data'
                    WHERE id = %s AND worker = %s AND state = 'sending'
                      AND phase = 'claimed'
                RETURNING id""",
                self.id,
                worker,
            )
        )
        self.invalidate_recordset(["phase"], flush=False)
        return bool(rows)

    # === RECORD === #

    def _record(self, worker, verdict, milliseconds):
        """Write down what the server said.

        :param int worker: number of the worker that claimed the row
        :param Verdict verdict: from ``tools.smtp_reply``
        :param int milliseconds: how long the conversation took
        """
        self.ensure_one()
        self.invalidate_recordset(flush=False)
        if self.worker != worker or self.state not in ("sending", "uncertain"):
            # Somebody settled it meanwhile; what we know goes into the log only.
            self._log_attempt(verdict, milliseconds)
            return
        self._log_attempt(verdict, milliseconds)
        self.write(
            {
                "phase": False,
                "worker": False,
                "stale": True,
                "reason": verdict.reason,
                "reply_code": verdict.code or False,
                "reply_enhanced": verdict.enhanced,
                "reply_text": verdict.text,
                **self._prepare_outcome(verdict),
            }
        )
        self._report_to_account(verdict)

    def _prepare_outcome(self, verdict):
        """Return the values of the new state for a verdict."""
        if verdict.outcome == "accepted":
            return {"state": "sent", "sent_at": fields.Datetime.now()}
        if verdict.outcome in ("failed", "uncertain"):
            return {"state": verdict.outcome}
        if not verdict.counts:
            return {"state": "queued", "attempts": self.attempts - 1}
        moment = next_try(
            fields.Datetime.now(),
            self.attempts,
            self.waiting_since,
            random.Random(),
            self.give_up_at or None,
        )
        if moment is None:
            return {"state": "failed", "reason": "gave_up"}
        return {"state": "deferred", "next_try": moment}

    def _report_to_account(self, verdict):
        account = self.account_id
        if verdict.outcome == "account_fault":
            account._mailroom_mark_paused(verdict)
        elif verdict.outcome == "cool_down":
            account._mailroom_mark_cooling(verdict)
        else:
            account._mailroom_mark_up()

    def _log_attempt(self, verdict, milliseconds):
        self.env["mailroom.attempt"].create(
            {
                "delivery_id": self.id,
                "account_id": self.account_id.id,
                "number": self.attempts,
                "worker": self.worker,
                "started_at": fields.Datetime.now(),
                "duration": milliseconds,
                "phase": verdict.phase,
                "outcome": verdict.outcome,
                "reason": verdict.reason,
                "reply_code": verdict.code or False,
                "reply_enhanced": verdict.enhanced,
                "reply_text": verdict.text,
            }
        )

    # === RECOVER, GIVE UP === #

    @api.model
    def _recover(self, worker):
        """Settle the rows of a dead worker."""
        rows = self.search([("state", "=", "sending"), ("worker", "=", worker)])
        unsure = rows.filtered(lambda row: row.phase == "data")
        unsure.write({"state": "uncertain", "reason": "connection_lost"})
        for row in rows - unsure:
            row.write({"state": "queued", "attempts": row.attempts - 1})
        rows.write({"phase": False, "worker": False, "stale": True})

    @api.model
    def _give_up_old(self):
        """Give up what nobody took for three days, or what lost its point; messages of
        a paused account wait for a person instead."""
        now = fields.Datetime.now()
        old = self.search(
            Domain("state", "in", DUE_STATES)
            & (
                Domain("waiting_since", "<", now - GIVE_UP_AFTER)
                | Domain("give_up_at", "<=", now)
            )
            & Domain("account_id.mailroom_health", "!=", "paused"),
            limit=500,
        )
        old.write({"state": "failed", "reason": "gave_up", "stale": True})

    # === THE FROZEN MESSAGE === #

    def _frozen_message(self):
        """Return the bytes that leave."""
        self.ensure_one()
        return base64.b64decode(self.with_context(bin_size=False).eml)

    def _envelope_sender(self):
        """Return the address bounces go to."""
        self.ensure_one()
        return self.account_id._mailroom_sender(self.company_id)[1]

    # === TELL === #

    @api.model
    def _tell_documents(self):
        """Let documents, envelopes and open screens know what became of messages."""
        stale = self.search([("stale", "=", True)], limit=200, order="id")
        if not stale:
            return
        stale._update_envelopes()
        stale._remind_of_failure()
        stale.dispatch_id._refresh_documents()
        stale.write({"stale": False})

    def _remind_of_failure(self):
        """Give whoever pressed Send a to-do when a message failed for good: failing
        is never silent."""
        for delivery in self:
            user = delivery.dispatch_id.user_id
            document = delivery._document()
            if delivery.state not in ("failed", "bounced") or not user or not document:
                continue
            if delivery.superseded or "activity_ids" not in document._fields:
                continue
            document.with_context(mail_activity_quick_update=True).activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Message not sent: %s", delivery.address),
                note=delivery.words,
                user_id=user.id if user.active else self.env.uid,
            )
