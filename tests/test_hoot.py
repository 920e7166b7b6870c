from odoo.tests import HttpCase, no_retry, tagged


def is_failure(message):
    """Return whether a line of the browser's console ends the run at once."""
    return "[HOOT]" not in message


@tagged("post_install", "-at_install")
class TestHoot(HttpCase):
    """The unit tests of our own screens, in a browser."""

    @no_retry
    def test_unit_tests(self):
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
            f"&id={self.suite_id('@mailroom')}",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=is_failure,
        )

    @staticmethod
    def suite_id(name):
        """Return the id of a suite, as the test runner computes it from its name."""
        number = 0
        for character in name:
            number = ((number << 5) - number + ord(character)) & 0xFFFFFFFF
        return f"{number:08x}"
