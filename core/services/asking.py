"""What people are to be asked about their matches by now: found each minute, asked once, or left out for a reason."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Integer, String, and_, case, cast, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from core.models import Ask, Feedback, Match, Meeting, User, new_id
from core.notifications import Kind, notify, to_person
from core.queue import Job
from core.rules import checkins as rules
from core.rules.checkins import AskKind, AskState, Circumstances, Days, FeedbackKind, Slot
from core.rules.matches import MatchState
from core.rules.meetings import MeetingState
from core.rules.roles import PersonState
from core.services.asks import lapse_open
from core.services.help import asked_for_help
from core.services.policies import timeline
from core.services.two_sides import either_side
from core.uow import Reading, Work

LOOK_BACK = timedelta(days=30)
"""For how long after its end a match is looked at for what was missed."""
PARTNER = aliased(User)


@dataclass(frozen=True)
class _Side:
    """One person in one match."""

    match: Match
    person: User
    partner: User

    days: Days  # those that counted when the match began

    def due(self, now: datetime) -> tuple[Slot, ...]:
        """Every turn up to now, or to the end of the match."""
        until = min(now, self.match.ended_at or now)
        return rules.slots(self.match.started_at, ZoneInfo(self.person.tz), self.match.cadence_days, until, self.days)


def ask_due(reading: Reading) -> list[UUID]:
    """The people for whom something fell due of which it is not decided yet whether they are asked."""
    sides = _sides(reading, _perhaps_due(reading))
    decided = _decided(reading, [side.match.id for side in sides])
    people = (side.person.id for side in sides if _undecided(side, reading.now, decided))
    return list(dict.fromkeys(people))


def ask_person(work: Work, person_id: UUID) -> None:
    """Ask a person everything that is due of all their matches, in one message; what is left out keeps its reason."""
    _lock_matches(work, person_id)
    sides = _sides(work, User.id == person_id, _perhaps_due(work))
    decided = _decided(work, [side.match.id for side in sides])
    sheet_id, asked = new_id(), list[Slot]()
    for side in sides:
        for slot in _undecided(side, work.now, decided):
            if _decide(work, side, slot, sheet_id):
                asked.append(slot)
    if asked:
        surveys_only = all(slot.kind is not AskKind.CHECK_IN for slot in asked)
        notify(work, to_person(person_id), Kind.SURVEY if surveys_only else Kind.CHECK_IN, sheet_id)
        work.queue(Job.REFRESH_HOME, person_id)


def _decide(work: Work, side: _Side, slot: Slot, sheet_id: UUID) -> bool:
    """Keep what becomes of a turn, and say whether the person is asked. Whatever came before it lapses."""
    tz = ZoneInfo(side.person.tz)
    newest = rules.newest(side.due(work.now), slot.kind)
    known = _circumstances(work, side, slot, tz)
    decision = rules.decide(slot, is_newest=slot == newest, now=work.now, tz=tz, known=known)
    if isinstance(decision, rules.NotYet):
        return False
    ask = isinstance(decision, rules.Ask)
    match_id, person_id = side.match.id, side.person.id
    lapse_open(work, Ask.match_id == match_id, Ask.person_id == person_id, Ask.kind == slot.kind)
    work.session.add(
        Ask(
            match_id=match_id,
            person_id=person_id,
            kind=slot.kind,
            slot=slot.name,
            due_at=slot.due_at,
            state=AskState.ASKED if ask else AskState.SKIPPED,
            reason=decision.reason if isinstance(decision, rules.Skip) else "",
            sheet_id=sheet_id if ask else None,
            asked_at=work.now if ask else None,
        )
    )
    work.session.flush()
    return ask


def _circumstances(work: Work, side: _Side, slot: Slot, tz: ZoneInfo) -> Circumstances:
    match, person, now = side.match, side.person, work.now
    asked = select(Ask.kind, func.max(Ask.asked_at)).where(Ask.match_id == match.id, Ask.person_id == person.id)
    last_asked = dict(iter(work.session.execute(asked.group_by(Ask.kind))))
    meetings = work.session.scalars(select(Meeting).where(Meeting.match_id == match.id)).all()
    told = select(func.max(Feedback.said_at)).where(
        Feedback.match_id == match.id,
        Feedback.author_id == person.id,
        Feedback.kind == FeedbackKind.SURVEY,
        Feedback.ask_id.is_(None),
    )
    return Circumstances(
        state=match.state,
        cadence_days=match.cadence_days,
        partner_gone=side.partner.state is not PersonState.ACTIVE,
        asked_for_help=asked_for_help(work, match, person.id),
        survey_today=rules.on_day(last_asked.get(AskKind.SURVEY), now, tz),
        meeting_today=any(_is_asked_about_today(meeting, now, tz) for meeting in meetings),
        last_met=_last_met(meetings),
        last_told=work.session.scalar(told),
        last_asked=last_asked.get(slot.kind),
    )


def _last_met(meetings: Iterable[Meeting]) -> datetime | None:
    held = (one.starts_at for one in meetings if one.state is MeetingState.HELD and one.starts_at)
    return max(held, default=None)


def _is_asked_about_today(meeting: Meeting, now: datetime, tz: ZoneInfo) -> bool:
    planned = meeting.state is MeetingState.PLANNED and rules.on_day(meeting.starts_at, now, tz)
    return planned or rules.on_day(meeting.asked_at, now, tz)


def _undecided(side: _Side, now: datetime, decided: set[tuple[UUID, UUID, str, str]]) -> list[Slot]:
    """Due turns without a row, a survey before the check-in of the same day."""
    due = (one for one in side.due(now) if (side.match.id, side.person.id, one.kind, one.name) not in decided)
    return sorted(due, key=lambda slot: (slot.kind is AskKind.CHECK_IN, slot.due_at))


def _decided(reading: Reading, match_ids: Sequence[UUID]) -> set[tuple[UUID, UUID, str, str]]:
    rows = reading.session.execute(
        select(Ask.match_id, Ask.person_id, Ask.kind, Ask.slot).where(Ask.match_id.in_(match_ids))
    )
    return {(match_id, person_id, kind, slot) for match_id, person_id, kind, slot in rows}


def _sides(reading: Reading, *which: ColumnElement[bool]) -> list[_Side]:
    """Matches with one of their two people, who takes part."""
    rows = reading.session.execute(
        select(Match, User, PARTNER)
        .join(User, User.id.in_((Match.student_id, Match.mentor_id)))
        .join(PARTNER, and_(PARTNER.id.in_((Match.student_id, Match.mentor_id)), PARTNER.id != User.id))
        .where(User.state == PersonState.ACTIVE, *which)
        .order_by(Match.id)
        .execution_options(populate_existing=True)
    )
    policies = timeline(reading)
    return [_Side(match, person, partner, policies.at(match.started_at).days) for match, person, partner in rows]


def _lock_matches(work: Work, person_id: UUID) -> None:
    """A person's matches, always in the same order: two sweeps at once ask once."""
    looked_at = select(Match.id).where(either_side(Match, person_id), _looked_at(work.now)).order_by(Match.id)
    work.session.execute(looked_at.with_for_update())


