"""The measurement of starts, with a process that is ready at once."""

import os
from pathlib import Path

from app.environment import ROOT
from tests.bench.start.run import Random, row
from tests.bench.start.starting import Program, Started, start


def test_a_process_is_ready_once_it_has_made_its_file(tmp_path: Path) -> None:
    given = ("beat", "redis://127.0.0.1:1/0", str(tmp_path))
    program = Program("tests.bench.start.bare", given, file=tmp_path / "schedule")
    started = start(program, {**os.environ, "PYTHONPATH": str(ROOT)}, tmp_path)
    assert started.most >= started.resident >= started.proportional > 0
    assert started.seconds > 0


def test_a_line_has_both_starts_and_the_memory_of_the_warm_one() -> None:
    cold, warm = Started(2.0, 1.9, 9, 9, 9), Started(1.0, 0.9, 30, 20, 40)
    assert row("web", cold, warm).split() == ["web", "2.0", "1.9", "1.0", "0.9", "30", "20", "40"]


def test_random_vectors_are_of_length_1_each_another() -> None:
    one, other = Random().encode(["the same", "the same"])
    assert abs(one @ one - 1) < 1e-3
    assert abs(one @ other) < 0.5
