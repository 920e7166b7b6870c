"""The arguments of every command; nothing here needs an installed package."""

import argparse


def _run(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--fresh", action="store_true", help="start over with a new demo database")
    add("--port", type=int, default=8069, metavar="N", help="port of Odoo (8069)")
    add("--mail-port", type=int, default=8025, metavar="N", help="SMTP port (8025)")
    add(
        "--web-mail-port",
        type=int,
        default=8026,
        metavar="N",
        help="port of the page that shows the caught mail (8026)",
    )
    _database(parser)


def _test(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "tags",
        nargs="*",
        metavar="TAG",
        help="unit, odoo, outside or tours, or the name of a test file, class or "
        "method; without a tag everything runs",
    )
    parser.add_argument(
        "--keep", action="store_true", help="leave the databases that the tests made"
    )


def _lint(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--fix", action="store_true", help="format and repair files")


def _shell(parser: argparse.ArgumentParser) -> None:
    _database(parser)


def _psql(parser: argparse.ArgumentParser) -> None:
    _database(parser)
    parser.add_argument("-c", "--sql", metavar="SQL", help="run one statement and end")


def _screenshot(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("url", help="address, or a path such as /odoo of the running demo")
    add("file", help="the PNG file to write")
    add("--width", type=int, default=1400, help="width of the window (1400)")
    add("--height", type=int, help="height; without it the whole page is taken")
    add("--login", metavar="USER", help="log in first; the password is the name")
    add("--wait", metavar="SELECTOR", help="wait until this element is there")
    add(
        "--click",
        metavar="SELECTOR",
        action="append",
        default=[],
        help="click this element first; may be repeated",
    )
    add("--port", type=int, default=8069, metavar="N", help="port of Odoo (8069)")


def _bench(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", help="name of one file in benchmarks/")


def _setup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--lint", action="store_true", help="fetch the linters too (Node if missing)"
    )
    parser.add_argument(
        "--browser", action="store_true", help="install Chromium too (as root)"
    )


def _clean(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--all", action="store_true", help="also remove Odoo and all other downloads"
    )


def _database(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--db", default="mailroom_demo", metavar="NAME", help="the demo database"
    )


# name -> (needs the environment with all packages, help, declares its arguments)
COMMANDS = {
    "run": (True, "start Odoo with a demo database, catching mail and SMS", _run),
    "test": (True, "run the tests; the last line counts them", _test),
    "lint": (False, "check style and Odoo's conventions; --fix repairs", _lint),
    "shell": (True, "open a Python shell on the demo database", _shell),
    "psql": (True, "open psql on the demo database", _psql),
    "screenshot": (True, "save a picture of a page", _screenshot),
    "bench": (True, "measure, side by side with Odoo's own sending", _bench),
    "setup": (True, "fetch everything that the other commands need", _setup),
    "clean": (False, "remove what the other commands made", _clean),
}


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    whole = argparse.ArgumentParser(
        prog="bin/mailroom",
        description="Start, test and check Mailroom on a real Odoo 19. Everything "
        "that is needed is fetched once into the user's cache folder.",
        epilog="`bin/mailroom COMMAND --help` tells a command's options. Variables: "
        "MAILROOM_HOME (cache folder), ODOO_HOME (an Odoo 19.0 of your own), "
        "PGHOST, PGPORT, PGUSER, PGPASSWORD or ODOO_RC (a PostgreSQL of your own).",
    )
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (_needs, text, declare) in COMMANDS.items():
        declare(commands.add_parser(name, help=text, description=f"{text}."))
    return whole
