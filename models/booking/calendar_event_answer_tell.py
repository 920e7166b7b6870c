from datetime import timedelta

from markupsafe import Markup

from odoo import fields, models
from odoo.fields import Command
from odoo.tools import plaintext2html

ACTIVITY = "mailroom.mailroom_activity_answer"
# What needs somebody of the staff.
OPEN = ("declined", "asked")
# So many answers about a visit stand in the history one by one within this time.
ANSWERS_TOLD = 3
ANSWERS_PERIOD = timedelta(minutes=10)


class CalendarEventAnswerTell(models.Model):
    """The planner hears what a customer answered: in the order's history, in his inbox,
    and as a to-do when there is something to do."""

    _inherit = "calendar.event"

    mailroom_answer_message_ids = fields.Many2many(
        "mail.message",
        "mailroom_calendar_event_answer_rel",
        string="Answers in the History",
        readonly=True,
        copy=False,
        groups="base.group_system",
    )

    def _mailroom_planners(self):
        """Return the users who look after a booking, whoever planned it first. Where
        nobody of them is left, it is up to the mail managers of the company."""
        order = self.mailroom_order_id
        managers = self.env["mailroom.carrier"]._mailroom_managers_of(order.company_id)
        for people in (self.user_id | order.user_id, managers):
            able = people.filtered(order._mailroom_may_be_read_by)
            if able:
                return able
        return managers

    def _mailroom_for_planner(self, records):
        """Return records in the planner's language, time zone and company."""
        planner = self._mailroom_planners()[:1]
        company = self.mailroom_order_id.company_id
        lang = planner.lang or company.partner_id.lang or self.env.lang
        zone = planner.tz or company.mailroom_tz
        return records.with_company(company).with_context(lang=lang, tz=zone)

    def _mailroom_tell_answer(self, delivery):
        """Tell what the customer answered.

        :param delivery: the message whose link was used
        """
        self.ensure_one()
        who = delivery.recipient_name or delivery.address
        body = self._mailroom_for_planner(self)._mailroom_answer_words(who)
        since = fields.Datetime.now() - ANSWERS_PERIOD
        told = self.mailroom_answer_message_ids.filtered(lambda m: m.date > since)
        if len(told) < ANSWERS_TOLD:
            self._mailroom_post_answer(delivery, body)
        else:
            # Whoever presses on and on fills neither the history nor an inbox.
            told.sorted("id")[-1:].body = body
        self.mailroom_order_id._mailroom_announce()

    def _mailroom_post_answer(self, delivery, body):
        order = self._mailroom_for_planner(self.mailroom_order_id)
        author = delivery.partner_id or self.env.ref("base.partner_root")
        message = order.with_context(**order._mailroom_post_context()).message_post(
            body=body,
            author_id=author.id,
            message_type="notification",
            subtype_xmlid="mail.mt_note",
            partner_ids=self._mailroom_planners().partner_id.ids,
        )
        self.mailroom_answer_message_ids = [Command.link(message.id)]

    def _mailroom_answer_words(self, who):
        """Return what the customer answered, in words; his own are escaped.

        :param str who: name of who answered
        """
        values = {"who": who, "visit": self._mailroom_when()}
        sentences = {
            "confirmed": self.env._(
                "%(who)s confirmed the visit on %(visit)s.", **values
            ),
            "declined": self.env._(
                "%(who)s declined the visit on %(visit)s.", **values
            ),
            "asked": self.env._(
                "%(who)s asks for another time than %(visit)s.", **values
            ),
        }
        words = plaintext2html(sentences[self.mailroom_visit_state])
        if not self.mailroom_answer_note:
            return words
        note = plaintext2html(self.mailroom_answer_note)
        return words + Markup("<blockquote>%s</blockquote>") % note

    # === TO DO === #

    def write(self, vals):
        # EXTENDS 'calendar': an answer is something to do until it changes
        if vals.keys() == {"mailroom_answer_message_ids"}:
            return super().write(vals)
        before = self.filtered(lambda event: event.mailroom_visit_state in OPEN)
        result = super().write(vals)
        events = self.exists()
        after = events.filtered(lambda event: event.mailroom_visit_state in OPEN)
        if before or after:
            for order in events.mailroom_order_id:
                self._mailroom_remind_of_answers(order)
        return result

    def _mailroom_remind_of_answers(self, order):
        """Keep one to-do at an order while a visit is declined or another time asked
        for."""
        # Whoever answers or moves a booking need not be able to change to-dos.
        order = order.sudo()
        kind = self.env.ref(ACTIVITY)
        order.activity_ids.filtered(lambda a: a.activity_type_id == kind).unlink()
        visits = order.mailroom_booking_ids.filtered(
            lambda visit: visit.mailroom_visit_state in OPEN and visit.active
        )
        planner = visits[:1]._mailroom_planners()[:1] if visits else False
        if not planner:
            return
        # The to-do is the planner's own: of the user that stands for people without a
        # login he may not even read the name.
        visits = visits[:1]._mailroom_for_planner(visits).with_user(planner).sudo()
        who = order.mailroom_contact_id.name or order.partner_id.name
        visits.mailroom_order_id.with_context(
            mail_activity_quick_update=True
        ).activity_schedule(
            ACTIVITY,
            note=Markup().join(visit._mailroom_answer_words(who) for visit in visits),
            user_id=planner.id,
        )
