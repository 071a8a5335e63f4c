"""A sandbox in which the samples' people live, and a browser that looks at it: at noon, as it stands in the samples."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import httpx
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from bot.blocks import Json, Message
from core.mailbox import Mailbox
from mail.envelope import enveloped
from mail.letters.letter import Letter
from sandbox.workspace import clock
from tests.bot.views.samples import NOON
from tests.gallery.exhibits import ADA, KIM, MIA
from tests.support.letters import send
from tests.support.people import Person
from tests.support.receiver import Receiver, receiving
from tests.support.sandbox_client import SandboxClient
from tests.support.sandboxes import TOKEN, served, settings_for

COMMAND = "/mentor"
MANIFEST: Json = {
    "display_information": {"name": "Ithaca"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Ithaca"},
        "slash_commands": [{"command": COMMAND, "description": "Your mentorship"}],
    },
}
PEOPLE = (
    {"id": MIA, "name": "Mia Tan", "email": "mia@example.org"},
    {"id": KIM, "name": "Kim Alder", "email": "kim@example.org", "tz": "America/New_York"},
    {"id": ADA, "name": "Ada Brandt", "email": "ada@example.org", "is_owner": True},
)
SENDER = Mailbox("Ithaca", "mentorship@example.org")
DESK, PHONE = ViewportSize(width=960, height=800), ViewportSize(width=390, height=780)
TALL, MAIL = ViewportSize(width=960, height=2000), ViewportSize(width=1200, height=1600)
WHOLE = """document.addEventListener("DOMContentLoaded", () => document.head.insertAdjacentHTML("beforeend", `<style>
  .modal { max-height: none; box-shadow: inset 0 0 0 1px #ccc }
  .modal::backdrop, .confirm::backdrop { background: #fff }
  .home-blocks { padding: 14px }
  .mail-reading { height: fit-content }
</style>`))"""
"""At a desk things are shown as long as they are, with white around them."""


class Noon:
    """Stands in for the module `time`: every message comes at the same minute, so that pictures can be compared."""

    @staticmethod
    def time() -> float:
        return NOON.timestamp()

    @staticmethod
    def time_ns() -> int:
        return round(NOON.timestamp()) * 1_000_000_000


@dataclass
class Scene:
    """Hangs up what is to be seen, one thing at a time."""

    sandbox: SandboxClient
    receiver: Receiver
    browser: Browser
    _pages: dict[tuple[str, bool], Page] = field(default_factory=dict)

    @contextmanager
    def message(self, reader: str, shown: Message, *, phone: bool = False) -> Iterator[Locator]:
        """In the reader's conversation with the app, where nothing else stands."""
        channel = next(one["id"] for one in self._state(reader)["conversations"] if one["kind"] == "im")
        posted = self._api("chat.postMessage", channel=channel, **shown.payload())
        page = self._look(reader, channel, phone=phone)
        article = page.get_by_role("article")
        expect(article).to_have_count(1)
        yield article
        self._api("chat.delete", channel=channel, ts=posted["ts"])
        expect(article).to_have_count(0)

    @contextmanager
    def modal(self, reader: str, view: Json, *, phone: bool = False) -> Iterator[Locator]:
        """Over the reader's page, opened as an app does it: with what came with a command."""
        person = Person(self.sandbox, {"id": reader, "real_name": reader})
        page = self._look(reader, "home", phone=phone, size=TALL)
        person.command(COMMAND)
        opened = self._api("views.open", trigger_id=self.receiver.last(COMMAND)["trigger_id"], view=view)
        dialog = page.get_by_role("dialog", name=view["title"]["text"])
        expect(dialog).to_be_visible()
        yield dialog
        person.post("close", view=opened["view"]["id"])
        expect(dialog).not_to_be_visible()

    @contextmanager
    def home(self, reader: str, view: Json, *, phone: bool = False) -> Iterator[Locator]:
        """As the reader's Home tab."""
        page = self._look(reader, "home", phone=phone, size=TALL)
        blocks = page.locator(".home-blocks")
        for shown in ({"type": "home", "blocks": []}, view):
            self._api("views.publish", user_id=reader, view=shown)
            expect(blocks.locator(":scope > *")).to_have_count(len(shown["blocks"]))
        yield blocks

    @contextmanager
    def letter(self, to: str, name: str, letter: Letter) -> Iterator[Locator]:
        """In the mail catcher."""
        made = enveloped(letter, Mailbox(name, to), sender=SENDER, reply_to=None, identity="<1@example.org>", now=NOON)
        send(self.sandbox.smtp_port, made, to)
        newest = self.sandbox.get("mails", address=to)["mails"][0]["id"]
        reader = next(one["id"] for one in PEOPLE if one["email"] == to)
        page = self._look(str(reader), f"mail/{newest}", size=MAIL)
        reading = page.get_by_role("article", name="Mail")
        expect(reading.get_by_role("heading", level=2)).to_have_text(letter.subject)
        page.wait_for_function(FITTED)
        yield reading

    def _look(self, reader: str, place: str, *, phone: bool = False, size: ViewportSize = DESK) -> Page:
        page = self._pages.get((reader, phone))
        if page is None:
            page = self.browser.new_context(has_touch=phone).new_page()
            page.clock.set_fixed_time(NOON)
            page.add_init_script("" if phone else WHOLE)
            self._pages[reader, phone] = page
        page.set_viewport_size(PHONE if phone else size)
        page.goto(f"{self.sandbox.url}/#/{reader}/{place}")
        return page

    def _state(self, reader: str) -> Json:
        return self.sandbox.get("state", **{"as": reader})

    def _api(self, method: str, **arguments: object) -> Json:
        """A call of the app to Slack's Web API, which refuses what Slack would."""
        headers = {"Authorization": f"Bearer {TOKEN}"}
        called = httpx.post(f"{self.sandbox.url}/api/{method}", json=arguments, headers=headers, trust_env=False)
        answer: Json = called.json()
        assert answer["ok"], f"{method}: {json.dumps(answer)}"
        return answer


FITTED = """() => {
  const frame = document.querySelector(".mail-page"), root = frame?.contentDocument?.documentElement;
  return root?.querySelector("body > *") && parseFloat(frame.style.height) >= root.scrollHeight;
}"""


@contextmanager
def scene(browser: Browser) -> Iterator[Scene]:
    """The sandbox with its people, until the block ends."""
    with ExitStack() as until_the_end:
        until_the_end.enter_context(patch.object(clock, "time", Noon))
        data = until_the_end.enter_context(tempfile.TemporaryDirectory())
        receiver = until_the_end.enter_context(receiving())
        settings = until_the_end.enter_context(served(settings_for(Path(data), receiver.url, MANIFEST)))
        sandbox = until_the_end.enter_context(SandboxClient(settings.url))
        sandbox.post("users", users=PEOPLE)
        yield Scene(sandbox, receiver, browser)
