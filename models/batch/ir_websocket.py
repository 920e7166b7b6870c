from odoo import models


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _mailroom_channel_target(self, name):
        # EXTENDS: ``mailroom.batch:<id>``
        kind, _colon, res_id = name.partition(":")
        if kind == "mailroom.batch":
            return kind, res_id
        return super()._mailroom_channel_target(name)
