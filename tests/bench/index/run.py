"""`./ithaca bench index`: what the index takes at several sizes, beside other ways to keep the same vectors."""

import argparse
import sys
import time
from collections.abc import Iterator, Mapping
from itertools import islice
from uuid import UUID

import psycopg

from app.errors import CommandError
from core.queue import Unheard
from core.uow import Units, connect
from embeddings.encoder import DEFAULT_MODEL, load
from embeddings.index import MentorIndex
from embeddings.vectors import Encoder
from tests.bench.cells.run import rows, wanted
from tests.bench.index.measuring import Given, Measured, measure
from tests.bench.index.ways import AS_USED
from tests.bench.matching import filling, people
from tests.bench.matching.encoding import Recombining
from tests.bench.scratch import database

HEAD = f"  {'':<12}{'build CPU s':>12}{'MB':>8}{'add one ms':>12}{'search ms':>11}{'of the nearest':>16}"

CHANGED = "UPDATE profile_vectors SET content_hash = 'another', updated_at = now() WHERE profile_id = %(profile)s"


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Measure size after size: in memory, and what a worker does, from the database."""
    try:
        sizes = sorted({int(size) for size in arguments.sizes.split(",")})
    except ValueError:
        raise CommandError("--sizes takes numbers with commas between: 1000,10000") from None
    encoder = load(environ.get("ITHACA_MODEL") or DEFAULT_MODEL)
    asked = [wanted(number, one, encoder) for number, one in enumerate(people.requests(arguments.requests))]
    for size in sizes:
        _say(f"\n{size:,} mentors")
        for line in table(measure(Given(list(rows(encoder, size + 1)), asked, encoder.dim))):
            _say(line)
    for line in from_database(environ, encoder, sizes):
        _say(line)
    return 0


def table(measured: Mapping[str, Measured]) -> Iterator[str]:
    """A line for each way."""
    yield HEAD
    for name, one in measured.items():
        figures = f"{one.building:>12.2f}{one.memory:>8.0f}{one.adding:>12.2f}{one.searching:>11.2f}"
        yield f"  {name:<12}{figures}{one.share_of(measured[AS_USED]):>16.1%}"


def from_database(environ: Mapping[str, str], encoder: Encoder, sizes: list[int]) -> Iterator[str]:
    """What a worker's start takes, and what a profile that changed takes after it; one database that grows."""
    yield f"\n{'from PostgreSQL':<18}{'load s':>8}{'CPU s':>8}{'a change ms':>13}"
    drawn, before = enumerate(people.mentors(sizes[-1])), 0
    recombining = Recombining(encoder, people.tags())
    with database(environ) as settings:
        engine = connect(settings.service_database_url, pool_size=2)
        units = Units(engine, Unheard())
        for size in sizes:
            new = [filling.facts(one, number) for number, one in islice(drawn, size - before)]
            filling.add_mentors(settings.database_url, new, recombining)
            before = size
            index = MentorIndex(encoder)
            began, computed = time.perf_counter(), time.process_time()
            index.refresh(units)
            loading, computing = time.perf_counter() - began, time.process_time() - computed
            _encode_again(settings.database_url, new[0][0].profile_id)
            began = time.perf_counter()
            index.refresh(units)
            yield f"{size:<18,}{loading:>8.1f}{computing:>8.1f}{(time.perf_counter() - began) * 1000:>13.0f}"
        engine.dispose()


def _encode_again(url: str, mentor: UUID) -> None:
    """What the encoder writes when a mentor has changed a profile, as far as the index looks at it."""
    with psycopg.connect(url) as connection:
        connection.execute(CHANGED, {"profile": mentor})


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
