import logging
import time
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models, tools

from ..const import JOB_MAKERS, JOB_PATIENCE, PDF_GROUP
from ..outbox.job_worker import Errand, Maker
from ..outbox.worker import COURIERS

_logger = logging.getLogger(__name__)

CHANNEL = "root.mailroom"


class MailroomQueueJobs(models.AbstractModel):
    """The queue as jobs of OCA's ``queue_job``, in databases where that is installed:
    as many workers, on as many machines, as its administrator gives it.

    Jobs carry no work, they only say that there is some: what is to be done, and by
    whom it was taken, stands in the outbox as ever. A job that runs twice, or never,
    sends nothing twice and loses nothing.
    """

    _inherit = "mailroom.queue"

    @api.model
    def _has_job_engine(self):
        """Return whether ``queue_job`` is installed in this database."""
        return "queue.job" in self.env and hasattr(self, "with_delay")

    @api.model
    def _cron_run(self):
        # EXTENDS: the job engine does the work, unless it stands still
        if not self._has_job_engine():
            return super()._cron_run()
        if self._jobs_stand_still():
            _logger.warning("mailroom.jobs stand still, the cron does their work")
            return super()._cron_run()
        self._delay_makers()
        self._delay_errands()
        return None

    # === HANDING OUT === #

    @api.model
    def _delay_makers(self):
        """Have jobs make messages ready: several where many are new."""
        dispatches = self.env["mailroom.dispatch"]
        new = dispatches.search_count(dispatches._due_domain())
        wanted = min(-(-new // (2 * PDF_GROUP)), JOB_MAKERS)
        if not wanted and self._has_loose_ends():
            wanted = 1
        for number in range(wanted):
            self._delay(f"make.{number}", "make")._job_make(number)

    @api.model
    def _has_loose_ends(self):
        """Return whether there is something besides new messages that only the queue
        can do: batches to advance, what a dead worker left, documents to be told."""
        return bool(
            self.env["mailroom.batch"]._count_todo()
            or self.env["mailroom.delivery"].search_count(
                ["|", ("state", "=", "sending"), ("stale", "=", True)], limit=1
            )
            or self.env["mailroom.delivery"].search_count(
                [("hold_reason", "=", "no_account")], limit=1
            )
            or self.env["mailroom.dispatch"].search_count(
                [("stage", "=", "preparing")], limit=1
            )
        )

    @api.model
    def _delay_errands(self):
        """Have a job per account hand over what is due, each in a channel of its own:
        a slow server takes no worker from the others."""
        deliveries = self.env["mailroom.delivery"]
        for model in COURIERS:
            for carrier in self.env[model]._mailroom_ready_accounts():
                if deliveries.search_count(deliveries._due_domain([carrier]), limit=1):
                    self._delay_errand(carrier)

    @api.model
    def _delay_errand(self, account):
        name = f"{account._table}_{account.id}"
        self._delay(f"hand_over.{name}", name)._job_hand_over(account)

    @api.model
    def _delay(self, key, channel):
        """Return the queue as a job sees it that is put off; one of the same key that
        has not begun yet does this one's work, too."""
        queue = self.with_user(SUPERUSER_ID).with_context(allowed_company_ids=[])
        return queue.with_delay(
            channel=f"{CHANNEL}.{channel}",
            identity_key=f"mailroom.{key}",
            description=f"Mailroom: {key}",
            # What is left undone is taken up by the next job.
            max_retries=1,
        )

    @api.model
    def _jobs_stand_still(self):
        """Return whether jobs of ours have waited for long, as they do when nobody
        started the engine's runner."""
        since = fields.Datetime.now() - timedelta(seconds=JOB_PATIENCE)
        # The queue runs with all rights; only a number is read.
        return bool(
            self.env["queue.job"]
            .sudo()
            .search_count(
                [
                    ("identity_key", "=like", "mailroom.%"),
                    ("state", "in", ("pending", "enqueued")),
                    ("date_created", "<", since),
                ],
                limit=1,
            )
        )

    # === THE JOBS === #

    @api.model
    def _job_make(self, number):
        """Look after batches and make messages ready."""
        if self._run_job(Maker):
            self._delay(f"make.{number}", "make")._job_make(number)

    @api.model
    def _job_hand_over(self, account):
        """Hand over the messages of one account."""
        if self._run_job(Errand, account):
            self._delay_errand(account)

    def _run_job(self, worker, *arguments):
        """Work for a while on a cursor of the worker's own.

        :return: how much is left to be done now
        """
        limit = max(tools.config["limit_time_real"], 0) or float("inf")
        began, (seconds, hard) = time.monotonic(), self._times(limit)
        worker = worker(self.env.registry, began + seconds, began + hard, *arguments)
        done, left = worker.run()
        _logger.info("mailroom.job done=%s left=%s", done, left)
        return left
