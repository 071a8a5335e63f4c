"""A mentorship that two good answers suggest: offered to the student once, for ever."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.rules.eligibility import refusals
from core.rules.errors import DomainError
from core.rules.facts import MentorFacts, RequestFacts

ANSWERS = 2
"""Well-rated answers between the same two before a mentorship is suggested."""

RECENT = timedelta(days=90)
"""How old the newest of these answers may be."""


class SuggestionState(StrEnum):
    """What the student made of it."""

    SUGGESTED = "suggested"
    TAKEN = "taken"  # asked for this mentor, or for any
    DECLINED = "declined"


class SuggestionAnswered(DomainError):
    """The student has answered this suggestion before; `state` says how."""

    code = "suggestion_answered"


@dataclass(frozen=True)
class PairFacts:
    """What a suggestion depends on. `wish` is what a request of the student would be, as the hard rules see it."""

    wish: RequestFacts
    mentor: MentorFacts
    student_active: bool
    has_open_request: bool
    was_declined: bool  # by this mentor, for whatever reason


def may_suggest(pair: PairFacts, now: datetime) -> bool:
    """Whether the student would get through to the mentor by asking now: what is suggested leads somewhere.

    A mentor who said no to this student before is not put before them again, though a search may do so.
    """
    if not pair.student_active or pair.has_open_request or pair.was_declined:
        return False
    return not refusals(pair.mentor, pair.wish, now)


def answer(state: SuggestionState, answered: SuggestionState) -> SuggestionState:
    """The student's answer, given once. Raises `SuggestionAnswered`."""
    if state is not SuggestionState.SUGGESTED:
        raise SuggestionAnswered(state=state)
    return answered
