import base64
import binascii

from PIL import Image

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import image as image_tools

SIDE = 1600
QUALITY = 85
# EXIF 2.3, 4.6.4: how the camera was held; 1 is upright.
ORIENTATION, UPRIGHT = 0x0112, 1
# The PDF program reads nothing newer, and an SVG could make it fetch from elsewhere.
PRINTABLE = ("JPEG", "PNG", "GIF")
UNREADABLE = (
    binascii.Error,
    OSError,
    TypeError,
    ValueError,
    Image.DecompressionBombError,
)


class MailroomProtocolPicture(models.Model):
    """A picture taken on the visit, kept in a form that can be printed."""

    _name = "mailroom.protocol.picture"
    _inherit = "mailroom.protocol.part"
    _description = "Picture of a Service Protocol"

    name = fields.Char("Caption")
    image = fields.Image(required=True, max_width=SIDE, max_height=SIDE)

    @api.model_create_multi
    def create(self, vals_list):
        """Store pictures in a printable form."""
        return super().create([self._printable(vals) for vals in vals_list])

    def write(self, vals):
        """See ``create``."""
        return super().write(self._printable(vals))

    def _printable(self, vals):
        if not vals.get("image"):
            return vals
        try:
            source = base64.b64decode(vals["image"])
            picture = image_tools.binary_to_image(source)
            turned = picture.getexif().get(ORIENTATION, UPRIGHT) != UPRIGHT
            if picture.format not in PRINTABLE or turned:
                source = self._upright_jpeg(picture)
        except (*UNREADABLE, UserError) as error:
            raise UserError(
                self.env._(
                    "“%s” is no picture that can be printed. Use a JPEG or PNG file.",
                    vals.get("name") or self.env._("This file"),
                )
            ) from error
        return {**vals, "image": base64.b64encode(source)}

    @api.model
    def _upright_jpeg(self, picture):
        """Return a picture as a JPEG the right way up: the PDF program looks at no
        orientation tag."""
        upright = image_tools.image_fix_orientation(picture)
        if upright.mode != "RGB":
            # What is transparent is shown on white paper.
            whole = upright.convert("RGBA")
            upright = Image.new("RGB", whole.size, "white")
            upright.paste(whole, mask=whole.getchannel("A"))
        upright.thumbnail((SIDE, SIDE))
        return image_tools.image_apply_opt(upright, "JPEG", quality=QUALITY)

    def _prepare_copy(self):
        """Return the values of the same picture in a correction."""
        self.ensure_one()
        whole = self.with_context(bin_size=False)
        return {"sequence": self.sequence, "name": self.name, "image": whole.image}

    def _checksums(self):
        """Return ``{id: checksum of the image}`` without reading the images."""
        # Who reads the protocol sees its pictures; only a checksum is looked at.
        images = (
            self.env["ir.attachment"]
            .sudo()
            .search_fetch(
                [
                    ("res_model", "=", self._name),
                    ("res_field", "=", "image"),
                    ("res_id", "in", self.ids),
                ],
                ["res_id", "checksum"],
            )
        )
        return {image.res_id: image.checksum for image in images}
