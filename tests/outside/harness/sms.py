"""Text messages and gateways, as a fault test uses them beside its ``Lab``."""

import itertools

from fake_gateway import FakeGateway

from harness.tally import TALLY

_numbers = itertools.count()


def serve_gateway(lab, script=None, company=1, values=None, **options):
    """Start a scripted gateway behind a company's own.

    :param dict values: fields of the gateway
    :return: the server; its ``record`` is ``[id, secret path]``
    """

    def counted(step, call):
        action = script(step, call) if script else None
        TALLY.replies += action is not None
        return action

    gateway = FakeGateway(counted, **options)
    lab.servers.append(gateway)
    gateway.record = lab.nursery.call(
        "jobs_sms:gateway", url=gateway.url, company=company, **(values or {})
    )
    return gateway


def new_numbers(count):
    """Return mobile numbers that no test has used."""
    return [f"+4670{1740000 + next(_numbers):07}" for _each in range(count)]


def ask_sms(lab, count, company="Nordvik", **options):
    """Ask for a text message to each of so many new numbers.

    :return: the numbers
    """
    return ask_pairs(
        lab, [(company, number) for number in new_numbers(count)], **options
    )


def ask_pairs(lab, pairs, **options):
    """Ask for a text message to each number of each company.

    :param list pairs: company and number
    """
    lab.nursery.call("jobs_sms:ask", pairs=pairs, **options)
    numbers = [number for _company, number in pairs]
    lab.asked += numbers
    return numbers


def gateway_row(lab, company=1):
    """Return the row of a company's gateway."""
    [row] = lab.rows.query(
        "SELECT * FROM mailroom_gateway WHERE company_id = %s AND active", company
    )
    return row


def row_of(lab, number):
    """Return the newest row of the outbox for a number."""
    return [row for row in lab.rows.deliveries() if row.address == number][-1]
