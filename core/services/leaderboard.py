"""The leaderboard: who answered most, and well. It shows counts alone, never a rating, and nobody who opted out."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from core.models import Question, User
from core.rules.leaderboard import Line, Tally, ranked
from core.rules.questions import RATED_WELL, QuestionState
from core.rules.roles import PersonState
from core.services.preferences import stands_aside
from core.uow import Reading

PLACES = 10
MOST_SHOWN = 20  # lines, where many share a place


@dataclass(frozen=True)
class Leaderboard:
    """Everybody with their place, since some moment or from the beginning."""

    since: datetime | None
    lines: tuple[Line, ...]

    def top(self, places: int = PLACES) -> tuple[Line, ...]:
        """The first places, with who shares them."""
        return tuple(line for line in self.lines if line.place <= places)[:MOST_SHOWN]

    def own(self, person_id: UUID) -> Line | None:
        """Somebody's own line, wherever it stands."""
        return next((line for line in self.lines if line.mentor_id == person_id), None)


def leaderboard(reading: Reading, since: datetime | None = None, reader_id: UUID | None = None) -> Leaderboard:
    """Who answered most since then. An answer counts in the month in which it was given.

    Who left, was erased, or stands aside is not on it; the reader, who sees it alone, always is.
    """
    well = func.count().filter(Question.rating >= RATED_WELL)
    answered = select(User, well, func.count()).join(Question, Question.claimer_id == User.id)
    answered = answered.where(Question.state == QuestionState.ANSWERED, User.state == PersonState.ACTIVE)
    if since is not None:
        answered = answered.where(Question.answered_at >= since)
    with reading.as_system():  # counts over what others asked and answered, of which nothing else is told
        rows = reading.session.execute(answered.group_by(User.id)).all()
    return Leaderboard(
        since,
        ranked(
            Tally(user.id, user.name, rated_well, number, shown=not stands_aside(user.preferences))
            for user, rated_well, number in rows
            if user.id == reader_id or not stands_aside(user.preferences)
        ),
    )
