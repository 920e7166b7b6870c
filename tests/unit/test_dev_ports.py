"""Ports on the loopback interface."""

import socket

import pytest

from dev.errors import Stop
from dev.ports import LOOPBACK, free_port, is_free, require_free


@pytest.fixture
def taken():
    with socket.socket() as server:
        server.bind((LOOPBACK, 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_taken_port_is_refused_with_the_option_that_helps(taken):
    assert not is_free(taken)
    with pytest.raises(Stop, match=rf"Port {taken} is taken.*--mail-port"):
        require_free(taken, "--mail-port")


def test_a_free_port_can_be_used():
    port = free_port()
    require_free(port, "--port")
    with socket.socket() as server:
        server.bind((LOOPBACK, port))


def test_a_number_that_is_no_port_is_refused():
    with pytest.raises(Stop, match="70000"):
        require_free(70000, "--port")
