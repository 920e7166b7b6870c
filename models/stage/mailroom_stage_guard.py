from odoo import api, models
from odoo.exceptions import UserError, ValidationError

# What the program needs as it is in the stages it enters by itself.
FIXED = {"builtin", "company_id", "order_type_ids", "template_ids"}


class MailroomStageGuard(models.Model):
    """What cannot be done with a stage, in words."""

    _inherit = "mailroom.stage"

    @api.constrains("mode", "minutes", "template_ids", "builtin")
    def _check_can_send(self):
        for stage in self.filtered(lambda s: s.mode != "nothing"):
            if stage.mode == "hold" and stage.minutes < 1:
                raise ValidationError(
                    self.env._(
                        "Stage “%s”: say how many minutes the message waits, at least "
                        "one.",
                        stage.name,
                    )
                )
            if not stage.builtin and not stage.template_ids:
                raise ValidationError(
                    self.env._(
                        "Stage “%s” sends messages, so it needs a template.",
                        stage.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Only the program brings built-in stages."""
        if not self.env.su and any(vals.get("builtin") for vals in vals_list):
            raise UserError(self.env._("Built-in stages come with the program."))
        stages = super().create(vals_list)
        self.env.registry.clear_cache()
        return stages

    def write(self, vals):
        """Keep built-in stages what they are."""
        fixed = FIXED & set(vals)
        if fixed and not self.env.su:
            for stage in self:
                if stage.builtin or vals.get("builtin"):
                    raise UserError(
                        self.env._(
                            "“%s” is built in: its texts stay as they are, and all "
                            "companies have it. You may rename it, sort it, and choose "
                            "whether it sends.",
                            stage.name,
                        )
                    )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        orders = self.env["sale.order"].sudo().with_context(active_test=False)
        for stage in self:
            if stage.builtin:
                raise UserError(
                    self.env._(
                        "“%s” is built in and cannot be deleted. Fold it if you do not "
                        "use it.",
                        stage.name,
                    )
                )
            count = orders.search_count([("mailroom_stage_id", "=", stage.id)])
            if count:
                raise UserError(
                    self.env._(
                        "%(count)s orders are at the stage “%(stage)s”. Press Delete "
                        "on the stage to say where they go.",
                        count=count,
                        stage=stage.name,
                    )
                )

    def unlink(self):
        """Forget which stages are built in."""
        self.env.registry.clear_cache()
        return super().unlink()

    def action_delete(self):
        """Ask where the orders of this stage go, then delete it."""
        self.ensure_one()
        self.check_access("unlink")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Delete the stage “%s”", self.name),
            "res_model": "mailroom.stage.delete",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_stage_id": self.id},
        }

    def action_texts(self):
        """Show the texts of a built-in stage, one per language."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mailroom.mail_template_action"
        )
        return {
            **action,
            "name": self.env._("Texts of “%s”", self.name),
            "domain": [("mailroom_builtin", "=", self.builtin)],
            "context": {"create": False},
        }
