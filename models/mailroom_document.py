from odoo import api, fields, models

from ..const import DOCUMENT_STATES, TOPIC_OF_KIND


class MailroomDocument(models.AbstractModel):
    """What a model tells Mailroom about itself so that it can be sent.

    A model takes part by inheriting this mixin (after ``mail.thread``) and filling in
    the ``_mailroom_*`` methods of this file. Nothing else in Mailroom knows a concrete
    model. All methods work on one record unless they say otherwise.
    """

    _name = "mailroom.document"
    _description = "Document that can be sent"

    mailroom_state = fields.Selection(
        DOCUMENT_STATES,
        string="Sent to customer",
        compute="_compute_mailroom_state",
        store=True,
        default="not_sent",
        copy=False,
        groups="base.group_user",
        help="Sent means that the mail server of every recipient took the message.",
    )
    mailroom_changed = fields.Boolean(
        "Changed since sent",
        compute="_compute_mailroom_changed",
        store=True,
        copy=False,
        groups="base.group_user",
        help="Something the customer can see is different from what was sent.",
    )

    # === WHAT IT IS === #

    def _mailroom_kind(self):
        """Return the kind of document (a key of ``const.KINDS``), False if it is
        nothing a customer gets, such as a journal entry."""
        self.ensure_one()
        return False

    def _mailroom_company(self):
        """Return the company the document belongs to; it alone decides the sender."""
        return self.company_id

    def _mailroom_number(self):
        """Return the number as printed on the document, or its display name."""
        return self.display_name

    def _mailroom_topic(self):
        """Return which wish of a contact (orders, invoices …) this document is."""
        return TOPIC_OF_KIND.get(self._mailroom_kind())

    def _mailroom_lang(self):
        """Return the language code in which the customer reads this document."""
        partner = self.partner_id
        candidates = (
            partner.lang,
            partner.commercial_partner_id.lang,
            self._mailroom_company().partner_id.lang,
            self.env.lang,
        )
        active = [code for code, _name in self.env["res.lang"].get_installed()]
        return next((code for code in candidates if code in active), active[0])

    # === WHOM TO SEND TO === #

    def _mailroom_partners(self):
        """Return ``[(role, partner)]``: who has to do with the document.

        Roles: contact, customer, facility, invoice. Their contacts are offered too.
        """
        return [
            ("contact", self.partner_id),
            ("customer", self.partner_id.commercial_partner_id),
        ]

    # === WHAT TO SEND === #

    def _mailroom_core_template(self):
        """Return the ``mail.template`` that Odoo itself takes for this document,
        possibly empty."""
        return self.env["mail.template"]

    def _mailroom_report(self):
        """Return the ``ir.actions.report`` of the PDF."""
        return self.env["ir.actions.report"]

    def _mailroom_has_paper(self):
        """Return whether there is a PDF to send. TO EXTEND where looking for the
        report costs more than the answer."""
        return bool(self._mailroom_report())

    def _mailroom_file_name(self, lang=None):
        """Return the name of the PDF, named after the document's number."""
        return self._mailroom_number()

    def _mailroom_related_documents(self):
        """Return ``[documents]``: recordsets of the same case that could go along."""
        return []

    def _mailroom_blockers(self):
        """Return ``[(code, sentence)]``: why this document cannot be sent at all."""
        return []

    # === WHAT THE CUSTOMER SEES === #

    @api.model
    def _mailroom_content_depends(self):
        """Return the field paths whose change may alter what the customer sees."""
        return ["partner_id"]

    def _mailroom_content_for(self, purpose):
        """Return what the customer sees of one purpose of this document.

        :param str purpose: a key of ``const.PURPOSES``. TO EXTEND for others than the
            document itself: those have a content and a "changed since" of their own
        """
        return self._mailroom_content()

    def _mailroom_content(self):
        """Return what the customer sees, in the shape of ``tools.fingerprint``.

        Labels are names of fields; ``_mailroom_content_label`` puts them into words.
        """
        return {}

    # === WHAT HAPPENS AFTERWARDS === #

    def _mailroom_after_accepted(self):
        """Called on the document when every recipient's server took the message."""

    @api.depends(lambda self: self._mailroom_content_depends())
    def _compute_mailroom_changed(self):
        sent = self.filtered(lambda doc: doc.mailroom_state not in (False, "not_sent"))
        (self - sent).mailroom_changed = False
        if not sent:
            return
        hashes = sent._mailroom_sent_fingerprints()
        for document in sent:
            known = hashes.get(document.id)
            document.mailroom_changed = bool(
                known and known != document._mailroom_fingerprint()
            )
