"""`./ithaca` from outside: the script, what it prints for a shell, and how it says no."""

import os
import subprocess
from pathlib import Path

import pytest

from app.cli import main
from app.commands.test import offline
from app.environment import ROOT
from app.install import InstallationError, install
from app.stack.log import worth_reading


def ithaca(*arguments: str, data: Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    environ = offline(os.environ) | {"ITHACA_DATA": str(data)}
    command = [str(ROOT / "ithaca"), *arguments]
    return subprocess.run(command, cwd=cwd, env=environ, capture_output=True, text=True, check=False)


def test_it_works_from_another_folder_and_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__init__.py").write_text("raise RuntimeError('a stranger')")
    done = ithaca("env", data=tmp_path, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"Ithaca does not run on {tmp_path}, and no connection is set: run `./ithaca up`")


def test_it_works_through_a_link(tmp_path: Path) -> None:
    link = tmp_path / "ithaca"
    link.symlink_to(ROOT / "ithaca")
    done = subprocess.run([link, "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "run everything on this machine" in done.stdout


def test_unknown_arguments_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["env", "--colour"])
    assert "unrecognized arguments: --colour" in capsys.readouterr().err


def test_tests_do_not_reach_a_running_stack_and_keep_bytecode() -> None:
    left_out = {
        "DATABASE_URL": "postgresql://x", "ITHACA_DATA": "/y", "SLACK_BOT_TOKEN": "z", "PYTHONDONTWRITEBYTECODE": "1"
    }  # fmt: skip
    known = offline(left_out | {"PATH": "/bin"})
    assert not known.keys() & left_out.keys()
    assert known["PATH"] == "/bin"
    assert known["HF_HUB_OFFLINE"] == "1"


def test_a_failed_installation_is_begun_anew_and_a_good_one_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "requirements.lock").write_text("celery==5\n")
    python, steps = tmp_path / ".venv" / "bin" / "python", []

    def run(what: str, command: list[str]) -> None:
        steps.append(what)
        if what == "making .venv":
            python.parent.mkdir()
            python.touch()
        elif steps.count("pip") == 1:
            raise InstallationError(command[-1])

    monkeypatch.setattr("app.install._run", run)
    with pytest.raises(InstallationError, match=r"requirements\.lock"):
        install(tmp_path)
    install(tmp_path)
    install(tmp_path)
    assert steps == ["making .venv", "pip"] * 2
    (tmp_path / "requirements.lock").write_text("celery==6\n")
    install(tmp_path)
    assert steps[4:] == ["pip"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2030-03-01 12:00:00.123 INFO [-] tasks.delivery: sent to 3 mentors", "sent to 3 mentors"),
        ("2030-03-01 12:00:00.123 INFO [-] uvicorn.error: Started", None),
        ("2030-03-01 12:00:00.123 WARNING [-] kombu.connection: lost", "lost"),
        ("  File x.py, line 3", None),
    ],
)
def test_the_terminal_shows_our_own_events_and_everybodys_warnings(line: str, expected: str | None) -> None:
    event = worth_reading(line)
    assert (event.text if event else None) == expected
