from dataclasses import replace

from odoo import fields, models

from ...tools.calendar_file import Visit, build, file_name
from ...tools.message import Part


class MailroomDelivery(models.Model):
    """The visits as files for the calendar of whoever gets the message."""

    _inherit = "mailroom.delivery"

    def _prepare_outgoing(self, document, account):
        # EXTENDS
        outgoing = super()._prepare_outgoing(document, account)
        visits = [Visit(**entry) for entry in self.dispatch_id.calendar or ()]
        if not visits:
            return outgoing
        files = self._calendar_files(visits, outgoing)
        values = {"attachments": (*outgoing.attachments, *files)}
        if len(files) == 1:
            # Mail programs offer one entry beside the text, and no more.
            values["calendar"] = files[0].data.decode()
            values["calendar_method"] = files[0].method
        return replace(outgoing, **values)

    def _calendar_files(self, visits, outgoing):
        """Return a part per visit, which names nobody but the company and the person
        who gets the message."""
        organizer = (outgoing.author.name, outgoing.author.email)
        attendee = (self.recipient_name, self.address)
        if self.role == "bcc":
            attendee = (outgoing.to[0].name, outgoing.to[0].email)
        now = fields.Datetime.now()
        return [
            Part(
                file_name(visit, number),
                "text/calendar",
                build(visit, organizer, attendee, now).encode(),
                visit.method,
            )
            for number, visit in enumerate(visits)
        ]
