"""What other weights would have changed: recent waves ranked again, and held against what mentors answered.

Shares do not depend on weights, so a wave that keeps them is ranked again exactly. What mentors who were not asked
would have said, nobody knows: answers are counted of those who were.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from random import Random
from statistics import fmean
from typing import Any, Self
from uuid import UUID

from core.rules.offers import OFFERS_PER_WAVE, OfferState
from core.rules.scores import Criterion, Shares, weighed

ENOUGH = 20
"""So many answers of a kind are needed before a figure is made of them."""

SAMPLES, SEED = 1000, 7
ANSWERS = (OfferState.ACCEPTED, OfferState.DECLINED, OfferState.EXPIRED)
"""What tells how a mentor took an offer. Who was second, or had it taken back, had no time to say."""

Points = Mapping[Criterion, int]


@dataclass(frozen=True)
class TriedWave:
    """A wave that can be ranked again: everybody known who was scored for it, and what those asked have said.

    `in_full`: all who were scored are known, not only the ten best of then. `first`: no mentor was asked before.
    """

    batch_id: UUID
    request_id: UUID
    student_id: UUID
    first: bool
    in_full: bool
    shares: Mapping[UUID, Shares]
    answers: Mapping[UUID, OfferState]


@dataclass(frozen=True)
class OtherThree:
    """A request for which other mentors would have been asked first."""

    batch_id: str
    request_id: str
    student_id: str
    out: tuple[str, ...]
    in_: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """The mentors who stand among the first three, how many of them were asked and answered, and how many said yes."""

    mentors: int
    answered: int
    accepted: int


@dataclass(frozen=True)
class Telling:
    """How well scores tell a yes from a no.

    `order` is the probability that an offer which was accepted has more points than one that was declined (ties half):
    one half is chance. `gain` is the middle 95 % of its change, over samples of whole requests.
    """

    accepted_now: float
    accepted_new: float
    declined_now: float
    declined_new: float
    order_now: float
    order_new: float
    gain: tuple[float, float]

    @property
    def beyond_chance(self) -> bool:
        """Whether the change is more than chance does."""
        return self.gain[0] > 0 or self.gain[1] < 0


@dataclass(frozen=True)
class Preview:
    """What comes of trying other weights on recent waves. `telling` is None with too few answers of either kind."""

    requests: int
    with_choice: int
    in_part: int
    left_out: int
    others: tuple[OtherThree, ...]
    other_order: int
    now: Asked
    new: Asked
    accepted: int
    declined: int
    telling: Telling | None = None

    def as_json(self) -> dict[str, Any]:
        """The form in which a run keeps it."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Read what `as_json` wrote."""
        telling = stored["telling"]
        read: dict[str, Any] = {
            "others": tuple(
                OtherThree(**one | {"out": tuple(one["out"]), "in_": tuple(one["in_"])}) for one in stored["others"]
            ),
            "now": Asked(**stored["now"]),
            "new": Asked(**stored["new"]),
            "telling": Telling(**telling | {"gain": tuple(telling["gain"])}) if telling else None,
        }
        return cls(**{**stored, **read})


def preview(waves: Sequence[TriedWave], now: Points, new: Points, left_out: int = 0) -> Preview:
    """Compare two sets of weights on waves. The first three are compared where nobody had been asked before."""
    first = [(wave, best(wave, now), best(wave, new)) for wave in waves if wave.first]
    others = [_other(wave, before, after) for wave, before, after in first if set(before) != set(after)]
    pairs = [pair for wave in waves for pair in _scored(wave, now, new)]
    return Preview(
        requests=len(first),
        with_choice=sum(len(wave.shares) > OFFERS_PER_WAVE for wave, _, _ in first),
        in_part=sum(not wave.in_full for wave, _, _ in first),
        left_out=left_out,
        others=tuple(others),
        other_order=sum(before != after for _, before, after in first) - len(others),
        now=_asked([(wave, before) for wave, before, _ in first]),
        new=_asked([(wave, after) for wave, _, after in first]),
        accepted=sum(one.accepted for one in pairs),
        declined=sum(not one.accepted for one in pairs),
        telling=_telling(pairs),
    )


