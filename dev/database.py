"""Databases: make, copy, remove, and remember what they were made from."""

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from psycopg2 import sql

from dev.environment import Environment
from dev.errors import Stop


@contextmanager
def connection(env: Environment, database: str = "postgres"):
    """Connect in autocommit mode.

    :param env: names the server.
    :param database: name of the database.
    :raises Stop: the server does not answer.
    """
    try:
        link = psycopg2.connect(**env.server.dsn(database))
    except psycopg2.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise Stop(
            f"PostgreSQL: {reason}. Start that server, or correct PGHOST, PGPORT, "
            "PGUSER and PGPASSWORD; without them an embedded one is used."
        ) from error
    link.autocommit = True
    try:
        with link.cursor() as cursor:
            yield cursor
    finally:
        link.close()


def exists(env: Environment, name: str) -> bool:
    """Tell whether the server has a database of that name."""
    with connection(env) as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def drop(env: Environment, name: str) -> None:
    """Remove a database with its files, and end whoever is connected to it."""
    with connection(env) as cursor:
        statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        cursor.execute(statement.format(sql.Identifier(name)))
    shutil.rmtree(filestore(env, name), ignore_errors=True)


def clone(env: Environment, source: str, target: str) -> None:
    """Copy a database with its files.

    :param source: an existing database that nobody is connected to.
    :param target: name of the copy, which shall not exist yet.
    """
    with connection(env) as cursor:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        cursor.execute(statement.format(sql.Identifier(target), sql.Identifier(source)))
    if filestore(env, source).is_dir():
        # Odoo never changes a stored file, so the copies can share the content.
        shutil.copytree(
            filestore(env, source),
            filestore(env, target),
            copy_function=os.link,
            dirs_exist_ok=True,
        )
    with connection(env, target) as cursor:
        # Two databases with one identity would share sessions and bus channels.
        cursor.execute(
            "UPDATE ir_config_parameter SET value = gen_random_uuid()::text "
            "WHERE key IN ('database.uuid', 'database.secret')"
        )


def rename(env: Environment, source: str, target: str) -> None:
    """Give a database and its files another name."""
    with connection(env) as cursor:
        statement = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        cursor.execute(statement.format(sql.Identifier(source), sql.Identifier(target)))
    if filestore(env, source).is_dir():
        filestore(env, source).rename(filestore(env, target))


def filestore(env: Environment, name: str) -> Path:
    """Return the folder of a database's files, which may be missing."""
    return env.data / "filestore" / name


def note(env: Environment, name: str) -> str:
    """Return the text kept with a database, or an empty one."""
    with connection(env) as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database "
            "WHERE datname = %s",
            [name],
        )
        row = cursor.fetchone()
    return (row and row[0]) or ""


def set_note(env: Environment, name: str, text: str) -> None:
    """Keep a text with a database; a copy does not inherit it."""
    with connection(env) as cursor:
        statement = sql.SQL("COMMENT ON DATABASE {} IS {}")
        cursor.execute(statement.format(sql.Identifier(name), sql.Literal(text)))


def names(env: Environment, prefix: str) -> list[str]:
    """Return the databases whose name begins with a prefix, oldest first."""
    with connection(env) as cursor:
        cursor.execute("SELECT datname FROM pg_database ORDER BY oid")
        return [row[0] for row in cursor.fetchall() if row[0].startswith(prefix)]
