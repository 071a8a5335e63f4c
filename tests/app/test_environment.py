import json
import shlex
from pathlib import Path

import pytest

from app import environment
from app.commands.env import exports
from app.stack import record
from core.config import ConfigurationError

STACK = {
    "DATABASE_URL": "postgresql://ithaca:secret@127.0.0.1:1/ithaca",
    "DATABASE_APP_URL": "postgresql://ithaca_app:other@127.0.0.1:1/ithaca",
    "REDIS_URL": "redis://:secret@127.0.0.1:2/0",
    "SLACK_API_URL": "http://127.0.0.1:3/api/",
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_SIGNING_SECRET": "signed",
    "ITHACA_SECRET_KEY": "a secret key of sixteen or more",
    "ITHACA_PUBLIC_URL": "http://127.0.0.1:4",
}


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"ITHACA_DATA": str(tmp_path)}


def test_nothing_set_and_nothing_running_says_what_to_do(environ: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError, match=r"run `\./ithaca up`, or set DATABASE_URL"):
        environment.settings(environ)


def test_a_running_stack_is_found(environ: dict[str, str], tmp_path: Path) -> None:
    with record.held(tmp_path):
        record.write(tmp_path / record.CONNECTIONS, STACK)
        settings = environment.settings(environ)
    assert settings.redis_url == STACK["REDIS_URL"]
    assert settings.data == tmp_path


def test_what_a_stack_that_ended_wrote_does_not_count(tmp_path: Path) -> None:
    with record.held(tmp_path):
        record.write(tmp_path / record.CONNECTIONS, STACK)
    assert record.running(tmp_path) == {}


def test_the_environment_comes_first_and_groups_are_not_mixed(environ: dict[str, str], tmp_path: Path) -> None:
    with record.held(tmp_path):
        record.write(tmp_path / record.CONNECTIONS, STACK)
        known = environment.variables(environ | {"DATABASE_URL": "postgresql://me@db.example.edu/mentors"})
    assert known["DATABASE_URL"] == "postgresql://me@db.example.edu/mentors"
    assert "DATABASE_APP_URL" not in known
    assert known["REDIS_URL"] == STACK["REDIS_URL"]


def test_exports_survive_a_shell(environ: dict[str, str], tmp_path: Path) -> None:
    odd = 'it\'s $(rm) "quoted" `so` & long enough'
    data = tmp_path / "with space"
    lines = exports(environ | STACK | {"ITHACA_SECRET_KEY": odd, "ITHACA_DATA": str(data)})
    read_back = dict(part.split("=", 1) for part in shlex.split(lines) if part != "export")
    assert read_back == STACK | {"ITHACA_SECRET_KEY": odd, "ITHACA_DATA": str(data)}


def test_exports_name_the_derived_connection_of_the_services_role(environ: dict[str, str]) -> None:
    given = {name: value for name, value in STACK.items() if name != "DATABASE_APP_URL"}
    assert "export DATABASE_APP_URL=postgresql://ithaca_app:" in exports(environ | given)


def test_a_second_stack_on_one_folder_is_told_who_has_it(tmp_path: Path) -> None:
    with record.held(tmp_path), pytest.raises(Exception, match=r"already runs on .* \(process \d+\)"):  # noqa: SIM117
        with record.held(tmp_path):
            pass


def test_connections_are_for_their_owner_alone(tmp_path: Path) -> None:
    record.write(tmp_path / record.CONNECTIONS, STACK)
    assert (tmp_path / record.CONNECTIONS).stat().st_mode & 0o777 == 0o600
    assert json.loads((tmp_path / record.CONNECTIONS).read_text()) == STACK
