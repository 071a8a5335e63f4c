"""`./ithaca bench market`: two simulated weeks of questions, with mentors asked directly and without, side by side."""

import argparse
import logging
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from app.stack import log
from embeddings.encoder import DEFAULT_MODEL, load
from embeddings.vectors import Encoder
from tests.bench.market.fortnight import Asking, lived
from tests.bench.market.measuring import Outcome, measure
from tests.bench.market.world import Market, make

QUESTIONS, MENTORS, DAYS = 300, 40, 14
QUICK = (60, 20, 4)
WIDTH = 34


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Print the figures of all runs beside each other. Returns 1 if a promise was broken."""
    log.configure(logging.CRITICAL)
    questions, mentors, days = QUICK if arguments.quick else (QUESTIONS, MENTORS, DAYS)
    market = make(arguments.seed, questions, mentors, days)
    encoder = load(environ.get("ITHACA_MODEL") or DEFAULT_MODEL)
    begun = time.perf_counter()
    outcomes = live(market, encoder, environ)
    _say(f"seed {market.seed}: {questions} questions to {mentors} mentors in {days} days")
    _say("A model of people that we made up: read the differences between runs, not the figures themselves.")
    ways = Counter(mentor.ways for mentor in market.mentors)
    _say("mentors: " + ", ".join(f"{number} {name}" for name, number in ways.most_common()))
    for line in table(outcomes):
        _say(line)
    _say(f"{time.perf_counter() - begun:,.0f} seconds")
    broken = [f"{asking}: {line}" for asking, outcome in outcomes.items() for line in outcome.broken]
    for line in broken:
        _say(f"BROKEN: {line}")
    return 1 if broken else 0


def live(
    market: Market, encoder: Encoder, environ: Mapping[str, str], ways: Iterable[Asking] = Asking
) -> dict[Asking, Outcome]:
    """The same weeks several times: what differs is who is asked directly."""
    found = {}
    for asking in ways:
        with lived(market, asking, encoder, environ) as weeks:
            found[asking] = measure(weeks)
    return found


ROWS: Mapping[str, Callable[[Outcome], str]] = {
    "questions asked": lambda one: f"{one.stats.asked}",
    "claimed within 24 hours": lambda one: _share(one.stats.in_time),
    "hours to the first claim, median": lambda one: _number(one.stats.hours_to_claim),
    "answered": lambda one: f"{one.stats.answered}",
    "given back, or reopened": lambda one: f"{one.stats.reopened}",
    "open at the end": lambda one: f"{one.stats.open_now}",
    "mean rating": lambda one: _number(one.stats.mean_rating),
    "direct asks": lambda one: f"{one.referrals.asked}",
    "about so many questions": lambda one: f"{one.referrals.questions}",
    "of asks, claimed by who was asked": lambda one: _share_of(one.referrals.claimed, one.referrals.asked),
    "of asks, to who knows it in truth": lambda one: _share_of(one.referrals.known, one.referrals.asked),
    "hours from ask to claim, median": lambda one: _number(one.referrals.hours_to_claim),
    "mentors who were asked": lambda one: f"{one.referrals.mentors}",
    "most asks of one mentor": lambda one: f"{one.referrals.most}",
    "asks of the three asked most": lambda one: _share(one.referrals.busiest if one.referrals.asked else None),
}


def table(outcomes: Mapping[Asking, Outcome]) -> list[str]:
    """A line for each figure, a column for each run."""
    first = f"{'':<{WIDTH}}" + "".join(f"{asking:>22}" for asking in outcomes)
    rows = [
        f"{name:<{WIDTH}}" + "".join(f"{figure(outcome):>22}" for outcome in outcomes.values())
        for name, figure in ROWS.items()
    ]
    return [first, *rows]


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def _share_of(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.0%})" if whole else "–"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
