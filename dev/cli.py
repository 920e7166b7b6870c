"""The command line of `bin/mailroom`."""

import importlib
import signal
import sys

from dev.arguments import COMMANDS, parser
from dev.bootstrap import enter_environment
from dev.errors import Stop

INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> int:
    """Run the command that the arguments name.

    :param arguments: the command line without the program's name.
    :return: exit status: 0 good, 1 tests or checks failed, 2 cannot go on.
    """
    args = parser().parse_args(arguments)
    # SIGTERM ends a command as Ctrl-C does, together with everything it started.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        if COMMANDS[args.command][0]:
            enter_environment()
        # Imported only now: most commands need packages of that environment.
        command = importlib.import_module(f"dev.commands.{args.command}")
        return command.main(args) or 0
    except Stop as stop:
        print(f"mailroom: {stop}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        return _tell(error)


def _tell(error: OSError) -> int:
    """Tell of a full disk or a missing permission in one line."""
    if error.errno is None:
        raise error
    place = f": {error.filename}" if error.filename else ""
    print(
        f"mailroom: {error.strerror}{place}. Free some space or repair the "
        "permissions, or set MAILROOM_HOME to another folder.",
        file=sys.stderr,
    )
    return 2
