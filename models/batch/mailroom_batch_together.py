from dataclasses import replace

from odoo import fields, models

from ...const import LOST


class MailroomBatchTogether(models.Model):
    """One mail for several documents of a customer.

    Each document keeps a message and recipients of its own, so that its state, its
    history and "changed since" are as true as ever; but only the first one's mail
    leaves, with all files, and the others share its fate.
    """

    _inherit = "mailroom.batch"

    def _puts_together(self):
        """Return whether the words for several documents may take the place of each
        document's own: not of those that somebody has chosen."""
        wishes = self.wishes or {}
        chosen = self.template_id or wishes.get("subject") or wishes.get("body")
        return self.one_mail and not chosen

    def _bundles(self, plans):
        """Return plans in bundles that leave as one mail each.

        :param dict plans: ``{line: Plan}``, in their order
        :rtype: list[list[Plan]]
        """
        together = self._puts_together()
        bundles = {}
        for line, plan in plans.items():
            shared = together and not line.own_template and plan.purpose == "document"
            key = self._bundle_key(plan) if shared else id(plan)
            bundles.setdefault(key, []).append(plan)
        return list(bundles.values())

    def _bundle_key(self, plan):
        """Return what documents of one mail have in common, besides the customer."""
        return (
            plan.company,
            plan.document._mailroom_customer(),
            plan.lang,
            plan.account,
            tuple((r.channel, r.address.casefold()) for r in plan.recipients),
        )

    def _bundle(self, plans):
        """Let the first plan say and bring what all of them would.

        :return: the template for several documents, where its words are used
        """
        lead = plans[0]
        template = self.env["mail.template"]
        if len(plans) < 2:
            return template
        template = template._mailroom_best("several", lead.company, lead.lang)
        subject, body = self._bundle_texts(plans, template)
        for plan in plans:
            plan.subject, plan.body = subject, body
        known = set()
        for plan in plans[1:]:
            for file in plan.files:
                known |= {f.attachment for f in lead.files if f.attachment}
                if file.attachment not in known:
                    lead.files.append(replace(file, main=False))
        return template

    def _bundle_texts(self, plans, template):
        """Return subject and body about all documents, the first one's where there is
        no template for several."""
        lead = plans[0]
        if not template:
            return lead.subject, lead.body
        together = [(plan.document._name, plan.document.id) for plan in plans]
        document = lead.document.with_context(mailroom_together=together)
        # Texts are rendered as everywhere: senders may use templates, not read them.
        texts = template.sudo()._mailroom_render(document, lead.lang)[document.id]
        return texts.subject, texts.body


class MailroomDispatchTogether(models.Model):
    _inherit = "mailroom.dispatch"

    carrier_id = fields.Many2one(
        "mailroom.dispatch",
        "Goes Along With",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The message that brings this document, with others of its customer.",
    )
    carried_ids = fields.One2many("mailroom.dispatch", "carrier_id", readonly=True)

    def _carry(self, others):
        """Let this message bring the documents of others, which do not leave."""
        others.write({"carrier_id": self.id, "stage": "ready"})

    def _make_ready(self):
        # EXTENDS: what goes along has nothing to be made ready, but learns its files
        carried = self.filtered("carrier_id")
        carried.write({"stage": "ready", "worker": False})
        result = super(MailroomDispatchTogether, self - carried)._make_ready()
        for dispatch in (self - carried).carried_ids:
            dispatch._share_files()
            document = dispatch._as_sender(dispatch._document())
            if document:
                dispatch._freeze_content(document)
        return result

    def _share_files(self):
        """Show the document's own PDF in its own history."""
        printed = {
            (file.res_model, file.res_id): file.attachment_ids
            for file in self.carrier_id.file_ids
            if file.res_model
        }
        for file in self.file_ids._to_print():
            file.attachment_ids = printed.get((file.res_model, file.res_id))
        self._show_files()

    def _refresh_documents(self):
        # EXTENDS: what became of a mail became of every document in it
        carried = self.filtered("batch_id").carried_ids
        carried.delivery_ids._share_fate()
        return super(MailroomDispatchTogether, self | carried)._refresh_documents()


class MailroomDeliveryTogether(models.Model):
    _inherit = "mailroom.delivery"

    def _carriers(self):
        """Return the rows that really leave: the carrier's for what goes along."""
        carried = self.filtered("dispatch_id.carrier_id")
        carriers = self - carried
        for row in carried:
            carriers |= row._carrier()
        return carriers

    def _carrier(self):
        rows = self.dispatch_id.carrier_id.delivery_ids
        return rows.filtered(
            lambda row: row.address == self.address and not row.superseded
        )[:1]

    def _share_fate(self):
        """Take over what became of the mail that these rows go along with."""
        for row in self:
            carrier = row._carrier()
            if carrier and not row.superseded:
                values = carrier._prepare_fate()
                row.write({k: v for k, v in values.items() if row[k] != v})
        self._update_envelopes()

    def _prepare_fate(self):
        return {
            # A worker's own rows are in that state only.
            "state": "queued" if self.state == "sending" else self.state,
            "hold_reason": self.hold_reason,
            "next_try": self.next_try,
            "sent_at": self.sent_at,
            "account_id": self.account_id,
            "reason": self.reason,
            "reason_detail": self.reason_detail,
            "reply_code": self.reply_code,
            "reply_enhanced": self.reply_enhanced,
            "reply_text": self.reply_text,
        }

    # === WHAT A PERSON DOES === #

    def action_cancel(self):
        # EXTENDS: the mail is one, and so is what a person does with it
        return super(MailroomDeliveryTogether, self._mine()).action_cancel()

    def action_retry(self):
        # EXTENDS
        return super(MailroomDeliveryTogether, self._mine()).action_retry()

    def action_arrived(self):
        # EXTENDS
        return super(MailroomDeliveryTogether, self._mine()).action_arrived()

    def _mine(self):
        self._check_may_act()
        # Rights on the documents asked about were checked; those on the mail's own
        # document are checked by the action itself.
        return self.sudo()._carriers().sudo(self.env.su)

    def _cancel(self):
        # EXTENDS
        return super(MailroomDeliveryTogether, self._carriers())._cancel()

    def _resend(self, reason):
        # EXTENDS: once for the mail, however many documents ask for it
        carrier = self._carriers()
        if carrier == self:
            return super()._resend(reason)
        lost = carrier.filtered(lambda row: row.state in (*LOST, "uncertain"))
        return lost._resend(reason) if lost else carrier
