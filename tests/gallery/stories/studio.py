"""Where stories are played and photographed: a stack of its own with sample people, a browser, and a tab at a desk."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize

from app.sample.people import load
from tests.gallery.camera import Camera
from tests.journeys.browser.player import Player
from tests.support.browsers import chromium
from tests.support.stacks import Stack, running

DESK, PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=390, height=780)
ZEYNEP = next(one for one in load().students if one.key == "zeynep-karaca")
ADA = next(one.name for one in load().staff)


@dataclass(frozen=True)
class Studio:
    """Real processes, the real model, and one who plays everybody."""

    stack: Stack
    browser: Browser
    context: BrowserContext
    desk: Player
    camera: Camera
    folder: Path

    def shoot(self, name: str, what: Locator | Page | None = None) -> None:
        """Keep a picture of one thing, or of all that the tab shows."""
        self.camera.shoot(what or self.desk.page, self.folder / f"{name}.png")
        sys.stdout.write(f"{name}\n")

    @contextmanager
    def phone(self, name: str) -> Iterator[Player]:
        """The same person on a phone."""
        context = self.browser.new_context(viewport=PHONE, has_touch=True)
        player = Player(context.new_page(), self.stack.sandbox_url)
        player.arrive()
        player.be(name)
        yield player
        context.close()


@contextmanager
def studio(folder: Path) -> Iterator[Studio]:
    """Open until the block ends, with pictures going to this folder."""
    with tempfile.TemporaryDirectory() as data, running(Path(data)) as stack, chromium() as browser:
        context = browser.new_context(viewport=DESK)
        desk = Player(context.new_page(), stack.sandbox_url)
        desk.arrive()
        yield Studio(stack, browser, context, desk, Camera(browser), folder)
