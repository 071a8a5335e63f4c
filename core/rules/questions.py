"""A quick question: asked, claimed, answered. What may become of it, by whom, and by when.

Nobody is left without a next step: a draft posts itself, an open question is taken to mentors who fit and then to
staff, a claim that stays silent ends.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from core.rules.errors import DomainError, InvalidFields, NotAllowed
from core.rules.profiles import TAG, TEXT, tidy
from core.rules.texts import checked_text, keep_under

QUESTION = 300
"""Characters of a question; what else there is to say goes into the details."""

MOST_TOPICS = 5
MOST_OPEN = 3
"""Questions of one student that wait at the same time."""

MOST_SIMILAR = 3
"""Similar answers that a student is shown."""

CHECK_TIME = timedelta(minutes=2)
"""How long a draft waits for the search for similar answers; then it is posted without."""

DECIDE_TIME = timedelta(hours=1)
"""How long a student has to say whether a similar answer will do; then the question is posted."""

REFER_AFTER = timedelta(hours=6)
"""Unclaimed for so long: mentors who fit are asked directly."""

STAFF_AFTER = timedelta(hours=20)
"""Unclaimed for so long: staff are told."""

STAFF_AGAIN = timedelta(hours=72)
"""And told again, each time so much later."""

SILENT_AFTER = timedelta(hours=48)
"""Claimed for so long and not marked answered: the mentor is reminded. More time is as long again."""

REOPEN_AFTER = timedelta(hours=24)
"""So long after the reminder the question is open to all again."""

JUST_NOW = timedelta(minutes=2)
"""Who is so little too late reads that it was a moment ago."""

MOST_STARS = 5

RATED_WELL = 4
"""Stars from which an answer counts as a good one."""


class QuestionState(StrEnum):
    """Where a quick question stands."""

    DRAFT = "draft"  # not posted yet: similar answers are looked for, or shown
    OPEN = "open"
    CLAIMED = "claimed"
    ANSWERED = "answered"
    CLOSED = "closed"  # taken back by who asked, or answered before it was posted


class ClaimEnding(StrEnum):
    """How a mentor's turn at a question ended."""

    ANSWERED = "answered"
    RELEASED = "released"  # by the mentor
    SILENT = "silent"
    WITHDRAWN = "withdrawn"  # the student took the question back


MOVES: Mapping[QuestionState, frozenset[QuestionState]] = {
    QuestionState.DRAFT: frozenset({QuestionState.OPEN, QuestionState.CLOSED}),
    QuestionState.OPEN: frozenset({QuestionState.CLAIMED, QuestionState.CLOSED}),
    QuestionState.CLAIMED: frozenset({QuestionState.OPEN, QuestionState.ANSWERED, QuestionState.CLOSED}),
    QuestionState.ANSWERED: frozenset(),
    QuestionState.CLOSED: frozenset(),
}

WAITING = frozenset({QuestionState.DRAFT, QuestionState.OPEN, QuestionState.CLAIMED})


class QuestionMoved(DomainError):
    """The question stands otherwise than when the button was drawn: `state`, and `claimer` if it has one.

    `claimer` is the mentor's name, `mine` whether that is who pressed, and `just` whether they claimed it just now.
    """

    code = "question_moved"


class OwnQuestion(NotAllowed):
    """Nobody claims their own question."""

    code = "own_question"


class MentorsOnly(NotAllowed):
    """Only mentors claim questions."""

    code = "mentors_only"


class EnoughQuestions(DomainError):
    """So many questions of this student wait already: `most`."""

    code = "enough_questions"


class OwnQuestionMoved(DomainError):
    """To who asked: their question stands otherwise than when the button was drawn, at `state`."""

    code = "own_question_moved"


class AlreadyRated(DomainError):
    """An answer is rated once, with `rating` stars."""

    code = "already_rated"


class NotOpenToYou(NotAllowed):
    """These two are kept apart. Who asks is not told why."""

    code = "question_not_open_to_you"


class TimeLeft(DomainError):
    """Nobody waits for a word of this mentor yet: they are reminded at `remind_at`."""

    code = "time_left"


class KeptBetweenTwo(DomainError):
    """The mentor would rather not have the summary read by others, so there is nothing for the student to allow."""

    code = "kept_between_two"


@dataclass(frozen=True)
class NewQuestion:
    """What a student asks."""

    question: str
    details: str = ""
    topics: tuple[str, ...] = ()


