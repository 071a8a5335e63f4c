"""What two people share besides their work: where they are, how they meet, what they speak."""

import re
from collections.abc import Callable, Hashable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache, partial

from core.rules.eligibility import time_apart
from core.rules.facts import ProfileFacts
from core.taxonomy import TagKind, Taxonomy
from core.taxonomy.spelling import bare
from matching.likeness import Likeness

SAME_PLACE, SAME_REGION = 1.0, 0.7
NEAR_IN_TIME = ((timedelta(hours=1), 0.5), (timedelta(hours=3), 0.3))


class Circumstances:
    """Many mentors, by where they are and how they meet. Many are alike in that: each way is compared but once."""

    def __init__(self, mentors: Sequence[ProfileFacts]) -> None:
        self._places = _Alike(mentors, lambda mentor: (mentor.location, mentor.tz))
        self._ways = _Alike(mentors, lambda mentor: (mentor.languages, mentor.meet))

    def locations(self, student: ProfileFacts, now: datetime) -> list[Likeness | None]:
        """The location of each mentor, against a student's."""
        return self._places.each(lambda mentor: location(student, mentor, now))

    def communications(self, student: ProfileFacts, taxonomy: Taxonomy) -> list[Likeness | None]:
        """The languages and ways to meet of each mentor, against a student's."""
        return self._ways.each(lambda mentor: communication(student, mentor, taxonomy))


class _Alike:
    """Mentors in groups of those who are alike in something."""

    def __init__(self, mentors: Sequence[ProfileFacts], by: Callable[[ProfileFacts], Hashable]) -> None:
        groups: dict[Hashable, int] = {}
        self._group = [groups.setdefault(by(mentor), len(groups)) for mentor in mentors]
        self._one_of_each = list(dict(zip(self._group, mentors, strict=True)).values())

    def each(self, likeness: Callable[[ProfileFacts], Likeness | None]) -> list[Likeness | None]:
        """What is found for one of each group, for every mentor."""
        found = [likeness(mentor) for mentor in self._one_of_each]
        return [found[group] for group in self._group]


def location(student: ProfileFacts, mentor: ProfileFacts, now: datetime) -> Likeness | None:
    """The same place counts 1, a place in the same region or country .7, else the time zone: near .5 or .3.

    Places are compared part by part, as they are written with commas: "Basel, Switzerland" and
    "Zug, Switzerland" have their country in common. Who wrote no place is compared by time zone alone.
    """
    apart = time_apart(student.tz, mentor.tz, now)
    near = next((share for most, share in NEAR_IN_TIME if apart is not None and apart <= most), 0.0)
    ours, theirs = _parts(student.location), _parts(mentor.location)
    if ours and theirs:
        if ours[0] == theirs[0]:
            near = SAME_PLACE
        elif set(ours) & set(theirs):
            near = SAME_REGION
        return Likeness(near, student.location.strip(), mentor.location.strip())
    return None if apart is None else Likeness(near, student.tz, mentor.tz)


def communication(student: ProfileFacts, mentor: ProfileFacts, taxonomy: Taxonomy) -> Likeness | None:
    """The mean of the ways to meet and the languages in common, each as a part of the shorter list."""
    counted = [
        likeness
        for likeness in (
            _in_common(student.languages, mentor.languages, partial(taxonomy.key, TagKind.LANGUAGE)),
            _in_common(student.meet, mentor.meet, bare),
        )
        if likeness is not None
    ]
    if not counted:
        return None
    return Likeness(
        sum(likeness.share for likeness in counted) / len(counted),
        ", ".join(likeness.student_phrase for likeness in counted if likeness.student_phrase),
        ", ".join(likeness.mentor_phrase for likeness in counted if likeness.mentor_phrase),
    )


def _in_common(ours: Sequence[str], theirs: Sequence[str], meaning: Callable[[str], str]) -> Likeness | None:
    mine, other = ({meaning(value): value for value in sorted(side)} for side in (ours, theirs))
    if not mine or not other:
        return None
    common = sorted(mine.keys() & other.keys())
    share = len(common) / min(len(mine), len(other))
    return Likeness(share, ", ".join(mine[each] for each in common), ", ".join(other[each] for each in common))


@lru_cache(maxsize=4096)
def _parts(place: str) -> list[str]:
    return [part for part in map(bare, re.split(r"[,;/()]", place)) if part]
