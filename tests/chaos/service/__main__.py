"""`python -m tests.chaos.service`: runs it and prints the figures. It fails unless everything holds."""

import argparse
import sys
import tempfile
from collections import Counter
from dataclasses import fields
from pathlib import Path

from tests.chaos.service.run import Plan, Result, run


def main() -> int:
    plan = Plan()
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.service", description=__doc__)
    for field in fields(Plan):
        default = getattr(plan, field.name)
        parser.add_argument(f"--{field.name}", type=type(default), default=default, help=f"({default})")
    parser.add_argument("--data", type=Path, metavar="DIR", help="kept, with the logs (otherwise gone at the end)")
    chosen = vars(parser.parse_args())
    kept = chosen.pop("data")
    with tempfile.TemporaryDirectory(prefix="ithaca-chaos-") as folder:
        result = run(Plan(**chosen), kept or Path(folder).resolve() / "data", _progress)
    sys.stderr.write("\n")
    sys.stdout.write("\n".join(table(result)) + "\n")
    return 0 if result.good else 1


def table(result: Result) -> list[str]:
    """The figures as people read them."""
    found = result.found
    figures: dict[str, object] = {
        **{f"killed (SIGKILL): {name}": times for name, times in sorted(result.killed.items())},
        "… of all, before they had settled": sum(result.young.values()),
        "everything runs again": "yes" if result.up else "NO",
        "left to do": result.left or "nothing",
        "quiet after seconds": f"{result.quiet_after:.0f}",
        "messages stored": found.stored,
        "… sent by Slack": found.sent,
        "… sent by e-mail": found.by_mail,
        "sent, and not in Slack": len(found.lost),
        "in Slack twice": len(found.twice),
        "in Slack, never stored": len(found.strangers),
        "requests with two matches": found.double_matches,
        "questions with two claims": found.double_claims,
        "mentors over capacity": found.over_capacity,
        "invariants broken": len(found.broken),
    }
    lines = [f"{name:<40}{figure!s:>12}" for name, figure in figures.items()]
    lines += [f"done: {_told(result.done)}", f"in vain: {_told(result.vain)}"]
    lines += [f"broken: {one.says}: {', '.join(map(str, one.ids[:5]))}" for one in found.broken]
    for name, ids in (("lost", found.lost), ("twice", found.twice), ("strangers", found.strangers)):
        lines += [f"{name}: {', '.join(ids[:5])}"] if ids else []
    return lines


def _told(counted: Counter[str]) -> str:
    return ", ".join(f"{name} {times}" for name, times in counted.most_common()) or "nothing"


def _progress(line: str) -> None:
    sys.stderr.write(f"\r{line:<70}")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
