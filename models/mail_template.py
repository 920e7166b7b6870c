from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..const import TEMPLATE_KINDS
from ..tools.placeholder_tidy import tidy

EDITORS = "mailroom.mailroom_group_template_editor"


class MailTemplate(models.Model):
    """A text that anybody can write: plain words and tags, for one kind of document and
    one language. Its subject and text are fields of their own, which Odoo's renderer
    never sees."""

    _inherit = "mail.template"

    mailroom_kind = fields.Selection(
        TEMPLATE_KINDS, string="For", index="btree_not_null"
    )
    mailroom_lang_id = fields.Many2one(
        "res.lang",
        "Written In",
        ondelete="restrict",
        context={"active_test": False},
        help="Documents in this language get the template; Swedish serves Swedish of "
        "Finland, too, unless that has its own. Empty: all languages that have none.",
    )
    mailroom_company_id = fields.Many2one(
        "res.company",
        "Company",
        ondelete="cascade",
        help="Empty: all companies that have no template of their own.",
    )
    # Not trimmed: a person types a word and a space, and then clicks a tag.
    mailroom_subject = fields.Char("Subject Line", trim=False)
    mailroom_body = fields.Html("Text", sanitize="email_outgoing")
    mailroom_sms_text = fields.Text("Text Message (SMS)")
    mailroom_file_name = fields.Char(
        "Name of the PDF",
        trim=False,
        help="With tags, such as Invoice {Number}. Empty: the document's number.",
    )
    mailroom_editable = fields.Boolean("Text May Be Changed When Sending", default=True)
    mailroom_account = fields.Selection(
        selection="_selection_mailroom_account",
        string="Sender Account",
        compute="_compute_mailroom_account",
        inverse="_inverse_mailroom_account",
        help="Empty: the account of the company.",
    )

    # === SENDER ACCOUNT === #

    @api.model
    def _selection_mailroom_account(self):
        """Return the accounts that may carry mail of the user's companies."""
        # Editors may not read mail servers; they see names and addresses only.
        servers = self.env["ir.mail_server"].sudo().search([("active", "=", True)])
        return [
            (str(server.id), server._mailroom_label(self.env.company))
            for server in servers
            if any(server._mailroom_may_carry(c) for c in self.env.companies)
        ]

    @api.depends("mail_server_id")
    def _compute_mailroom_account(self):
        known = dict(self._selection_mailroom_account())
        for template in self:
            # An editor may not read the account itself; its number is no secret.
            account = str(template.sudo().mail_server_id.id or "")
            template.mailroom_account = account if account in known else False

    def _inverse_mailroom_account(self):
        known = dict(self._selection_mailroom_account())
        for template in self:
            account = template.mailroom_account
            template.mail_server_id = int(account) if account in known else False

    # === NAME === #

    @api.depends("name", "mailroom_kind", "mailroom_lang_id")
    def _compute_display_name(self):
        # EXTENDS: templates of the same name tell their language
        result = super()._compute_display_name()
        for template in self.filtered(lambda t: t.mailroom_kind and t.mailroom_lang_id):
            language = template.mailroom_lang_id.name.split(" / ")[-1]
            template.display_name = f"{template.name} ({language})"
        return result

    # === CREATE AND CHANGE === #

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'mail'
        if any(vals.get("mailroom_kind") for vals in vals_list):
            self._check_mailroom_editor()
        return super().create([self._mailroom_tidied(vals) for vals in vals_list])

    def write(self, vals):
        # EXTENDS 'mail'
        if vals.get("mailroom_kind") or any(self.mapped("mailroom_kind")):
            self._check_mailroom_editor()
        return super().write(self._mailroom_tidied(vals))

    @api.ondelete(at_uninstall=False)
    def _unlink_mailroom_by_editor(self):
        if any(self.mapped("mailroom_kind")):
            self._check_mailroom_editor()

    def _check_mailroom_editor(self):
        if not self.env.su and not self.env.user.has_group(EDITORS):
            raise AccessError(
                self.env._(
                    "You may not change templates of Mailroom. Ask an administrator "
                    "for the right “Mailroom / Template editor”."
                )
            )

    def _mailroom_tidied(self, vals):
        """Return values in which HTML will keep the tags of other systems."""
        if not vals.get("mailroom_body"):
            return vals
        return {**vals, "mailroom_body": tidy(vals["mailroom_body"])}

    def _mailroom_open(self):
        """Return the action that opens this template for writing."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(self.env.ref("mailroom.mail_template_view_form").id, "form")],
        }
