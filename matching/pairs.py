"""For staff who match by hand: the mentors who fit a student best, and those whom they think of themselves."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from core.rules.eligibility import Refusal
from core.rules.facts import Proposal
from core.rules.manual_matches import BEST, MOST_NAMED, Past, objections
from core.services.candidates import NO_REQUEST, mentor_facts
from core.services.manual_candidates import facts_for_staff
from core.services.waves import Provenance
from core.services.weights import current_weights
from core.uow import Reading
from matching.provenance import provenance
from matching.rubric import rank
from matching.search import Search, Sources


@dataclass(frozen=True)
class Pair:
    """A mentor for the student, with the score and all that speaks against the two."""

    proposal: Proposal
    objections: tuple[Refusal | Past, ...]


@dataclass(frozen=True)
class Pairs:
    """What was found for one student, best first, and what it was computed from."""

    request_id: UUID | None
    found: tuple[Pair, ...]
    provenance: Provenance
    considered: int

    def outcome(self) -> dict[str, Any]:
        """What is kept with the run, so that it can be explained and computed again."""
        return asdict(self.provenance) | {"considered": self.considered}


def find_pairs(reading: Reading, sources: Sources, student_id: UUID, named: Sequence[UUID] = ()) -> Pairs:
    """The mentors who fit a student best among those who may be asked, and those named, whoever they are.

    Scored as for an offer: by the student's open request, or by their profile alone. Raises `NotFound`.
    """
    request, past = facts_for_staff(reading, student_id)
    weights = current_weights(reading)
    search = Search(reading, sources, request, weights)
    search.retrieve(BEST)
    ranked = search.ranked(BEST)
    wanted = [*named, *([request.wanted_mentor_id] if request.wanted_mentor_id else [])][:MOST_NAMED]
    here = {profile.user_id for profile, _ in ranked}
    more = mentor_facts(reading, [each for each in wanted if each not in here and each != student_id])
    ranked = sorted([*ranked, *search.scored([each.profile for each in more.values()])], key=lambda each: rank(each[1]))
    mentors = mentor_facts(reading, [profile.user_id for profile, _ in ranked])
    return Pairs(
        request_id=None if request.request_id == NO_REQUEST else request.request_id,
        found=tuple(
            Pair(proposal, objections(mentors[profile.user_id], request, past.get(profile.user_id, ()), reading.now))
            for profile, proposal in ranked
        ),
        provenance=provenance(sources.encoder.name, sources.index.version, weights, request, ranked, reading.now),
        considered=len(search.considered),
    )
