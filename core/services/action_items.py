"""Action items of a pair: noted with a meeting, finished or changed by either side, remembered the day before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select

from core.models import ActionItem, Match, User
from core.notifications import Kind, notify, redraw, to_person
from core.rules import action_items as rules
from core.rules.errors import InvalidFields, NotFound
from core.rules.matches import LIVE, MatchState
from core.rules.reminders import item_reminder_due
from core.services.listing import First, first
from core.services.matches import own_match, refresh_homes
from core.services.people import Person, by_id
from core.services.two_sides import TwoSides, either_side
from core.uow import Reading, Work

AT_ONCE = 200


@dataclass(frozen=True)
class ItemView(TwoSides):
    """An action item as its pair reads it. Without an owner it is for both."""

    item_id: UUID
    match_id: UUID
    text: str
    owner_id: UUID | None
    owner_name: str
    due_on: date | None
    done: bool
    student: Person
    mentor: Person


def add_items(work: Work, match: Match, meeting_id: UUID, lines: Iterable[str]) -> None:
    """Note one item for each line that says something."""
    people = (by_id(work, match.student_id), by_id(work, match.mentor_id))
    names = {person.id: person.name for person in people}
    for line in lines:
        item = rules.parse(line, names)
        if item.text:
            work.session.add(
                ActionItem(
                    match_id=match.id,
                    meeting_id=meeting_id,
                    owner_id=item.owner_id,
                    text=item.text,
                    due_on=item.due_on,
                )
            )
            work.session.flush()  # one by one, so that they stay in this order


def are_noted(work: Work, match: Match, meeting_id: UUID, lines: Iterable[str]) -> bool:
    """Whether all of these lines stand there already, as after a form that was sent twice."""
    people = (by_id(work, match.student_id), by_id(work, match.mentor_id))
    names = {person.id: person.name for person in people}
    noted = {(one.text, one.owner_id, one.due_on) for one in items_of(work, meeting_id)}
    said = (rules.parse(line, names) for line in lines)
    return all((one.text, one.owner_id, one.due_on) in noted for one in said if one.text)


def finish_item(work: Work, item_id: UUID) -> None:
    """Note that it is done; a second time changes nothing. Raises `NotFound`."""
    item, match = _locked(work, item_id)
    if item.done_at is None:
        item.done_at = work.now
        _show(work, item, match)


def change_item(work: Work, item_id: UUID, text: str, owner_id: UUID | None, due_on: date | None) -> None:
    """Say it differently, give it to somebody else, or put it off. A new day is reminded of anew.

    Raises `InvalidFields`, `ItemDone` or `NotFound`.
    """
    text = rules.check(text)
    item, match = _locked(work, item_id)
    if item.done_at is not None:
        raise rules.ItemDone
    if owner_id not in (None, match.student_id, match.mentor_id):
        raise InvalidFields({"who": "Please choose one of you two, or both."})
    if due_on != item.due_on:
        item.reminded_at = None
    item.text, item.owner_id, item.due_on = text, owner_id, due_on
    _show(work, item, match)


def _locked(work: Work, item_id: UUID) -> tuple[ActionItem, Match]:
    statement = select(ActionItem).where(ActionItem.id == item_id).with_for_update()
    item = work.session.scalar(statement.execution_options(populate_existing=True))
    if item is None:
        raise NotFound(item_id=item_id)
    return item, own_match(work, item.match_id)


def _show(work: Work, item: ActionItem, match: Match) -> None:
    with work.as_system():
        redraw(work, Kind.ITEM_REMINDER, item.id)
        if item.meeting_id:
            redraw(work, Kind.MEETING_LOGGED, item.meeting_id)
        refresh_homes(work, match)


def item_view(reading: Reading, item_id: UUID) -> ItemView:
    """An item as its pair sees it. Raises `NotFound` for others."""
    item = reading.session.get(ActionItem, item_id)
    if item is None:
        raise NotFound(item_id=item_id)
    return _view(reading, item)


def items_of(reading: Reading, meeting_id: UUID) -> tuple[ItemView, ...]:
    """What was noted with a meeting, in order."""
    noted = select(ActionItem).where(ActionItem.meeting_id == meeting_id).order_by(ActionItem.id)
    return tuple(_view(reading, item) for item in reading.session.scalars(noted))


def open_items(reading: Reading, person_id: UUID, most: int) -> First[ItemView]:
    """What a person has still to do in their running matches, alone or with their partner: what is due first, first."""
    mine = (
        select(ActionItem)
        .join(Match, Match.id == ActionItem.match_id)
        .where(
            either_side(Match, person_id),
            (ActionItem.owner_id == person_id) | ActionItem.owner_id.is_(None),
            Match.state.in_(LIVE),
            ActionItem.done_at.is_(None),
        )
        .order_by(ActionItem.due_on.asc().nulls_last(), ActionItem.id)
    )
    return first(reading, mine, most, lambda item: _view(reading, item))


def _view(reading: Reading, item: ActionItem) -> ItemView:
    match = reading.session.get_one(Match, item.match_id)
    student, mentor = by_id(reading, match.student_id), by_id(reading, match.mentor_id)
    owner = next((person.name for person in (student, mentor) if person.id == item.owner_id), "")
    return ItemView(
        item_id=item.id,
        match_id=item.match_id,
        text=item.text,
        owner_id=item.owner_id,
        owner_name=owner,
        due_on=item.due_on,
        done=item.done_at is not None,
        student=student,
        mentor=mentor,
    )


def item_reminders(reading: Reading) -> list[UUID]:
    """Items that are due in a day on the calendars of who wants to do them, and not reminded of."""
    today = reading.now.date()
    doer = or_(
        User.id == ActionItem.owner_id,
        ActionItem.owner_id.is_(None) & User.id.in_((Match.student_id, Match.mentor_id)),
    )
    near = reading.session.execute(
        select(ActionItem.id, ActionItem.due_on, func.array_agg(User.tz))
        .join(Match, Match.id == ActionItem.match_id)
        .join(User, doer)
        .where(
            ActionItem.done_at.is_(None),
            ActionItem.reminded_at.is_(None),
            ActionItem.due_on.between(today - timedelta(days=1), today + timedelta(days=2)),
            Match.state.in_((MatchState.PENDING, MatchState.ACTIVE)),
        )
        .group_by(ActionItem.id)
        .order_by(ActionItem.due_on, ActionItem.id)
    )
    due = (item_id for item_id, due_on, zones in near if _is_due(reading.now, due_on, zones))
    return list(islice(due, AT_ONCE))


def remind_of_item(work: Work, item_id: UUID) -> None:
    """Remind who wants to do it, once; nobody if it is gone."""
    statement = select(ActionItem).where(ActionItem.id == item_id).with_for_update()
    item = work.session.scalar(statement.execution_options(populate_existing=True))
    if item is None or item.done_at or item.reminded_at:
        return
    doers = _doers(work, item)
    if not _is_due(work.now, item.due_on, work.session.scalars(select(User.tz).where(User.id.in_(doers)))):
        return
    item.reminded_at = work.now
    for person_id in doers:
        notify(work, to_person(person_id), Kind.ITEM_REMINDER, item.id, f"{item.due_on}:{person_id}")


def _is_due(now: datetime, due_on: date | None, zones: Iterable[str]) -> bool:
    return due_on is not None and item_reminder_due(due_on, now, map(ZoneInfo, zones))


def _doers(reading: Reading, item: ActionItem) -> tuple[UUID, ...]:
    if item.owner_id:
        return (item.owner_id,)
    match = reading.session.get_one(Match, item.match_id)
    return match.student_id, match.mentor_id
