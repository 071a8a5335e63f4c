"""What has to hold at the end of a year, seen in the database and at the receiving end; each line a promise."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select, text

from core.mailbox import Mailbox
from core.models import Ask, Match, Notification, NotificationState, Trouble, User
from core.notifications import MANNERS, Kind, Urgency
from core.rules import checkins, matches, meetings
from core.rules.attention import A_DAY, QuietHours, day_of
from core.rules.checkins import AskKind, AskState
from core.uow import SYSTEM, Reading
from mail.envelope import message_id
from tests.bench.care.year import Year

MOVES = text('SELECT "of", before, after FROM moves_seen WHERE before IS NOT NULL AND "of" <> \'match_health\'')
QUIET = QuietHours()
LATE = timedelta(days=2)  # what fell due so shortly before the end may still wait for somebody's morning


@dataclass(frozen=True)
class Promise:
    """One thing that has to hold: how often it was looked at, and where it was broken."""

    says: str
    looked_at: int
    broken: tuple[str, ...]


@dataclass(frozen=True)
class Arrival:
    """A message that reached one person, a pair or a channel."""

    row: Notification
    at: datetime


def promises(year: Year) -> Iterator[Promise]:
    """All of them."""
    with year.units.read(SYSTEM) as reading:
        rows = {row.id: row for row in reading.session.scalars(select(Notification))}
        zones = {row.id: row.tz for row in reading.session.execute(select(User.id, User.tz))}
        arrivals = _arrivals(year, rows)
        pairs = {match.id: (match.student_id, match.mentor_id) for match in reading.session.scalars(select(Match))}
        yield _once(arrivals, pairs)
        yield from _attention(arrivals, zones)
        yield _asked(year, reading, zones)
        yield _nothing_failed(year, reading, rows)
    yield _moves(year)


def _arrivals(year: Year, rows: dict[UUID, Notification]) -> list[Arrival]:
    """Posts and letters; changes of a card in place are none, and neither is another letter about the same card."""
    sender = Mailbox.parse(year.settings.mail_from)
    by_letter = {message_id(row.id, sender): row for row in rows.values()}
    found = [Arrival(rows[id_], at) for id_, times in year.slack.posts.items() for at in times]
    found += [Arrival(by_letter[name], at) for name, times in year.mail.letters.items() for at in times]
    return [one for one in found if one.row.updates_id is None]


def _once(arrivals: list[Arrival], pairs: dict[UUID, tuple[UUID, UUID]]) -> Promise:
    """A pair's message reaches both. The occasion is what follows in the key under which a message is stored, but for
    the reader: who got it together with the other and on their own got it twice.
    """
    seen = Counter[tuple[object, str]]()
    for one in arrivals:
        row = one.row
        for reader in pairs[row.match_id] if row.match_id else (row.recipient_id or row.channel_name,):
            seen[reader, row.dedupe_key.replace(f":{reader}", "")] += 1
    twice = tuple(f"{key} came {times} times" for (_, key), times in seen.items() if times > 1)
    return Promise("no message came twice (person, kind, subject, occasion)", len(seen), twice)


def _attention(arrivals: list[Arrival], zones: dict[UUID, str]) -> Iterator[Promise]:
    unasked = [
        one for one in arrivals if one.row.recipient_id and MANNERS[Kind(one.row.kind)].urgency is Urgency.UNASKED
    ]
    at_night, days, digests = [], Counter[tuple[UUID, str]](), Counter[tuple[UUID, str]]()
    for one in unasked:
        assert one.row.recipient_id
        tz = ZoneInfo(zones[one.row.recipient_id])
        if QUIET.cover(one.at.astimezone(tz).time()):
            at_night.append(f"{one.row.kind} at {one.at.astimezone(tz):%H:%M} in {tz.key}")
        counted = digests if one.row.kind == Kind.DIGEST else days
        counted[one.row.recipient_id, day_of(one.at, tz)] += 1
    yield Promise("none came unasked at night, on the person's clock", len(unasked), tuple(at_night))
    many = tuple(f"{times} on {day}" for (_, day), times in days.items() if times > A_DAY)
    yield Promise(f"nobody got more than {A_DAY} unasked a day, the digest not counted", len(days), many)
    more = tuple(f"{times} on {day}" for (_, day), times in digests.items() if times > 1)
    yield Promise("nobody got more than one digest a day", len(digests), more)


def _asked(year: Year, reading: Reading, zones: dict[UUID, str]) -> Promise:
    """Each turn that fell due has its row: asked, answered, lapsed, or left out for a reason."""
    rows = {(ask.match_id, ask.person_id, ask.kind, ask.slot): ask for ask in reading.session.scalars(select(Ask))}
    looked_at, broken = 0, []
    for match in reading.session.scalars(select(Match)):
        for person_id in (match.student_id, match.mentor_id):
            for kind, slot in _due(year, match, person_id, zones[person_id]):
                looked_at += 1
                ask = rows.get((match.id, person_id, kind, slot))
                if ask is None:
                    broken.append(f"{kind} {slot} of a match that began on {match.started_at:%d %b} has no row")
                elif (ask.state is AskState.SKIPPED) != bool(ask.reason):
                    broken.append(f"{kind} {slot} has no reason")
    return Promise(
        "each check-in and survey that fell due was asked, or left out for a reason", looked_at, tuple(broken)
    )


def _due(year: Year, match: Match, person_id: UUID, tz: str) -> Iterator[tuple[AskKind, str]]:
    ends = (year.end - LATE, match.ended_at, year.play.left.get(person_id))
    until = min(one for one in ends if one)
    for slot in checkins.slots(match.started_at, ZoneInfo(tz), match.cadence_days, until):
        yield slot.kind, slot.name


def _nothing_failed(year: Year, reading: Reading, rows: dict[UUID, Notification]) -> Promise:
    broken = [f"{name}: {failure!r}" for name, failure in year.failures.items()]
    broken += [f"{row.kind}: {row.last_error}" for row in rows.values() if row.state is NotificationState.FAILED]
    late = (row for row in rows.values() if row.state in (NotificationState.PENDING, NotificationState.SENDING))
    broken += [f"{row.kind} was to go out on {row.not_before}" for row in late if row.not_before <= year.end - LATE]
    broken += [f"trouble: {one.name} {one.code}" for one in reading.session.scalars(select(Trouble))]
    return Promise("no job and no message failed, and none was left over", len(rows), tuple(broken))


def _moves(year: Year) -> Promise:
    allowed = {
        *(("matches", old, new) for old, some in matches.MOVES.items() for new in some),
        *(("meeting_logs", old, new) for old, some in meetings.MOVES.items() for new in some),
        *(("match_asks", AskState.ASKED, new) for new in (AskState.ANSWERED, AskState.LAPSED)),
    }
    with year.owner.connect() as connection:
        seen = [tuple(row) for row in connection.execute(MOVES)]
    broken = tuple(f"{of}: {before} → {after}" for of, before, after in seen if (of, before, after) not in allowed)
    return Promise("states of matches, meetings and asks went by allowed moves alone", len(seen), broken)
