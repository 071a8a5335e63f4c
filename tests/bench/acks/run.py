"""`./ithaca bench acks`: acknowledgements of clicks with full queues, beside an empty Bolt app in the same minutes."""

import argparse
import asyncio
import os
import sys
from collections.abc import Mapping
from itertools import cycle
from typing import Any
from uuid import uuid4

import psutil

from bot.ids import Action
from tests.bench.acks.clicking import Answered, Clicker, click
from tests.bench.acks.stage import Stage, stage

SHIFT = 5.0
"""Seconds in a row for one app, before it is the other's turn: what else the machine does meets both."""
WARM_UP = 2.0
MB = 1 << 20
CLICKS = (Action.MENTOR_PAUSE, Action.MENTOR_RESUME, Action.MENU_STATUS, Action.OFFER_ACCEPT)
"""Two that write, one that reads, one that is refused: its offer is nobody's. Each says something afterwards."""


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Print how long acknowledgements took, and what the processes weigh."""
    with stage(environ, arguments.messages, arguments.jobs) as made:
        before = os.getloadavg()[0]
        computed = {name: _computed(process) for name, process in made.processes.items()}
        ours, empty = asyncio.run(_both(made, arguments.rate, arguments.seconds))
        computed = {name: _computed(process) - computed[name] for name, process in made.processes.items()}
        weights = {name: process.memory_info().rss / MB for name, process in made.processes.items()}
    _say(f"{arguments.rate} clicks a second for {arguments.seconds} s each, {arguments.messages:,} messages due and ")
    _say(f"{arguments.jobs:,} jobs waiting at the beginning; {psutil.cpu_count()} cores, load {before:.1f} to ")
    _say(f"{os.getloadavg()[0]:.1f}\n\n{'':<24}{'clicks':>8}{'failed':>8}{'p50 ms':>9}{'p99 ms':>9}{'most ms':>9}\n")
    for name, answered in (("Ithaca", ours), ("an empty Bolt app", empty)):
        _say(f"{name:<24}{len(answered.took):>8}{answered.failed:>8}")
        _say("".join(f"{answered.percentile(share):>9.1f}" for share in (0.5, 0.99, 1.0)) + "\n")
    ratios = (ours.percentile(share) / max(empty.percentile(share), 0.001) for share in (0.5, 0.99, 1.0))
    _say(f"{'ratio':<40}" + "".join(f"{ratio:>9.1f}" for ratio in ratios) + "\n\n")
    clicks = arguments.rate * (arguments.seconds + WARM_UP)
    _say("computing for each click, with the work that follows it: ")
    _say(f"{1000 * computed['web'] / clicks:.1f} ms (empty: {1000 * computed['empty'] / clicks:.1f})\n")
    for name in ("web", "delivery"):
        _say(f"memory of {name}: {weights[name]:.0f} MB\n")
    return 0


async def _both(made: Stage, rate: float, seconds: float) -> tuple[Answered, Answered]:
    """Each in turn."""
    mentors, actions = cycle(made.mentors), cycle(CLICKS)

    def payload(number: int) -> Any:
        return click(next(mentors), next(actions), str(uuid4()), f"{made.slack_url}/response/{number}")

    both = Clicker(made.ithaca, payload), Clicker(made.empty, payload)
    for one in both:
        await one.send(rate, WARM_UP)
        one.answered = Answered()
    left = seconds
    while left > 0:
        for one in both:
            await one.send(rate, min(SHIFT, left))
        left -= SHIFT
    return both[0].answered, both[1].answered


def _computed(process: psutil.Process) -> float:
    """Seconds of computing so far."""
    times = process.cpu_times()
    return float(times.user + times.system)


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
