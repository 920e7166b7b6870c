import re

from markupsafe import Markup

from odoo import models

# Neither the address of another document nor one that has a key
_ADDRESS_END = r"(?![\w/-]|\?\w)"

# As long as a key, and opens nothing
_NO_KEY = f"access_token={'0' * 36}"


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

    def _mailroom_open_links(self, text, partner, html=True):
        """Return a text whose links to this document open without a login, if its
        reader is one of the customer's people.

        :param text: what leaves, as HTML or as plain text
        :param partner: who gets it, or an empty recordset
        :param bool html: whether it is HTML, where only links are links
        """
        self.ensure_one()
        if not text or self._mailroom_plain_link() not in text:
            return text
        url, _label = self._mailroom_button(partner)
        key = url.partition("?")[2].partition("#")[0]
        if not key:
            return text
        opened = self._mailroom_put_key(str(text), key, html)
        return Markup(opened) if isinstance(text, Markup) else opened

    def _mailroom_longest(self, text):
        """Return a text message as long as it gets when its links open.

        :param text: plain text, or a falsy value
        """
        return self._mailroom_put_key(text or "", _NO_KEY, html=False)

    def _mailroom_put_key(self, text, key, html):
        """Write a key into the addresses of this document, unless they have one."""
        plain = self._mailroom_plain_link()
        before, after = ("(?<=href=[\"'])", "(?=[\"'])") if html else ("", _ADDRESS_END)
        query = key.replace("&", "&amp;") if html else key
        return re.sub(
            rf"{before}{re.escape(plain)}(#[\w-]*)?{after}",
            lambda match: f"{plain}?{query}{match[1] or ''}",
            text,
        )
