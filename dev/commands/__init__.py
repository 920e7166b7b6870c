"""One module per command of `bin/mailroom`: `add_parser` and `main`."""
