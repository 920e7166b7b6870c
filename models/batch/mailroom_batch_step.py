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
        """Return ``{(model, id): {address: id of the newest delivery}}``: who had these
        documents before.

        :param list[Plan] plans: whose recipients are asked about
        """
        known = {}
        for (model, purpose), members in _by_document(plans).items():
            # Only what the sender himself may read and sends is asked about.
            deliveries = self.env["mailroom.delivery"].search_fetch(
                [
                    ("dispatch_id.res_model", "=", model),
                    ("dispatch_id.res_id", "in", [p.document.id for p in members]),
                    ("dispatch_id.purpose", "=", purpose),
                ],
                ["address", "dispatch_id"],
                order="id",
            )
            for row in deliveries:
                found = known.setdefault((model, row.dispatch_id.res_id), {})
                found[row.address.casefold()] = row.id
        return known


def _by_document(plans):
    groups = {}
    for plan in plans:
        groups.setdefault((plan.document._name, plan.purpose), []).append(plan)
    return groups


class MailroomBatchLineStep(models.Model):
    _inherit = "mailroom.batch.line"

    def _dispatch(self):
        """Put lines of one batch into the outbox; what fails together goes alone."""
        lines = self.batch_id._speaking(self)
        try:
            with self.env.cr.savepoint():
                lines._dispatch_together()
        except OperationalError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it hits these only
            for line in lines if len(lines) > 1 else ():
                line._dispatch()
            if len(lines) == 1:
                lines._cannot_go([lines._error_problem(error)])

    def _dispatch_together(self):
        batch = self.batch_id
        plans = batch._plan_lines(self)
        going = {}
        for line in self:
            plan = plans.get(line)
            obstacles = line._obstacles(plan) if plan else [line._gone_problem()]
            if obstacles:
                line._cannot_go(obstacles)
            elif not line.dispatch_id or line._replan(plan):
                going[line] = plan
        if going:
            self._send_plans(batch, going)

    def _obstacles(self, plan):
        """Return what stops a line now, although it may have looked well before."""
        strict = [self._strict(p) for p in plan.problems if p.code != "no_account"]
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

    def _cannot_go(self, problems):
        self._write_problems(problems)
        self.result = "failed"

    def _send_plans(self, batch, going):
        """Dispatch plans and note each line's message.

        :param dict going: ``{line: Plan}``
        """
        known = batch._known_deliveries(going.values())
        for line, plan in going.items():
            if line.resend or line.dispatch_id:
                document = plan.document
                plan.resend_of = known.get((document._name, document.id), {})
                plan.resend_reason = self.env._("Sent again in “%s”", batch.name)
        bundles = batch._bundles(list(going.values()))
        for bundle in bundles:
            batch._bundle(bundle)
        sender = batch._as_sender(self.env["mailroom.dispatch"])
        dispatches = sender._send(list(going.values())).sudo()
        by_plan = dict(zip(map(id, going.values()), dispatches, strict=True))
        for line, plan in going.items():
            line.write({"dispatch_id": by_plan[id(plan)].id, "result": "queued"})
        for lead, *others in bundles:
            made = [by_plan[id(plan)] for plan in others]
            by_plan[id(lead)]._carry(dispatches.browse().union(*made))
