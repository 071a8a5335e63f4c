"""`./ithaca bench start`: each process started cold and warm, beside one of its kind that does nothing else."""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np

from app.embedded import scratch
from app.embedded.running import running
from app.environment import ROOT
from app.stack.ports import free_port
from embeddings.encoder import DEFAULT_MODEL
from embeddings.halves import STORED
from embeddings.vectors import Matrix, unit
from tests.bench.matching import filling, people
from tests.bench.scratch import database
from tests.bench.start.starting import Program, Started, start

COLD, WARM = "cold", "warm"
SECRET = "bench-signing-secret"


class Random:
    """Vectors that mean nothing: time and memory of a start do not depend on what they say."""

    name, dim = f"{DEFAULT_MODEL}+half", 384

    def __init__(self) -> None:
        self._chance = np.random.default_rng(0)

    def encode(self, texts: Sequence[str]) -> Matrix:
        """One row of length 1 for each text."""
        rows = unit(self._chance.standard_normal((len(texts), self.dim), np.float32))
        return rows.astype(STORED).astype(np.float32)


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Start every process twice, the first time without compiled modules, as after an installation."""
    _say(f"{arguments.mentors:,} mentors\n")
    _say(f"{'':<34}{'cold s':>8}{'CPU s':>8}{'warm s':>8}{'CPU s':>8}{'RSS MB':>9}{'PSS MB':>9}{'most MB':>9}\n")
    with stage(environ, arguments.mentors) as (programs, known, folder):
        for name, program in programs.items():
            _say(row(name, *twice(program, known, folder)))
    return 0


def twice(program: Program, known: Mapping[str, str], folder: Path) -> tuple[Started, Started]:
    """Cold, which compiles the modules, and warm. What the system keeps of files is there for both."""
    with tempfile.TemporaryDirectory(prefix="ithaca-compiled-") as compiled:
        environ = {**known, "PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""}
        return start(program, environ, folder), start(program, environ, folder)


def row(name: str, cold: Started, warm: Started) -> str:
    """A line of the table. Memory is that of the warm start."""
    times = "".join(f"{each.seconds:>8.1f}{each.computing:>8.1f}" for each in (cold, warm))
    return f"{name:<34}{times}{warm.resident:>9.0f}{warm.proportional:>9.0f}{warm.most:>9.0f}\n"


@contextmanager
def stage(environ: Mapping[str, str], mentors: int) -> Iterator[tuple[dict[str, Program], dict[str, str], Path]]:
    """A database with mentors, a broker and a Slack; what is to be started, and its environment."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ithaca-start-"))).resolve()
        settings = stack.enter_context(database(environ))
        broker = stack.enter_context(scratch.redis())
        told = [filling.facts(one, number) for number, one in enumerate(people.mentors(mentors))]
        filling.add_mentors(settings.database_url, told, Random())
        slack, web, empty = free_port(), free_port(), free_port()
        url = f"http://127.0.0.1:{slack}/api/"
        known = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": settings.database_url,
            "REDIS_URL": broker,
            "SLACK_API_URL": url,
            "SLACK_BOT_TOKEN": "xoxb-bench",
            "SLACK_SIGNING_SECRET": SECRET,
            "ITHACA_SECRET_KEY": settings.secret_key.get_secret_value(),  # the role's password is made of it
            "ITHACA_PUBLIC_URL": f"http://127.0.0.1:{web}",
            "ITHACA_DATA": str(folder),
        }
        answering = Program("tests.bench.acks.slack", (str(slack),), port=slack)
        log = folder / "slack.log"
        command = [sys.executable, "-P", "-m", answering.module, *answering.given]
        stack.enter_context(running(command, answering.ready(log), log, known))
        bare = "tests.bench.start.bare"
        programs = {
            "web": Program("app", ("web", "--port", str(web)), port=web),
            "beside it, an empty Bolt app": Program("tests.bench.acks.empty", (str(empty), SECRET, url), port=empty),
            "worker: delivery, default": Program("app", ("worker", "--queues", "delivery,default")),
            "beside it, Celery without a task": Program(bare, ("worker", broker, str(folder))),
            "worker: matching": Program("app", ("worker", "--queues", "matching")),
            "beside it, the model alone": Program("tests.bench.start.model"),
            "beat": Program("app", ("beat",), file=folder / "beat" / "schedule"),
            "beside it, Celery's alone": Program(bare, ("beat", broker, str(folder)), file=folder / "schedule"),
        }
        yield programs, known, folder


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
