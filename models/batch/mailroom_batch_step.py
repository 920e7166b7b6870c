from psycopg2 import OperationalError

from odoo import models

from ...const import BATCH_STEP
from ...tools.plan import Problem


class MailroomBatchStep(models.Model):
    """From lines to the outbox, a few at a time."""

    _inherit = "mailroom.batch"

    def _step(self):
        """Put the next lines into the outbox. A crash leaves them as they were: what
        has a message is not "to do" any more, in the same transaction.

        :return: how many lines were handled
        :rtype: int
        """
        self.ensure_one()
        lines = self._next_lines()
        if not lines:
            self._finish_if_over()
            return 0
        lines._dispatch()
        self._announce()
        return len(lines)

    def _next_lines(self):
        lines = self.env["mailroom.batch.line"]
        todo = [("batch_id", "=", self.id), ("result", "=", "todo")]
        order = "customer_id, id" if self.one_mail else "id"
        chosen = lines.search(todo, limit=BATCH_STEP, order=order)
        if self.one_mail and chosen:
            # A customer's documents leave together.
            last = chosen[-1].customer_id
            chosen |= lines.search([*todo, ("customer_id", "=", last.id)])
        return chosen

    def _known_deliveries(self, plans):
        """Return ``{(model, id): deliveries}``: who had these documents before, oldest
        first.

        :param list[Plan] plans: whose documents are asked about
        """
        known = {}
        for (model, purpose), members in _by_document(plans).items():
            # Only what the sender himself may read and sends is asked about.
            deliveries = self.env["mailroom.delivery"].search_fetch(
                [
                    ("dispatch_id.res_model", "=", model),
                    ("dispatch_id.res_id", "in", [p.document.id for p in members]),
                    ("dispatch_id.purpose", "=", purpose),
                    ("role", "!=", "bcc"),
                ],
                ["address", "dispatch_id", "batch_id", "state", "superseded"],
                order="id",
            )
            for row in deliveries:
                key = (model, row.dispatch_id.res_id)
                known[key] = known.get(key, deliveries.browse()) | row
        return known

    def _without_doubles(self, going):
        """Leave out what somebody else has sent since it was looked at: the others, and
        what they go in one mail with, do not suffer from it.

        :param dict going: ``{line: Plan}``
        :rtype: dict
        """
        # That it was sent, and when, is all a sender learns about such a message.
        sender = self._as_sender(self.env["mailroom.dispatch"]).sudo()
        taken = {id(plan) for plan in sender._queued_before(list(going.values()))}
        for line, plan in going.items():
            if id(plan) in taken:
                words = sender._already_on_its_way(plan, sender._dedup_keys(plan))
                line._cannot_go([Problem("queued_before", "block", words)])
        return {line: plan for line, plan in going.items() if id(plan) not in taken}


def _by_document(plans):
    groups = {}
    for plan in plans:
        groups.setdefault((plan.document._name, plan.purpose), []).append(plan)
    return groups


class MailroomBatchLineStep(models.Model):
    _inherit = "mailroom.batch.line"

    def _dispatch(self):
        """Put lines of one batch into the outbox; what fails together goes apart."""
        lines = self.batch_id._speaking(self)
        try:
            with self.env.cr.savepoint():
                lines._dispatch_together()
        except OperationalError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it hits these only
            for part in lines._parts() if len(lines) > 1 else ():
                part._dispatch()
            if len(lines) == 1:
                lines._cannot_go([lines._error_problem(error)])

    def _parts(self):
        """Return what is tried by itself after these lines failed together: what may
        leave as one mail first, then line by line."""
        customers = self.grouped("customer_id")
        if self.batch_id.one_mail and len(customers) > 1:
            return customers.values()
        return self

    def _dispatch_together(self):
        batch = self.batch_id
        plans = batch._plan_lines(self)
        going, again = {}, {}
        for line in self:
            plan = plans.get(line)
            obstacles = line._obstacles(plan) if plan else [line._gone_problem()]
            if obstacles:
                line._cannot_go(obstacles)
                continue
            if not line.light:
                line._look_anew(plan)
            (again if line.dispatch_id else going)[line] = plan
        repeated = {line: plan for line, plan in going.items() if line.resend} | again
        known = batch._known_deliveries(repeated.values())
        going |= batch._replan(again, known)
        for line in going.keys() & repeated.keys():
            plan = going[line]
            plan.resend_of = line._resend_of(plan, known)
            plan.resend_reason = self.env._("Sent again in “%s”", batch.name)
        going = batch._without_doubles(going)
        if going:
            self._send_plans(batch, going)

    def _obstacles(self, plan):
        """Return what stops a line now, although it may have looked well before."""
        strict = self._strict_problems(plan)
        problems = [problem for problem in strict if problem.level == "block"]
        now = ", ".join(recipient.address for recipient in plan.recipients)
        if self.light and not problems and now != self.recipients:
            words = self.env._(
                "The recipients are %(now)s now; you have seen %(seen)s. Check the "
                "line again.",
                now=now,
                seen=self.recipients or "–",
            )
            problems.append(Problem("other_recipients", "block", words))
        return problems

    def _look_anew(self, plan):
        """Show what leaves of a line that was mended after it had failed."""
        if not self.dispatch_id:
            self.write(self._prepare_plan_values(plan))
        self._write_problems(self._strict_problems(plan))

    def _show_words(self, plan, template):
        """Show the words that leave, where they are not the line's own."""
        self.subject = plan.subject
        if template:
            self.template_id = template

    def _strict_problems(self, plan):
        # Without an account a message waits for one: that is told by itself.
        return [self._strict(p) for p in plan.problems if p.code != "no_account"]

    def _cannot_go(self, problems):
        self._write_problems(problems)
        self.result = "failed"

    def _send_plans(self, batch, going):
        """Dispatch plans and note each line's message.

        :param dict going: ``{line: Plan}``
        """
        lines = {id(plan): line for line, plan in going.items()}
        bundles = batch._bundles(going)
        for bundle in bundles:
            template = batch._bundle(bundle)
            for plan in bundle if len(bundle) > 1 else ():
                lines[id(plan)]._show_words(plan, template)
        sender = batch._as_sender(self.env["mailroom.dispatch"])
        dispatches = sender._send(list(going.values())).sudo()
        by_plan = dict(zip(map(id, going.values()), dispatches, strict=True))
        for line, plan in going.items():
            line.write({"dispatch_id": by_plan[id(plan)].id, "result": "queued"})
        for lead, *others in bundles:
            made = [by_plan[id(plan)] for plan in others]
            by_plan[id(lead)]._carry(dispatches.browse().union(*made))
