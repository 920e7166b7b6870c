from odoo import api, fields, models
from odoo.fields import Domain

from ..const import BOOKING_KINDS
from .mail_template_choose import CHOICE


class MailTemplateRival(models.Model):
    """Which other texts go before this one: nobody shall write a text and wonder why
    the customers get another."""

    _inherit = "mail.template"

    mailroom_rivals = fields.Text(
        compute="_compute_mailroom_rivals",
        help="The texts that documents get by themselves instead of this one.",
    )

    @api.depends(*CHOICE)
    def _compute_mailroom_rivals(self):
        for template in self:
            # The text of a stage is chosen by the stage.
            chosen = template.mailroom_kind not in (False, "order_stage")
            used = chosen and template.active
            lines = template._mailroom_rival_lines() if used else []
            template.mailroom_rivals = "\n".join(lines)

    def _mailroom_rival_lines(self):
        """Return a line per text that goes before this one, with where it does.

        :rtype: list[str]
        """
        places = {}
        for language, rival in self._mailroom_find_rivals():
            places.setdefault(rival, []).append(language)
        return [
            self.env._(
                "%(languages)s: “%(template)s”",
                languages=", ".join(languages),
                template=rival.display_name,
            )
            for rival, languages in places.items()
        ]

    def _mailroom_find_rivals(self):
        """Yield ``(language, template)`` where documents that this text is for get
        another one."""
        for code, name in self.env["res.lang"].get_installed():
            if self._mailroom_rank(code) is None:
                continue
            for order_type in self._mailroom_rival_types():
                best = self._mailroom_best_with_this(code, order_type)
                if best != self:
                    yield name.split(" / ")[-1], best
                if best != self and not best.mailroom_order_type_id:
                    # It goes before this one for all types of orders.
                    break

    def _mailroom_rival_types(self):
        """Return the types of orders to look at, none first."""
        own = self.mailroom_order_type_id
        if own or self.mailroom_kind not in BOOKING_KINDS:
            return [own]
        typed = Domain("mailroom_order_type_id", "!=", False)
        kind = Domain("mailroom_kind", "=", self.mailroom_kind)
        return [own, *self.search(kind & typed).mailroom_order_type_id]

    def _mailroom_best_with_this(self, lang, order_type):
        """Return the best template for documents of this one's company, else of the
        user's; this one counts as it is being written."""
        company = self.mailroom_company_id or self.env.company
        fitting = self._mailroom_fitting(self.mailroom_kind, company, lang, order_type)
        return (fitting - self._origin + self)._mailroom_best_first(lang)[:1]
