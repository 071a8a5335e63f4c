"""Why two people fit: by criterion, in their own words and no others."""

from collections.abc import Iterable

from bot.blocks import Json, escape, quote_within, section
from core.rules.offers import DeclineReason
from core.rules.scores import CIRCUMSTANCES, CriterionScore, telling
from core.words import listed, place_or_time, upper_first

PHRASE = 200


def reason_block(title: str, told: Iterable[str]) -> Json:
    """Reasons under a title."""
    return section("\n".join((f"*{title}*", *told)))


def reasons(criteria: Iterable[CriterionScore], student: str, mentor: str, *, points: bool = False) -> list[str]:
    """A line for each criterion by which both wrote something that counts, the weightiest first.

    `student` and `mentor` are what the reader calls them.
    """
    return [_line(part, escape(student), escape(mentor), points) for part in telling(criteria)]


def not_compared(criteria: Iterable[CriterionScore]) -> list[str]:
    """A line on what was left out because one of the two told nothing: its points went to the rest."""
    names = [part.criterion.value for part in criteria if part.left_empty]
    return [f"_Not compared, as one side left it empty: {listed(names)}._"] if names else []


def _line(part: CriterionScore, student: str, mentor: str, points: bool) -> str:
    score = f" ({part.points:.0f} of {part.weight:.0f})" if points else ""
    why = f" (lowered: “{DeclineReason.NOT_MY_FIELD}” was said of {escape(part.lowered_for)})" if points else ""
    return f"• {upper_first(part.criterion)}{score}: {_phrases(part, student, mentor)}{why if part.lowered_for else ''}"


def _phrases(part: CriterionScore, student: str, mentor: str) -> str:
    if part.criterion in CIRCUMSTANCES:
        there, here = (escape(place_or_time(phrase)) for phrase in (part.student_phrase, part.mentor_phrase))
        return f"both {here}" if there == here else f"{there} and {here}"
    theirs, own = (quote_within(phrase, PHRASE) for phrase in (part.student_phrase, part.mentor_phrase))
    return f"both {theirs}" if part.same_words else f"{student} wrote {theirs}, {mentor} wrote {own}"
