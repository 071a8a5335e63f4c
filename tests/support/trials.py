"""Weights on trial, without a worker's process: searches made, waves answered, runs done."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from core.models import Offer
from core.rules.scores import Criterion
from core.rules.weights import Weights
from core.services.matching_runs import asked, finish_run
from core.services.people import Person
from core.services.waves import open_wave
from core.services.weight_previews import BASE, POINTS
from core.uow import SYSTEM, Units
from matching.service import Matcher
from tests.support import factories as make
from tests.support.encoder import HashEncoder

SKILLS_ONLY = dict.fromkeys(Criterion, 0) | {Criterion.SKILLS: 100}
SKILLED = ("Python", "Machine learning")


def searched(units: Units, names: Sequence[str] = ("Mia Tan",)) -> tuple[list[UUID], Person]:
    """The requests of these students, asked for by all but the last of four mentors: she has their skills alone."""
    for name in ("Kim Alder", "Noor Bakker", "Ola Berg"):
        make.mentor(units, name, skills=("Sewing",))
    skilled = make.mentor(
        units,
        "Ines Skilled",
        headline="Carpenter",
        goals="Cabinets.",
        industries=("Retail",),
        research=(),
        skills=SKILLED,
    )
    matcher, requests = Matcher(units, HashEncoder()), []
    for name in names:
        request_id = make.request(units, make.student(units, name))
        found = matcher.find(request_id)
        with units.work(SYSTEM) as work:
            assert open_wave(work, request_id, found.proposals, found.provenance)
        requests.append(request_id)
    return requests, skilled


def asked_mentors(units: Units) -> set[UUID]:
    """Who was asked about anybody."""
    with units.read(SYSTEM) as reading:
        return set(reading.session.scalars(select(Offer.mentor_id)))


def do(units: Units, run_id: UUID) -> None:
    """What a matching worker does with a run of weights."""
    with units.read(SYSTEM) as reading:
        run = asked(reading, run_id)
    assert run
    found = Matcher(units, HashEncoder()).preview_weights(run.params[BASE], Weights.from_json(0, run.params[POINTS]))
    with units.work(SYSTEM) as work:
        assert finish_run(work, run_id, (), found.as_json())
