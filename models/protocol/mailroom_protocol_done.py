from odoo import models
from odoo.exceptions import UserError

from ...tools.plan import Wishes


class MailroomProtocol(models.Model):
    """Marking a protocol as done: it is locked, and leaves as the contact wants it."""

    _inherit = "mailroom.protocol"

    def action_done(self):
        """Lock the protocol, then ask whether to send it or send it, as the contact's
        option says.

        :return: the question, word of what was queued, or None
        """
        self.check_access("write")
        drafts = self.filtered(lambda protocol: protocol.state == "draft")
        if drafts != self:
            raise UserError(
                self.env._(
                    "%s is done already.", ", ".join((self - drafts).mapped("name"))
                )
            )
        # What an order just gave belongs to the draft.
        self.flush_recordset()
        # Only this button writes the state.
        self.sudo().state = "done"
        results = [protocol._after_done() for protocol in self]
        return results[0] if len(results) == 1 else None

    def _after_done(self):
        """Return what happens next with a protocol that is done."""
        self.ensure_one()
        # Somebody who may write protocols, but sends nothing, is not asked.
        if not self.env.user.has_group("mailroom.mailroom_group_sender"):
            return None
        option = self._mailroom_send_option()
        if option == "ask":
            question = self.env._("The protocol is done. Send it by email?")
            return self.env["mailroom.question"]._ask(self, "protocol", question)
        return self._send_by_itself() if option == "auto" else None

    def _mailroom_send_option(self):
        """Return no, ask or auto: what the people concerned want to happen.

        The contact's own word counts, else that of the facility, else the customer's.
        Others who asked for protocols themselves are served too; where anybody wants
        a person to be asked, one is.
        """
        self.ensure_one()
        name = "mailroom_send_protocol"
        facility = self.facility_id or self.contact_id or self.partner_id
        own = self.contact_id[name] or facility._mailroom_option(name)
        others = {
            person.partner[name]
            for person in self._mailroom_people()
            if person.proposed and person.partner._mailroom_marked_for_protocols()
        }
        options = others | {own}
        return next((o for o in ("ask", "auto") if o in options), "no")

    def _send_by_itself(self):
        """Send as the contact's option says; what stands in the way is told, and
        remembered as an activity.

        :return: the action that tells the user
        """
        rule = self.env._("Send service protocol: by itself")
        wishes = Wishes(origin="rule", automatic=True, rule=rule)
        (plan,) = self.env["mailroom.planner"]._plan(self, wishes)
        if not plan.blocked:
            return self.env["mailroom.dispatch"]._send([plan])._queued_notification()
        reasons = "\n".join(p.message for p in plan.problems if p.level == "block")
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._("The protocol was not sent"),
            note=reasons,
            user_id=self.env.uid,
        )
        return self._not_sent_notification(reasons)

    def _not_sent_notification(self, reasons):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("%s was not sent", self.name),
                "message": reasons,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
