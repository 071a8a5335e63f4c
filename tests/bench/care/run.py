"""`./ithaca bench care`: a simulated year of mentorships. Are the promises kept, and how well is risk told?"""

import argparse
import logging
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from app.stack import log
from core.rules.health import THRESHOLDS
from tests.bench.care import shortcut
from tests.bench.care.choosing import choose
from tests.bench.care.measuring import Told, flags_of, measure
from tests.bench.care.outcome import Outcome, live
from tests.bench.care.world import World, make

MOST_WORKERS = 2  # of a machine with two cores; each has a database beside it
SHOWN = 5  # broken promises of each kind


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Live through a year for each seed, and print what it showed. Returns 1 if a promise was broken."""
    worlds = [make(seed, arguments.matches, arguments.days) for seed in arguments.seed]
    if arguments.quick or arguments.choose:
        return _quick(worlds, choosing=arguments.choose)
    log.configure(logging.CRITICAL)
    kept = True
    for world in worlds:
        begun = time.perf_counter()
        _say(_title(world))
        outcome = live(world, environ, workers=min(MOST_WORKERS, os.cpu_count() or 1, len(world.couples)))
        for line in report(outcome, world.days):
            _say(f"  {line}")
        _say(f"  {time.perf_counter() - begun:,.0f} seconds")
        kept = kept and not any(promise.broken for promise in outcome.promises)
    return 0 if kept else 1


def _quick(worlds: Sequence[World], *, choosing: bool) -> int:
    """How well risk is told, by the shortcut: under the rule's thresholds, or those that are best in the first."""
    limits = THRESHOLDS
    if choosing:
        first = worlds[0]
        limits = choose(shortcut.facts(first), shortcut.truths(first), first.days, _say)
        _say(f"chosen: {limits}{' (those of the rule)' if limits == THRESHOLDS else ''}")
    for world in worlds:
        _say(_title(world))
        flags = flags_of(shortcut.facts(world), limits)
        for line in told(measure(shortcut.truths(world), flags, world.days)):
            _say(f"  {line}")
    return 0


def _title(world: World) -> str:
    return f"seed {world.seed}: {len(world.couples)} matches of {len(world.people)} people, {world.days} days"


def report(outcome: Outcome, days: int) -> Iterator[str]:
    """All there is to tell of one year."""
    for promise in outcome.promises:
        yield f"{'BROKEN' if promise.broken else 'kept'}: {promise.says} ({promise.looked_at:,})"
        for line, times in Counter(promise.broken).most_common(SHOWN):
            yield f"  {times} × {line}"
    yield f"messages: {_counted(outcome.messages)}"
    yield f"deeds: {_counted(outcome.deeds)}"
    yield f"refused: {_counted(outcome.refused) or 'none'}"
    yield from told(measure(outcome.truths, outcome.flags, days))


def told(found: Told) -> Iterator[str]:
    """How well *at risk* told what was true."""
    yield (
        f"at risk: precision {found.precision:.0%} ({found.right} of {found.flags} flags), "
        f"recall {found.recall:.0%} ({found.found} of {found.failed} failed matches)"
    )
    if found.leads:
        delay = f"{median(found.delays):.0f} days after the last meeting"
        yield f"median lead: {found.lead:+.0f} days before the end, {delay}"
    yield f"of {found.pairs_well} matches that did well {found.pairs_flagged_wrongly} were flagged at some time"


def _counted(what: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {times:,}" for name, times in sorted(what.items(), key=lambda item: -item[1]))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
