"""Drive a headless Chromium by the DevTools protocol.

Protocol: https://chromedevtools.github.io/devtools-protocol/ (stable version 1.3).
"""

import base64
import itertools
import json
import shutil
import subprocess
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import websocket

from dev.errors import Stop
from dev.system_packages import require_browser

START_SECONDS = 30
WAIT_SECONDS = 30
POLL_SECONDS = 0.1
# A page counts as quiet when nothing is loading and no spinner turns.
QUIET = (
    "document.readyState === 'complete' && document.fonts.status === 'loaded' && "
    "!document.querySelector('.o_loading_indicator, .o_blockUI') && "
    "[...document.images].every(image => image.complete)"
)
OPTIONS = (
    "--headless=new",
    "--no-sandbox",  # Chromium has no sandbox for root, and only loopback is opened
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--remote-debugging-port=0",
    "--remote-allow-origins=*",
    "--lang=en-GB",
)


class Browser:
    """One tab. Every method waits until its effect can be seen, or raises Stop."""

    def __init__(self, connection: websocket.WebSocket):
        self.connection = connection
        self.numbers = itertools.count(1)
        self.call("Page.enable")
        self.call("Runtime.enable")

    def call(self, method: str, **parameters) -> dict:
        """Send a command of the protocol and return its result."""
        number = next(self.numbers)
        message = {"id": number, "method": method, "params": parameters}
        self.connection.send(json.dumps(message))
        while True:
            answer = json.loads(self.connection.recv())
            if answer.get("id") != number:
                continue
            if "error" in answer:
                raise Stop(f"Chromium: {method}: {answer['error']['message']}")
            return answer["result"]

    def resize(self, width: int, height: int) -> None:
        """Set the size of the window in CSS pixels; narrow ones become telephones."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )

    def open(self, url: str) -> None:
        """Go to an address and wait until the page is quiet."""
        result = self.call("Page.navigate", url=url)
        if error := result.get("errorText"):
            raise Stop(f"{url} cannot be opened ({error}): is `bin/mailroom run` up?")
        self.settle()

    def evaluate(self, script: str):
        """Return the value of a JavaScript expression; promises are awaited."""
        result = self.call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        if details := result.get("exceptionDetails"):
            text = details.get("exception", {}).get("description", details["text"])
            raise Stop(f"JavaScript: {text.splitlines()[0]}")
        return result["result"].get("value")

    def wait(self, selector: str, seconds: float = WAIT_SECONDS) -> None:
        """Wait until an element is there and can be seen."""
        element = f"document.querySelector({json.dumps(selector)})"
        self.wait_for(f"!!({element} && {element}.getClientRects().length)", seconds)

    def wait_for(self, script: str, seconds: float = WAIT_SECONDS) -> None:
        """Wait until a JavaScript expression is true.

        :raises Stop: it is still false after that time.
        """
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self._is_true(script):
                return
            time.sleep(POLL_SECONDS)
        raise Stop(f"Not within {seconds:.0f} s: {script}")

    def settle(self) -> None:
        """Wait until the page has been quiet for three looks in a row."""
        for _look in range(3):
            self.wait_for(QUIET)
            time.sleep(2 * POLL_SECONDS)

    def click(self, selector: str) -> None:
        """Click the middle of an element with the mouse."""
        self.wait(selector)
        place = self.evaluate(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            "e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect();"
            "return {x: r.x + r.width / 2, y: r.y + r.height / 2} })()"
        )
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            button = {} if kind == "mouseMoved" else {"button": "left", "clickCount": 1}
            self.call("Input.dispatchMouseEvent", type=kind, **place, **button)
        self.settle()

    def type(self, selector: str, text: str) -> None:
        """Replace the content of a field by what the keyboard would type."""
        self.click(selector)
        self.evaluate("document.activeElement.select?.()")
        self.call("Input.insertText", text=text)

    def login(self, base: str, user: str, password: str) -> None:
        """Log in to Odoo.

        :param base: address such as http://localhost:8069.
        :raises Stop: the name or the password is wrong.
        """
        self.open(f"{base}/web/login")
        self.type("input[name=login]", user)
        self.type("input[name=password]", password)
        self.click(".oe_login_form button[type=submit]")
        if self.evaluate("!!document.querySelector('.oe_login_form')"):
            raise Stop(f"Odoo does not let {user} in.")

    def picture(self, file: Path, whole_page: bool = False) -> None:
        """Save what can be seen, or the whole length of the page, as PNG."""
        result = self.call(
            "Page.captureScreenshot", format="png", captureBeyondViewport=whole_page
        )
        file.write_bytes(base64.b64decode(result["data"]))

    def _is_true(self, script: str) -> bool:
        try:
            return bool(self.evaluate(script))
        except Stop:
            return False  # between two pages there is nothing to ask


@contextmanager
def started(width: int = 1400, height: int = 900):
    """Give a :class:`Browser` with a profile of its own for a `with` block.

    :param width: width of the window in CSS pixels.
    :param height: height of the window in CSS pixels.
    :raises Stop: there is no Chromium, or it does not start.
    """
    program = require_browser()
    profile = Path(tempfile.mkdtemp(prefix="mailroom-browser-"))
    command = [program, *OPTIONS, f"--user-data-dir={profile}", "about:blank"]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        connection = websocket.create_connection(
            _tab_address(profile, process), timeout=2 * WAIT_SECONDS
        )
        browser = Browser(connection)
        browser.resize(width, height)
        yield browser
        connection.close()
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(profile, ignore_errors=True)


def _tab_address(profile: Path, process: subprocess.Popen) -> str:
    """Return the WebSocket address of the first tab once Chromium tells its port."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            port = (profile / "DevToolsActivePort").read_text().split()[0]
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list") as reply:
                tabs = [tab for tab in json.load(reply) if tab["type"] == "page"]
            if tabs:
                return tabs[0]["webSocketDebuggerUrl"]
        except (OSError, IndexError):
            pass  # not up yet
        time.sleep(POLL_SECONDS)
    raise Stop(f"Chromium does not start: try `{process.args[0]} --headless`.")
