"""`./ithaca bench cohort`: intakes of several sizes, phase by phase, against greedy and against all pairs scored."""

import argparse
import gc
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from app.errors import CommandError
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
SMALL_PART = 5  # all pairs are scored for an intake with a fifth of the students and of the mentors
ALONE = 10  # requests searched for while nothing else computes
PHASES = ("reading", "encoding", "scoring", "left over", "greedy", "optimum", "reasons")


@dataclass(frozen=True)
class Measured:
    """One intake matched: what came of it, seconds of computing, and of searches for single students."""

    found: Matched
    computing: float
    alone: Sequence[float]
    meanwhile: Sequence[float]


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Measure intakes of several sizes, then a fifth of the largest against all pairs scored."""
    sizes = [_size(each) for each in arguments.sizes.split(",")]
    encoder = load(environ.get("ITHACA_MODEL") or Settings.model_fields["model"].default)
    _say(HEAD)
    for students, mentors in sizes:
        with _intake(environ, encoder, students, mentors) as (units, matcher, request_ids):
            _say(row(measure(units, matcher, request_ids)))
    students, mentors = (most // SMALL_PART for most in max(sizes))
    with _intake(environ, encoder, students, mentors) as (units, matcher, request_ids):
        for line in against_all(units, matcher, request_ids, mentors):
            _say(line)
    return 0


def _size(given: str) -> tuple[int, int]:
    try:
        students, mentors = map(int, given.split("x"))
    except ValueError:
        raise CommandError("--sizes takes students and mentors, with commas between: 200x80,2000x800") from None
    return students, mentors


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
        once = Recombining(encoder, people.tags())
        filling.add_mentors(settings.database_url, told, once)
        Matcher(units, once).warm()
        matcher = Matcher(units, encoder)
        matcher.warm()
        gc.collect()
        gc.freeze()  # as a worker does
        yield units, matcher, request_ids
        engine.dispose()


def against_all(units: Units, matcher: Matcher, request_ids: Sequence[UUID], mentors: int) -> Iterator[str]:
    found = {size: match_intake(units, matcher.sources, request_ids, size) for size in (*SHORTLISTS, mentors)}
    every = found[mentors]
    yield f"\n{len(every.students):,} students, {mentors:,} mentors with {every.places:,} places"
    yield f"  {'':<22}{'points':>10}{'students':>10}{'greedy':>10}{'students':>10}{'points lost':>13}{'seconds':>9}"
    for size, one in found.items():
        name = "all pairs scored" if size == mentors else f"the closest {size}"
        lost = every.optimum.points - one.optimum.points
        yield f"  {name:<22}{_row(one.optimum)}{_row(one.greedy)}{lost:>13,.1f}{sum(one.seconds.values()):>9.1f}"


def measure(units: Units, matcher: Matcher, request_ids: Sequence[UUID]) -> Measured:
    """Match an intake, while the same process searches for single students."""
    alone = [_timed(matcher, request_id) for request_id in request_ids[:ALONE]]
    meanwhile: list[float] = []
    done = threading.Event()

    def search() -> None:
        while not done.is_set():
            meanwhile.append(_timed(matcher, request_ids[len(meanwhile) % len(request_ids)]))
            done.wait(1)

    searching = threading.Thread(target=search)
    searching.start()
    began = time.thread_time()
    found = match_intake(units, matcher.sources, request_ids)
    computing = time.thread_time() - began
    done.set()
    searching.join()
    return Measured(found, computing, alone, meanwhile)


HEAD = (
    f"{'students x mentors':<19}{'places':>8}"
    + "".join(f"{phase:>11}" for phase in PHASES)
    + f"{'all s':>8}{'CPU s':>8}{'optimum':>11}{'with':>7}{'greedy':>11}{'with':>7}"
    + f"{'search, alone ms':>18}{'meanwhile':>11}"
)


def row(one: Measured) -> str:
    """Seconds of each phase, the points of the best total and of greedy, and searches meanwhile."""
    found = one.found
    phases = "".join(f"{found.seconds[phase]:>11.2f}" for phase in PHASES)
    totals = "".join(f"{each.points:>11,.1f}{each.students:>7,}" for each in (found.optimum, found.greedy))
    return (
        f"{f'{len(found.students):,} x {len(found.mentors):,}':<19}{found.places:>8,}{phases}"
        f"{sum(found.seconds.values()):>8.1f}{one.computing:>8.1f}{totals}"
        f"{_milliseconds(one.alone):>18.0f}{_milliseconds(one.meanwhile):>11.0f}"
    )


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
