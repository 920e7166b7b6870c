"""What `bin/mailroom` needs: environment, demo server, tests, linters.

Not part of the addon at run time: Odoo never imports it.
"""
