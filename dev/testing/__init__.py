"""The three kinds of tests: pure Python, inside Odoo, and with real processes."""
