"""What a year showed, apart from its database: parts of a world are lived side by side, and put together here."""

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from multiprocessing import get_context

from sqlalchemy import text

from core.rules.health import Facts
from tests.bench.care.checks import Promise, promises
from tests.bench.care.courses import Truth
from tests.bench.care.world import World
from tests.bench.care.year import START, Year, lived

FLAGS = text("SELECT match_id, at FROM moves_seen WHERE \"of\" = 'match_health' AND after = 'at risk' ORDER BY id")


@dataclass(frozen=True)
class Outcome:
    """The promises, what is true of each match, and the days on which it came to be at risk, by number of the pair."""

    promises: tuple[Promise, ...]
    truths: Mapping[int, Truth]
    flags: Mapping[int, Sequence[int]]
    messages: Counter[str]
    deeds: Counter[str]
    refused: Counter[str]
    facts: list[tuple[int, int, Facts]] = field(default_factory=list)


def live(world: World, environ: Mapping[str, str], *, workers: int = 1, keep_facts: bool = False) -> Outcome:
    """Let a world live through its days, its parts side by side in processes with a database each."""
    one_part = partial(_live, environ=dict(environ), keep_facts=keep_facts)
    if workers == 1:
        return one_part(world)
    parts = [world.part(number, workers) for number in range(workers)]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return _together(list(pool.map(one_part, parts)))


def _live(world: World, environ: Mapping[str, str], *, keep_facts: bool) -> Outcome:
    with lived(world, environ, keep_facts=keep_facts) as year:
        return Outcome(
            promises=tuple(promises(year)),
            truths={pair.couple.number: pair.couple.truth for pair in year.play.pairs.values()},
            flags=_flags(year),
            messages=Counter(
                {
                    "posts": len(year.slack.posts),
                    "changes in place": year.slack.changes,
                    "letters": len(year.mail.letters),
                }
            ),
            deeds=year.play.done,
            refused=year.play.refused,
            facts=year.facts,
        )


def _flags(year: Year) -> dict[int, list[int]]:
    """As the service itself found them, by its own health rows."""
    found: dict[int, list[int]] = {}
    with year.owner.connect() as connection:
        for match_id, at in connection.execute(FLAGS):
            found.setdefault(year.play.pairs[match_id].couple.number, []).append((at - START).days)
    return found


def _together(parts: Sequence[Outcome]) -> Outcome:
    same = zip(*(part.promises for part in parts), strict=True)
    return Outcome(
        promises=tuple(
            Promise(some[0].says, sum(one.looked_at for one in some), tuple(chain(*(one.broken for one in some))))
            for some in same
        ),
        truths={number: truth for part in parts for number, truth in part.truths.items()},
        flags={number: days for part in parts for number, days in part.flags.items()},
        messages=sum((part.messages for part in parts), Counter()),
        deeds=sum((part.deeds for part in parts), Counter()),
        refused=sum((part.refused for part in parts), Counter()),
        facts=sorted(chain(*(part.facts for part in parts)), key=lambda kept: kept[0]),
    )
