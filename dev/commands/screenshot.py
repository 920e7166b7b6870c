"""`bin/mailroom screenshot`: a picture of a page of Odoo or of any other."""

import argparse
from pathlib import Path

from dev.browser import started

DEFAULT_HEIGHT = 900


def main(args: argparse.Namespace) -> None:
    """Log in if asked to, click, wait, and save the picture."""
    base = f"http://localhost:{args.port}"
    url = args.url if "://" in args.url else f"{base}/{args.url.lstrip('/')}"
    with started(args.width, args.height or DEFAULT_HEIGHT) as browser:
        if args.login:
            browser.login(base, args.login, args.login)
        browser.open(url)
        for selector in args.click:
            browser.click(selector)
        if args.wait:
            browser.wait(args.wait)
        browser.settle()
        browser.picture(Path(args.file), whole_page=not args.height)
    print(args.file)
