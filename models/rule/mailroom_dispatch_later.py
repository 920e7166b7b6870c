from odoo import api, fields, models
from odoo.fields import Domain

from ...const import CANCELLABLE


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
        stopped = waited.filtered(lambda d: not d._still_waiting())
        stopped |= (waited - stopped)._catch_up()
        stopped.write({"stage": "ready", "worker": False})
        return super(MailroomDispatchLater, self - stopped)._make_ready()

    def _still_waiting(self):
        """Return the messages of this dispatch that nobody has stopped."""
        return self.delivery_ids.filtered(lambda row: row.state in CANCELLABLE)

    def _catch_up(self):
        """Say what holds now to whom it holds for now, and put it into the history.

        :return: those that do not leave: nobody is to get them any more, or another
            message has taken their place
        """
        documents = self._documents()
        leaving = self.filtered(lambda dispatch: documents[dispatch])
        stopped = self.browse()
        for dispatch, (firing, plan) in leaving._plans_now(documents).items():
            if dispatch._fits(plan):
                dispatch._rewrite(plan)
            else:
                dispatch._make_way(firing, plan)
                stopped |= dispatch
        leaving -= stopped
        leaving._post_to_chatter([d._as_sender(documents[d]) for d in leaving])
        return stopped

    def _rewrite(self, plan):
        """Take over what a plan says now. TO EXTEND."""
        plan_keys = {self._recipient_key(recipient) for recipient in plan.recipients}
        self._still_waiting().filtered(
            lambda row: self._recipient_key(row) not in plan_keys
        )._cancel()
        self.write(
            {
                "subject": plan.subject,
                "body": plan.body,
                "sms_text": plan.sms_text or self.sms_text,
            }
        )
