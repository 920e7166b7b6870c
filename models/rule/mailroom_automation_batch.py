from odoo import api, models
from odoo.exceptions import UserError


class MailroomAutomationBatch(models.AbstractModel):
    """Many documents at once make one batch that somebody looks at, not as many
    surprises."""

    _inherit = "mailroom.automation"

    @api.model
    def _fill_batch(self, firings, wishes, templates):
        """Put the documents into a batch that waits for a person."""
        documents = self._on_behalf(firings._documents())
        try:
            with self.env.cr.savepoint():
                batch = self._make_batch(documents, wishes, templates)
        except UserError as error:
            firings.write({"state": "refused", "note": str(error)})
            return
        put = {line.res_id: line.id for line in batch.sudo().line_ids}
        waiting = firings.filtered(lambda firing: firing.res_id in put)
        for firing in waiting:
            firing.write({"state": "batch", "line_id": put[firing.res_id]})
        (firings - waiting).write(
            {"state": "refused", "note": self._no_template_words()}
        )
        self._tell_batch(batch.sudo(), waiting)

    def _no_template_words(self):
        return self.env._("None of the rule's templates is for this document.")

    @api.model
    def _make_batch(self, documents, wishes, templates):
        """Return a new batch of those documents that a template is for.

        :raise UserError: there is none for any of them
        """
        chosen = {}
        if templates is not None:
            chosen = {
                document.id: self._template_for(templates, document)
                for document in documents
            }
            documents = documents.filtered(lambda document: chosen[document.id])
            if not documents:
                raise UserError(self._no_template_words())
        batch = documents.env["mailroom.batch"]._make(documents, wishes=wishes)
        # Which text fits whom is the rule's to say.
        lines = batch.sudo().line_ids.filtered(lambda line: line.res_id in chosen)
        for template, members in lines.grouped(lambda ln: chosen[ln.res_id]).items():
            members.write({"template_id": template.id, "own_template": True})
        batch._check()
        return batch

    @api.model
    def _tell_batch(self, batch, firings):
        """Tell whoever set the rule off, else the mail managers, that a batch waits."""
        user = self.env.user
        if user._is_superuser() or not user._mailroom_may_send():
            user = self.env["ir.mail_server"]._mailroom_managers_of(
                firings[:1].company_id
            )
        batch.env["mail.thread"].message_notify(
            partner_ids=user.partner_id.ids,
            model=batch._name,
            res_id=batch.id,
            subject=self.env._("%s: a batch waits for you", batch.name),
            body=self.env._(
                "Rule “%(rule)s”: %(count)s messages wait until somebody has looked "
                "and presses Send.",
                rule=firings[:1].name,
                count=len(firings),
            ),
            force_send=False,
        )
