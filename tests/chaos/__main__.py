"""`python -m tests.chaos`: runs it and prints the figures. It fails if a message was lost or came twice."""

import argparse
import sys
from dataclasses import fields

from tests.chaos.run import Plan, Result, run


def main() -> int:
    plan = Plan()
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    for field in fields(Plan):
        default = getattr(plan, field.name)
        parser.add_argument(f"--{field.name}", type=type(default), default=default, help=f"({default})")
    result = run(Plan(**vars(parser.parse_args())), _progress)
    sys.stderr.write("\n")
    sys.stdout.write("\n".join(table(result)) + "\n")
    return 0 if result.good else 1


def table(result: Result) -> list[str]:
    """The figures as people read them."""
    faults = {f"Slack: {name}": times for name, times in sorted(result.faults.items())}
    calls = {f"calls of {name}": times for name, times in sorted(result.calls.items())}
    figures: dict[str, object] = {
        "messages stored": result.messages,
        "posted never": result.lost,
        "posted more than once": result.twice,
        "posted, never stored": result.strangers,
        "workers killed (SIGKILL)": result.kills,
        "… with messages on their way": result.kills_with_messages_on_their_way,
        "Redis flushed": result.flushes,
        **faults,
        **calls,
        "seconds": f"{result.seconds:.0f}",
    }
    return [f"{name:<42}{figure:>8}" for name, figure in figures.items()]


def _progress(line: str) -> None:
    sys.stderr.write(f"\r{line}   ")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
