"""One database, its workers and a scripted server, as a test uses them."""

import select
import time

import psutil
from fake_smtp import FakeSMTP

from harness.nursery import JobDied
from harness.oracle import reconcile
from harness.tally import TALLY

SETTLE_SECONDS = 120
# So many runs in a row that found nothing to do: nothing more will happen.
IDLE_RUNS = 12


class Lab:
    """What a fault test works with.

    :ivar Rows rows: the outbox
    :ivar list asked: addresses that messages were asked for
    """

    def __init__(self, nursery, rows):
        self.nursery = nursery
        self.rows = rows
        self.servers = []
        self.asked = []
        self.jobs = []
        self.idle = 0

    # === THE SERVER === #

    def serve(self, script=None, account="Main", **options):
        """Start a scripted server, behind an account if one is named."""
        server = FakeSMTP(self._counted(script), **options)
        self.servers.append(server)
        if account:
            self.point(account, server.port)
        return server

    def point(self, account, port):
        """Let an account's server be on this port."""
        self.rows.query(
            "UPDATE ir_mail_server SET smtp_port = %s WHERE name = %s", port, account
        )

    def _counted(self, script):
        def counted(step, arg, ctx):
            action = script(step, arg, ctx) if script else None
            TALLY.replies += action is not None
            return action

        return counted

    @property
    def accepted(self):
        """What all servers of the test have taken."""
        return [message for server in self.servers for message in server.accepted]

    def account(self, name="Main"):
        """Return the row of an account."""
        [row] = self.rows.query("SELECT * FROM ir_mail_server WHERE name = %s", name)
        return row

    def log_in(self, user, password, account="Main"):
        """Let an account log in."""
        self.nursery.call("jobs:log_in", account=account, user=user, password=password)

    def resume(self):
        """Press Resume on every account, as a manager does."""
        self.nursery.call("jobs:resume")

    # === MESSAGES === #

    def ask(self, count, name="r", **options):
        """Ask for messages to so many new addresses.

        :return: the addresses
        """
        first = len(self.asked)
        addresses = [f"{name}{first + n:05}@kund.example" for n in range(count)]
        return self.ask_addresses(addresses, **options)

    def ask_addresses(self, addresses, **options):
        """Ask for a message to each of these addresses.

        :param options: of ``harness.jobs.seed``
        """
        self.nursery.call("jobs:seed", addresses=addresses, **options)
        self.asked += addresses
        return addresses

    def retry(self, *addresses):
        """Press "Send again" on what was sent to these addresses."""
        self.nursery.call("jobs:retry", addresses=addresses)
        self.asked += addresses

    def document_states(self):
        """Return the states that the documents show, in the order of their names."""
        documents = self.nursery.call("jobs:documents")
        return [
            stored for stored, _true, _name in sorted(documents, key=lambda d: d[2])
        ]

    # === WORKERS === #

    def run(self, **options):
        """Run the queue once, in one worker."""
        return self.start(**options).result()

    def start(self, **options):
        """Start a worker.

        :rtype: harness.nursery.Job
        """
        job = self.nursery.start("jobs:run", **options)
        self.jobs.append(job)
        return job

    def kill_client(self, ctx):
        """Kill the worker at the other end of a connection of the server."""
        peer = ctx["peer"][1]
        for job in list(self.jobs):
            if not job.is_over() and peer in _ports(job.pid):
                job.kill()
                job.is_over(5)
                return True
        return False

    def live_and_die(self):
        """Run the queue once, in a worker that may be killed."""
        self._end(self.start())

    def cut_database(self):
        """Break every connection that workers have to the database."""
        self.rows.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    def wait_until_told(self, seconds=30):
        """Wait until a real server has told the documents of everything."""
        until = time.monotonic() + seconds
        while self.rows.count_unsettled():
            assert time.monotonic() < until, self.rows.unsettled()
            time.sleep(0.2)

    def activities(self):
        """Count the to-dos that somebody was given because a message failed."""
        [(count,)] = self.rows.query(
            "SELECT count(*) FROM mail_activity WHERE res_model = 'sale.order'"
        )
        return count

    def settle(self, workers=2, seconds=SETTLE_SECONDS, **options):
        """Run workers, new ones for those that die, until nothing is left to do; what
        is put off is hurried along.

        :param options: for each worker; a function is asked anew each time
        """
        until = time.monotonic() + seconds
        running, self.idle = [], 0
        while running or self.rows.count_unsettled():
            patient = time.monotonic() < until and self.idle < IDLE_RUNS
            assert patient, f"not settled: {self.rows.unsettled()} {self.account()}"
            while len(running) < workers and self.rows.count_unsettled():
                values = {k: v() if callable(v) else v for k, v in options.items()}
                self.rows.hurry()
                running.append(self.start(**values))
            running = self._still_running(running)

    def _still_running(self, jobs):
        poll = select.poll()
        for job in jobs:
            if job.handle is not None:
                poll.register(job.handle, select.POLLIN)
        poll.poll(1000)
        still = [job for job in jobs if not job.is_over()]
        for job in jobs:
            if job not in still:
                self._end(job)
        return still

    def _end(self, job):
        try:
            done, _left = job.result()
            # While another is at work there may be nothing to do for this one.
            alone = self.jobs == [job]
            self.idle = 0 if done or not alone else self.idle + 1
        except JobDied:
            # Killed on purpose: another takes its place.
            TALLY.kills += 1
        finally:
            self.jobs.remove(job)

    # === THE TRUTH === #

    def reconcile(self):
        """Compare the outbox with the servers; nothing may be wrong.

        :rtype: harness.oracle.Verdict
        """
        documents = self.nursery.call("jobs:documents")
        rows = self.rows.deliveries()
        verdict = reconcile(rows, self.accepted, self.asked, documents)
        assert not str(verdict), f"\n{verdict}"
        return verdict

    def close(self):
        """Stop servers and workers."""
        for job in self.jobs:
            job.kill()
        for server in self.servers:
            server.close()


def _ports(pid):
    try:
        connections = psutil.Process(pid).net_connections("tcp")
    except psutil.Error:
        return set()
    return {connection.laddr.port for connection in connections if connection.laddr}
