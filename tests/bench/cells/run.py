"""`./ithaca bench cells`: the same vectors in an exact and in an approximate index, without database and service."""

import argparse
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from uuid import UUID

import numpy as np

from core.rules.facts import RequestFacts
from core.rules.weights import DEFAULT
from embeddings.encoder import DEFAULT_MODEL, load
from embeddings.facets import profile_texts, request_texts
from embeddings.person import Wanted, person_vector
from embeddings.segment import Entry, Row, Segment, build
from embeddings.vectors import Encoder
from matching.search import FIRST_DEPTH
from tests.bench.matching import filling, people
from tests.bench.matching.encoding import Recombining
from tests.bench.matching.people import Asking

AT_ONCE = 2000
NEAREST = (3, 100, FIRST_DEPTH)


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Build both, ask both, and print how they differ."""
    encoder = load(environ.get("ITHACA_MODEL") or DEFAULT_MODEL)
    for line in compare(encoder, arguments.mentors, people.requests(arguments.requests)):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    return 0


def compare(encoder: Encoder, mentors: int, requests: Sequence[Asking]) -> Iterator[str]:
    """What is to be told, line by line."""
    exact = build(rows(encoder, mentors), encoder.dim, exact_up_to=sys.maxsize)
    yield f"{len(exact):,} mentors"
    began = time.perf_counter()
    cells = build(exact.rows(), encoder.dim, exact_up_to=0)
    yield f"  put into cells in {time.perf_counter() - began:.0f} s"
    asked = [wanted(number, one, encoder) for number, one in enumerate(requests)]
    found = []
    for segment in (exact, cells):
        nearest, seconds = _search(segment, asked, encoder.dim)
        p50, p99 = (float(np.percentile(seconds, share)) * 1000 for share in (50, 99))
        yield f"  searched {segment.kind}: p50 {p50:.0f} ms, p99 {p99:.0f} ms"
        found.append(nearest)
    for most in NEAREST:
        shares = [len({*one[:most]} & {*other[:most]}) / len(one[:most]) for one, other in zip(*found, strict=True)]
        yield f"  of the {most:,} nearest, cells find {np.mean(shares):.2%}, and {min(shares):.2%} at least"


def rows(encoder: Encoder, count: int) -> Iterator[Row]:
    """So many mentors as vectors."""
    recombining = Recombining(encoder, people.tags())
    told = (filling.facts(one, number)[0] for number, one in enumerate(people.mentors(count)))
    while some := list(islice(told, AT_ONCE)):
        texts = {text for mentor in some for values in profile_texts(mentor).values() for text in values}
        encoded = dict(zip(texts, recombining.encode(list(texts)), strict=True))
        for mentor in some:
            facets = {
                facet: np.stack([encoded[text] for text in values])
                for facet, values in profile_texts(mentor).items()
                if values
            }
            entry = Entry(mentor.profile_id, mentor.user_id, mentor.content_hash)
            yield Row(entry, frozenset(facets), person_vector(facets, encoder.dim))


def wanted(number: int, asking: Asking, encoder: Encoder) -> Wanted:
    """What a request looks for."""
    student, _ = filling.facts(asking.student, number)
    texts = request_texts(RequestFacts(UUID(int=number), student, asking.wish))
    return Wanted({facet: encoder.encode(values) for facet, values in texts.items() if values}, DEFAULT.points)


def _search(segment: Segment, asked: Sequence[Wanted], dim: int) -> tuple[list[list[UUID]], list[float]]:
    """The ids of the nearest for each request, nearest first, and the seconds each search took."""
    found, seconds = [], []
    for wanted in asked:
        began = time.perf_counter()
        nearest = segment.nearest(wanted, dim, FIRST_DEPTH, ())
        seconds.append(time.perf_counter() - began)
        nearest.sort(key=lambda each: (-each[0], each[1].user_id))
        found.append([entry.user_id for _, entry in nearest[:FIRST_DEPTH]])
    return found, seconds
