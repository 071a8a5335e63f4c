"""`./ithaca test`: what CI runs.

Every step runs, whatever became of those before. Pytest comes last, and if all is well has the last word.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from app.environment import ROOT

OURS = ("ITHACA_", "SLACK_", "DATABASE_", "REDIS_", "SMTP_")
OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
NOT_FAST = "not journey and not browser"
SIDE_BY_SIDE = ("--numprocesses=auto", "--maxprocesses=4", "--dist=loadfile")
"""A file's tests stay in one process: what they share (a stack, a browser) is started once."""


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Check style, types, the direction of imports, and behaviour."""
    tools = Path(sys.executable).parent
    environ = offline(environ)
    steps: dict[str, list[str | Path]] = {
        "ruff check": [tools / "ruff", "check", "--quiet"],
        "ruff format": [tools / "ruff", "format", "--check", "--quiet"],
        "mypy": [tools / "mypy"],
        "import-linter": [tools / "lint-imports", "--no-logo"],
    }
    failed = [name for name, command in steps.items() if not _step(name, command, environ)]
    fast = ["-m", NOT_FAST] if arguments.fast else []
    _say("pytest")
    behaviour = subprocess.run(  # noqa: S603 - our own tools
        [sys.executable, "-m", "pytest", *SIDE_BY_SIDE, *fast, *arguments.rest], cwd=ROOT, env=environ, check=False
    )
    if behaviour.returncode:
        failed.append("pytest")
    if failed:
        _say(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


def offline(environ: Mapping[str, str]) -> dict[str, str]:
    """Tests bring their own servers, and reach nothing else: neither a running stack nor a network."""
    return {name: value for name, value in environ.items() if not name.startswith(OURS)} | OFFLINE


def _step(name: str, command: list[str | Path], environ: Mapping[str, str]) -> bool:
    began = time.monotonic()
    done = subprocess.run(  # noqa: S603 - our own tools
        command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    result = "ok" if done.returncode == 0 else "failed"
    _say(f"{name:<14} {result:<6} {time.monotonic() - began:5.1f} s")
    if done.returncode:
        _say(f"{done.stdout}{done.stderr}".rstrip())
    return done.returncode == 0


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
