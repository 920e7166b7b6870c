"""Real Odoo servers, started and stopped by a test."""

import contextlib

from dev import odoo_process, ports


@contextlib.contextmanager
def servers(env, database, folder, *always):
    """Give a function that starts Odoo with one cron; all it has started are stopped.

    :param env: :class:`dev.environment.Environment`
    :param str database: the servers know no other
    :param Path folder: for the logs
    :param always: options each of them is started with
    """
    started = []

    def start(*options):
        log, port = folder / f"odoo-{len(started)}.log", ports.free_port()
        process = odoo_process.start(
            env,
            *("-d", database, f"--db-filter=^{database}$"),
            *("--max-cron-threads=1", f"--http-port={port}"),
            *(f"--gevent-port={ports.free_port()}", *always, *options),
            log=log,
        )
        started.append(process)
        odoo_process.wait_until_up(process, port, log)
        return process, log

    try:
        yield start
    finally:
        for process in started:
            odoo_process.stop(process)
