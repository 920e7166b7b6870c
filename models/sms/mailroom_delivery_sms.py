from odoo import api, fields, models
from odoo.fields import Domain


class MailroomDelivery(models.Model):
    """A text message to one number is a row of the outbox like every other."""

    _inherit = "mailroom.delivery"

    gateway_id = fields.Many2one(
        "mailroom.gateway",
        "SMS Gateway",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    sms_text = fields.Text("Text Message", readonly=True)
    sms_parts = fields.Integer("Parts", readonly=True, aggregator="sum")
    sms_key = fields.Char(
        "Our Reference",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The gateway gets it with each try, so that it can tell them apart from "
        "another message.",
    )
    sms_reference = fields.Char(
        "Gateway's Reference", readonly=True, copy=False, index="btree_not_null"
    )

    # The claim: the oldest finished message of one gateway
    _claim_sms_idx = models.Index(
        "(gateway_id, id) WHERE ready AND state IN ('queued', 'deferred')"
        " AND gateway_id IS NOT NULL"
    )

    # === CARRIED BY A GATEWAY === #

    def _sent_through(self):
        # EXTENDS
        return self.gateway_id if self.channel == "sms" else super()._sent_through()

    def _lost_account(self):
        # EXTENDS
        if self.channel != "sms":
            return super()._lost_account()
        return not self.gateway_id._mailroom_serves(self.company_id)

    @api.model
    def _out_of_reach_domain(self):
        # EXTENDS
        cooling = Domain("gateway_id.mailroom_health", "=", "cooling")
        return super()._out_of_reach_domain() | cooling

    def _record(self, worker, verdict, milliseconds, known_up=False):
        # EXTENDS: reports that come later name the message as the gateway does
        result = super()._record(worker, verdict, milliseconds, known_up)
        if verdict.reference and self.channel == "sms":
            self.sms_reference = verdict.reference
        return result

    # === ODOO'S ENVELOPES === #

    def _prepare_envelope(self, base):
        # EXTENDS
        if self.channel != "sms":
            return super()._prepare_envelope(base)
        values = {
            key: base[key]
            for key in ("author_id", "mail_message_id", "is_read")
            if key in base
        }
        return {
            **values,
            "notification_type": "sms",
            "notification_status": "ready",
            "sms_number": self.address,
        }

    def _failure_types(self):
        # EXTENDS
        if self.channel != "sms":
            return super()._failure_types()
        return {"exception": "sms_server", "bounce": "sms_not_delivered"}


class MailroomAttempt(models.Model):
    _inherit = "mailroom.attempt"

    gateway_id = fields.Many2one(
        "mailroom.gateway", index="btree_not_null", ondelete="set null"
    )
