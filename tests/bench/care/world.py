"""The people and pairs of one year, made from a seed: who they are, and how each mentorship really goes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random

from tests.bench.care.courses import Truth, truth
from tests.bench.care.people import Character, character

MENTEES = (1, 1, 2, 3)  # of one mentor


@dataclass(frozen=True)
class Couple:
    """A student and one of the mentors, by their places in the world, and what becomes of them."""

    number: int
    student: int
    mentor: int
    truth: Truth


@dataclass(frozen=True)
class World:
    """Everybody, by number."""

    seed: int
    days: int
    people: Mapping[int, Character]
    couples: tuple[Couple, ...]

    def part(self, number: int, of: int) -> "World":
        """One of so many parts that have nobody in common: a mentor's mentees stay together."""
        mentors = sorted({couple.mentor for couple in self.couples})[number::of]
        couples = tuple(couple for couple in self.couples if couple.mentor in mentors)
        here = {person for couple in couples for person in (couple.student, couple.mentor)}
        return replace(self, couples=couples, people={one: self.people[one] for one in sorted(here)})

    def chance(self, *what: object) -> Random:
        """Chances for one decision: the same whatever else is decided, and in whichever order."""
        return Random(f"{self.seed}/{'/'.join(map(str, what))}")


def make(seed: int, matches: int, days: int) -> World:
    """So many pairs. A mentor has up to three mentees."""
    chance = Random(seed)
    people: list[Character] = []
    couples: list[Couple] = []
    while len(couples) < matches:
        mentor = len(people)
        people.append(character(chance, f"Mentor {mentor}", days))
        for _ in range(min(chance.choice(MENTEES), matches - len(couples))):
            student = len(people)
            people.append(character(chance, f"Student {student}", days))
            gone = [one.leaves_on for one in (people[mentor], people[student]) if one.leaves_on is not None]
            found = _cut_short(truth(chance, days), min(gone, default=None))
            couples.append(Couple(len(couples), student, mentor, found))
    return World(seed, days, dict(enumerate(people)), tuple(couples))


def _cut_short(found: Truth, day: int | None) -> Truth:
    """The same mentorship, one of whose people leaves on this day. Nobody presses `End` then."""
    if day is None or (found.over_on is not None and found.over_on <= day):
        return found
    if found.said_on is not None and found.said_on <= day:
        return found
    return replace(
        found,
        begins=min(found.begins, max(0, day - 1)),
        encounters=tuple(one for one in found.encounters if one.day < day),
        pause=found.pause if found.pause and found.pause.first < day else None,
        failing_from=min(found.failing_from or day, day),
        over_on=day,
        said_on=None,
    )
