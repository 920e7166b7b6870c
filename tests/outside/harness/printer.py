"""A wkhtmltopdf to put first on PATH: it crashes or hangs when a page says so, and is
the real one otherwise."""

CRASH = "POISON-CRASH"
HANG = "POISON-HANG"
SCRIPT = """#!/bin/sh
for argument in "$@"; do
    file="${{argument#file://}}"
    [ -f "$file" ] || continue
    if grep -qs {crash} "$file"; then kill -SEGV $$; fi
    if grep -qs {hang} "$file"; then while :; do sleep 1; done; fi
done
exec "{program}" "$@"
"""


def install(folder, program):
    """Write the program into a folder.

    :param pathlib.Path folder: made if it is missing
    :param program: path of the real one
    :return: the folder
    """
    folder.mkdir(exist_ok=True)
    file = folder / "wkhtmltopdf"
    file.write_text(SCRIPT.format(crash=CRASH, hang=HANG, program=program))
    file.chmod(0o755)
    return folder
