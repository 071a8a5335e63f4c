"""Invented people: where they live, and how they treat what reaches them. Nothing here comes from a real programme."""

from dataclasses import dataclass
from random import Random

from core.rules.checkins import CheckInAnswer

ZONES = (
    "Europe/Amsterdam",
    "Europe/London",
    "Europe/Lisbon",
    "America/New_York",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Africa/Nairobi",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Australia/Adelaide",
    "Pacific/Auckland",
)
BY_MAIL_ALONE = 0.1
LEAVES_SLACK = 0.03


@dataclass(frozen=True)
class Character:
    """One person. Each habit is the share of occasions on which they do it."""

    name: str
    tz: str
    in_slack: bool
    leaves_on: int | None  # the day their Slack account is closed
    answers: float  # what they are asked
    notes: float  # a meeting they had
    tells: float  # what they think, where it is no praise


def character(chance: Random, name: str, days: int) -> Character:
    """Somebody new."""
    return Character(
        name=name,
        tz=chance.choice(ZONES),
        in_slack=chance.random() >= BY_MAIL_ALONE,
        leaves_on=chance.randrange(30, max(31, days)) if chance.random() < LEAVES_SLACK else None,
        answers=chance.betavariate(3, 2),
        notes=chance.betavariate(4, 2),
        tells=chance.uniform(0.4, 0.9),
    )


def will_answer(chance: Random, who: Character, *, failing: bool) -> bool:
    """Whether they answer one question. Who has lost heart answers half as often."""
    return chance.random() < who.answers * (0.5 if failing else 1.0)


def check_in_answer(chance: Random, who: Character, *, failing: bool, met_lately: bool) -> CheckInAnswer:
    """What they say. Praise comes easily, also where it goes badly; where it goes well some grumble all the same."""
    if not met_lately and chance.random() < who.tells:
        return CheckInAnswer.NOT_MET
    unhappy = chance.random() < (0.7 * who.tells if failing else 0.08)
    return CheckInAnswer.COULD_BE_BETTER if unhappy else CheckInAnswer.GOING_WELL


def rating(chance: Random, who: Character, *, failing: bool) -> int:
    """How many of five stars they give."""
    if failing and chance.random() < who.tells:
        return chance.choice((1, 2, 2, 3, 3))
    return chance.choice((3, 4, 4, 4, 5, 5, 5))
