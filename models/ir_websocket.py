from odoo import models

PREFIX = "mailroom.document:"


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        # EXTENDS 'bus': screens listen to the documents their user may read
        wanted = [c for c in channels if isinstance(c, str) and c.startswith(PREFIX)]
        channels = [channel for channel in channels if channel not in wanted]
        for name in wanted:
            document = self._mailroom_channel_document(name)
            if document:
                channels.append(document)
        return super()._build_bus_channel_list(channels)

    def _mailroom_channel_document(self, name):
        """Return the document behind ``mailroom.document:<model>:<id>`` if the user may
        read it, else nothing."""
        model, _colon, res_id = name.removeprefix(PREFIX).rpartition(":")
        if model not in self.env or not res_id.isdecimal():
            return None
        document = self.env[model].browse(int(res_id))
        if "mailroom_state" not in document._fields or not document.exists():
            return None
        return document if document.has_access("read") else None
