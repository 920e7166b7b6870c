"""A mail server and an SMS gateway for the demo and the tests that keep every message
and send none on."""
