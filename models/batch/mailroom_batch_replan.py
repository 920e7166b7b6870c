from odoo import models

from ...const import LOST
from ...tools.plan import Problem


class MailroomBatchReplan(models.Model):
    """How lines go once more whose message failed.

    Whoever has it, or gets it from elsewhere, is left in peace. A mail goes as it was,
    with the same bytes, when nothing about any document in it is different now; else
    its documents go in new messages.
    """

    _inherit = "mailroom.batch"

    def _replan(self, plans, known):
        """Decide about lines that had a message. Those that need no new one have their
        result afterwards.

        :param dict plans: ``{line: Plan}``
        :param dict known: from ``_known_deliveries``
        :return: the plans that are to be dispatched
        :rtype: dict
        """
        mails = {}
        for line, plan in plans.items():
            mails.setdefault(line._mail(), {})[line] = plan
        going = {}
        for mail, members in mails.items():
            wanted = self._wanted_as_it_was(mail, members, known)
            if wanted:
                self._send_as_it_was(mail, members, wanted)
                continue
            for line, plan in members.items():
                if line._goes_anew(plan, known):
                    going[line] = plan
        return going

    def _wanted_as_it_was(self, mail, members, known):
        """Return the addresses that get the very same mail once more: nobody when
        something about one of its documents is different now."""
        lines = self.env["mailroom.batch.line"].union(*members)
        whole = mail | mail.carried_ids
        same = all(line._is_as_it_was(plan) for line, plan in members.items())
        if lines.dispatch_id != whole or not same:
            return set()
        wanted, *others = (line._wanted(plan, known) for line, plan in members.items())
        lost = {row.address.casefold() for row in mail._lost_rows()}
        agreed = all(other == wanted for other in others)
        return wanted if agreed and wanted <= lost else set()

    def _send_as_it_was(self, mail, members, wanted):
        reason = self.env._("Sent again in “%s”", self.name)
        for row in mail._lost_rows():
            if row.address.casefold() in wanted:
                row._resend(reason)
        for line in members:
            line.dispatch_id._lost_rows()._forget(but=wanted)
        mail._refresh_documents()
        for line in members:
            line.result = line._result_now()


class MailroomBatchLineReplan(models.Model):
    _inherit = "mailroom.batch.line"

    def _mail(self):
        """Return the message that brought the document, or should have."""
        return self.dispatch_id.carrier_id or self.dispatch_id

    def _is_as_it_was(self, plan):
        """Return whether what would leave now is what was to leave then."""
        sent = self.dispatch_id
        words = (plan.purpose, plan.lang, plan.template or sent.template_id.browse())
        if words != (sent.purpose, sent.lang, sent.template_id):
            return False
        return not sent.content_hash or self._is_version(plan, sent)

    def _is_version(self, plan, dispatch):
        now = plan.document._mailroom_fingerprint(plan.purpose)
        return dispatch.content_hash == now

    def _wanted(self, plan, known):
        """Return the addresses that still need the message."""
        there = {row.address.casefold() for row in self._in_peace(plan, known)}
        return {recipient.address.casefold() for recipient in plan.recipients} - there

    def _in_peace(self, plan, known):
        """Return the deliveries of those who have this message, or get it: from this
        batch, or from elsewhere since."""
        rows = known.get((plan.document._name, plan.document.id))
        if not rows:
            return self.env["mailroom.delivery"]
        alive = rows.filtered(
            lambda row: not row.superseded and row.state not in (*LOST, "cancelled")
        )
        began = rows.filtered(lambda row: row.batch_id == self.batch_id)[:1].dispatch_id
        return alive.filtered(
            lambda row: (
                row.batch_id == self.batch_id
                or (not self.resend or row.dispatch_id.id > began.id)
                and self._is_same(plan, row.dispatch_id)
            )
        )

    def _is_same(self, plan, dispatch):
        """Return whether another message says the same as this one would."""
        if plan.purpose == "message":
            words = (dispatch.template_id.id, dispatch.subject)
            return words == (plan.template.id if plan.template else False, plan.subject)
        return not dispatch.content_hash or self._is_version(plan, dispatch)

    def _goes_anew(self, plan, known):
        """Return whether there is anybody left for a new message, and leave the others
        out of it. Without anybody the line has its result afterwards."""
        wanted = self._wanted(plan, known)
        if not wanted:
            self._rest(self._in_peace(plan, known))
            return False
        self.write(self._prepare_plan_values(plan))
        plan.recipients = [
            recipient
            for recipient in plan.recipients
            if recipient.address.casefold() in wanted
        ]
        self.dispatch_id._lost_rows()._forget()
        return True

    def _rest(self, rows):
        """Say what became of a line that nobody is left for.

        :param rows: the deliveries of those who have it or get it
        """
        own = rows.filtered(lambda row: row.batch_id == self.batch_id)
        if own:
            # Who did not get it was taken out, or has it from elsewhere.
            self.dispatch_id._lost_rows()._forget()
            self.dispatch_id = own[-1:].dispatch_id
            self.dispatch_id._refresh_documents()
            self.result = self._result_now()
            return
        words = self.env._(
            "Not sent again: %(who)s has it, or gets it, with another message (queued "
            "at %(time)s).",
            who=", ".join(dict.fromkeys(rows.mapped("address"))),
            time=self.env["mailroom.words"]._time(rows[-1:].create_date),
        )
        self._write_problems([Problem("has_it", "warn", words)])
        self.result = "skipped"

    def _resend_of(self, plan, known):
        """Return ``{address: id of the delivery}`` that is knowingly sent again."""
        rows = known.get((plan.document._name, plan.document.id), ())
        return {
            row.address.casefold(): row.id
            for row in rows
            if self.resend or row.batch_id == self.batch_id or row.state in LOST
        }


class MailroomDispatchReplan(models.Model):
    _inherit = "mailroom.dispatch"

    def _lost_rows(self):
        """Return the deliveries that surely did not arrive, and were not repeated."""
        return self.delivery_ids.filtered(
            lambda row: row.state in LOST and not row.superseded
        )


class MailroomDeliveryReplan(models.Model):
    _inherit = "mailroom.delivery"

    def _forget(self, but=()):
        """Count no more: something else went in their place, or nobody wants it.

        :param but: addresses that still count
        """
        gone = self.filtered(lambda row: row.address.casefold() not in but)
        gone.write({"superseded": True, "dedup_key": False})
