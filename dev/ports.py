"""TCP ports on the loopback interface."""

import socket

from dev.errors import Stop

LOOPBACK = "127.0.0.1"


def free_port() -> int:
    """Return a port that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return probe.getsockname()[1]


def is_free(port: int) -> bool:
    """Tell whether a server could listen on a port."""
    with socket.socket() as probe:
        # As servers do: a port whose last connection is just closing counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except (OSError, OverflowError):
            return False
    return True


def require_free(port: int, option: str) -> None:
    """Refuse to go on when a port is taken.

    :param port: the port.
    :param option: the option that names another one.
    :raises Stop: something listens there already.
    """
    if not is_free(port):
        raise Stop(
            f"Port {port} is taken or not allowed: end the program that uses it, "
            f"or choose another port with {option}."
        )
