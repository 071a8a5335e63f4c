"""Open questions as a mentor looks through them: those on their topics first, and who waits longest before the rest."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from core.models import Profile, Question
from core.rules.questions import MentorsOnly, QuestionState
from core.rules.referrals import shared_topics
from core.rules.roles import Role
from core.services.apart import kept_apart
from core.services.people import has_profile
from core.services.questions import QuestionView, question_views
from core.services.taxonomy import current_taxonomy
from core.taxonomy import TagKind
from core.uow import Reading

PAGE = 8
MOST_TOPICS = 50


@dataclass(frozen=True)
class OpenQuestions:
    """One page of a mentor's list. `fitting` holds the questions with a topic that the mentor names too.

    `topics` are those of all that is open to this mentor, the most frequent first; `topic` is the one looked at.
    """

    questions: tuple[QuestionView, ...]
    fitting: frozenset[UUID]
    topics: tuple[str, ...]
    topic: str
    page: int
    pages: int
    all: int  # open questions, whatever the topic


@dataclass(frozen=True)
class _Waiting:
    question_id: UUID
    topics: tuple[str, ...]
    shared: tuple[str, ...]


def open_list(reading: Reading, mentor_id: UUID, topic: str = "", page: int = 1, size: int = PAGE) -> OpenQuestions:
    """A page of the list, the last one if there are not so many. Raises `MentorsOnly`."""
    if not has_profile(reading, mentor_id, Role.MENTOR):
        raise MentorsOnly
    waiting = _waiting(reading, mentor_id)
    found = _about(reading, waiting, topic)
    pages = max(1, -(-len(found) // size))
    page = min(max(1, page), pages)
    return OpenQuestions(
        questions=_views(reading, [one.question_id for one in found], size, (page - 1) * size),
        fitting=frozenset(one.question_id for one in waiting if one.shared),
        topics=_topics(reading, waiting),
        topic=topic,
        page=page,
        pages=pages,
        all=len(waiting),
    )


def _waiting(reading: Reading, mentor_id: UUID) -> list[_Waiting]:
    """What is open to this mentor: nothing of their own, and nothing of anybody whom either side has blocked."""
    tags = select(Profile.industries + Profile.research + Profile.skills)
    with reading.as_system():  # a block is seen by who asked for it alone, and holds for both
        theirs = reading.session.scalar(tags.where(Profile.user_id == mentor_id, Profile.role == Role.MENTOR)) or []
        rows = reading.session.execute(
            select(Question.id, Question.topics).where(*_open_to(mentor_id)).order_by(Question.opened_at, Question.id)
        ).all()
    taxonomy = current_taxonomy(reading)
    found = [_Waiting(id_, tuple(topics), shared_topics(topics, theirs, taxonomy)) for id_, topics in rows]
    return sorted(found, key=lambda one: -len(one.shared))  # keeps the order of those who share as many


def open_count(reading: Reading, mentor_id: UUID) -> int:
    """How many questions are open to this mentor."""
    with reading.as_system():
        return reading.session.scalars(select(func.count()).select_from(Question).where(*_open_to(mentor_id))).one()


def _open_to(mentor_id: UUID) -> tuple[ColumnElement[bool], ...]:
    apart = kept_apart(mentor_id, Question.student_id)
    return Question.state == QuestionState.OPEN, Question.student_id != mentor_id, ~apart


def _about(reading: Reading, waiting: list[_Waiting], topic: str) -> list[_Waiting]:
    """Those about a topic, or all."""
    taxonomy = current_taxonomy(reading)
    return [one for one in waiting if not topic or shared_topics(one.topics, [topic], taxonomy)]


def _topics(reading: Reading, waiting: list[_Waiting]) -> tuple[str, ...]:
    """One label for each meaning."""
    taxonomy = current_taxonomy(reading)
    times = Counter(label for one in waiting for label in {taxonomy.fold(TagKind.TOPIC, topic) for topic in one.topics})
    return tuple(label for label, _ in sorted(times.items(), key=lambda item: (-item[1], item[0]))[:MOST_TOPICS])


def _views(reading: Reading, ids: list[UUID], most: int, skip: int) -> tuple[QuestionView, ...]:
    shown = ids[skip : skip + most]
    found = {one.question_id: one for one in question_views(reading, Question.id.in_(shown), most=most)}
    return tuple(found[id_] for id_ in shown if id_ in found)
