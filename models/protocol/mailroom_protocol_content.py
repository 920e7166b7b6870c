from odoo import api, models


class MailroomProtocol(models.Model):
    """What a customer sees of a protocol. A signature changes nothing of it."""

    _inherit = "mailroom.protocol"

    @api.model
    def _mailroom_content_depends(self):
        # OVERRIDE 'mailroom.document': once done, only a revision changes any of it
        return ["name", "work_done", "visit_start", "visit_stop", "partner_id"]

    def _mailroom_content(self):
        # OVERRIDE 'mailroom.document'
        content = self._mailroom_head_content(
            {
                "name": self.name,
                "order_id": self.order_id.sudo().name,
                "partner_id": self.partner_id.name,
                "facility_id": self.facility_id.name,
                "contact_id": self.contact_id.name,
                "user_id": self.user_id.name,
                "object_ids": self.object_ids.mapped("display_name"),
                "visit_start": self.visit_start,
                "visit_stop": self.visit_stop,
                "previous_id": self.previous_id.name,
                "work_done": self.work_done,
            }
        )
        content["check_ids"] = self._mailroom_part_content(
            "check_ids", ("name", "result", "remark")
        )
        content["material_ids"] = self._mailroom_part_content(
            "material_ids", ("name", "quantity", "uom_id")
        )
        content["picture_ids"] = self._mailroom_picture_content()
        return content

    def _mailroom_part_content(self, field, names):
        return {
            "label": field,
            "lines": [
                {
                    "key": str(part.id),
                    "label": (part.name or "")[:60],
                    "values": self._mailroom_head_content(
                        {name: self._mailroom_part_value(part, name) for name in names}
                    ),
                }
                for part in self[field]
            ],
        }

    def _mailroom_part_value(self, part, name):
        value = part[name]
        if part._fields[name].type == "many2one":
            return value.name
        if part._fields[name].type == "float":
            return f"{value:g}"
        return value

    def _mailroom_picture_content(self):
        checksums = self.picture_ids._checksums()
        return {
            "label": "picture_ids",
            "lines": [
                {
                    "key": str(picture.id),
                    "label": picture.name or "",
                    "values": self._mailroom_head_content(
                        {"name": picture.name, "image": checksums.get(picture.id)}
                    ),
                }
                for picture in self.picture_ids
            ],
        }
