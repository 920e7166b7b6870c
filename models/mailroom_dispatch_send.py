from psycopg2 import errors

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..const import WAITING


class MailroomDispatchSend(models.Model):
    """From a plan to rows of the outbox. Nothing here touches the network."""

    _inherit = "mailroom.dispatch"

    @api.model
    def _send(self, plans):
        """Store what the plans say and wake the queue.

        The caller's own rights count: he must be a sender and may send only what he
        may read, files included.

        :param list[Plan] plans: plans without blocking problems
        :return: one dispatch per plan
        :raise UserError: a plan is blocked, or the same message is on its way already
        :raise AccessError: the user may not send this
        """
        self._check_may_send(plans)
        # Rights were checked above; the outbox itself is written by the program only.
        dispatches = self.sudo()._write_down(plans)
        self.env["mailroom.queue"]._wake()
        return dispatches

    @api.model
    def _check_is_sender(self):
        """Do nothing for whoever may send messages, nor for the program itself.

        :raise AccessError: the user may not
        """
        if not self.env.su and not self.env.user._mailroom_may_send():
            raise AccessError(
                self.env._(
                    "You may not send messages. Ask an administrator for the right "
                    "“Mailroom / Sender”."
                )
            )

    @api.model
    def _check_may_send(self, plans):
        self._check_is_sender()
        for records in self._records_to_read(plans):
            records.check_access("read")
        for plan in plans:
            if plan.blocked:
                raise UserError(
                    "\n".join(p.message for p in plan.problems if p.level == "block")
                )

    def _records_to_read(self, plans):
        """Return what the user must be able to read, as few recordsets."""
        ids = {}
        for plan in plans:
            for record in self._sent_records(plan):
                ids.setdefault((record.env, record._name), set()).add(record.id)
        return [env[name].browse(sorted(keys)) for (env, name), keys in ids.items()]

    def _sent_records(self, plan):
        """Return the documents and files that leave with a plan."""
        documents = [plan.document]
        documents += [f.document for f in plan.files if f.document is not None]
        for document in documents:
            self._check_document(document)
        files = [
            attachment
            for file in plan.files
            if file.attachment and not self._is_template_file(plan, file)
            for attachment in file.attachment
        ]
        return documents + files

    def _check_document(self, document):
        if "mailroom_state" not in document._fields or len(document) != 1:
            raise UserError(
                self.env._("“%s” is nothing that can be sent.", document._description)
            )

    def _is_template_file(self, plan, file):
        # Files of the template go along for everybody who may use the template.
        return plan.template and file.attachment in plan.template.sudo().attachment_ids

    @api.model
    def _write_down(self, plans):
        """Write the rows of all plans, or of none.

        :return: one dispatch per plan, in their order
        :raise UserError: one of them is on its way already
        """
        keys = [self._dedup_keys(plan) for plan in plans]
        # Most double clicks end here; the unique index settles the simultaneous ones.
        self._check_not_queued(plans, keys)
        try:
            with self.env.cr.savepoint():
                dispatches = self._create_rows(plans, keys)
                self.env.flush_all()
        except errors.UniqueViolation as error:
            colliding = error.diag.message_detail or ""
            number = self._first_with(keys, lambda key: key in colliding) or 0
            raise UserError(
                self._already_on_its_way(plans[number], keys[number])
            ) from error
        dispatches._enter_history(plans)
        for dispatch, plan in zip(dispatches, plans, strict=True):
            dispatch._after_queued(plan)
        dispatches._refresh_documents()
        return dispatches

    def _create_rows(self, plans, keys):
        dispatches = self.create([self._prepare_dispatch_values(p) for p in plans])
        self.env["mailroom.delivery"].create(
            [
                dispatch._prepare_delivery_values(plan, recipient, key)
                for dispatch, plan, plan_keys in zip(
                    dispatches, plans, keys, strict=True
                )
                for recipient, key in zip(plan.recipients, plan_keys, strict=True)
            ]
        )
        return dispatches

    def _enter_history(self, plans):
        """Put the messages into the documents' history. TO EXTEND.

        :param list plans: one per dispatch, in their order
        """
        self._post_to_chatter([plan.document for plan in plans])

    def _after_queued(self, plan):
        """Called once the rows of a dispatch are written. TO EXTEND."""
        self.ensure_one()

    # === NOT TWICE === #

    @api.model
    def _queued_before(self, plans):
        """Return those plans whose very message is on its way already, or was sent.

        :rtype: list[Plan]
        """
        keys = [self._dedup_keys(plan) for plan in plans]
        taken = self._taken_keys(keys)
        return [
            plan
            for plan, own in zip(plans, keys, strict=True)
            if not taken.isdisjoint(own)
        ]

    def _taken_keys(self, keys):
        wanted = [key for own in keys for key in own]
        # A key tells nothing about the message of somebody else that has it, too.
        rows = self.env["mailroom.delivery"].sudo()
        taken = rows.search_fetch([("dedup_key", "in", wanted)], ["dedup_key"])
        return set(taken.mapped("dedup_key"))

    def _check_not_queued(self, plans, keys):
        """Refuse what is queued already, and what stands in the plans twice."""
        taken = self._taken_keys(keys)
        for plan, own in zip(plans, keys, strict=True):
            if not taken.isdisjoint(own):
                raise UserError(self._already_on_its_way(plan, own))
            taken.update(own)

    def _first_with(self, keys, wanted):
        """Return the number of the first plan with a wanted key, None if there is
        none."""
        return next((n for n, own in enumerate(keys) if any(map(wanted, own))), None)

    def _already_on_its_way(self, plan, keys):
        """Return why a message with one of these keys is not queued once more."""
        earlier = self.env["mailroom.delivery"].search(
            [("dedup_key", "in", keys)], limit=1
        )
        # The other transaction may have committed after ours began: then it is "now".
        moment = earlier.create_date or fields.Datetime.now()
        values = {
            "number": plan.document._mailroom_number(),
            "time": self.env["mailroom.words"]._time(moment),
        }
        if earlier and earlier.state not in WAITING:
            return self.env._(
                "%(number)s was already sent (queued at %(time)s). It was not queued a "
                "second time. Press Send on the document to send it again.",
                **values,
            )
        return self.env._(
            "%(number)s is already on its way (queued at %(time)s). It was not queued "
            "a second time.",
            **values,
        )
