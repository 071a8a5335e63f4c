"""How well *at risk* tells what is true: precision, recall, and how long before the end.

A flag is the moment at which a match comes to be at risk. It is right if the match had begun to fail by then, or was
over within 60 days. A match that failed is found if a right flag came before it was over or at most 30 days after it:
later nobody is helped. What is not decided when the year ends is left out: a flag whose 60 days are not over, and a
failure whose 30 are not.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from core.rules.health import Facts, HealthState, Thresholds, health
from tests.bench.care.courses import Truth

FORESEEN, TOO_LATE = 60, 30


@dataclass(frozen=True)
class Told:
    """What the flags of a year were worth."""

    flags: int
    right: int
    failed: int
    found: int
    leads: tuple[int, ...]  # days from the first right flag to the end
    delays: tuple[int, ...]  # days from the last meeting to the first right flag
    pairs_flagged_wrongly: int
    pairs_well: int

    @property
    def precision(self) -> float:
        """The share of flags that were right."""
        return self.right / self.flags if self.flags else 1.0

    @property
    def recall(self) -> float:
        """The share of failures that were found in time."""
        return self.found / self.failed if self.failed else 1.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def lead(self) -> float:
        """The median lead in days; negative if most flags came after the end."""
        return median(self.leads) if self.leads else 0.0


def measure(truths: Mapping[int, Truth], flags: Mapping[int, Sequence[int]], days: int) -> Told:
    """Compare the days on which matches came to be at risk with what is true of them."""
    counted = right = failed = found = wrong = well = 0
    leads: list[int] = []
    delays: list[int] = []
    for number, truth in truths.items():
        own = list(flags.get(number, ()))
        decided = [day for day in own if _is_right(truth, day) or day + FORESEEN <= days]
        good = [day for day in decided if _is_right(truth, day)]
        counted, right = counted + len(decided), right + len(good)
        if truth.over_on is None:
            well += 1
            wrong += bool(decided)
        elif truth.over_on + TOO_LATE <= days:
            failed += 1
            in_time = [day for day in good if day <= truth.over_on + TOO_LATE]
            if in_time:
                found += 1
                leads.append(truth.over_on - in_time[0])
                delays.append(in_time[0] - max((one.day for one in truth.encounters), default=truth.begins))
    return Told(counted, right, failed, found, tuple(leads), tuple(delays), wrong, well)


def _is_right(truth: Truth, day: int) -> bool:
    return truth.failing(day) or (truth.over_on is not None and truth.over_on <= day + FORESEEN)


Kept = Iterable[tuple[int, int, Facts]]


def flags_of(facts: Kept, limits: Thresholds) -> dict[int, list[int]]:
    """The days on which each match would have come to be at risk under these thresholds, from facts kept day by day."""
    flags: dict[int, list[int]] = {}
    before: dict[int, bool] = {}
    for day, number, one in facts:
        at_risk = health(one, limits).state is HealthState.AT_RISK
        if at_risk and not before.get(number):
            flags.setdefault(number, []).append(day)
        before[number] = at_risk
    return flags
