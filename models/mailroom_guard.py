from odoo import api, fields, models
from odoo.exceptions import AccessError

PARAMETER = "mailroom.database_identity"


class MailroomGuard(models.AbstractModel):
    """A copied or restored database sends nothing until a manager says it may."""

    _name = "mailroom.guard"
    _description = "Guard against sending from a copy"

    @api.model
    def _identity(self):
        """Return what tells this database from every copy of it."""
        self.env.cr.execute(
            """SELECT (SELECT system_identifier FROM pg_control_system()), oid
                 FROM pg_database WHERE datname = current_database()"""
        )
        cluster, database = self.env.cr.fetchone()
        uuid = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        return f"{cluster}/{database}/{uuid}"

    @api.model
    def _remember(self):
        """Say that Mailroom may send from this very database."""
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param(PARAMETER, self._identity())

    @api.model
    def _is_copy(self):
        """Return whether this database is not the one Mailroom was set up in."""
        known = self.env["ir.config_parameter"].sudo().get_param(PARAMETER)
        return known != self._identity()

    @api.model
    def _is_neutralized(self):
        parameters = self.env["ir.config_parameter"].sudo()
        return bool(parameters.get_param("database.is_neutralized"))

    @api.model
    def _holds_everything(self):
        """Return whether nothing may leave from here; what waits is then held."""
        if not self._is_copy() and not self._is_neutralized():
            return False
        # What is held for another reason does not leave either, and keeps its reason.
        waiting = self.env["mailroom.delivery"].search(
            [("state", "in", ("queued", "deferred"))]
        )
        waiting.write({"state": "held", "hold_reason": "copy", "stale": True})
        return True

    @api.model
    def get_notice(self):
        """Return what people who look at the outbox must know about this database.

        :return: ``holds``: nothing leaves from here; ``may_allow``: the user may change
            that
        :rtype: dict
        """
        holds = self._is_copy() or self._is_neutralized()
        return {
            "holds": holds,
            "neutralized": self._is_neutralized(),
            "may_allow": holds
            and not self._is_neutralized()
            and self.env.user.has_group("base.group_system"),
        }

    @api.model
    def allow_sending(self):
        """An administrator says that Mailroom may send from this very database."""
        if not self.env.user.has_group("base.group_system"):
            raise AccessError(
                self.env._("Only a system administrator can let this database send.")
            )
        # Checked above: what was held in all companies is let go.
        self.sudo()._allow()
        return True

    @api.model
    def _allow(self):
        """A manager said so: send from this database, and let go what was held."""
        self._remember()
        held = self.env["mailroom.delivery"].search([("hold_reason", "=", "copy")])
        ready = held.filtered("ready")
        ready.write(
            {
                "state": "queued",
                "hold_reason": False,
                "next_try": fields.Datetime.now(),
                "waiting_since": fields.Datetime.now(),
                "stale": True,
            }
        )
        (held - ready).write({"state": "queued", "hold_reason": False, "stale": True})
        self.env["mailroom.queue"]._wake()
