"""A whole intake at once: every student with the mentors who fit best, scored by the rubric, and who gets whom.

The rubric for every pair would take minutes, so for each student it is asked about the closest mentors among those
whom the hard rules allow (`matching/closeness.py`); whoever is then left over, while places are free, is scored against
all who have one. docs/performance.md tells what that costs in points.
"""

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Final
from uuid import UUID

import numpy as np

from core.rules.cohorts import ALTERNATIVES, FOR_A_MATCH, Totals
from core.rules.eligibility import Refusal, refusals
from core.rules.facts import MentorFacts, ProfileFacts, Proposal, RequestFacts
from core.rules.weights import Weights
from core.services.intakes import intake_facts, intake_mentors
from core.services.weights import current_weights
from core.taxonomy import Taxonomy
from core.uow import SYSTEM, Reading, Units
from embeddings.facets import request_texts
from embeddings.person import Wanted
from embeddings.said import rows_of
from embeddings.store import Said, load
from embeddings.vectors import Encoder, Matrix, Vectors
from matching.assignment import FORBIDDEN, Assignment, Scores, best, greedy
from matching.closeness import Close, Crowd
from matching.rubric import Comparison, Mentor, rank
from matching.search import Sources

SHORTLIST: Final = 40  # mentors scored for each student
AT_ONCE: Final = 50  # students read and encoded together
ROUNDS: Final = 3  # of scoring those who are left over against all who have a place
WITH_ROOM: Final = 3  # of the alternatives kept for a student, those who still have a place in the plan


@dataclass(frozen=True)
class Student:
    """What came of one request: the mentors kept for it, best first, and which of them is chosen."""

    request: RequestFacts
    kept: tuple[Proposal, ...]
    chosen: UUID | None
    refused: Mapping[str, int]  # why nobody may be asked, where that is so


@dataclass(frozen=True)
class Matched:
    """A whole intake, matched: nothing has happened yet."""

    students: tuple[Student, ...]
    mentors: Mapping[UUID, ProfileFacts]
    places: int
    optimum: Totals
    greedy: Totals
    weights: Weights
    at: datetime
    seconds: Mapping[str, float]


@dataclass
class Intake:
    """Requests and mentors as they were read at one moment, and what was computed of them so far."""

    encoder: Encoder
    requests: list[RequestFacts]
    mentors: list[MentorFacts]  # those with a place
    places: list[int]
    full: list[MentorFacts]  # those without
    said: list[Said]
    weights: Weights
    now: datetime
    rows: dict[int, dict[str, Matrix]] = field(default_factory=dict)  # what each student says, by place in `requests`
    _as_read: dict[tuple[int, Taxonomy], Mentor] = field(default_factory=dict)  # by place in `mentors`

    @classmethod
    def read(cls, reading: Reading, sources: Sources, request_ids: Sequence[UUID]) -> "Intake":
        """Read all that the scores depend on, at one moment."""
        requests = intake_facts(reading, request_ids)
        found = intake_mentors(reading, request_ids)
        free = {id_: (facts, places) for id_, (facts, places) in found.items() if places and not _alone(facts, reading)}
        mentors = [facts for facts, _ in free.values()]
        said = sources.memory.of(reading, [each.profile for each in mentors])
        return cls(
            encoder=sources.encoder,
            requests=requests,
            mentors=mentors,
            places=[places for _, places in free.values()],
            full=[facts for id_, (facts, _) in found.items() if id_ not in free],
            said=[said[each.profile.profile_id] for each in mentors],
            weights=current_weights(reading),
            now=reading.now,
        )

    def encode(self, units: Units) -> None:
        """The vectors of what the students say: their profiles' are stored, their requests' are made now."""
        places = iter(range(len(self.requests)))
        while some := list(islice(places, AT_ONCE)):
            with units.read(SYSTEM) as reading:
                stored = load(reading, self.encoder.name, [self.requests[at].student.profile_id for at in some])
            texts = {at: _texts(self.requests[at]) for at in some}
            new = sorted({text for each in texts.values() for text in each} - stored.keys(), key=len)
            stored |= zip(new, self.encoder.encode(new), strict=True)
            self.rows |= {at: {text: stored[text] for text in texts[at]} for at in some}

    def closest(self, crowd: Crowd, at: int) -> Iterator[int]:
        """The mentors whom the hard rules allow for a student, the closest first."""
        request, own = self.requests[at], Vectors(self.rows[at], self.encoder.dim)
        facets = {facet: own.of(values) for facet, values in request_texts(request).items() if values}
        close = Close(request, Wanted(facets, self.weights.points), self.now).to(crowd).round(4)
        return (each for each in np.argsort(-close, kind="stable").tolist() if self.allowed(at, each))

    def allowed(self, at: int, mentor: int) -> bool:
        """Whether the hard rules let these two meet."""
        return not FOR_A_MATCH.intersection(refusals(self.mentors[mentor], self.requests[at], self.now))

    def scores(self, at: int, mentors: Sequence[int]) -> list[float]:
        """What these mentors score for a student by the rubric, in their order."""
        return self._compared(at, mentors).scores(self.weights.points)

    def proposals(self, at: int, mentors: Sequence[int]) -> list[Proposal]:
        """The same with reasons, which is more work."""
        return self._compared(at, mentors).proposals(self.weights.points)

    def _compared(self, at: int, mentors: Sequence[int]) -> Comparison:
        request, said = self.requests[at], rows_of(self.said[each] for each in mentors)
        vectors = Vectors(said | self.rows[at], self.encoder.dim)
        return Comparison(request, [self._mentor(each, request.taxonomy) for each in mentors], vectors, self.now)

    def _mentor(self, at: int, taxonomy: Taxonomy) -> Mentor:
        """A mentor as the rubric reads them, which takes as long as to compare them: it is done once for all."""
        if (at, taxonomy) not in self._as_read:
            self._as_read[at, taxonomy] = Mentor.of(self.mentors[at].profile, taxonomy)
        return self._as_read[at, taxonomy]

    def refused(self, at: int) -> dict[str, int]:
        """How many mentors each hard rule takes from a student."""
        count: Counter[Refusal] = Counter()
        for mentor in self.mentors:
            count.update(FOR_A_MATCH.intersection(refusals(mentor, self.requests[at], self.now)))
        for mentor in self.full:
            count.update(refusals(mentor, self.requests[at], self.now))
        return {why.value: mentors for why, mentors in count.most_common()}


