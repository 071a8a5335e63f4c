"""Home tabs drawn at the same moment: what stays is how things stand, and nobody waits for Slack with a lock."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

import pytest

from bot.context import Bot
from bot.gateway import Gateway
from bot.handlers.home import MOST_TIMES, publish_home
from core.config import Settings
from core.services.people import Person, remember_by_mail
from core.uow import SYSTEM, Units
from tests.support import factories as make

Json = dict[str, Any]


class Tabs:
    """A Slack that keeps the tab that arrives last. `before` is called with the number of each call."""

    def __init__(self, units: Units) -> None:
        self.units, self.shown, self.calls = units, "", 0
        self.lock = threading.Lock()

    def call(self, method: str, *, user_id: str, view: Json) -> Json:
        del user_id
        assert method == "views.publish"
        with self.lock:
            self.calls += 1
            number = self.calls
        self.before(number)
        with self.lock:
            self.shown = json.dumps(view)
        return {}

    def before(self, number: int) -> None:
        """Nothing, unless a test says so."""


@pytest.fixture
def tabs(units: Units) -> Tabs:
    return Tabs(units)


@pytest.fixture
def bot(settings: Settings, units: Units, tabs: Tabs) -> Bot:
    return Bot(settings, units, cast("Gateway", tabs))


@pytest.fixture
def mia(units: Units) -> Person:
    return make.student(units, "Mia Tan")


def test_a_tab_that_is_still_true_is_published_once(bot: Bot, tabs: Tabs, mia: Person) -> None:
    publish_home(bot, mia.id)
    assert tabs.calls == 1
    assert "You have no open request" in tabs.shown


def test_an_older_drawing_that_arrives_last_does_not_stay(
    bot: Bot, tabs: Tabs, mia: Person, units: Units, monkeypatch: pytest.MonkeyPatch
) -> None:
    older_is_drawn, newer_is_shown = threading.Event(), threading.Event()

    def before(number: int) -> None:
        if number == 1:
            older_is_drawn.set()
            assert newer_is_shown.wait(20)

    monkeypatch.setattr(tabs, "before", before)
    with ThreadPoolExecutor() as pool:
        older = pool.submit(publish_home, bot, mia.id)
        assert older_is_drawn.wait(20)
        make.request(units, mia)
        publish_home(bot, mia.id)
        newer_is_shown.set()
        older.result()
    assert "We are looking for mentors who fit you." in tabs.shown


def test_no_connection_is_held_while_slack_is_called(
    bot: Bot, tabs: Tabs, mia: Person, units: Units, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[str] = []
    monkeypatch.setattr(tabs, "before", lambda _: held.append(units.engine.pool.status()))
    publish_home(bot, mia.id)
    assert len(held) == 1
    assert "Current Checked out connections: 0" in held[0]


def test_a_tab_that_never_comes_to_rest_is_left_to_the_next_change(
    bot: Bot, tabs: Tabs, mia: Person, units: Units, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tabs, "before", lambda _: make.match(units, mia, make.mentor(units)))
    publish_home(bot, mia.id)
    assert tabs.calls == MOST_TIMES


def test_who_has_no_slack_has_no_tab(bot: Bot, tabs: Tabs, units: Units) -> None:

    with units.work(SYSTEM) as work:
        somebody = remember_by_mail(work, "noor@example.org", "Noor Cedar")
    publish_home(bot, somebody.id)
    assert tabs.calls == 0
