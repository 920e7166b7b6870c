import os

from odoo import api, models, tools
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..tools.log_mask import MASK
from ..tools.secret_box import SecretBox, file_key, split_keys


class MailroomSecretive(models.AbstractModel):
    """Holds secrets that are written and never read, searched or exported by nobody.

    They are sealed with a key outside the database.
    """

    _name = "mailroom.secretive"
    _description = "Holder of secrets"

    # Names of the fields that are secrets
    _mailroom_secrets = ()

    # === SEALING === #

    @api.model
    def _mailroom_box(self):
        """Return the box that seals passwords.

        Its keys: the environment variable ``MAILROOM_KEY`` or ``mailroom_key`` in
        Odoo's configuration file, else one kept in Odoo's data folder.
        """
        keys = split_keys(os.environ.get("MAILROOM_KEY"))
        keys += split_keys(tools.config.get("mailroom_key"))
        return SecretBox([*keys, file_key(tools.config["data_dir"])])

    @api.model
    def _mailroom_seal(self, text):
        return self._mailroom_box().seal(text) if text else False

    def _mailroom_sealed(self, name):
        """Return what tells one value of a secret field from another, unreadable.
        TO OVERRIDE."""
        return ""

    # === NOT READ, NOT SEARCHED, NOT EXPORTED === #

    def _read_format(self, fnames, load="_classic_read"):
        # EXTENDS 'base'
        rows = super()._read_format(fnames, load=load)
        for row in rows:
            for name in self._mailroom_secrets:
                if row.get(name):
                    row[name] = MASK
        return rows

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        # EXTENDS 'base'
        for path in fields:
            self._mailroom_refuse(path[0] if path else "")
        return super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)

    @api.model
    def _search(self, domain, *args, **kwargs):
        # EXTENDS 'base': no guessing letter by letter
        for condition in Domain(domain).iter_conditions():
            self._mailroom_refuse(condition.field_expr)
        return super()._search(domain, *args, **kwargs)

    def _order_field_to_sql(self, alias, field_name, *args, **kwargs):
        # EXTENDS 'base'
        self._mailroom_refuse(field_name)
        return super()._order_field_to_sql(alias, field_name, *args, **kwargs)

    def _read_group_groupby(self, alias, groupby_spec, query):
        # EXTENDS 'base'
        self._mailroom_refuse(groupby_spec.partition(":")[0])
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _read_group_select(self, aggregate_spec, query):
        # EXTENDS 'base'
        self._mailroom_refuse(aggregate_spec.partition(":")[0])
        return super()._read_group_select(aggregate_spec, query)

    def _mailroom_refuse(self, expression):
        if expression.partition(".")[0] in self._mailroom_secrets:
            raise AccessError(self.env._("Passwords can be written, but never read."))
