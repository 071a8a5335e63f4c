"""Words that several pages need: moments on the reader's own clock, and why two people fit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.views.reasons import CIRCUMSTANCES, same_words, telling
from bot.words import listed, moment, place_or_time, upper_first
from core.rules.scores import CriterionScore

PHRASE = 200


@dataclass(frozen=True)
class Reason:
    """One criterion, its points, and what both wrote that made them."""

    criterion: str
    points: str
    text: str


def moment_there(when: datetime, tz: str) -> str:
    """`Thursday 4 March, 13:00 (Amsterdam time)`."""
    return f"{moment(when, tz)} ({place_or_time(tz)})"


def day_there(when: datetime, tz: str) -> str:
    """`Thursday 4 March`, on this person's calendar."""
    return moment(when, tz).partition(",")[0]


def reasons(criteria: Iterable[CriterionScore], student: str, mentor: str) -> tuple[Reason, ...]:
    """Why two people fit, the weightiest reason first. `student` and `mentor` are what the reader calls them."""
    return tuple(
        Reason(upper_first(part.criterion), f"{part.points:.0f} of {part.weight:.0f}", _phrases(part, student, mentor))
        for part in telling(criteria)
    )


def not_compared(criteria: Iterable[CriterionScore]) -> str:
    """What was left out because one of the two told nothing."""
    names = [part.criterion.value for part in criteria if not part.counted]
    return f"Not compared, as one side left it empty: {listed(names)}." if names else ""


def _phrases(part: CriterionScore, student: str, mentor: str) -> str:
    if part.criterion in CIRCUMSTANCES:
        there, here = place_or_time(part.student_phrase), place_or_time(part.mentor_phrase)
        return f"both {here}" if there == here else f"{there} and {here}"
    theirs, own = _quoted(part.student_phrase), _quoted(part.mentor_phrase)
    return f"both {theirs}" if same_words(part) else f"{student} wrote {theirs}, {mentor} wrote {own}"


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    line = line if line.endswith("..") else line.removesuffix(".")
    return f"“{line if len(line) <= PHRASE else line[: PHRASE - 1].rstrip() + '…'}”"
