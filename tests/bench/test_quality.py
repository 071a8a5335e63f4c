"""`./ithaca bench quality`: from a set to scores and figures, with the rubric that serves students."""

import csv
import subprocess
from pathlib import Path

import pytest

from app.cli import main
from app.environment import ROOT
from app.errors import CommandError
from tests.bench.quality import reading
from tests.bench.quality.run import measured
from tests.bench.tiny_sets import write_pair_set, write_relevance_set
from tests.support.encoder import HashEncoder


def scores_in(path: Path) -> dict[tuple[str, str], float]:
    with path.open(encoding="utf-8", newline="") as rows:
        return {(row["query"], row["candidate"]): float(row["score"]) for row in csv.DictReader(rows)}


def test_a_set_is_scored_and_its_figures_are_told(tmp_path: Path) -> None:
    told = measured(write_relevance_set(tmp_path / "a"), tmp_path / "out.csv", HashEncoder())
    assert told.startswith("tiny: 2 groups drawn;")
    assert "* R@1          1.0000  [1.0000, 1.0000]  n=2" in told
    assert "  hard R@1     1.0000  [1.0000, 1.0000]  n=1" in told
    scores = scores_in(tmp_path / "out.csv")
    assert len(scores) == 5 + 4
    assert scores["script", "coder"] == 100  # JS is JavaScript
    assert ("script", "sailor") not in scores
    assert max(scores, key=lambda pair: (pair[0] == "bread", scores[pair])) == ("bread", "cook")


def test_pairs_are_told_apart_by_what_the_texts_say(tmp_path: Path) -> None:
    told = measured(write_pair_set(tmp_path / "b"), tmp_path / "out.csv", HashEncoder())
    assert "* loss         0.3333" in told
    assert "  easy         1.0000" in told
    assert set(scores_in(tmp_path / "out.csv")) == {("paper", "physicist"), ("paper", "chemist")}


def test_a_folder_may_hold_several_sets(tmp_path: Path) -> None:
    for name in ("b", "a"):
        write_relevance_set(tmp_path / name)
    (tmp_path / "notes").mkdir()
    assert reading.folders(tmp_path) == [tmp_path / "a", tmp_path / "b"]
    assert reading.folders(tmp_path / "a") == [tmp_path / "a"]


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"queries.jsonl": ["{"]}, "queries.jsonl, line 1 is not JSON"),
        ({"queries.jsonl": [{"goals": "x"}]}, "queries.jsonl, line 1: there is no 'id'"),
        ({"queries.jsonl": [{"id": "bread", "among": ["nobody"]}]}, "names a candidate 'nobody'"),
        ({"candidates.jsonl": [{"id": "cook", "research": [{"ref": "gone"}]}]}, "cook: there is no text 'gone'"),
        ({"relevance.csv": ["query,candidate"]}, "has no column 'grade'"),
        ({"relevance.csv": ["query,candidate,grade", "bread,cook,much"]}, "line 2: 'much' is no number"),
        ({"relevance.csv": ["query,candidate,grade", "other,cook,1"]}, "names a query 'other'"),
        ({"relevance.csv": ["query,candidate,grade", "bread,cook,0"]}, "no relevant candidate for query 'bread'"),
    ],
)
def test_what_is_wrong_with_a_set_is_told_in_a_sentence(
    tmp_path: Path, changed: dict[str, object], complaint: str
) -> None:
    with pytest.raises(CommandError, match=complaint):
        reading.read(write_relevance_set(tmp_path, **changed))


def test_a_folder_without_sets_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "quality", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith(f"{tmp_path} is no quality set and holds none")


@pytest.mark.journey
def test_the_command_scores_with_the_real_model_and_remembers_its_vectors(tmp_path: Path) -> None:
    folder = write_relevance_set(tmp_path / "tiny")
    command: list[Path | str] = [ROOT / "ithaca", "bench", "quality", folder, "--cache", tmp_path / "cache"]
    for _ in range(2):
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert "* R@1          1.0000" in done.stdout
    assert scores_in(folder / "scores.csv")["script", "coder"] == 100
    assert (tmp_path / "cache" / "all-MiniLM-L6-v2.sqlite").is_file()
