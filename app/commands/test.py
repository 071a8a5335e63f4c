"""`./ithaca test`: what CI runs.

Every step runs, whatever became of those before. mypy, which takes a minute where it has not run before, runs beside
pytest, and has its word after it.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from app.environment import ROOT

OURS = ("ITHACA_", "SLACK_", "DATABASE_", "REDIS_", "SMTP_")
OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
UNCACHED = "PYTHONDONTWRITEBYTECODE"
NOT_FAST = "not journey and not browser"
FAULTS = ["-m", "fault", "-p", "tests.support.fault_table", "tests/faults", "tests/tasks/test_error_table.py"]
MOST_PROCESSES = 4


def side_by_side(processors: int | None) -> list[str]:
    """One process more than processors, since a story waits for others half its time.

    A file's tests stay in one process: what they share (a stack, a browser) is started once. Files come in the order
    that tests/support/order.py gives them, the longest first.
    """
    processes = min((processors or 1) + 1, MOST_PROCESSES)
    return [f"--numprocesses={processes}", "--dist=loadfile", "--no-loadscope-reorder"]


@dataclass(frozen=True)
class Step:
    """What became of a check."""

    name: str
    good: bool
    seconds: float
    said: str

    def tell(self) -> None:
        """One line, and what it complains of."""
        _say(f"{self.name:<14} {'ok' if self.good else 'failed':<6} {self.seconds:5.1f} s")
        if not self.good:
            _say(self.said)


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Check style, types, the direction of imports, and behaviour."""
    tools = Path(sys.executable).parent
    environ = offline(environ)
    done = [
        _step("ruff check", [tools / "ruff", "check", "--quiet"], environ),
        _step("ruff format", [tools / "ruff", "format", "--check", "--quiet"], environ),
        _step("import-linter", [tools / "lint-imports", "--no-logo"], environ),
    ]
    for step in done:
        step.tell()
    chosen = FAULTS if arguments.faults else ["-m", NOT_FAST] if arguments.fast else []
    _say("pytest")
    with ThreadPoolExecutor(1) as beside:
        types = beside.submit(_step, "mypy", [tools / "mypy"], environ)
        behaviour = subprocess.run(  # noqa: S603 - our own tools
            [sys.executable, "-m", "pytest", *side_by_side(os.cpu_count()), *chosen, *arguments.rest],
            cwd=ROOT,
            env=environ,
            check=False,
        )
    types.result().tell()
    failed = [step.name for step in (*done, types.result()) if not step.good]
    if behaviour.returncode:
        failed.append("pytest")
    if failed:
        _say(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


def offline(environ: Mapping[str, str]) -> dict[str, str]:
    """Tests bring their own servers, and reach nothing else: neither a running stack nor a network.

    Bytecode is kept, even where a container says otherwise: dozens of processes read the same thousand files.
    """
    kept = {name: value for name, value in environ.items() if not name.startswith(OURS) and name != UNCACHED}
    return kept | OFFLINE


def _step(name: str, command: list[str | Path], environ: Mapping[str, str]) -> Step:
    began = time.monotonic()
    done = subprocess.run(  # noqa: S603 - our own tools
        command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    return Step(name, done.returncode == 0, time.monotonic() - began, f"{done.stdout}{done.stderr}".rstrip())


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
