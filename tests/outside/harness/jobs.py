"""What runs inside Odoo: setting the stage, asking for messages, running the queue."""

import base64
import os
import signal
import socket
import time

from odoo import tools
from odoo.service.model import retrying

from odoo.addons.base.models.ir_cron import MIN_RUNS_PER_JOB, MIN_TIME_PER_JOB
from odoo.addons.mailroom.models import ir_mail_server_session
from odoo.addons.mailroom.outbox import (
    courier,
    job_worker,
    preparer,
    teller,
    worker,
)
from odoo.addons.mailroom.tools.plan import File, Recipient, Wishes

ADMIN = 2
# Where a worker can be made to die: class, method, before or after it ran.
POINTS = {
    "claimed": (courier.Courier, "_hand_over", "before"),
    "marked": (courier.Courier, "_mark", "after"),
    "answered": (courier.Courier, "_record", "before"),
    "recorded": (courier.Courier, "_record", "after"),
    "recovered": (worker.MailroomWorker, "_recover", "after"),
    "preparing": (preparer.Preparer, "run", "before"),
    "telling": (teller.Teller, "run", "before"),
}
# The same, but inside the transaction, before it is committed.
MODEL_POINTS = {
    "recording": ("mailroom.delivery", "_record"),
    "making": ("mailroom.dispatch", "_make_ready"),
    "told": ("mailroom.delivery", "_tell_documents"),
    "stepping": ("mailroom.batch", "_step"),
    "finishing": ("mailroom.batch", "_finish_if_over"),
}


def prepare(env, documents=60):
    """Make the database one that sends, with an account, a customer and orders."""
    env["mailroom.guard"]._remember()
    parameters = env["ir.config_parameter"]
    parameters.set_param("mailroom.allowed_networks", "127.0.0.0/8")
    # wkhtmltopdf shall not fetch anything: nobody listens there.
    parameters.set_param("report.url", "http://127.0.0.1:9")
    company = env["res.company"].browse(1)
    company.write({"name": "Nordvik", "email": "post@nordvik.example"})
    env["ir.mail_server"].search([]).active = False
    account(env, "Main", "post@nordvik.example", 25)
    managers = env.ref("mailroom.mailroom_group_manager")
    managers.user_ids += env["res.users"].browse(ADMIN)
    customer = env["res.partner"].create(
        {"name": "Kund", "email": "kund@kund.example", "is_company": True}
    )
    env["sale.order"].create(
        [{"partner_id": customer.id} for _each in range(documents)]
    )


def rehearse(env):
    """Send a message to nobody, so that caches are filled; documents that nobody
    looks at fill caches, too."""
    documents(env)
    seed(env, ["rehearsal@kund.example"])
    run(env)


def run_errand(env, account="Main", seconds=120):
    """Hand over what an account has, as a job of the job engine does.

    :return: messages handed over, and those left
    """
    server = env["ir.mail_server"].search([("name", "=", account)])
    env.cr.commit()
    end = time.monotonic() + seconds
    return job_worker.Errand(env.registry, end, end, server).run()


def log_in(env, account, user, password):
    """Let an account log in."""
    server = env["ir.mail_server"].search([("name", "=", account)])
    server.write({"smtp_user": user, "smtp_pass": password})


def account(env, name, address, port):
    """Create a sender account of a server on this machine."""
    server = env["ir.mail_server"].create(
        {
            "name": name,
            "smtp_host": "127.0.0.1",
            "smtp_port": port,
            "smtp_authentication": "login",
            "mailroom_address": address,
        }
    )
    server.write({"mailroom_automatic": False, "smtp_encryption": "none"})
    return server.id


def seed(env, addresses, documents=40, cc=False, ready=False, megabytes=0):
    """Ask for a message to each address, spread over so many orders; a message without
    files needs no PDF.

    :param bool cc: the recipients of one order see each other
    :param bool ready: finish the messages, too
    :param float megabytes: size of a file that goes along
    :return: ids of the deliveries
    """
    env = env(user=ADMIN)
    orders = own_orders(env)[:documents]
    files = [File("big.bin", attachment=_big_file(env, megabytes))] if megabytes else []
    plans = []
    for number, order in enumerate(orders):
        mine = addresses[number :: len(orders)]
        if mine:
            plans += env["mailroom.planner"]._plan(
                order, wishes_for(env, mine, cc, files)
            )
    dispatches = env["mailroom.dispatch"]._send(plans)
    env.cr.commit()
    if ready:
        dispatches._make_ready()
    return dispatches.delivery_ids.ids


