"""Waiting: who is next when places free up, and how long it takes, told from what has been."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import quantiles
from uuid import UUID

from core.rules.eligibility import offers_left, refusals
from core.rules.facts import MentorFacts, RequestFacts

ENOUGH_CASES = 8


def next_in_line(waiting: Iterable[RequestFacts], mentors: Iterable[MentorFacts], now: datetime) -> list[UUID]:
    """The requests to try again, given oldest first: as many as these mentors can take, each for a mentor who may
    be asked. So nobody overtakes, and nothing is searched for that has no prospect.
    """
    left = {mentor.profile.user_id: offers_left(mentor) for mentor in mentors}
    free = {mentor.profile.user_id: mentor for mentor in mentors if left[mentor.profile.user_id] > 0}
    found = []
    for request in waiting if free else ():
        fits = next((m for m in free.values() if not refusals(m, request, now)), None)
        if fits is None:
            continue
        found.append(request.request_id)
        mentor_id = fits.profile.user_id
        left[mentor_id] -= 1
        if not left[mentor_id]:
            del free[mentor_id]
        if not free:
            break
    return found


@dataclass(frozen=True)
class UsualWait:
    """The middle half of past times from request to match: a quarter was faster, a quarter slower."""

    least: timedelta
    most: timedelta


def usual_wait(past: Sequence[timedelta], waited: timedelta) -> UsualWait | None:
    """What to tell a student who has `waited` so long. Nothing from fewer than eight cases, and nothing to somebody
    who has waited longer than the range says: it would be invented, or no comfort.
    """
    if len(past) < ENOUGH_CASES:
        return None
    least, _, most = quantiles(past_seconds(past), n=4, method="inclusive")
    found = UsualWait(timedelta(seconds=least), timedelta(seconds=most))
    return found if waited < found.most else None


def past_seconds(past: Sequence[timedelta]) -> list[float]:
    """Past times in seconds; a clock that was set back makes none of them negative."""
    return [max(0.0, each.total_seconds()) for each in past]
