"""A scripted SMTP server on 127.0.0.1 that misbehaves exactly where it is told to.

``script(step, arg, ctx)`` is called at each step and returns what to do:

* ``None`` – the default reply;
* ``"450 4.2.0 busy"`` – this reply (several lines: a list of lines, each complete);
* ``DROP`` – close the connection; ``RST`` – reset it; ``SILENCE`` – never answer;
* ``Sleep(seconds, then)`` – wait, then do ``then`` (again one of these);
* ``Drip(pause, then)`` – send the reply one octet at a time;
* at step ``body`` also ``DropBody(size, reset)`` – read ``size`` octets of the message
  and break off.

Steps in order, with ``arg``: ``connect`` (""), ``ehlo`` (line), ``starttls`` (""),
``auth`` (the decoded "user password"), ``mail`` (line), ``rcpt`` (line), ``data`` (""),
``body`` ("", before reading), ``block`` (octets read so far, at each line),
``accept`` (the whole message, before it counts as accepted: the place for a side
effect; ``NO_ACCEPT`` keeps it out), ``end`` (the whole message; its reply decides, and
without a reply the message stays accepted), ``rset``, ``quit``. There is nothing to
answer at ``body`` and ``block``: only DROP, RST and Sleep work there.

``ctx`` belongs to one connection: its ``number``, the ``peer``'s address, the
``messages`` handed over in it, ``mail``, ``rcpt`` (list), ``tls``, ``user``; the script
may keep things in it.

``accepted`` is the oracle: each ``Accepted`` was promised to be delivered.
"""

from fake_listener import DROP, RST, SILENCE, Drip, Listener, Sleep
from fake_smtp_connection import NO_ACCEPT, Accepted, Connection, DropBody

__all__ = [
    "DROP",
    "NO_ACCEPT",
    "RST",
    "SILENCE",
    "Accepted",
    "Drip",
    "DropBody",
    "FakeSMTP",
    "Sleep",
]


class FakeSMTP(Listener):
    """The server.

    :param script: see the module
    :param ssl.SSLContext tls: server side settings
    :param bool implicit: TLS from the first octet instead of STARTTLS
    :param dict users: password of each user; None: no AUTH is offered
    :param str auth: the mechanisms offered
    :param int size: the SIZE in EHLO; None: none is given
    :param int port: 0 takes a free one
    """

    def __init__(
        self,
        script=None,
        tls=None,
        implicit=False,
        users=None,
        auth="PLAIN LOGIN",
        size=52428800,
        port=0,
    ):
        super().__init__(port)
        self.script = script or (lambda step, arg, ctx: None)
        self.tls, self.implicit = tls, implicit
        self.users, self.auth, self.size = users, auth, size
        self.log = []
        self.open_connections = set()
        self._thread.start()

    def steps(self, *names):
        """Give the log entries ``(step, arg)`` of these steps."""
        return [entry for entry in self.log if entry[0] in names]

    @property
    def logins(self):
        """What was sent to AUTH, as ``(user and password, encrypted)``."""
        return [arg for _step, arg in self.steps("login")]

    def _welcome(self, sock, _peer):
        connection = Connection(self, sock, self.connections)
        self.open_connections.add(connection)
        return connection.serve

    def _break_all(self):
        for connection in list(self.open_connections):
            connection.drop()
