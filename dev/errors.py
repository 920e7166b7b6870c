"""The one exception that a person is meant to read."""


class Stop(Exception):
    """Ends a command with one line that says what is wrong and what to do.

    The line goes to standard error, without a traceback; the exit status is 2.
    """
