"""A server of a generated town in a process of its own, and a browser's page in which its office user is signed in."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.error import URLError

from benchmarks.town import CODE, SECRET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from benchmarks.town import Town

PATIENCE_SECONDS = 60
PATIENCE_MS = 180_000


@contextmanager
def served(town: Town) -> Iterator[str]:
    """Serve a town on 127.0.0.1 until the block ends; gives the address of its municipality."""
    port = _free_port()
    command = [sys.executable, "-m", "portfolio.cli", "serve", "--port", str(port)]
    settings = {
        "PORTFOLIO_DATABASE_URL": town.engine.url.render_as_string(hide_password=False),
        "PORTFOLIO_SECRET_KEY": SECRET,
    }
    server = subprocess.Popen(command, env=os.environ | settings, stderr=subprocess.DEVNULL)  # noqa: S603 -- our own
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(f"{address}/healthz")
        yield f"{address}/{CODE}"
    finally:
        server.terminate()
        server.wait()


def open_page(browser: Browser, town: Town, address: str) -> Page:
    """Open an empty page, as wide as a desk's screen, in which the town's office user is signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fi-FI")
    context.set_default_timeout(PATIENCE_MS)
    cookie = town.client.get_cookie("portfolio")
    if cookie is None:
        message = "nobody is signed in"
        raise RuntimeError(message)
    context.add_cookies([{"name": "portfolio", "value": cookie.value, "url": address}])
    return context.new_page()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait(address: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            urllib.request.urlopen(address, timeout=1).close()  # noqa: S310 -- our own server
        except (URLError, OSError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return
