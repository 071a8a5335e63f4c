"""`python -m tests.chaos.races`: runs it and prints the figures. It fails on a deadlock, a failure or a broken rule."""

import argparse
import logging
import sys
import traceback

from core.queue import Unheard
from core.uow import Units, connect
from tests.bench.scratch import database
from tests.chaos.races.run import Result, run


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.races", description=__doc__)
    parser.add_argument("--operations", type=int, default=10_000, metavar="N", help="(10000)")
    parser.add_argument("--threads", type=int, default=24, metavar="N", help="(24)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="(1)")
    chosen = parser.parse_args()
    logging.disable(logging.ERROR)  # what fails is counted and told below
    with database({}) as settings:
        engine = connect(settings.service_database_url, pool_size=60)
        result = run(settings, Units(engine, Unheard()), chosen.operations, chosen.threads, chosen.seed)
        engine.dispose()
    sys.stdout.write("\n".join(table(result)) + "\n")
    return 0 if result.good else 1


def table(result: Result) -> list[str]:
    """The figures as people read them, then what failed."""
    figures: dict[str, object] = {
        "operations done": sum(result.done.values()),
        "refused by a rule": sum(result.refused.values()),
        "waited too long for a lock": sum(result.waited_too_long.values()),
        "deadlocks": sum(result.deadlocks.values()),
        "deadlocks that PostgreSQL saw": result.seen_by_postgres,
        "orders of locks that could deadlock": len(result.out_of_order),
        "failures": len(result.failures),
        "invariants broken": len(result.broken),
        "mentors over capacity": result.over_capacity,
        "seconds": f"{result.seconds:.0f}",
    }
    lines = [f"{name:<36}{figure:>8}" for name, figure in figures.items()]
    for told, counted in (("done", result.done), ("refused", result.refused), ("waited", result.waited_too_long)):
        lines.append(f"{told}: " + ", ".join(f"{name} {times}" for name, times in counted.most_common()))
    lines += [f"broken: {one.says}: {', '.join(map(str, one.ids[:5]))}" for one in result.broken]
    lines += result.out_of_order
    lines += [f"failed: {failure!r}"[:300] for failure in result.failures]
    for failure in result.failures[:3]:
        lines += ["", *"".join(traceback.format_exception(failure)).splitlines()[-60:]]
    return lines


if __name__ == "__main__":
    sys.exit(main())