def _looked_at(now: datetime) -> ColumnElement[bool]:
    return or_(Match.state.in_((MatchState.ACTIVE, MatchState.PAUSED)), Match.ended_at > now - LOOK_BACK)


def _perhaps_due(reading: Reading) -> ColumnElement[bool]:
    """Sides whose newest turn may have come and is not decided: counted in days of 24 hours, a little too early.

    The rule decides exactly, on each person's own calendar; this only keeps all others from being loaded each minute.
    """
    moment = literal(reading.now, Match.started_at.type)
    age = func.least(moment, func.coalesce(Match.ended_at, moment)) - Match.started_at
    days = cast(func.floor(func.extract("epoch", age) / 86_400), Integer) + 1

    def day(which: Callable[[Days], int]) -> ColumnElement[int]:
        return policies.count(Match.started_at, lambda each: which(each.days))

    policies = timeline(reading)
    first, second = day(lambda each: each.first), day(lambda each: each.second)
    step = func.greatest(day(lambda each: each.every), func.coalesce(Match.cadence_days, 0))
    check_in = case((days >= second, second + (days - second) // step * step), (days >= first, first))
    late, early = day(lambda each: max(each.surveys)), day(lambda each: min(each.surveys))
    survey = case((days >= late, late), (days >= early, early))
    due = or_(_missing(AskKind.CHECK_IN, check_in), _missing(AskKind.SURVEY, survey))
    return and_(_looked_at(reading.now), due)


def _missing(kind: AskKind, day: ColumnElement[int]) -> ColumnElement[bool]:
    row = exists().where(
        Ask.match_id == Match.id,
        Ask.person_id == User.id,
        Ask.kind == kind,
        Ask.slot == literal("day ") + cast(day, String),
    )
    return and_(day.is_not(None), ~row)