def checked(asked: NewQuestion) -> NewQuestion:
    """What is asked, tidied. Raises `InvalidFields`."""
    question, details = tidy(asked.question), tidy(asked.details)
    topics = tuple(dict.fromkeys(topic for each in asked.topics if (topic := tidy(each))))
    problems = {}
    if not question:
        problems["question"] = "Please write your question."
    elif len(question) > QUESTION:
        problems["question"] = f"Please keep this under {QUESTION} characters. The details have room for more."
    if len(details) > TEXT:
        problems["details"] = keep_under(TEXT)
    if not topics:
        problems["topics"] = "Please pick at least one topic, so that the right mentors see it."
    elif len(topics) > MOST_TOPICS:
        problems["topics"] = f"Please pick {MOST_TOPICS} topics at most."
    elif any(len(topic) > TAG for topic in topics):
        problems["topics"] = f"Please keep each topic under {TAG} characters."
    if problems:
        raise InvalidFields(problems)
    return NewQuestion(question, details, topics)


def may_ask(waiting: int) -> None:
    """Whether somebody with so many questions that wait may ask another. Raises `EnoughQuestions`."""
    if waiting >= MOST_OPEN:
        raise EnoughQuestions(most=MOST_OPEN)


def move(state: QuestionState, target: QuestionState) -> QuestionState:
    """The next state. Raises `QuestionMoved` where docs/states.md draws no such move."""
    if target not in MOVES[state]:
        raise QuestionMoved(state=state)
    return target


def may_claim(person_id: UUID, student_id: UUID, *, is_mentor: bool) -> None:
    """Who may claim: a mentor, paused or not, and never one's own question. Raises `MentorsOnly` or `OwnQuestion`."""
    if person_id == student_id:
        raise OwnQuestion
    if not is_mentor:
        raise MentorsOnly


def checked_summary(text: str) -> str:
    """The summary of an answer, tidied. Raises `InvalidFields`."""
    return checked_text("summary", text, TEXT, "Please write a sentence or two, for who asks the same later.")


def checked_rating(rating: int, thanks: str) -> tuple[int, str]:
    """A rating in stars, and words of thanks, tidied. Raises `InvalidFields`."""
    thanks, problems = tidy(thanks), {}
    if not 1 <= rating <= MOST_STARS:
        problems["rating"] = "Please choose one of these."
    if len(thanks) > TEXT:
        problems["thanks"] = keep_under(TEXT)
    if problems:
        raise InvalidFields(problems)
    return rating, thanks


def may_rate(state: QuestionState, rating: int | None) -> None:
    """An answer is rated once. Raises `QuestionMoved` while there is none, and `AlreadyRated`."""
    if state is not QuestionState.ANSWERED:
        raise QuestionMoved(state=state)
    if rating is not None:
        raise AlreadyRated(rating=rating)


def more_time(
    remind_at: datetime, reminded_at: datetime | None, now: datetime, silent_after: timedelta = SILENT_AFTER
) -> datetime:
    """When a mentor who was reminded is reminded again. Raises `TimeLeft` for one who was not."""
    if reminded_at is None:
        raise TimeLeft(remind_at=remind_at)
    return now + silent_after


class QuestionStep(StrEnum):
    """What happens next to a question if nobody does anything."""

    CHECK = "check"  # similar answers are looked for
    POST = "post"  # the draft is posted
    REFER = "refer"  # mentors who fit are asked directly
    STAFF = "staff"  # staff are told, or told again
    REMIND = "remind"  # who claimed it is reminded
    REOPEN = "reopen"  # it is open to all again
    NONE = "none"


@dataclass(frozen=True)
class QuestionFacts:
    """What the next step depends on."""

    state: QuestionState
    created_at: datetime
    checked_at: datetime | None = None
    opened_at: datetime | None = None
    referred_at: datetime | None = None
    staff_told_at: datetime | None = None
    remind_at: datetime | None = None  # of the running claim, as the next
    reminded_at: datetime | None = None
    refer_after: timedelta = REFER_AFTER  # as staff had set it when the question was opened
    staff_after: timedelta = STAFF_AFTER


def next_step(facts: QuestionFacts) -> tuple[QuestionStep, datetime | None]:
    """The next step and its moment, None for a question that needs none any more."""
    match facts.state:
        case QuestionState.DRAFT if facts.checked_at is None:
            return QuestionStep.CHECK, facts.created_at + CHECK_TIME
        case QuestionState.DRAFT:
            return QuestionStep.POST, (facts.checked_at or facts.created_at) + DECIDE_TIME
        case QuestionState.OPEN:
            return _unclaimed(facts, facts.opened_at or facts.created_at)
        case QuestionState.CLAIMED if facts.reminded_at:
            return QuestionStep.REOPEN, facts.reminded_at + REOPEN_AFTER
        case QuestionState.CLAIMED if facts.remind_at:
            return QuestionStep.REMIND, facts.remind_at
        case _:
            return QuestionStep.NONE, None


def _unclaimed(facts: QuestionFacts, opened_at: datetime) -> tuple[QuestionStep, datetime]:
    if facts.referred_at is None:
        return QuestionStep.REFER, opened_at + facts.refer_after
    if facts.staff_told_at is None:
        return QuestionStep.STAFF, opened_at + facts.staff_after
    return QuestionStep.STAFF, facts.staff_told_at + STAFF_AGAIN