def own_orders(env):
    """Return the quotations of the company that the account ``Main`` serves."""
    return env["sale.order"].search([("company_id", "=", 1)], order="id")


def wishes_for(env, addresses, cc=False, files=()):
    """Return the wish for a message without a template.

    :rtype: Wishes
    """
    return Wishes(
        template=env["mail.template"],
        subject="Our offer",
        body="<p>Hello, this is our offer.</p>\n<p>.\nBye</p>",
        recipients=[
            Recipient(address, role="cc" if cc and number else "to")
            for number, address in enumerate(addresses)
        ],
        files=list(files),
    )


def _big_file(env, megabytes):
    return env["ir.attachment"].create(
        {"name": "big.bin", "raw": os.urandom(int(megabytes * 2**20 * 3 / 4))}
    )


def resume(env):
    """Press Resume on every account."""
    env["ir.mail_server"].search([]).action_mailroom_resume()


def retry(env, addresses):
    """Press "Send again" on the messages to these addresses."""
    rows = env(user=ADMIN)["mailroom.delivery"].search([("address", "in", addresses)])
    rows.filtered(lambda row: not row.superseded).action_retry()


def cancel(env, addresses):
    """Press Cancel on the messages to these addresses, all at once."""
    deliveries = env(user=ADMIN)["mailroom.delivery"]

    def request():
        rows = deliveries.search([("address", "in", addresses)])
        rows.action_cancel()
        env.flush_all()

    retrying(request, env)


def alter(env, address):
    """Write into a finished message, as no program of ours does."""
    row = env["mailroom.delivery"].search([("address", "=", address)])
    row.eml = base64.b64encode(base64.b64decode(row.eml) + b"altered\r\n")


def documents(env):
    """Return ``[stored state, state its messages add up to, name]`` of each order and
    invoice that was sent."""
    result = []
    for model, dispatches in (
        env["mailroom.dispatch"].search([]).grouped("res_model").items()
    ):
        for document in env[model].browse(dispatches.mapped("res_id")).exists():
            true = document._mailroom_state_of(document._mailroom_last_dispatch())
            result.append([document.mailroom_state, true, document.display_name])
    return result


def run(env, seconds=20, hard_seconds=3600, die=None):
    """Run the queue in this process.

    :param list die: ``[point, number]``: kill this process when it comes to a point of
        ``POINTS`` or ``MODEL_POINTS`` for that time
    :return: messages handled, messages left
    """
    _introduce()
    if die:
        _die_at(env, *die)
    queue = env["mailroom.queue"]
    env.cr.close()
    return queue._run(seconds, hard_seconds)


def cron(env, limit):
    """Call the queue's cron as Odoo does, with a time limit that kills nobody here.

    :param float limit: seconds
    :return: how often it was called, and seconds in all
    """
    tools.config["limit_time_real_cron"] = limit
    began = time.monotonic()
    queue = env["mailroom.queue"].with_context(cron_end_time=began + MIN_TIME_PER_JOB)
    loops = 0
    while loops < MIN_RUNS_PER_JOB and _count_queued(env):
        before = _count_queued(env)
        queue._cron_run()
        loops += 1
        if _count_queued(env) == before:
            break
    return loops, time.monotonic() - began


def _count_queued(env):
    return env["mailroom.delivery"].search_count([("state", "=", "queued")])


def _introduce():
    """Say in EHLO which process this is."""
    name = f"worker-{os.getpid()}.{socket.gethostname().split('.')[0]}.example"
    ir_mail_server_session.own_name = lambda: name


def _die_at(env, point, number):
    if point in POINTS:
        owner, name, when = POINTS[point]
    else:
        model, name = MODEL_POINTS[point]
        owner, when = env.registry[model], "after"
    method = getattr(owner, name)
    calls = [0]

    def dies(self, *args, **kwargs):
        calls[0] += 1
        if calls[0] == number and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = method(self, *args, **kwargs)
        if calls[0] == number:
            env.cr.flush()
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, dies)


def hand_out(env):
    """Call the queue's cron once, as Odoo does."""
    env["mailroom.queue"]._cron_run()
