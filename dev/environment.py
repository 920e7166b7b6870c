"""Everything that an Odoo process of ours needs, put together once per command."""

import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from dev import odoo_source, postgres, postgres_embedded, wkhtmltopdf
from dev.odoo_source import OdooSource
from dev.paths import addons_folder, checkout_key, subfolder
from dev.postgres import Server

FONT_CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


@dataclass(frozen=True)
class Environment:
    """Odoo's code, the database server and the programs of a running command."""

    odoo: OdooSource
    server: Server
    programs: Path

    def command(self, *arguments: str) -> list[str]:
        """Return the command line that starts Odoo.

        :param arguments: Odoo's own options, or a subcommand such as "shell" first.
        """
        start = [sys.executable, "-m", "odoo"]
        if arguments and not arguments[0].startswith("-"):
            start.append(arguments[0])
            arguments = arguments[1:]
        return [*start, "-c", str(self._config()), *arguments]

    def variables(self) -> dict[str, str]:
        """Return the whole environment for an Odoo process."""
        kept = {k: v for k, v in os.environ.items() if not _is_foreign(k)}
        return {
            **kept,
            "PATH": f"{self.programs}{os.pathsep}{os.environ.get('PATH', '')}",
            "PYTHONPATH": str(self.odoo.python_path),
            "PYTHONUNBUFFERED": "1",
            "FONTCONFIG_FILE": str(self._fonts()),
            "LC_ALL": "C.UTF-8",
        }

    @property
    def data(self) -> Path:
        """Odoo's data folder, which holds the filestores."""
        return subfolder("data")

    @property
    def workspace(self) -> Path:
        """Folder to start Odoo in: a repository root would shadow other modules."""
        return subfolder("work")

    def _config(self) -> Path:
        """Write Odoo's configuration file: passwords stay off the command line."""
        addons = [addons_folder(), *self.odoo.addons]
        values = {
            "addons_path": ",".join(map(str, addons)),
            "data_dir": self.data,
            "db_host": self.server.host,
            "db_port": self.server.port,
            "db_user": self.server.user,
            "db_password": self.server.password,
            "http_interface": "127.0.0.1",
            "list_db": False,
            # The limit restarts a threaded server in the middle of a long request.
            "limit_time_real": 3600,
        }
        # Odoo takes an empty value for a value.
        given = {name: value for name, value in values.items() if value != ""}
        lines = "".join(f"{name} = {value}\n" for name, value in given.items())
        file = subfolder("checkouts", checkout_key()) / "odoo.conf"
        _write_private(file, f"[options]\n{lines}")
        return file

    def _fonts(self) -> Path:
        """Write a font configuration: a bare machine has no font to print with."""
        file = subfolder("checkouts", checkout_key()) / "fonts.conf"
        cache = subfolder("font-cache")
        text = FONT_CONFIG.format(
            fonts=escape(str(self.odoo.fonts)), cache=escape(str(cache))
        )
        _write_private(file, text)
        return file


def _is_foreign(name: str) -> bool:
    """Tell whether a variable would let Odoo read somebody else's settings."""
    return name.startswith(("PG", "ODOO_", "PYTHON"))


def _write_private(file: Path, text: str) -> None:
    passing = file.with_name(f".{file.name}.{os.getpid()}")
    passing.write_text(text)
    passing.chmod(0o600)
    passing.replace(file)


@contextmanager
def prepared():
    """Give an :class:`Environment` with a running database server.

    Whatever is missing is fetched first, with a line for each long step.
    """
    odoo = odoo_source.ensure()
    programs = wkhtmltopdf.program_folder()
    if server := postgres.named_server():
        yield Environment(odoo, server, programs)
        return
    with postgres_embedded.running() as server:
        yield Environment(odoo, server, programs)
