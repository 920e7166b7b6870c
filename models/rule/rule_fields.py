"""Choices that every rule has."""

MODES = [
    ("send", "Send at once"),
    ("hold", "Send after some minutes"),
    ("ask", "Ask a person"),
    ("batch", "Make a batch that a person looks at"),
]
CHANNELS = [("email", "Email"), ("sms", "SMS"), ("both", "Email and SMS")]


def channels_of(choice):
    """Return the channels of a choice.

    :param str choice: a key of ``CHANNELS``
    :rtype: tuple[str, ...]
    """
    return ("email", "sms") if choice == "both" else (choice or "email",)
