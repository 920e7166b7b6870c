from odoo import api, fields, models

from ..tools.log_mask import MASK


class MailroomSettingLog(models.Model):
    """Who changed which setting when, from what to what. Rows are only ever added."""

    _name = "mailroom.setting.log"
    _description = "Change of a mail setting"
    _order = "id desc"
    _rec_name = "setting"

    company_id = fields.Many2one(
        "res.company", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    account_id = fields.Many2one(
        "ir.mail_server",
        "Sender Account",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    subject = fields.Char("Of", required=True, readonly=True)
    setting = fields.Char(required=True, readonly=True)
    old = fields.Char("Old Value", readonly=True)
    new = fields.Char("New Value", readonly=True)
    user_id = fields.Many2one(
        "res.users", "Changed By", readonly=True, index=True, ondelete="set null"
    )
    create_date = fields.Datetime("Changed On", readonly=True)

    # === WRITING === #

    @api.model
    def _snapshot(self, records, names):
        """Remember what some fields hold before a change.

        :return: ``{record id: {field name: (what is compared, what is shown)}}``
        :rtype: dict
        """
        return {
            record.id: {name: self._value(record.sudo(), name) for name in names}
            for record in records
        }

    @api.model
    def _log(self, records, before):
        """Store what is different from a snapshot.

        :param dict before: result of ``_snapshot``; empty for new records
        """
        for record in records:
            known = before.get(record.id, {})
            for name, (old, shown) in known.items():
                new, now_shown = self._value(record.sudo(), name)
                if new != old:
                    label = record._fields[name]._description_string(self.env)
                    self._note(record, label, shown, now_shown)

    @api.model
    def _note(self, record, setting, old="", new=""):
        """Add one line about a company, an account or a gateway."""
        is_account = record._name == "ir.mail_server"
        is_company = record._name == "res.company"
        company = record if is_company else record.sudo()._mailroom_log_company()
        # Written on behalf of whoever makes the change; nobody may write here himself.
        self.sudo().create(
            {
                "company_id": company.id,
                "account_id": record.id if is_account else False,
                "subject": record.sudo().display_name,
                "setting": setting,
                "old": old,
                "new": new,
                "user_id": self.env.uid,
            }
        )

    @api.model
    def _value(self, record, name):
        """Return what is compared and what is shown of a field."""
        if name in getattr(record, "_mailroom_secrets", ()):
            sealed = record._mailroom_sealed(name)
            return sealed, MASK if sealed else ""
        field, value = record._fields[name], record[name]
        if field.type == "boolean":
            return value, self.env._("Yes") if value else self.env._("No")
        if field.relational:
            return value, ", ".join(value.mapped("display_name"))
        if field.type == "selection":
            labels = dict(field._description_selection(self.env))
            return value, labels.get(value, "")
        return value, str(value or "")