def match_intake(units: Units, sources: Sources, request_ids: Sequence[UUID], shortlist: int = SHORTLIST) -> Matched:
    """Score an intake and match it, with the best total there is. No transaction is open while it computes."""
    clock = _Clock()
    with units.read(SYSTEM) as reading:
        intake = Intake.read(reading, sources, request_ids)
    clock.note("reading")
    intake.encode(units)
    clock.note("encoding")
    scores = _scores(intake, shortlist)
    clock.note("scoring")
    _fill(intake, scores)
    clock.note("left over")
    compared = greedy(scores, intake.places)
    clock.note("greedy")
    found = best(scores, intake.places)
    clock.note("optimum")
    students = tuple(_students(intake, scores, found))
    clock.note("reasons")
    return Matched(
        students=students,
        mentors={each.profile.user_id: each.profile for each in intake.mentors},
        places=sum(intake.places),
        optimum=totals(found),
        greedy=totals(compared),
        weights=intake.weights,
        at=intake.now,
        seconds=clock.seconds,
    )


def totals(found: Assignment) -> Totals:
    """What an assignment comes to."""
    return Totals(found.total, len(found.pairs))


def _scores(intake: Intake, shortlist: int) -> Scores:
    """Points of each student with the closest mentors; all other pairs are forbidden."""
    scores = np.full((len(intake.requests), len(intake.mentors)), FORBIDDEN)
    crowd = Crowd([each.profile for each in intake.mentors], intake.said)
    for at in range(len(intake.requests)) if intake.mentors else ():
        near = list(islice(intake.closest(crowd, at), shortlist))
        scores[at, near] = intake.scores(at, near)
    return scores


def _fill(intake: Intake, scores: Scores) -> None:
    """Score who is left over, by the best total or by greedy, against all who have a place left, as long as that helps
    somebody: a short list is no reason to get no mentor, nor to come out better than greedy.
    """
    for _ in range(ROUNDS):
        changed = False
        for solve in (best, greedy):
            found = solve(scores, intake.places)
            taken = Counter(mentor for _, mentor in found.pairs)
            free = [each for each, places in enumerate(intake.places) if taken[each] < places]
            for at in set(range(len(intake.requests))) - {at for at, _ in found.pairs} if free else ():
                new = [each for each in free if scores[at, each] == FORBIDDEN and intake.allowed(at, each)]
                scores[at, new] = intake.scores(at, new)
                changed = changed or bool(new)
        if not changed:
            return


def _students(intake: Intake, scores: Scores, found: Assignment) -> Iterator[Student]:
    chosen = dict(found.pairs)
    taken = Counter(mentor for _, mentor in found.pairs)
    has_room = np.array([taken[each] < places for each, places in enumerate(intake.places)], dtype=bool)
    for at, request in enumerate(intake.requests):
        own = chosen.get(at)
        kept = _kept(scores[at], has_room, own)
        refused = {} if kept else intake.refused(at)
        proposals = tuple(sorted(intake.proposals(at, kept), key=rank)) if kept else ()
        yield Student(request, proposals, None if own is None else intake.mentors[own].profile.user_id, refused)


def _kept(scores: Scores, has_room: Scores, chosen: int | None) -> list[int]:
    """The mentors kept for a student: who is chosen, and the best others, some of them with a place left."""
    order = [each for each in np.argsort(-scores, kind="stable").tolist() if scores[each] != FORBIDDEN]
    others = [each for each in order if each != chosen]
    with_room = [each for each in others if has_room[each]][:WITH_ROOM]
    rest = [each for each in others if each not in with_room][: ALTERNATIVES - len(with_room)]
    return [each for each in order if each == chosen or each in with_room or each in rest]


def _alone(mentor: MentorFacts, reading: Reading) -> bool:
    """Whether a mentor can take nobody at all today."""
    paused = mentor.paused_until is not None and reading.now < mentor.paused_until
    return paused or mentor.free_places == 0


def _texts(request: RequestFacts) -> list[str]:
    return [text for texts in request_texts(request).values() for text in texts]


class _Clock:
    """How long each step took."""

    def __init__(self) -> None:
        self._since, self.seconds = time.perf_counter(), dict[str, float]()

    def note(self, step: str) -> None:
        now = time.perf_counter()
        self.seconds[step], self._since = round(now - self._since, 2), now
