import os
from dataclasses import dataclass, field

from odoo import models

from ...const import ARRIVED, BATCH_LARGE, LOST
from ...tools.plan import Problem

# What the dialog only warns of stops a line of a batch: nobody reads each text.
STRICT = ("no_account", "empty_tag")
# Reasons for which an address is worth a second look.
RETURNED = ("mailbox_unknown", "mailbox_disabled", "mailbox_moved", "domain_unknown")


@dataclass
class Facts:
    """What the lines looked at together need to know, fetched at once.

    ``last`` maps (model, purpose, id) to the newest dispatch, ``returned`` holds
    addresses whose last mail came back, ``ranks`` maps (template, language) to how far
    they are from each other.
    """

    last: dict = field(default_factory=dict)
    returned: set = field(default_factory=set)
    ranks: dict = field(default_factory=dict)


class MailroomBatchFacts(models.Model):
    _inherit = "mailroom.batch"

    def _facts(self, plans):
        """Fetch what the judgement about these plans needs.

        :param dict plans: ``{line: Plan}``
        :rtype: Facts
        """
        facts = Facts()
        groups = {}
        for plan in plans.values():
            groups.setdefault((plan.document._name, plan.purpose), []).append(plan)
        for (model, purpose), members in groups.items():
            documents = self.env[model].browse([p.document.id for p in members])
            last = documents._mailroom_last_dispatches(purpose)
            for res_id, dispatch in last.items():
                facts.last[model, purpose, res_id] = dispatch
        addresses = {r.address for p in plans.values() for r in p.recipients}
        facts.returned = self._returned_addresses(addresses)
        return facts

    def _returned_addresses(self, addresses):
        """Return the addresses whose newest mail of these companies came back."""
        # The outbox of the batch's own companies; only a warning leaves this method.
        deliveries = self.env["mailroom.delivery"].sudo()
        known = [("company_id", "in", self.company_ids.ids)]
        returned = deliveries.search_fetch(
            [
                *known,
                ("address", "in", list(addresses)),
                ("state", "in", LOST),
                ("reason", "in", RETURNED),
            ],
            ["address"],
        )
        if not returned:
            return set()
        newest = {row.address: row.id for row in returned.sorted("id")}
        mended = deliveries.search_fetch(
            [*known, ("address", "in", list(newest)), ("state", "in", ARRIVED)],
            ["address"],
        )
        return set(newest) - {d.address for d in mended if d.id > newest[d.address]}


class MailroomBatchLineProblems(models.Model):
    """Why a line is red or amber."""

    _inherit = "mailroom.batch.line"

    def _judge(self, plan, facts):
        """Return everything wrong with a line.

        :rtype: list[Problem]
        """
        problems = [self._strict(problem) for problem in plan.problems]
        problems += self._sent_before_problems(plan, facts)
        problems += self._language_problems(plan, facts)
        problems += self._template_problems(plan)
        problems += self._returned_problems(plan, facts)
        problems += self._file_problems(plan)
        return problems

    def _strict(self, problem):
        """Return a problem as it counts here, with what a person can do about it on
        this page."""
        if problem.code == "no_address":
            words = self.env._(
                "%s has no email address. Type one under “To”, or add it on the "
                "contact and check the line again.",
                self.customer_id.name or self.document_name,
            )
            return Problem(problem.code, "block", words)
        level = "block" if problem.code in STRICT else problem.level
        return Problem(problem.code, level, problem.message)

    def _sent_before_problems(self, plan, facts):
        document = plan.document
        last = facts.last.get((document._name, plan.purpose, document.id))
        if not last or plan.purpose == "message":
            return []
        state = document._mailroom_state_of(last)
        if state == "not_sent":
            return []
        if state in ("queued", "held"):
            return [Problem("on_its_way", "block", self._words_before(last, state))]
        if state == "failed":
            return [Problem("failed_before", "warn", self._words_before(last, state))]
        hashed = last.content_hash
        if hashed and hashed != document._mailroom_fingerprint(plan.purpose):
            return [Problem("changed", "warn", self._words_before(last, "changed"))]
        return [Problem("sent_before", "warn", self._words_before(last, state))]

    def _words_before(self, last, state):
        """Return what became of a document's earlier message, in words."""
        values = {
            "when": self.env["mailroom.words"]._time(last.create_date),
            "who": last.user_id.name or self.env._("Odoo"),
        }
        if state in ("queued", "held"):
            return self.env._(
                "The message of %(when)s by %(who)s has not left yet. Wait for it, or "
                "cancel it on the document.",
                **values,
            )
        if state == "failed":
            return self.env._(
                "The message of %(when)s by %(who)s did not arrive; it goes again.",
                **values,
            )
        if state == "changed":
            return self.env._(
                "Sent at %(when)s by %(who)s, and changed since: the new version goes.",
                **values,
            )
        if state == "uncertain":
            return self.env._(
                "Nobody knows whether the message of %(when)s by %(who)s arrived. Tick "
                "it to send it again.",
                **values,
            )
        if state == "partly":
            return self.env._(
                "Some got the message of %(when)s by %(who)s, some did not. Send it "
                "again to these on the document, or tick it to send it to all.",
                **values,
            )
        return self.env._(
            "Sent at %(when)s by %(who)s already. Tick it to send it again.", **values
        )

    def _language_problems(self, plan, facts):
        template = plan.template
        key = (template.id if template else False, plan.lang)
        if key not in facts.ranks:
            own = template and template.sudo().mailroom_kind
            facts.ranks[key] = template.sudo()._mailroom_rank(plan.lang) if own else 2
        if facts.ranks[key] in (0, 1):
            return []
        name = dict(self.env["res.lang"].get_installed()).get(plan.lang, plan.lang)
        words = self.env._("No template of its own in %s. Look at the text.", name)
        return [Problem("no_language", "warn", words)]

    def _returned_problems(self, plan, facts):
        return [
            Problem(
                "returned",
                "warn",
                self.env._("Mail to %s came back earlier.", recipient.address),
            )
            for recipient in plan.recipients
            if recipient.address in facts.returned
        ]

    # === FILES === #

    def _file_problems(self, plan):
        stored = plan.document._mailroom_stored_files(plan.purpose)
        along = [f.attachment for f in plan.files if f.selected and f.attachment]
        # Whether they are there and how big they are is all that is looked at.
        files = self.env["ir.attachment"].sudo().union(stored, *along)
        problems = [
            Problem(
                "file_missing",
                "block",
                self.env._(
                    "The file “%s” is missing from the store. Delete the PDF of the "
                    "document, so that it is made again.",
                    file.name,
                ),
            )
            for file in files
            if self._is_lost(file)
        ]
        size = sum(files.mapped("file_size"))
        if size > BATCH_LARGE:
            words = self.env._(
                "The files have %s MB together; many mail servers refuse that.",
                size // 2**20,
            )
            problems.append(Problem("large", "warn", words))
        return problems

    def _is_lost(self, file):
        path = file.store_fname and file._full_path(file.store_fname)
        return bool(path) and not os.path.exists(path)
