"""The outbox as the database has it, read and hurried along by plain SQL."""

from contextlib import contextmanager
from dataclasses import dataclass

import psycopg2
from psycopg2.extras import NamedTupleCursor

WAITING = ("queued", "sending", "deferred")


@dataclass
class Rows:
    """Access to the outbox of one database.

    :ivar dict dsn: arguments of ``psycopg2.connect``
    """

    dsn: dict

    @contextmanager
    def cursor(self):
        """Give a cursor; what it did is committed at the end."""
        connection = psycopg2.connect(**self.dsn, cursor_factory=NamedTupleCursor)
        try:
            with connection, connection.cursor() as cursor:
                yield cursor
        finally:
            connection.close()

    def query(self, statement, *values):
        """Return the rows of one statement, an empty list when it has none."""
        with self.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def deliveries(self):
        """Return every row of the outbox, oldest first."""
        return self.query(
            """SELECT d.*, p.stage, p.res_model, p.res_id
                 FROM mailroom_delivery d
                 JOIN mailroom_dispatch p ON p.id = d.dispatch_id
             ORDER BY d.id"""
        )

    def states(self):
        """Return ``{address: state}``, of the newest row of each address."""
        return {row.address: row.state for row in self.deliveries()}

    def count_unsettled(self):
        """Count what the queue has yet to do: messages to send, documents to tell."""
        [(waiting,)] = self.query(
            "SELECT count(*) FROM mailroom_delivery WHERE stale OR state IN %s", WAITING
        )
        return waiting + self.count_moving_batches()

    def count_moving_batches(self):
        """Count batches that the queue has yet to bring to an end."""
        [(moving,)] = self.query(
            """SELECT count(*) FROM mailroom_batch
                WHERE state IN ('checking', 'running')
                   OR state = 'cancelled' AND finished_at IS NULL"""
        )
        return moving

    def allow_sending(self):
        """Say, as an administrator does, that this database is no copy."""
        self.query(
            """UPDATE ir_config_parameter
                  SET value = concat_ws('/',
                      (SELECT system_identifier FROM pg_control_system()),
                      (SELECT oid FROM pg_database WHERE datname = current_database()),
                      (SELECT value FROM ir_config_parameter
                        WHERE key = 'database.uuid'))
                WHERE key = 'mailroom.database_identity'"""
        )

    def unsettled(self):
        """Say which rows the queue has not done with."""
        return [
            f"{row.address}: {row.state}/{row.phase} ready={row.ready} "
            f"stale={row.stale} {row.stage} {row.next_try}"
            for row in self.deliveries()
            if row.stale or row.state in WAITING
        ]

    def hurry(self):
        """Let the time pass that deferred messages and resting accounts wait for."""
        with self.cursor() as cursor:
            cursor.execute(
                "UPDATE mailroom_delivery SET next_try = now() AT TIME ZONE 'UTC' "
                "WHERE state = 'deferred'"
            )
            cursor.execute(
                """UPDATE ir_mail_server
                      SET mailroom_retry_at = now() AT TIME ZONE 'UTC' - '1s'::interval
                    WHERE mailroom_health = 'cooling'"""
            )
            cursor.execute(
                """UPDATE mailroom_gateway
                      SET mailroom_retry_at = now() AT TIME ZONE 'UTC' - '1s'::interval
                    WHERE mailroom_health = 'cooling'"""
            )

    def let_pass(self, time):
        """Move all that waits into the past by so much, as if time had passed.

        :param datetime.timedelta time: how much
        """
        with self.cursor() as cursor:
            cursor.execute(
                """UPDATE mailroom_delivery
                      SET next_try = next_try - %(time)s,
                          give_up_at = give_up_at - %(time)s,
                          waiting_since = waiting_since - %(time)s,
                          create_date = create_date - %(time)s""",
                {"time": time},
            )
            cursor.execute(
                """UPDATE ir_mail_server
                      SET mailroom_retry_at = mailroom_retry_at - %s""",
                [time],
            )

    def seconds_to_next_try(self):
        """Return how long the last row still waits."""
        [(seconds,)] = self.query(
            """SELECT extract(epoch FROM next_try - now() AT TIME ZONE 'UTC')::float
                 FROM mailroom_delivery ORDER BY id DESC LIMIT 1"""
        )
        return seconds

    def clean(self):
        """Empty the outbox and forget what documents and accounts know of it."""
        with self.cursor() as cursor:
            cursor.execute(
                """DELETE FROM mail_message WHERE id IN
                          (SELECT message_id FROM mailroom_dispatch)"""
            )
            cursor.execute(
                "DELETE FROM ir_attachment WHERE res_model = 'mailroom.delivery'"
            )
            cursor.execute("DELETE FROM mail_activity")
            cursor.execute(
                "TRUNCATE mailroom_dispatch, mailroom_delivery, mailroom_batch CASCADE"
            )
            cursor.execute(
                "UPDATE ir_mail_server SET mailroom_health = 'up', "
                "mailroom_retry_at = NULL, mailroom_failures = 0, smtp_user = NULL, "
                "active = (name = 'Main')"
            )
            cursor.execute("DELETE FROM mailroom_optout")
            cursor.execute(
                "UPDATE mailroom_gateway SET mailroom_health = 'up', active = false, "
                "mailroom_retry_at = NULL, mailroom_failures = 0"
            )
            cursor.execute(
                "UPDATE sale_order SET mailroom_state = 'not_sent', state = 'draft'"
            )
            cursor.execute("UPDATE account_move SET mailroom_state = 'not_sent'")
