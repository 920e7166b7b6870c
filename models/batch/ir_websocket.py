from odoo import models

PREFIX = "mailroom.batch:"


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        # EXTENDS 'bus': screens listen to the batches their user may read
        wanted = [c for c in channels if isinstance(c, str) and c.startswith(PREFIX)]
        channels = [channel for channel in channels if channel not in wanted]
        numbers = [name.removeprefix(PREFIX) for name in wanted]
        ids = [int(number) for number in numbers if number.isdecimal()]
        batches = self.env["mailroom.batch"].browse(ids).exists()
        if batches and batches.has_access("read"):
            channels += list(batches)
        return super()._build_bus_channel_list(channels)
