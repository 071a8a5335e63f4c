"""`./ithaca bench matching`: whether the mentors found are the best there are, and how long that takes."""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from app.environment import ROOT
from app.errors import CommandError
from core.config import Settings
from core.queue import Unheard
from core.uow import Units, connect
from embeddings.encoder import load
from tests.bench.matching import filling, people
from tests.bench.matching.exhaustive import Three
from tests.bench.matching.trial import DEEP, Answers, Trial
from tests.bench.scratch import database


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Measure size after size on one scratch database, and print as it goes."""
    try:
        sizes = sorted({int(size) for size in arguments.sizes.split(",")})
    except ValueError:
        raise CommandError("--sizes takes numbers with commas between: 1000,10000") from None
    with database(environ) as settings:
        engine = connect(settings.service_database_url, pool_size=4)
        requests = filling.add_requests(engine, people.requests(arguments.requests))
        trial = Trial(settings.database_url, Units(engine, Unheard()), load(settings.model), requests)
        drawn = enumerate(people.mentors(sizes[-1]))
        for size in sizes:
            began = time.perf_counter()
            texts = trial.grow([filling.facts(one, number) for number, one in islice(drawn, size - len(trial))])
            _say(f"\n{size:,} mentors, {texts:,} distinct texts, made in {time.perf_counter() - began:.0f} s")
            for line in _lines(trial, settings, arguments.in_full):
                _say(line)
        engine.dispose()
    return 0


def _lines(trial: Trial, settings: Settings, in_full: int) -> Iterator[str]:
    yield _worker(settings)
    ours = trial.by_ithaca()
    best = trial.best(in_full)
    yield f"  {'':<24}{'top three as exhaustive':>24}{'points lost':>13}{'p50 ms':>9}{'p99 ms':>9}{'CPU ms':>9}"
    yield _row("Ithaca, the whole call", trial, ours, best.threes)
    yield _row("numpy over all", trial, trial.by_numpy(), best.threes)
    yield _row("SQL with pgvector", trial, trial.by_sql(), best.threes)
    recall, exact, cells = trial.in_cells()
    yield (
        f"  index search: exact p50 {exact.milliseconds(50):.0f} ms; in cells p50 {cells.milliseconds(50):.0f} ms, "
        f"with {recall:.1%} of the nearest"
    )
    if best.in_full < len(best.threes):
        yield (
            f"  exhaustive is the rubric for all mentors for {best.in_full} requests, else for the {DEEP:,} that numpy "
            f"ranks best, which gave the same for {best.same_with_fewer} of the {best.in_full}"
        )


def _row(name: str, trial: Trial, answers: Answers, best: Sequence[Three]) -> str:
    judged = trial.judge(answers, best)
    share = f"{judged.equal} of {judged.count} ({judged.equal / judged.count:.1%})"
    times = f"{answers.milliseconds(50):>9.0f}{answers.milliseconds(99):>9.0f}{answers.computing_each:>9.0f}"
    return f"  {name:<24}{share:>24}{judged.lost:>13.2f}{times}"


def _worker(settings: Settings) -> str:
    """What a process takes that holds nothing but the model and the index."""
    command = [sys.executable, "-m", "tests.bench.matching.worker", settings.service_database_url, settings.model]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    return (
        f"  worker: model loaded in {told['loading']:.1f} s, ready in {told['warming']:.1f} s more; a changed profile "
        f"is encoded and found in {told['changing'] * 1000:.0f} ms\n"
        f"  memory: {told['before']:.0f} MB with the model, {told['after']:.0f} with the index, "
        f"{told['peak']:.0f} at most"
    )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
