"""Why two people fit: by criterion, in their own words and no others. The Slack side has the same in bot/views."""

from collections.abc import Iterable, Sequence

from core.rules.scores import CIRCUMSTANCES, CriterionScore, telling
from core.words import listed, place_or_time, upper_first
from mail.letters.parts import Entry, Part, SmallPrint, listing
from mail.text import quoted

PHRASE = 200


def reasons(
    title: str, criteria: Sequence[CriterionScore], student: str, mentor: str, *, points: bool = False
) -> tuple[Part, ...]:
    """An entry for each criterion by which both wrote something that counts, and what could not be compared.

    `student` and `mentor` are what the reader calls them.
    """
    entries = tuple(_entry(part, student, mentor, points) for part in telling(criteria))
    return (*listing(title, entries), *_not_compared(criteria)) if entries else ()


def _entry(part: CriterionScore, student: str, mentor: str, points: bool) -> Entry:
    score = f" ({part.points:.0f} of {part.weight:.0f})" if points else ""
    return Entry(f"{upper_first(part.criterion)}{score}", _phrases(part, student, mentor))


def _phrases(part: CriterionScore, student: str, mentor: str) -> str:
    if part.criterion in CIRCUMSTANCES:
        there, here = (place_or_time(phrase) for phrase in (part.student_phrase, part.mentor_phrase))
        return f"both {here}" if there == here else f"{there} and {here}"
    theirs, own = (quoted(phrase, PHRASE) for phrase in (part.student_phrase, part.mentor_phrase))
    return f"both {theirs}" if part.same_words else f"{student} wrote {theirs}, {mentor} wrote {own}"


def _not_compared(criteria: Iterable[CriterionScore]) -> tuple[SmallPrint, ...]:
    names = [part.criterion.value for part in criteria if part.left_empty]
    return (SmallPrint(f"Not compared, as one side left it empty: {listed(names)}."),) if names else ()
