"""Keeping secrets in a database so that its rows and its backups do not give them away.

Fernet (AES-128-CBC with HMAC-SHA256) under a key that lives outside the database.
"""

import base64
import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

FILE_NAME = "mailroom.key"


class Unreadable(ValueError):
    """No key at hand opens this secret: it was sealed on another machine."""


class SecretBox:
    """Seals with the first key and opens with any of them, so that keys can change.

    :param list[str] keys: any texts; each stands for one key
    """

    def __init__(self, keys):
        self._fernet = MultiFernet([Fernet(_fernet_key(key)) for key in keys])

    def seal(self, text):
        """Encrypt a text.

        :param str text: the secret
        :rtype: str
        """
        return self._fernet.encrypt(text.encode()).decode("ascii")

    def open(self, sealed):
        """Decrypt what ``seal`` gave.

        :param str sealed: result of ``seal``
        :rtype: str
        :raise Unreadable: when none of the keys fits
        """
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise Unreadable("no key fits") from error


def _fernet_key(text):
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest())


def split_keys(text):
    """Read configured keys: separated by commas, the newest first.

    :param str text: what was configured, or a falsy value
    :rtype: list[str]
    """
    return [key.strip() for key in (text or "").split(",") if key.strip()]


def file_key(folder):
    """Return the key kept in a folder, made on first use and readable by us only.

    :param str folder: outside the database, shared by all processes
    :rtype: str
    """
    path = Path(folder) / FILE_NAME
    with contextlib.suppress(FileNotFoundError):
        return path.read_text(encoding="ascii").strip()
    _create(path, base64.urlsafe_b64encode(os.urandom(32)))
    return path.read_text(encoding="ascii").strip()


def _create(path, key):
    """Write a key file that is complete as soon as it can be seen."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(key)
        # Another process may have been quicker: then its key stays.
        with contextlib.suppress(FileExistsError):
            os.link(name, path)
    finally:
        os.unlink(name)
