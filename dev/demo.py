"""The demo database of `bin/mailroom run`: made once, upgraded with the code."""

from dataclasses import dataclass

from dev import addon, database, template
from dev.environment import Environment
from dev.progress import step

LOCAL_HOSTS = ("127.0.0.1", "localhost")
SETTINGS = """
    INSERT INTO ir_config_parameter (key, value, create_uid, create_date)
    VALUES (%s, %s, 1, now())
    ON CONFLICT (key) DO UPDATE SET value = excluded.value
"""


@dataclass(frozen=True)
class Ports:
    """Where the parts of the demo listen, all on the loopback interface."""

    odoo: int
    mail: int
    web_mail: int

    @property
    def address(self) -> str:
        """Address of Odoo for a browser."""
        return f"http://localhost:{self.odoo}"

    @property
    def mail_address(self) -> str:
        """Address of the page with the caught mail."""
        return f"http://localhost:{self.web_mail}"


def ensure(env: Environment, name: str, fresh: bool = False) -> None:
    """Make the demo database, or bring an existing one up to the present code.

    :param name: the database.
    :param fresh: throw an existing one away first.
    :raises dev.errors.Stop: Odoo could not install or upgrade Mailroom.
    """
    if fresh:
        database.drop(env, name)
    if not database.exists(env, name):
        base = template.dependencies(env, demo=True)
        passing = f"{name}_new"
        database.drop(env, passing)
        database.clone(env, base, passing)
        with step("Installing Mailroom with its demo data"):
            template.install(env, passing, template.install_options(demo=True))
        database.rename(env, passing, name)
    elif database.note(env, name) != addon.code_key():
        with step("Upgrading Mailroom: its files changed"):
            template.install(env, name, ["-u", "mailroom"])
    else:
        return
    database.set_note(env, name, addon.code_key())


def point_to(env: Environment, name: str, ports: Ports) -> None:
    """Write addresses and ports into a demo database that no Odoo serves yet.

    Its mail servers and SMS gateways are those on this machine, hence the catcher; the
    guard against private networks has to let just this one through.

    :param name: the database.
    :param ports: where Odoo and the catcher listen.
    """
    settings = {
        "web.base.url": ports.address,
        # wkhtmltopdf fetches styles and pictures from here.
        "report.url": f"http://127.0.0.1:{ports.odoo}",
        "mailroom.allowed_networks": "127.0.0.0/8",
    }
    with database.connection(env, name) as cursor:
        for key, value in settings.items():
            cursor.execute(SETTINGS, [key, value])
        cursor.execute(
            "UPDATE ir_mail_server SET smtp_host = '127.0.0.1', smtp_port = %s "
            "WHERE smtp_host IN %s",
            [ports.mail, LOCAL_HOSTS],
        )
        cursor.execute(
            "UPDATE mailroom_gateway SET url = %s WHERE url LIKE 'http://127.0.0.1:%%'",
            [f"http://127.0.0.1:{ports.web_mail}/sms"],
        )
