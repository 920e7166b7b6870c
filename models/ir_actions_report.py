import contextlib
import logging
import os
import threading
import uuid

import psutil

from odoo import models

_logger = logging.getLogger(__name__)


class PdfTimeout(Exception):
    """The PDF program did not come to an end in time."""


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _build_wkhtmltopdf_args(self, *args, **kwargs):
        # EXTENDS 'base': a mark by which our time limit finds this very process
        command = super()._build_wkhtmltopdf_args(*args, **kwargs)
        mark = self.env.context.get("mailroom_pdf_mark")
        return [*command, "--custom-header", "X-Mailroom", mark] if mark else command

    @contextlib.contextmanager
    def _mailroom_time_limit(self, seconds):
        """Print within a time limit: afterwards the PDF program is ended.

        :param float seconds: how long the program may take
        :return: context manager giving this recordset to print with
        :raise PdfTimeout: when the limit was reached
        """
        mark = uuid.uuid4().hex
        reached = threading.Event()

        def end():
            reached.set()
            for process in _marked_processes(mark):
                process.kill()

        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            yield self.with_context(mailroom_pdf_mark=mark)
        except Exception as error:
            if reached.is_set():
                raise PdfTimeout(self.env._("it took too long")) from error
            raise
        finally:
            timer.cancel()


def _marked_processes(mark):
    """Return our children that print for the given mark."""
    found = []
    for process in psutil.Process(os.getpid()).children(recursive=True):
        try:
            if mark in process.cmdline():
                found.append(process)
        except psutil.Error:
            continue
    return found
