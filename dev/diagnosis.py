"""Turn the output of a failed program into one sentence that helps."""

import re

CAUSES = (
    (r"No space left on device|ENOSPC|disk quota exceeded", "the disk is full", "disk"),
    (
        r"Temporary failure (in name resolution|resolving)|Could ?n[o']t resolve"
        r"|Name or service not known|Network is unreachable|ENOTFOUND|EAI_AGAIN"
        r"|NewConnectionError|Failed to establish a new connection"
        r"|Could not connect to|Unable to connect|Connection timed out|ETIMEDOUT"
        r"|ECONNREFUSED",
        "the network cannot be reached",
        "network",
    ),
    (r"Permission denied|EACCES", "a permission is missing", "permission"),
)
ADVICE = {
    "disk": "free about 4 GB, or set MAILROOM_HOME to a folder on a larger disk",
    "network": "check the connection or the proxy settings and start again",
    "permission": "look at the owner of the cache folder, or set MAILROOM_HOME",
}


def explain(action: str, output: str, log: str) -> str:
    """Return the line for a person after a program failed.

    :param action: what was being done, such as "Downloading Odoo".
    :param output: everything the program printed.
    :param log: path of the file that holds the output.
    :return: one line: what failed, why if that is known, what to do.
    """
    for pattern, cause, kind in CAUSES:
        if re.search(pattern, output, re.IGNORECASE):
            return f"{action} failed: {cause}. Please {ADVICE[kind]} (details: {log})."
    last = next((line for line in reversed(output.splitlines()) if line.strip()), "")
    return f"{action} failed: {last.strip() or 'no output'} (details: {log})."
