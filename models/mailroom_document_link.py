import re

from markupsafe import Markup

from odoo import models


class MailroomDocumentLink(models.AbstractModel):
    """Links to the document in a text. A text is the same for everybody who gets it,
    and has the plain address, which asks for a login; in the copy of a person of the
    customer the address opens without one."""

    _inherit = "mailroom.document"

    def _mailroom_link(self, what="portal"):
        """Return the address of the document.

        :param str what: portal, pay or sign
        """
        self.ensure_one()
        anchor = self._mailroom_link_anchors().get(what, "")
        return f"{self._mailroom_plain_link()}{anchor}"

    def _mailroom_link_anchors(self):
        """Return where on the page one pays or signs. TO OVERRIDE."""
        return {}

    def _mailroom_plain_link(self):
        return f"{self.get_base_url()}{self.access_url}"

    def _mailroom_open_links(self, body, partner):
        """Return a text whose links to this document open without a login, if its
        reader is one of the customer's people.

        :param body: HTML of a message
        :param partner: who gets it, or an empty recordset
        """
        self.ensure_one()
        if not body or self._mailroom_plain_link() not in body:
            return body
        url, _label = self._mailroom_button(partner)
        if not url:
            return body
        plain = re.escape(self._mailroom_plain_link())
        key = url.partition("?")[2].partition("#")[0].replace("&", "&amp;")
        pattern = rf"(href=[\"']){plain}(#[\w-]*)?(?=[\"'])"
        opened = re.sub(
            pattern,
            lambda match: (
                f"{match[1]}{self._mailroom_plain_link()}?{key}{match[2] or ''}"
            ),
            str(body),
        )
        return Markup(opened) if isinstance(body, Markup) else opened
