"""What the tests of the message builder share."""

import datetime

from tools.address import parse_address
from tools.message import Outgoing

NOON = datetime.datetime(2025, 3, 28, 12, 0, tzinfo=datetime.timezone.utc)
JANE = parse_address("Jane Doe <jane@customer.test>")
SHOP = parse_address("Shop <shop@acme.test>")


def outgoing(**changes):
    values = {
        "author": SHOP,
        "to": (JANE,),
        "subject": "Your order S00042",
        "message_id": "<1@acme.test>",
        "date": NOON,
        "text": "Dear Jane\n",
    }
    return Outgoing(**{**values, **changes})
