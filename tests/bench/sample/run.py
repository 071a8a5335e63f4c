"""`./ithaca bench sample`: the three mentors each sample student would be shown, and what points tell."""

import argparse
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean

import numpy as np

from app import environment
from app.errors import CommandError
from app.sample.people import load as sample_people
from core.clock import system_clock
from core.rules.offers import OFFERS_PER_WAVE
from core.rules.scores import GOOD, STRONG, word
from embeddings.encoder import DEFAULT_MODEL, ModelError, load
from matching.rubric import rank
from tests.bench.quality.run import VECTORS
from tests.bench.sample.people import Everybody, Pair, meet

PERCENTILES = (1, 5, 25, 50, 75, 95, 99)
Z = 1.96  # of the normal distribution, for 95 %


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Print who is shown, and how points lie."""
    del arguments
    try:
        encoder = load(environ.get("ITHACA_MODEL") or DEFAULT_MODEL, environment.data_folder(environ) / VECTORS)
    except ModelError as error:
        raise CommandError(str(error)) from None
    sys.stdout.writelines(f"{line}\n" for line in report(meet(sample_people(), encoder, system_clock())))
    return 0


def report(everybody: Everybody) -> Iterator[str]:
    """All there is to tell, line by line."""
    pairs = [pair for each in everybody.pairs.values() for pair in each]
    tops = [sorted(each, key=lambda pair: rank(pair.proposal))[:OFFERS_PER_WAVE] for each in everybody.pairs.values()]
    mentors = len(pairs) // len(tops)
    yield f"{len(tops)} sample requests, {mentors} sample mentors; no hard rules"
    for most in (STRONG, GOOD):
        reaching = [all(_points(pair) >= most for pair in top) for top in tops]
        yield f"  requests whose three all reach {most:.0f} points: {sum(reaching)} ({fmean(reaching):.1%})"
    yield f"  of the three, from the student's own field: {fmean(pair.one_field for top in tops for pair in top):.1%}"
    yield f"  of the first, from the student's own field: {fmean(top[0].one_field for top in tops):.1%}"
    yield ""
    yield _row("points, percentile", [str(each) for each in PERCENTILES])
    yield _spread("pairs of two fields", [pair for pair in pairs if not pair.one_field])
    yield _spread("pairs of one field", [pair for pair in pairs if pair.one_field])
    for place in range(OFFERS_PER_WAVE):
        yield _spread(f"number {place + 1} of the three", [top[place] for top in tops])
    yield ""
    yield "pairs by word, and how many are of one field (95 %, Wilson)"
    for name in ("strong", "good", "possible"):
        yield _told(name, [pair.one_field for pair in pairs if word(_points(pair)) == name])


def _points(pair: Pair) -> float:
    return pair.proposal.score


def _spread(name: str, pairs: Sequence[Pair]) -> str:
    return _row(name, [f"{value:.0f}" for value in np.percentile([_points(pair) for pair in pairs], PERCENTILES)])


def _row(name: str, cells: Sequence[str]) -> str:
    return f"  {name:<24}" + "".join(f"{cell:>6}" for cell in cells)


def _told(name: str, hits: Sequence[bool]) -> str:
    if not hits:
        return f"  {name:<9}     0"
    low, high = wilson(sum(hits), len(hits))
    return f"  {name:<9} {len(hits):>5}  {fmean(hits):>6.1%}  ({low:.1%} to {high:.1%})"


def wilson(hits: int, number: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson, 1927)."""
    share, squared = hits / number, Z**2 / number
    middle = (share + squared / 2) / (1 + squared)
    half = Z * math.sqrt(share * (1 - share) / number + squared / (4 * number)) / (1 + squared)
    return middle - half, middle + half
