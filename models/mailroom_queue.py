import logging
import time

from odoo import api, models, tools

from odoo.addons.base.models.ir_cron import MIN_TIME_PER_JOB

from ..const import LAST_MESSAGE_SECONDS, RUN_SECONDS
from ..outbox.worker import MailroomWorker

_logger = logging.getLogger(__name__)


class MailroomQueue(models.AbstractModel):
    """The queue: makes messages ready, hands them over, records what became of them.

    It works on a cursor of its own with short commits, so that a crash at any moment
    leaves at most one message whose fate is unknown.
    """

    _name = "mailroom.queue"
    _description = "Outbox queue"

    @api.model
    def _wake(self):
        """Have the queue run as soon as this transaction is committed."""
        cron = self.env.ref("mailroom.mailroom_queue_cron", raise_if_not_found=False)
        if cron:
            # A sender may not read crons; waking ours is all that happens here.
            cron.sudo()._trigger()

    @api.model
    def _cron_run(self):
        """Entry of the cron: work for a while, say how much is left.

        It never fails: Odoo switches a cron off that does, and with it all mail.
        """
        limit, gone = self._hard_limit() or float("inf"), self._seconds_gone()
        try:
            done, left = self._run(*self._times(limit, gone))
        except Exception:
            _logger.exception("mailroom.run failed")
            done = left = 0
        self.env["ir.cron"]._commit_progress(done, remaining=left)

    @api.model
    def _times(self, limit, gone=0):
        """Return for how many seconds new work may be started, and how many are left
        before the process would be killed.

        :param float limit: after which the process is killed
        :param float gone: of which so many are gone
        """
        # The message in hand shall have the time that a slow server takes.
        seconds = limit - min(LAST_MESSAGE_SECONDS, limit / 2) - gone
        return min(RUN_SECONDS, seconds), limit - gone

    @api.model
    def _run(self, seconds=RUN_SECONDS, hard_seconds=float("inf")):
        """Work through the outbox.

        :param float seconds: start nothing new after this time
        :param float hard_seconds: when the process would be killed
        :return: messages handled, and messages still to be handled now
        :rtype: tuple[int, int]
        """
        began = time.monotonic()
        worker = MailroomWorker(
            self.env.registry,
            deadline=began + seconds,
            hard_deadline=began + hard_seconds,
        )
        done, left = worker.run()
        _logger.info("mailroom.run done=%s left=%s", done, left)
        return done, left

    @api.model
    def _seconds_gone(self):
        """Return for how long Odoo has been at the job, which it calls again and again
        while there is work: the time limit counts from there."""
        end = self.env.context.get("cron_end_time")
        return max(time.monotonic() - (end - MIN_TIME_PER_JOB), 0) if end else 0

    @api.model
    def _hard_limit(self):
        """Return after how many seconds Odoo kills a cron run, 0 for never."""
        limit = tools.config["limit_time_real_cron"]
        return max(tools.config["limit_time_real"] if limit < 0 else limit, 0)
