"""A mail server for the demo and the tests that keeps every mail and sends none on."""
