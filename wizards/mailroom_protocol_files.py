from odoo import models

from ..tools.plan import File


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
        images = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "mailroom.protocol.picture"),
                ("res_field", "=", "image"),
                ("res_id", "in", protocol.picture_ids.ids),
            ]
        )
        by_picture = {image.res_id: image for image in images}
        files = []
        for number, picture in enumerate(protocol.picture_ids, start=1):
            name = picture.name or self.env._("Picture %s", number)
            image = by_picture.get(picture.id)
            if image:
                ending = image.mimetype.partition("/")[2].replace("jpeg", "jpg")
                files.append(File(f"{name}.{ending}", attachment=image, selected=False))
        return files
