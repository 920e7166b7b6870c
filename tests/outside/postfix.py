"""Debian's Postfix in a folder of the test: TLS in front, a scripted server behind."""

import os
import pwd
import shutil
import subprocess
import time
from pathlib import Path

from dev import ports

START_SECONDS = 10
DAEMONS = Path("/usr/lib/postfix/sbin")
# name type private unpriv chroot wakeup maxproc command (master(5))
SERVICES = """\
{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""
SETTINGS = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/mail.log
maillog_file_prefixes = {folder}
myhostname = localhost.localdomain
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
relayhost = [127.0.0.1]:{behind}
smtpd_tls_cert_file = {certificate}
smtpd_tls_key_file = {certificate}
smtpd_tls_security_level = encrypt
smtpd_sender_restrictions = check_sender_access texthash:{folder}/senders
"""


def why_not():
    """Say why Postfix cannot be run here, "" when it can."""
    if not shutil.which("postfix") or not DAEMONS.is_dir():
        return "Postfix is not installed"
    if os.geteuid():
        return "Postfix is started by root only"
    try:
        pwd.getpwnam("postfix")
    except KeyError:
        return "there is no user postfix"
    return ""


class Postfix:
    """A context manager.

    :param pathlib.Path folder: belongs to this instance
    :param certificate: PEM file with key and certificate
    :param int behind: port of the server that gets everything
    :param str refused: a sender address it does not take
    """

    def __init__(self, folder, certificate, behind, refused):
        self.folder = folder
        self.port = ports.free_port()
        for name in ("queue", "data"):
            (folder / name).mkdir()
        shutil.chown(folder / "data", "postfix")
        # Daemons that are not root have to get here, and no further.
        for parent in (folder, *folder.parents):
            if parent.owner() == "root" and parent != Path("/"):
                parent.chmod(parent.stat().st_mode | 0o011)
        (folder / "senders").write_text(f"{refused} REJECT not owned by the user\n")
        (folder / "main.cf").write_text(
            SETTINGS.format(folder=folder, certificate=certificate, behind=behind)
        )
        (folder / "master.cf").write_text(SERVICES.format(port=self.port))

    def __enter__(self):
        self._command("start")
        until = time.monotonic() + START_SECONDS
        while ports.is_free(self.port):
            assert time.monotonic() < until, self.log
            time.sleep(0.05)
        return self

    def __exit__(self, *_error):
        self._command("stop")

    @property
    def log(self):
        """What Postfix says of itself."""
        file = self.folder / "mail.log"
        return file.read_text() if file.exists() else ""

    def _command(self, name):
        done = subprocess.run(
            ["postfix", "-c", str(self.folder), name],
            capture_output=True,
            text=True,
            check=False,
        )
        assert not done.returncode, done.stderr + self.log
