"""The browser that tests share. Without one they are skipped; in CI that is a failure."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium: the one that CHROMIUM names, the system's, or Playwright's own."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=ARGS)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for a module's tests. While it is open an event loop runs in this thread, where other tests want theirs."""
    with ExitStack() as until_the_end:
        try:
            launched = until_the_end.enter_context(chromium())
        except Error as missing:
            if os.environ.get("CI") == "true":
                raise
            pytest.skip(f"no browser to test with: {missing.message.splitlines()[0]}")
        yield launched
