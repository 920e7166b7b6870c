from odoo import models

from ..tools.plan import File

PICTURE = "mailroom.protocol.picture"


class MailroomProtocolFiles(models.TransientModel):
    """Uploaded files of a protocol, its pictures among them: offered where the company
    shows pictures to its customers."""

    _inherit = "mailroom.send"

    def _uploaded_files(self, plan):
        # EXTENDS
        if plan.document._name != "mailroom.protocol":
            return super()._uploaded_files(plan)
        company = plan.company
        if not company.mailroom_show_pictures or not company.mailroom_offer_uploads:
            return []
        return [*super()._uploaded_files(plan), *self._picture_files(plan.document)]

    def _picture_files(self, protocol):
        """Return the pictures of a protocol, none of them ticked."""
        pictures = protocol.picture_ids
        images = self._images(pictures, "image")
        return [
            File(
                self._picture_name(picture, images[picture.id], number),
                attachment=images[picture.id],
                selected=False,
            )
            for number, picture in enumerate(pictures, start=1)
            if picture.id in images
        ]

    def _picture_name(self, picture, image, number):
        name = picture.name or self.env._("Picture %s", number)
        return f"{name}.{image.mimetype.partition('/')[2].replace('jpeg', 'jpg')}"

    def _images(self, pictures, field):
        """Return ``{picture id: attachment}``.

        :param field: ``image`` for the stored ones, False for copies that were sent
        """
        images = self.env["ir.attachment"].search(
            [
                ("res_model", "=", PICTURE),
                ("res_field", "=", field),
                ("res_id", "in", pictures.ids),
            ]
        )
        return {image.res_id: image for image in images}

    def action_send(self):
        """Send; a picture goes along as a copy, because what is stored in a field
        cannot hang on a message."""
        lines = self.file_ids.filtered(
            lambda line: line.selected and line.attachment_id.res_model == PICTURE
        )
        pictures = self.env[PICTURE].browse(lines.attachment_id.mapped("res_id"))
        copies = self._images(pictures, False)
        for line in lines:
            image = line.attachment_id
            line.attachment_id = copies.get(image.res_id) or self._copy(line, image)
        return super().action_send()

    def _copy(self, line, image):
        return self.env["ir.attachment"].create(
            {
                "name": line.name,
                "raw": image.raw,
                "res_model": PICTURE,
                "res_id": image.res_id,
            }
        )
