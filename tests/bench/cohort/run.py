"""`./ithaca bench cohort`: a whole intake matched, phase by phase, against greedy and against all pairs scored."""

import argparse
import gc
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from uuid import UUID

import numpy as np

from core.config import Settings
from core.queue import Unheard
from core.rules.cohorts import Totals
from core.uow import Units, connect
from embeddings.encoder import load
from embeddings.vectors import Encoder
from matching.cohorts import SHORTLIST, Matched, match_intake
from matching.service import Matcher
from tests.bench.matching import filling, people
from tests.bench.matching.encoding import Recombining
from tests.bench.scratch import database

SEED = 7  # other wishes than those of `bench matching`
SHORTLISTS = (20, SHORTLIST, 80)
SMALL_PART = 5  # the smaller intake has a fifth of the students and of the mentors
ALONE = 10  # requests searched for while nothing else computes


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Measure the whole intake, then a smaller one against all pairs scored."""
    encoder = load(environ.get("ITHACA_MODEL") or Settings.model_fields["model"].default)
    small = arguments.students // SMALL_PART, arguments.mentors // SMALL_PART
    with _intake(environ, encoder, arguments.students, arguments.mentors) as (units, matcher, request_ids):
        for line in _phases(units, matcher, request_ids):
            _say(line)
    with _intake(environ, encoder, *small) as (units, matcher, request_ids):
        for line in _against_all(units, matcher, request_ids, small[1]):
            _say(line)
    return 0


@contextmanager
def _intake(
    environ: Mapping[str, str], encoder: Encoder, students: int, mentors: int
) -> Iterator[tuple[Units, Matcher, list[UUID]]]:
    """So many students who asked and mentors who have room, with their vectors."""
    with database(environ) as settings:
        engine = connect(settings.service_database_url, pool_size=4)
        units = Units(engine, Unheard())
        request_ids = filling.add_requests(engine, people.requests(students, SEED))
        told = [filling.facts(one, number) for number, one in enumerate(people.mentors(mentors, SEED))]
        filling.add_mentors(settings.database_url, told, Recombining(encoder, people.tags()))
        matcher = Matcher(units, encoder)
        matcher.warm()
        gc.collect()
        gc.freeze()  # as a worker does
        yield units, matcher, request_ids
        engine.dispose()


def _against_all(units: Units, matcher: Matcher, request_ids: Sequence[UUID], mentors: int) -> Iterator[str]:
    found = {size: match_intake(units, matcher.sources, request_ids, size) for size in (*SHORTLISTS, mentors)}
    every = found[mentors]
    yield f"\n{len(every.students):,} students, {mentors:,} mentors with {every.places:,} places"
    yield f"  {'':<22}{'points':>10}{'students':>10}{'greedy':>10}{'students':>10}{'points lost':>13}{'seconds':>9}"
    for size, one in found.items():
        name = "all pairs scored" if size == mentors else f"the closest {size}"
        lost = every.optimum.points - one.optimum.points
        yield f"  {name:<22}{_row(one.optimum)}{_row(one.greedy)}{lost:>13,.1f}{sum(one.seconds.values()):>9.1f}"


def _phases(units: Units, matcher: Matcher, request_ids: Sequence[UUID]) -> Iterator[str]:
    alone = [_timed(matcher, request_id) for request_id in request_ids[:ALONE]]
    meanwhile: list[float] = []
    done = threading.Event()

    def search() -> None:
        while not done.is_set():
            meanwhile.append(_timed(matcher, request_ids[len(meanwhile) % len(request_ids)]))
            done.wait(1)

    searching = threading.Thread(target=search)
    searching.start()
    began = time.process_time()
    found = match_intake(units, matcher.sources, request_ids)
    computed = time.process_time() - began
    done.set()
    searching.join()
    yield f"{len(found.students):,} students, {len(found.mentors):,} mentors with {found.places:,} places"
    yield from _table(found)
    yield f"  computing in all: {computed:.0f} s, of which searches for single students took a part"
    yield (
        f"  a search for one student: p50 {_milliseconds(alone):.0f} ms alone, {_milliseconds(meanwhile):.0f} ms while "
        f"an intake is matched in the same process ({len(meanwhile)} searches)"
    )


def _table(found: Matched) -> Iterator[str]:
    for phase, seconds in found.seconds.items():
        yield f"  {phase:<22}{seconds:>9.1f} s"
    yield f"  {'in all':<22}{sum(found.seconds.values()):>9.1f} s"
    yield f"  {'':<22}{'points':>10}{'students':>10}"
    yield f"  {'optimum':<22}{_row(found.optimum)}"
    yield f"  {'greedy':<22}{_row(found.greedy)}"


def _row(totals: Totals) -> str:
    return f"{totals.points:>10,.1f}{totals.students:>10,}"


def _timed(matcher: Matcher, request_id: UUID) -> float:
    began = time.perf_counter()
    matcher.find(request_id)
    return time.perf_counter() - began


def _milliseconds(seconds: Sequence[float]) -> float:
    return float(np.median(seconds)) * 1000


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
