"""Keeping secrets out of logs that print whole calls or whole SMTP conversations."""

import logging
import re

MASK = "••••••••"
# What an SMTP client says to log in, as ``smtplib`` prints it.
_AUTH = re.compile(r"(AUTH\s+[A-Z0-9-]+\s+)[A-Za-z0-9+/=]+", re.IGNORECASE)


class SecretFilter(logging.Filter):
    """Masks the values of secret keys in the arguments of log records.

    :param names: keys of dictionaries whose values are secrets
    """

    def __init__(self, names):
        super().__init__("mailroom.secrets")
        self.names = frozenset(names)

    def filter(self, record):
        """Mask in place; every record passes."""
        if isinstance(record.args, tuple):
            record.args = tuple(self.masked(arg) for arg in record.args)
        record.msg = (
            mask_login(record.msg) if isinstance(record.msg, str) else record.msg
        )
        return True

    def masked(self, value, depth=6):
        """Return a value with the secrets in it masked; what holds none, as it is.

        :param value: anything a log call was given
        :param int depth: how deep to look
        """
        if isinstance(value, str):
            return mask_login(value)
        if not depth:
            return value
        if isinstance(value, dict):
            return {key: self._item(key, item, depth) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.masked(item, depth - 1) for item in value]
        if hasattr(value, "args") and hasattr(value, "kwargs"):
            # How Odoo hands the arguments of a remote call to the log.
            args = self.masked(value.args, depth - 1)
            return type(value)(args, self.masked(value.kwargs, depth - 1))
        return value

    def _item(self, key, item, depth):
        if key in self.names and item:
            return MASK
        return self.masked(item, depth - 1)


def mask_login(text):
    """Mask the credentials of an SMTP ``AUTH`` command in a text.

    :param str text: a line of a log
    :rtype: str
    """
    return _AUTH.sub(rf"\g<1>{MASK}", text)


def install(logger_names, names):
    """Put one filter on loggers, once per process; later names are added to it.

    :param logger_names: names of loggers
    :param names: see ``SecretFilter``
    """
    for logger_name in logger_names:
        logger = logging.getLogger(logger_name)
        ours = [known for known in logger.filters if isinstance(known, SecretFilter)]
        for known in ours:
            known.names |= frozenset(names)
        if not ours:
            logger.addFilter(SecretFilter(names))
