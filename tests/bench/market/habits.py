"""How mentors of the model go about questions: invented, and chosen before anything was measured."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from random import Random


class Ways(StrEnum):
    """What somebody is like."""

    KEEN = "looks often"
    REGULAR = "looks once a day"
    SELDOM = "looks now and then"
    WHEN_ASKED = "answers only when asked directly"
    NEVER = "never answers"
    GIVES_BACK = "claims and gives back"
    FORGETS = "claims and goes silent"


@dataclass(frozen=True)
class Habits:
    """`looks_every`: hours between two looks at the list while awake; none for who never looks.

    The shares are of questions on what the mentor knows: how many they take that they see in the list, or are asked
    about directly; how many of those claimed they give back, or never come back to.
    """

    looks_every: int | None
    takes_seen: float
    takes_asked: float
    gives_back: float
    goes_silent: float


OF: Mapping[Ways, Habits] = {
    Ways.KEEN: Habits(4, 0.5, 0.7, 0.05, 0.02),
    Ways.REGULAR: Habits(24, 0.3, 0.6, 0.05, 0.05),
    Ways.SELDOM: Habits(96, 0.2, 0.5, 0.05, 0.1),
    Ways.WHEN_ASKED: Habits(None, 0.0, 0.6, 0.05, 0.05),
    Ways.NEVER: Habits(None, 0.0, 0.02, 0.0, 0.5),
    Ways.GIVES_BACK: Habits(24, 0.4, 0.5, 0.6, 0.05),
    Ways.FORGETS: Habits(24, 0.4, 0.5, 0.05, 0.6),
}
AMONG_TWENTY = (
    *(Ways.KEEN,) * 2,
    *(Ways.REGULAR,) * 4,
    *(Ways.SELDOM,) * 4,
    *(Ways.WHEN_ASKED,) * 5,
    *(Ways.NEVER,) * 3,
    Ways.GIVES_BACK,
    Ways.FORGETS,
)
"""How the ways are spread: so many of twenty mentors."""

STRANGE = 0.02
"""Of questions that are none of their business people take so many."""

BUSY, WHEN_BUSY = 2, 0.25
"""Who has so many claims running takes another so much less readily."""

ANSWERED_WITHIN = (2, 5, 10, 20, 30, 44, 60)
"""Hours from a claim to its answer, each as likely."""

READ_WITHIN = (1, 1, 2, 3, 5, 8, 14, 30)
"""Hours until somebody who is awake reads a direct message."""

AWAKE = range(8, 22)


def takes(chance: Random, share: float, *, knows: bool, running: int) -> bool:
    """Whether somebody takes a question."""
    willing = share if knows else share * STRANGE
    return chance.random() < (willing * WHEN_BUSY if running >= BUSY else willing)
