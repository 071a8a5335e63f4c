"""Who may be asked about a request: the hard rules. They come before any score and hold on every path."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache, partial
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.rules.facts import MentorFacts, ProfileFacts, RequestFacts
from core.rules.mentoring import is_paused
from core.rules.roles import PersonState
from core.rules.wishes import MustShare
from core.taxonomy import TagKind, Taxonomy

NEAR_IN_TIME = timedelta(hours=3)


class Refusal(StrEnum):
    """Why a mentor may not be asked."""

    NO_ROOM = "no room"
    INACTIVE = "inactive"
    PAUSED = "paused"
    EXCLUDED = "excluded"  # blocked, said no for good, asked before, or a match of this student before
    SAME_PERSON = "same person"
    NO_SHARED_LANGUAGE = "no shared language"
    MUST_SHARE_INDUSTRY = "must share an industry"
    MUST_SHARE_LANGUAGE = "must share a language"
    MUST_SHARE_TIME_ZONE = "must share a time zone"
    EXPOSURE = "in too many open offers"


def refusals(mentor: MentorFacts, request: RequestFacts, now: datetime) -> tuple[Refusal, ...]:
    """Every rule that forbids to ask this mentor about this request now; empty if they may be asked.

    What somebody did not tell is unknown: it breaks no rule, except one that the student set.
    """
    return tuple(_refusals(mentor, request, now))


def offers_left(mentor: MentorFacts) -> int:
    """How many more offers a mentor may stand in: so many for each free place in all, as staff set it.

    Below 0 where staff have come to allow fewer since: what is out stays.
    """
    return mentor.free_places * mentor.offers_per_place - mentor.open_offers


def kept(free_places: int, per_place: Sequence[int]) -> int:
    """How many of a mentor's open offers stay, the oldest first, where free places have grown fewer.

    `per_place` says of each offer the most that has counted since it was made: a rule that staff made stricter later
    takes back none that was allowed.
    """
    stays = 0
    for allowed in per_place:
        if stays >= free_places * allowed:
            break
        stays += 1
    return stays


def _refusals(mentor: MentorFacts, request: RequestFacts, now: datetime) -> Iterator[Refusal]:
    if mentor.free_places == 0:
        yield Refusal.NO_ROOM
    elif offers_left(mentor) <= 0:
        yield Refusal.EXPOSURE
    if mentor.state is not PersonState.ACTIVE:
        yield Refusal.INACTIVE
    if is_paused(mentor.paused_until, now):
        yield Refusal.PAUSED
    if mentor.profile.user_id in request.excluded:
        yield Refusal.EXCLUDED
    if mentor.profile.user_id == request.student.user_id:
        yield Refusal.SAME_PERSON
    yield from _unshared(mentor.profile, request, now)


def _unshared(mentor: ProfileFacts, request: RequestFacts, now: datetime) -> Iterator[Refusal]:
    student, must = request.student, set(request.must_share)
    in_common = partial(_in_common, request.taxonomy)
    language = in_common(TagKind.LANGUAGE, student.languages, mentor.languages)
    if student.languages and mentor.languages and not language:
        yield Refusal.NO_SHARED_LANGUAGE
    if MustShare.LANGUAGE in must and not language:
        yield Refusal.MUST_SHARE_LANGUAGE
    if MustShare.INDUSTRY in must and not in_common(TagKind.INDUSTRY, student.industries, mentor.industries):
        yield Refusal.MUST_SHARE_INDUSTRY
    if MustShare.TIME_ZONE in must:
        apart = time_apart(student.tz, mentor.tz, now)
        if apart is None or apart > NEAR_IN_TIME:
            yield Refusal.MUST_SHARE_TIME_ZONE


def _in_common(taxonomy: Taxonomy, kind: TagKind, ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    return not {taxonomy.key(kind, tag) for tag in ours}.isdisjoint(taxonomy.key(kind, tag) for tag in theirs)


def time_apart(one: str, other: str, now: datetime) -> timedelta | None:
    """How far two time zones are apart at this moment; None if one of them is not known."""
    offsets = _offset(one, now), _offset(other, now)
    if offsets[0] is None or offsets[1] is None:
        return None
    return abs(offsets[0] - offsets[1])


def _offset(zone: str, now: datetime) -> timedelta | None:
    known = _zone(zone)
    return now.astimezone(known).utcoffset() if known else None


@lru_cache(maxsize=1024)  # there are about 600; Python itself keeps only the last eight
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):  # not a zone, or not even a sane name of a file
        return None
