from odoo import api, models

from ...tools.placeholder_value import Listing
from ...tools.tag_spec import TagSpec

# Numbers named in a subject before it says only how many more there are.
NAMED = 3


class MailroomTagTogether(models.AbstractModel):
    """Tags of a mail that brings several documents of one customer."""

    _inherit = "mailroom.tag"

    @api.model
    def _specs(self):
        # EXTENDS: what else goes along
        group = self.env._("Several documents")
        kinds = ("several",)
        return [
            *super()._specs(),
            TagSpec(
                "Documents",
                group,
                self.env._("List of the documents: kind, number, amount"),
                lambda d: Listing(
                    tuple(doc._mailroom_in_a_list() for doc in d._mailroom_together())
                ),
                kinds=kinds,
            ),
            TagSpec(
                "Documents.Numbers",
                group,
                self.env._("Numbers of the documents, in a line"),
                lambda d: self._numbers(d._mailroom_together()),
                kinds=kinds,
            ),
            TagSpec(
                "Documents.Count",
                group,
                self.env._("How many documents there are"),
                lambda d: str(len(d._mailroom_together())),
                kinds=kinds,
            ),
        ]

    def _numbers(self, documents):
        numbers = [document._mailroom_number() for document in documents]
        more = len(numbers) - NAMED
        named = ", ".join(numbers[:NAMED])
        return f"{named} + {more}" if more > 0 else named


class MailroomDocumentTogether(models.AbstractModel):
    _inherit = "mailroom.document"

    def _mailroom_together(self):
        """Return the documents that go in one mail with this one, itself included.

        :rtype: list
        """
        self.ensure_one()
        together = self.env.context.get("mailroom_together")
        if not together:
            return [self]
        # Chosen by the program, and readable by who sends them: the batch checked it.
        return [self.env[model].browse(res_id) for model, res_id in together]

    def _mailroom_in_a_list(self):
        """Return what, which number and how much, in the document's language."""
        parts = (self._mailroom_kind_word(), self._mailroom_number())
        return f"{' '.join(filter(None, parts))}, {self._mailroom_amount('total')}"
