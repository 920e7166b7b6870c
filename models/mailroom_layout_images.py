import base64

from odoo import api, models
from odoo.tools.misc import file_open

from ..tools.message import Part

LOGO = "mailroom-logo"
# Field of the company → name of the network and of its icon.
NETWORKS = {
    "social_facebook": ("Facebook", "facebook"),
    "social_instagram": ("Instagram", "instagram"),
    "social_linkedin": ("LinkedIn", "linkedin"),
    "social_youtube": ("YouTube", "youtube"),
    "social_twitter": ("X", "x"),
    "social_tiktok": ("TikTok", "tiktok"),
    "social_github": ("GitHub", "github"),
    "social_discord": ("Discord", "discord"),
}


class MailroomLayoutImages(models.AbstractModel):
    """Images of the letter paper. They travel inside the message: a remote image tells
    its server who read the mail when, and many mail programs do not show it."""

    _name = "mailroom.layout.images"
    _description = "Images of the mail layout"

    @api.model
    def _socials(self, company):
        """Return ``[(name, url, cid)]`` of the company's pages."""
        if not company.mailroom_show_social:
            return []
        return [
            (name, company[field], f"cid:{self._icon_name(icon)}")
            for field, (name, icon) in NETWORKS.items()
            if str(company[field] or "").startswith("https://")
        ]

    def _icon_name(self, icon):
        return f"mailroom-{icon}"

    @api.model
    def _images(self, company):
        """Return every image the HTML shows, as inline parts.

        :rtype: list[Part]
        """
        company = company.sudo()
        logo = self._logo(company)
        shown = {cid for _name, _url, cid in self._socials(company)}
        icons = [
            self._icon(icon)
            for _name, icon in NETWORKS.values()
            if f"cid:{self._icon_name(icon)}" in shown
        ]
        return [logo, *icons] if logo else icons

    def _icon(self, icon):
        with file_open(f"mailroom/static/img/social/{icon}.png", "rb") as file:
            return Part(self._icon_name(icon), "image/png", file.read())

    @api.model
    def _logo(self, company):
        """Return the company's logo as an inline part, None when it has none or does
        not want it in its mail.

        :rtype: Part|None
        """
        # A web client asks for sizes instead of images: not here.
        company = company.sudo().with_context(bin_size=False)
        if not company.mailroom_show_logo:
            return None
        if company.uses_default_logo or not company.logo_web:
            return None
        data = base64.b64decode(company.logo_web)
        kind = "image/jpeg" if data[:3] == b"\xff\xd8\xff" else "image/png"
        return Part(LOGO, kind, data)

    @api.model
    def _preview(self, html, company):
        """Return the HTML of a message for the screen: its images shown from here."""
        for image in self._images(company):
            data = base64.b64encode(image.data).decode()
            html = html.replace(
                f"cid:{image.name}", f"data:{image.mimetype};base64,{data}"
            )
        return html
