"""A record of each model of ours, for the table of who may do what."""

from .protocol_common import png

# Values of records that stand for themselves, made by the program.
VALUES = {
    "mailroom.order.type": {"name": "Inspection"},
    "mailroom.setting.log": {"subject": "x", "setting": "x"},
}
DIALOGS = {
    "mailroom.send": lambda dialog: dialog,
    "mailroom.send.recipient": lambda dialog: dialog.recipient_ids,
    "mailroom.send.file": lambda dialog: dialog.file_ids,
}


class SecuritySamples:
    """Mixin of the test: ``sample`` finds ``_sample_<model>``, or the values above."""

    def sample(self, model, user):
        """Return a record of a model, one's own where it is a dialog.

        :param str model: name of the model
        :param user: for whom the sample is
        """
        if model in DIALOGS:
            return DIALOGS[model](self._dialog_of(user))
        own = getattr(self, f"_sample_{model.replace('.', '_')}", None)
        if own:
            return own(user)
        values = dict(VALUES[model])
        if "company_id" in self.env[model]._fields:
            values["company_id"] = self.company.id
        return self.env[model].create(values)

    # === THE OUTBOX === #

    def _sample_mailroom_dispatch(self, _user):
        return self.dispatches(self.order)[:1]

    def _sample_mailroom_dispatch_file(self, user):
        return self._sample_mailroom_dispatch(user).file_ids[:1]

    def _sample_mailroom_delivery(self, user):
        return self._sample_mailroom_dispatch(user).delivery_ids[:1]

    def _sample_mailroom_attempt(self, user):
        return self._sample_mailroom_delivery(user).attempt_ids[:1]

    # === SMS === #

    def _sample_mailroom_gateway(self, _user):
        return self.env["mailroom.gateway"].create(
            {
                "name": "Gateway",
                "company_id": self.company.id,
                "url": "https://gateway.test/",
                "parameters": "to = {to}\ntext = {text}",
            }
        )

    def _sample_mailroom_gateway_test(self, user):
        gateway = self._sample_mailroom_gateway(user)
        return self._own(user, "mailroom.gateway.test").create(
            {"gateway_id": gateway.id, "number": "0705123456"}
        )

    def _sample_mailroom_optout(self, _user):
        optouts = self.env["mailroom.optout"]
        optouts.search([]).unlink()
        return optouts.create({"number": "+46705123456", "company_id": self.company.id})

    # === BOOKINGS === #

    def _sample_mailroom_service_object(self, _user):
        return self.env["mailroom.service.object"].create(
            {"name": "Cooler", "partner_id": self.customer.id}
        )

    # === SERVICE PROTOCOLS === #

    def _sample_mailroom_checklist(self, _user):
        return self.env["mailroom.checklist"].create(
            {"name": "Service", "line_ids": [(0, 0, {"name": "Pressure"})]}
        )

    def _sample_mailroom_checklist_line(self, user):
        return self._sample_mailroom_checklist(user).line_ids

    def _sample_mailroom_protocol(self, user):
        return self.env["mailroom.protocol"].create(
            {
                "partner_id": self.customer.id,
                "company_id": self.company.id,
                "checklist_id": self._sample_mailroom_checklist(user).id,
                "material_ids": [(0, 0, {"name": "Oil"})],
                "picture_ids": [(0, 0, {"image": png()})],
            }
        )

    def _sample_mailroom_protocol_check(self, user):
        return self._sample_mailroom_protocol(user).check_ids

    def _sample_mailroom_protocol_material(self, user):
        return self._sample_mailroom_protocol(user).material_ids

    def _sample_mailroom_protocol_picture(self, user):
        return self._sample_mailroom_protocol(user).picture_ids

    # === RULES AND STAGES === #

    def _sample_mailroom_stage(self, _user):
        return self.env["mailroom.stage"].create({"name": "Spare"})

    def _sample_mailroom_firing(self, user):
        stage = self._sample_mailroom_stage(user)
        return self.env["mailroom.firing"].create(
            {
                "rule": f"mailroom.stage,{stage.id}",
                "name": "Spare",
                "res_model": "sale.order",
                "res_id": self.order.id,
                "company_id": self.company.id,
            }
        )

    def _sample_mailroom_stage_change(self, user):
        stage = self._sample_mailroom_stage(user)
        changes = self._own(user, "mailroom.stage.change")
        return changes.create({"stage_id": stage.id})

    def _sample_mailroom_stage_change_line(self, user):
        lines = self._own(user, "mailroom.stage.change.line")
        return lines.create({"order_id": self.order.id})

    def _sample_mailroom_stage_delete(self, user):
        stage = self._sample_mailroom_stage(user)
        return self._own(user, "mailroom.stage.delete").create({"stage_id": stage.id})

    # === BATCHES === #

    def _sample_mailroom_batch(self, user):
        return self._own(user, "mailroom.batch")._make(self.order)

    def _sample_mailroom_batch_line(self, user):
        return self._sample_mailroom_batch(user).line_ids[:1]

    # === DIALOGS === #

    def _own(self, user, model):
        """Return a model whose new records are a user's own, whatever he may."""
        return self.env[model].with_user(user).sudo()

    def _sample_mailroom_settings(self, user):
        may = user.has_group("mailroom.mailroom_group_manager")
        settings = self.env["mailroom.settings"]
        settings = self.as_user(settings, user if may else self.manager)
        return settings.create({"company_id": self.company.id})

    def _sample_mailroom_question(self, user):
        return self._own(user, "mailroom.question").create(
            {"firing_id": self._sample_mailroom_firing(user).id}
        )

    def _dialog_of(self, user):
        return self._own(user, "mailroom.send").create(
            {
                "res_model": "sale.order",
                "res_id": self.order.id,
                "lang": "en_US",
                "subject": "Hello",
                "recipient_ids": [(0, 0, {"name": "Anna", "email": "a@b.test"})],
                "file_ids": [(0, 0, {"name": "File"})],
            }
        )
