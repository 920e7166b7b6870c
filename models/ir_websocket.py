from odoo import models


class IrWebsocket(models.AbstractModel):
    """Screens listen to the records their user may read."""

    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        # EXTENDS 'bus': a channel of ours stands for a record
        kept = []
        for channel in channels:
            name = channel if isinstance(channel, str) else ""
            if not name.startswith("mailroom."):
                kept.append(channel)
            elif record := self._mailroom_channel_record(name):
                kept.append(record)
        return super()._build_bus_channel_list(kept)

    def _mailroom_channel_record(self, name):
        """Return the record behind the name of a channel if the user may read it, else
        nothing."""
        model, res_id = self._mailroom_channel_target(name)
        if model not in self.env or not res_id.isdecimal():
            return None
        record = self.env[model].browse(int(res_id)).exists()
        return record if record and record.has_access("read") else None

    def _mailroom_channel_target(self, name):
        """Return model and id that the name of a channel stands for:
        ``mailroom.document:<model>:<id>``. TO EXTEND for other channels.

        :return: empty strings for none
        :rtype: tuple[str, str]
        """
        kind, _colon, key = name.partition(":")
        model, _colon, res_id = key.rpartition(":")
        if kind != "mailroom.document" or model not in self.env:
            return "", ""
        is_document = "mailroom_state" in self.env[model]._fields
        return (model, res_id) if is_document else ("", "")
