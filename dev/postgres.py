"""The database server: one named by the environment, else an embedded one."""

import configparser
import getpass
import os
from dataclasses import dataclass
from pathlib import Path

VARIABLES = ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD")


@dataclass(frozen=True)
class Server:
    """How to reach PostgreSQL; empty `host` and `port` mean libpq's own default."""

    host: str
    port: str
    user: str
    password: str = ""
    embedded: bool = False

    def dsn(self, database: str = "postgres") -> dict[str, str]:
        """Return the arguments for `psycopg2.connect`."""
        values = {
            "dbname": database,
            "host": self.host,
            "port": self.port,
            "user": self.user,
            "password": self.password,
        }
        return {name: value for name, value in values.items() if value}

    def environment(self) -> dict[str, str]:
        """Return the variables by which psql and its sisters find the server."""
        names = zip(
            VARIABLES, (self.host, self.port, self.user, self.password), strict=True
        )
        return {name: value for name, value in names if value}


def named_server() -> Server | None:
    """Return the server that PG* variables or an `odoo.conf` name, if they do."""
    if os.environ.get("PGHOST") or os.environ.get("PGPORT"):
        values = [os.environ.get(name, "") for name in VARIABLES]
        return Server(values[0], values[1], values[2] or getpass.getuser(), values[3])
    config = os.environ.get("ODOO_RC")
    return _from_config(Path(config)) if config else None


def _from_config(file: Path) -> Server | None:
    parser = configparser.RawConfigParser()
    parser.read(file)
    if not parser.has_section("options"):
        return None
    options = parser["options"]
    names = ("db_host", "db_port", "db_user", "db_password")
    # Odoo writes False for what is not set.
    host, port, user, password = (
        "" if options.get(name, "False") == "False" else options[name] for name in names
    )
    if not (host or port or user):
        return None
    return Server(host, port, user or getpass.getuser(), password)
