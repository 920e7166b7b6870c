from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class DocumentLanguage(CustomerPortal):
    """A customer's page of a document is in the language of the document."""

    def _document_check_access(self, model_name, document_id, access_token=None):
        # EXTENDS 'portal'
        document = super()._document_check_access(
            model_name, document_id, access_token=access_token
        )
        if "mailroom_state" not in document._fields or request.env.user._is_internal():
            return document
        lang = document._mailroom_lang()
        request.update_context(lang=lang)
        return document.with_context(lang=lang)
