import hashlib
import random
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.backoff import GIVE_UP_AFTER, next_try
from .mailroom_carrier import LONGEST_REST

DUE_STATES = ("queued", "deferred")
# A message that was in a worker's hands this often when it died must make way.
CRASHES = 3


class MailroomDeliveryQueue(models.Model):
    """The only steps that move a row forward: claimed, handed over, recorded."""

    _inherit = "mailroom.delivery"

    @api.model
    def _due_domain(self, carriers):
        """Return the domain of finished messages that could leave now.

        :param list carriers: recordsets of carriers, each of one model
        """
        return (
            Domain("ready", "=", True)
            & Domain("state", "in", DUE_STATES)
            & Domain.OR(Domain(c._mailroom_row_field, "in", c.ids) for c in carriers)
            & Domain("next_try", "<=", fields.Datetime.now())
        )

    def _sent_through(self):
        """Return what carries the message. TO EXTEND for other channels."""
        self.ensure_one()
        return self.account_id

    # === CLAIM === #

    @api.model
    def _claim(self, carrier, worker, unlimited=False):
        """Take the oldest due message of a carrier; a row another worker is at is
        passed over.

        :param bool unlimited: the carrier is known to have no limit
        :return: one delivery, now ``sending``; empty when nothing is due
        """
        claimed = self.env.execute_query(self._claim_statement(carrier, worker))
        self.invalidate_model(["state", "phase", "worker", "attempts"], flush=False)
        return self.browse([row[0] for row in claimed])

    @api.model
    def _claim_statement(self, carrier, worker):
        return SQL(
            """UPDATE mailroom_delivery
                  SET state = 'sending', phase = 'claimed', worker = %(worker)s,
                      attempts = COALESCE(attempts, 0) + 1,
                      write_date = now() AT TIME ZONE 'UTC'
                WHERE id = (
                      SELECT id FROM mailroom_delivery
                       WHERE %(field)s = %(carrier)s AND ready
                         AND state IN ('queued', 'deferred')
                         AND next_try <= now() AT TIME ZONE 'UTC'
                         AND %(condition)s
                    ORDER BY id
                       LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id""",
            worker=worker,
            field=SQL.identifier(carrier._mailroom_row_field),
            carrier=carrier.id,
            condition=self._claim_condition(),
        )

    @api.model
    def _claim_condition(self):
        """Return what else a row must fulfil to leave now. TO EXTEND."""
        return SQL("TRUE")

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

    def _record(self, worker, verdict, milliseconds, known_up=False):
        """Write down what the server said.

        A worker that lost its connection may have been taken for dead, its row for
        unsure: what it knows settles that, unless somebody else did.

        :param int worker: number of the worker that claimed the row
        :param Verdict verdict: from ``tools.smtp_reply``
        :param int milliseconds: how long the conversation took
        :param bool known_up: the carrier is known to work, nobody need say so again
        """
        self.ensure_one()
        self.invalidate_recordset(flush=False)
        self._log_attempt(worker, verdict, milliseconds)
        if (
            self.worker != worker
            or self.state not in ("sending", "uncertain")
            or self.superseded
        ):
            return
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
        self._report_to_carrier(verdict, known_up)

    def _prepare_deferred(self, at_least=0):
        """Return the values of a row that is tried again later, or given up.

        :param int at_least: seconds the server asked to wait
        """
        moment = next_try(
            fields.Datetime.now(),
            self.attempts,
            self.waiting_since,
            random.Random(),
            self.give_up_at or None,
        )
        if moment is None:
            return {"state": "failed", "reason": "gave_up"}
        asked_for = timedelta(seconds=min(at_least, LONGEST_REST))
        moment = max(moment, fields.Datetime.now() + asked_for)
        return {"state": "deferred", "next_try": moment}

    def _prepare_outcome(self, verdict):
        """Return the values of the new state for a verdict."""
        if verdict.outcome == "accepted":
            return {"state": "sent", "sent_at": fields.Datetime.now()}
        if verdict.outcome in ("failed", "uncertain"):
            return {"state": verdict.outcome}
        if not verdict.counts:
            return {"state": "queued", "attempts": self.attempts - 1}
        return self._prepare_deferred(verdict.retry_after)

    def _report_to_carrier(self, verdict, known_up):
        account = self._sent_through()
        if verdict.outcome == "account_fault":
            account._mailroom_mark_paused(verdict)
        elif verdict.outcome in ("cool_down", "uncertain"):
            # A server that takes messages and does not say so would make every one of
            # them unsure.
            account._mailroom_mark_cooling(verdict)
        elif verdict.code and not known_up:
            account._mailroom_mark_up()

    def _log_attempt(self, worker, verdict, milliseconds):
        values = self._prepare_attempt(worker, verdict, milliseconds)
        self.env["mailroom.attempt"].create(values)

    def _prepare_attempt(self, worker, verdict, milliseconds):
        """Return the values of the line in the log of attempts."""
        return {
            "delivery_id": self.id,
            "company_id": self.company_id.id,
            self._sent_through()._mailroom_row_field: self._sent_through().id,
            "number": self.attempts,
            "worker": worker,
            "started_at": fields.Datetime.now() - timedelta(milliseconds=milliseconds),
            "duration": milliseconds,
            "phase": verdict.phase,
            "outcome": verdict.outcome,
            "reason": verdict.reason,
            "reply_code": verdict.code or False,
            "reply_enhanced": verdict.enhanced,
            "reply_text": verdict.text,
        }

    # === RECOVER, GIVE UP === #

    @api.model
    def _recover(self, worker):
        """Settle the rows of a dead worker."""
        rows = self.search([("state", "=", "sending"), ("worker", "=", worker)])
        unsure = rows.filtered(lambda row: row.phase == "data")
        # The number stays: should the worker be alive after all, it may still tell.
        unsure.write({"state": "uncertain", "reason": "connection_lost"})
        for row in rows - unsure:
            row.write({**row._prepare_unsent(), "worker": False})
        rows.write({"phase": False, "stale": True})

    def _prepare_unsent(self):
        """Return the values of a row that was not sent because its worker died. One
        that kills every worker must not be the next one's first again."""
        if self.attempts < CRASHES:
            return {"state": "queued"}
        return {"reason": "crash", **self._prepare_deferred()}

    @api.model
    def _give_up_old(self):
        """Give up what lost its point, and what waits for a server that was out of
        reach for three days. Messages of an account that works are tried, however old
        they are; those of a paused one wait for a person."""
        now = fields.Datetime.now()
        out_of_reach = self._out_of_reach_domain()
        old = self.search(
            Domain("state", "in", DUE_STATES)
            & (
                Domain("waiting_since", "<", now - GIVE_UP_AFTER) & out_of_reach
                | Domain("give_up_at", "<=", now)
            ),
            limit=500,
        )
        old.write({"state": "failed", "reason": "gave_up", "stale": True})

    @api.model
    def _out_of_reach_domain(self):
        """Return the domain of messages whose carrier cannot be reached. TO EXTEND."""
        return Domain("account_id.mailroom_health", "=", "cooling")

    # === THE FROZEN MESSAGE === #

    def _frozen_message(self):
        """Return the bytes that leave.

        :raise ValueError: when they are not what was frozen
        """
        self.ensure_one()
        raw = self._stored_message()
        if hashlib.sha256(raw).hexdigest() != self.eml_sha256:
            raise ValueError(f"{len(raw)} bytes")
        return raw

    def _stored_message(self):
        """Return the stored bytes as they are; the field gives them in Base64, after
        one more query."""
        stored = self.env["ir.attachment"].search_fetch(
            [
                ("res_model", "=", self._name),
                ("res_field", "=", "eml"),
                ("res_id", "=", self.id),
            ],
            ["store_fname", "db_datas"],
            limit=1,
        )
        return stored.raw or b""