def best(wave: TriedWave, points: Points) -> tuple[UUID, ...]:
    """The three who fit best by these weights, in the order in which they would have been asked."""
    scores = {mentor_id: weighed(shares, points) for mentor_id, shares in wave.shares.items()}
    return tuple(sorted(scores, key=lambda mentor_id: (-scores[mentor_id], mentor_id))[:OFFERS_PER_WAVE])


def order(accepted: Sequence[float], declined: Sequence[float]) -> float:
    """The probability that one of the first is above one of the second, ties half: the area under the ROC curve."""
    ranked = sorted(declined)
    below = sum(bisect_left(ranked, each) + bisect_right(ranked, each) for each in accepted)
    return below / (2 * len(accepted) * len(declined))


@dataclass(frozen=True)
class _Answer:
    request_id: UUID
    accepted: bool
    now: float
    new: float


def _other(wave: TriedWave, before: Sequence[UUID], after: Sequence[UUID]) -> OtherThree:
    out, in_ = ([str(each) for each in one if each not in two] for one, two in ((before, after), (after, before)))
    return OtherThree(str(wave.batch_id), str(wave.request_id), str(wave.student_id), tuple(out), tuple(in_))


def _asked(chosen: Sequence[tuple[TriedWave, Sequence[UUID]]]) -> Asked:
    said = [wave.answers.get(mentor_id) for wave, mentors in chosen for mentor_id in mentors]
    return Asked(len(said), sum(each in ANSWERS for each in said), said.count(OfferState.ACCEPTED))


def _scored(wave: TriedWave, now: Points, new: Points) -> list[_Answer]:
    """The offers of a wave that got a yes or a no, with their points under both."""
    return [
        _Answer(wave.request_id, state is OfferState.ACCEPTED, weighed(shares, now), weighed(shares, new))
        for mentor_id, state in wave.answers.items()
        if (shares := wave.shares.get(mentor_id)) and state in (OfferState.ACCEPTED, OfferState.DECLINED)
    ]


def _telling(answers: Sequence[_Answer]) -> Telling | None:
    yes, no = ([one for one in answers if one.accepted is kind] for kind in (True, False))
    if min(len(yes), len(no)) < ENOUGH:
        return None
    before, after = _orders(answers)
    return Telling(
        accepted_now=round(fmean(one.now for one in yes), 1),
        accepted_new=round(fmean(one.new for one in yes), 1),
        declined_now=round(fmean(one.now for one in no), 1),
        declined_new=round(fmean(one.new for one in no), 1),
        order_now=round(before, 3),
        order_new=round(after, 3),
        gain=_gain(answers),
    )


def _orders(answers: Sequence[_Answer]) -> tuple[float, float]:
    yes, no = ([one for one in answers if one.accepted is kind] for kind in (True, False))
    return (
        order([one.now for one in yes], [one.now for one in no]),
        order([one.new for one in yes], [one.new for one in no]),
    )


def _gain(answers: Sequence[_Answer]) -> tuple[float, float]:
    """The middle 95 % of the change, bootstrapped over requests: answers about one student belong together."""
    by_request: dict[UUID, list[_Answer]] = {}
    for one in answers:
        by_request.setdefault(one.request_id, []).append(one)
    groups, random, found = list(by_request.values()), Random(SEED), list[float]()  # noqa: S311 - no secret
    for _ in range(SAMPLES):
        sample = [one for group in random.choices(groups, k=len(groups)) for one in group]
        if len({one.accepted for one in sample}) == 2:
            before, after = _orders(sample)
            found.append(after - before)
    found.sort()
    return round(found[len(found) // 40], 3), round(found[-1 - len(found) // 40], 3)
