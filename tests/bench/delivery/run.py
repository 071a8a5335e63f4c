"""`./ithaca bench delivery`: messages a second through claim, Slack and outcome, by how many are claimed at once."""

import argparse
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from typing import Any

from bot.blocks import Message
from bot.context import Bot
from bot.gateway import Gateway
from core.config import Settings
from core.queue import Unheard
from core.uow import Units, connect
from matching.service import Matcher
from tasks.delivery import deliver
from tasks.drawing import draw
from tasks.drawings import Draw
from tasks.runtime import DEFAULT, Rhythm, Runtime
from tests.bench.delivery.outbox import analyse, fill
from tests.bench.scratch import database

FIXED = Message("A message.", [])
RHYTHMS = {
    "1 (alternative)": replace(DEFAULT, least=1, most=1),
    "8": replace(DEFAULT, least=8, most=8),
    f"{DEFAULT.least} to {DEFAULT.most} (as set)": DEFAULT,
}


class InstantSlack(Gateway):
    """Takes everything at once."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._numbers = count(1)

    def call(self, method: str, **args: Any) -> dict[str, Any]:
        """Say that it went out."""
        del method
        return {"ok": True, "channel": args["channel"], "ts": f"{next(self._numbers)}.000000"}


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Print a line for each size of a claim; one message at a time is the alternative to all others."""
    _say(f"{arguments.messages:,} messages to as many people; messages a second")
    _say(f"{'claimed at once':<18}{'database side':>16}{'and drawn':>12}")
    for name, rhythm in RHYTHMS.items():
        messages = arguments.messages // (10 if rhythm.most == 1 else 1)  # the slow one would take minutes
        alone = _rate(environ, messages, rhythm, lambda *_: FIXED)
        drawn = _rate(environ, messages, rhythm, draw)
        _say(f"{name:<18}{alone:>16,.0f}{drawn:>12,.0f}")
    return 0


def _rate(environ: Mapping[str, str], messages: int, rhythm: Rhythm, drawing: Draw) -> float:
    with database(environ) as settings:
        engine = connect(settings.service_database_url, pool_size=4)
        units = Units(engine, Unheard())
        fill(units, messages)
        analyse(units)
        runtime = Runtime(Bot(settings, units, InstantSlack(settings)), _no_matcher, rhythm=rhythm)
        begun = time.perf_counter()
        deliver(runtime, drawing)
        seconds = time.perf_counter() - begun
        runtime.close()
        engine.dispose()
    return messages / seconds


def _no_matcher(_: Units) -> Matcher:
    raise AssertionError("a delivery needs no model")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
