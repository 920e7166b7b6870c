from odoo import api, fields, models
from odoo.fields import Domain

from ...const import CANCELLABLE
from ...tools.plan import Wishes


class MailroomDispatchLater(models.Model):
    """Messages that leave after some minutes unless somebody stops them. What is said
    and printed is what holds when they leave; the history hears of them only then."""

    _inherit = "mailroom.dispatch"

    # === QUEUED FOR LATER === #

    def _prepare_delivery_values(self, plan, recipient, dedup_key):
        # EXTENDS: it waits, and everybody can see that it does
        values = super()._prepare_delivery_values(plan, recipient, dedup_key)
        if plan.not_before:
            values.update(state="held", hold_reason="minutes")
        return values

    def _enter_history(self, plans):
        # EXTENDS: what is stopped in time never stands in the history as sent
        now = [n for n, plan in enumerate(plans) if not plan.not_before]
        leaving = self.browse([self[n].id for n in now])
        return super(MailroomDispatchLater, leaving)._enter_history(
            [plans[n] for n in now]
        )

    @api.model
    def _write_down(self, plans):
        # EXTENDS: be there when they leave
        cron = self.env.ref("mailroom.mailroom_queue_cron", raise_if_not_found=False)
        for moment in {plan.not_before for plan in plans if plan.not_before}:
            if cron:
                # A sender may not read crons; waking ours is all that happens here.
                cron.sudo()._trigger(at=moment)
        return super()._write_down(plans)

    @api.model
    def _due_domain(self):
        """Return the domain of dispatches that are to be made ready now."""
        return Domain("stage", "=", "new") & (
            Domain("not_before", "=", False)
            | Domain("not_before", "<=", fields.Datetime.now())
        )

    # === LEAVING === #

    def _make_ready(self):
        # EXTENDS
        waited = self.filtered(lambda d: d.not_before and not d.message_id)
        stopped = waited.filtered(
            lambda d: all(row.state not in CANCELLABLE for row in d.delivery_ids)
        )
        stopped.write({"stage": "ready", "worker": False})
        for dispatch in waited - stopped:
            if dispatch._document():
                dispatch._catch_up()
        return super(MailroomDispatchLater, self - stopped)._make_ready()

    def _catch_up(self):
        """Say what holds now, and put it into the history."""
        document = self._as_sender(self._document())
        if self.template_id:
            wishes = Wishes(
                lang=self.lang,
                template=self.template_id,
                recipients=[],
                files=[],
                purpose=self.purpose,
            )
            (plan,) = self._as_sender(self.env["mailroom.planner"])._plan(
                document, wishes
            )
            self.write(
                {
                    "subject": plan.subject,
                    "body": plan.body,
                    "sms_text": plan.sms_text or self.sms_text,
                }
            )
        self._post_to_chatter(document)
