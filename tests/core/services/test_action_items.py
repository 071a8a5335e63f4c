"""Action items: noted with a meeting, done or changed by either side, remembered once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from core.models import Notification, new_id
from core.notifications import Kind
from core.rules.action_items import ItemDone
from core.rules.errors import InvalidFields, NotFound
from core.services import action_items
from core.services.action_items import (
    ItemView,
    change_item,
    finish_item,
    item_reminders,
    item_view,
    items_of,
    open_items,
    remind_of_item,
)
from core.services.meetings import HeldMeeting, log_meeting
from core.services.people import Person
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON
from tests.core.services.test_scheduling import Pair
from tests.support import factories as make

LINES = ("Mia: read chapter 3 by 2030-03-05", "Kim Alder: write to Ada", "meet again")


@pytest.fixture
def pair(units: Units) -> Pair:
    return Pair(units)


def note(pair: Pair, *lines: str) -> tuple[ItemView, ...]:
    with pair.units.work(member(pair.student.id)) as work:
        meeting_id = log_meeting(work, HeldMeeting(pair.match_id, NOON.date(), 45, "Video", "", lines or LINES))
        return items_of(work, meeting_id)


def open_for(pair: Pair, person: Person) -> list[str]:
    with pair.units.read(member(person.id)) as reading:
        return [item.text for item in open_items(reading, person.id, 10)]


def change(pair: Pair, by: Person, item_id: UUID, text: str, owner: UUID | None, due: date | None) -> None:
    with pair.units.work(member(by.id)) as work:
        change_item(work, item_id, text, owner, due)


def reminded(pair: Pair) -> list[UUID | None]:
    with pair.units.read(SYSTEM) as reading:
        cards = select(Notification.recipient_id).where(
            Notification.kind == Kind.ITEM_REMINDER, Notification.updates_id.is_(None)
        )
        return list(reading.session.scalars(cards))


def sweep(pair: Pair, **ahead: float) -> None:
    with pair.at(**ahead).read(SYSTEM) as reading:
        due = item_reminders(reading)
    for item_id in due:
        with pair.at(**ahead).work(SYSTEM) as work:
            remind_of_item(work, item_id)


def test_each_sees_what_is_theirs_and_what_is_for_both_the_next_due_first(pair: Pair) -> None:
    note(pair)
    assert open_for(pair, pair.student) == ["read chapter 3", "meet again"]
    assert open_for(pair, pair.mentor) == ["write to Ada", "meet again"]


def test_either_side_finishes_it_and_only_once(pair: Pair) -> None:
    first, *_ = note(pair)
    for person in (pair.mentor, pair.student):
        with pair.units.work(member(person.id)) as work:
            finish_item(work, first.item_id)
    assert open_for(pair, pair.student) == ["meet again"]
    with pytest.raises(ItemDone):
        change(pair, pair.student, first.item_id, "again", None, None)


def test_either_side_changes_it(pair: Pair) -> None:
    first, *_ = note(pair)
    change(pair, pair.mentor, first.item_id, " read it all ", None, None)
    with pair.units.read(member(pair.student.id)) as reading:
        seen = item_view(reading, first.item_id)
    assert (seen.text, seen.owner_id, seen.due_on) == ("read it all", None, None)


def test_what_cannot_be_is_refused(pair: Pair) -> None:
    first, *_ = note(pair)
    stranger = make.student(pair.units)
    with pytest.raises(InvalidFields):
        change(pair, pair.mentor, first.item_id, " ", None, None)
    with pytest.raises(InvalidFields):
        change(pair, pair.mentor, first.item_id, "read", stranger.id, None)
    with pytest.raises(NotFound):
        change(pair, stranger, first.item_id, "read", None, None)
    with pytest.raises(NotFound), pair.units.work(member(stranger.id)) as work:
        finish_item(work, first.item_id)
    with pytest.raises(NotFound), pair.units.read(member(stranger.id)) as reading:
        item_view(reading, first.item_id)


def test_its_owner_is_reminded_the_day_before_once(pair: Pair) -> None:
    note(pair)
    sweep(pair, days=2, hours=10)  # 3 March, 23:00 in Amsterdam
    assert reminded(pair) == []
    for _ in range(2):
        sweep(pair, days=2, hours=12)
    assert reminded(pair) == [pair.student.id]


def test_both_are_reminded_of_what_is_for_both_and_of_a_new_day_anew(pair: Pair) -> None:
    (item,) = note(pair, "meet again by 2030-03-05")
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: sweep(pair, days=3), range(6)))
    assert set(reminded(pair)) == {pair.student.id, pair.mentor.id}
    assert len(reminded(pair)) == 2
    change(pair, pair.student, item.item_id, "meet again", None, date(2030, 3, 9))
    sweep(pair, days=7)
    assert len(reminded(pair)) == 4


def test_what_was_due_before_it_was_noted_keeps_no_other_waiting(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(action_items, "AT_ONCE", 1)
    note(pair, "read by 2030-02-28", "write by 2030-03-02")
    sweep(pair)
    assert len(reminded(pair)) == 2


def test_what_is_gone_meanwhile_is_nobodys_reminder(pair: Pair) -> None:
    with pair.units.work(SYSTEM) as work:
        remind_of_item(work, new_id())
    assert reminded(pair) == []


def test_nobody_is_reminded_of_what_is_done_or_long_past(pair: Pair) -> None:
    (first, second) = note(pair, "read by 2030-03-05", "write by 2030-03-05")
    with pair.units.work(member(pair.student.id)) as work:
        finish_item(work, first.item_id)
    sweep(pair, days=6)
    assert reminded(pair) == []
    change(pair, pair.student, second.item_id, "write", pair.mentor.id, NOON.date() + timedelta(days=8))
    sweep(pair, days=7)
    assert reminded(pair) == [pair.mentor.id]
