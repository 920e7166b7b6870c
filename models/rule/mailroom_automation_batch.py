from odoo import api, models


class MailroomAutomationBatch(models.AbstractModel):
    """Many documents at once make one batch that somebody looks at, not as many
    surprises."""

    _inherit = "mailroom.automation"

    @api.model
    def _fill_batch(self, firings, wishes, templates):
        """Put the documents into a batch that waits for a person.

        :return: the ``mailroom.batch``
        """
        documents = self._on_behalf(firings._documents())
        # How long to wait is for whoever starts the batch: he looks at it first.
        wishes.not_before = None
        batch = self._make_batch(documents, wishes, templates)
        firings.write({"state": "batch"})
        self._tell_batch(batch.sudo(), firings)
        return batch

    @api.model
    def _make_batch(self, documents, wishes, templates):
        """Return a new batch in which each document has its template."""
        batch = documents.env["mailroom.batch"]._make(documents, wishes=wishes)
        if templates is not None:
            self._choose_templates(batch.sudo(), templates)
        batch._check()
        return batch

    @api.model
    def _choose_templates(self, batch, templates):
        """Give each line of a batch the template in its document's language."""
        lines = batch.line_ids.grouped(
            lambda line: self._template_for(
                templates, self.env[line.res_model].sudo().browse(line.res_id)
            )
        )
        for template, members in lines.items():
            members.write({"template_id": template.id, "own_template": True})

    @api.model
    def _tell_batch(self, batch, firings):
        """Tell whoever set the rule off, else the mail managers, that a batch waits."""
        user = self.env.user
        if user._is_superuser() or not user.has_group("mailroom.mailroom_group_sender"):
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
