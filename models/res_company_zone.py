from odoo import fields, models

from odoo.addons.base.models.res_partner import _tz_get


class ResCompany(models.Model):
    """By which clock a company writes to its customers."""

    _inherit = "res.company"

    mailroom_tz = fields.Selection(
        _tz_get,
        "Time Zone",
        required=True,
        default=lambda self: self._mailroom_default_tz(),
        help="By this clock customers read dates and the hours of visits, and quiet "
        "hours and daily limits are counted. A delivery address may have its own.",
    )

    def _mailroom_default_tz(self):
        """Return the time zone of whoever sets a company up, else the
        administrator's."""
        # While the addon is installed, the columns of other fields are not there yet.
        users = self.env.user.sudo().with_context(prefetch_fields=False)
        admin = self.env.ref("base.user_admin", raise_if_not_found=False)
        if admin:
            users |= users.browse(admin.id)
        return next((user.tz for user in users if user.tz), "UTC")


class MailroomCompanySettings(models.AbstractModel):
    _inherit = "mailroom.company.settings"

    mailroom_tz = fields.Selection(related="company_id.mailroom_tz", readonly=False)


class ResPartner(models.Model):
    _inherit = "res.partner"

    # Odoo's own time zone of a contact is that of whoever typed him in.
    mailroom_tz = fields.Selection(
        _tz_get,
        "Time Zone of Visits",
        help="By this clock the customer reads when somebody comes to this address. "
        "Empty: the time zone of the company that comes.",
    )
