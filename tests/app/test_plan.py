import socket
from pathlib import Path

import pytest

from app.embedded import secrets
from app.errors import CommandError
from app.stack import plan as planning
from app.stack import ports
from app.stack.plan import Choices, address
from core.config import ConfigurationError

REAL_SLACK = {
    "SLACK_API_URL": "https://slack.example.org/api/",
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_SIGNING_SECRET": "signed",
}


def test_without_anything_set_everything_is_brought_along(tmp_path: Path) -> None:
    plan = planning.make({}, tmp_path, Choices())
    assert (plan.cluster, plan.broker, plan.sandbox_port, plan.seed) != (None, None, None, False)
    assert plan.connections["SLACK_API_URL"] == "http://127.0.0.1:8001/api/"
    assert plan.public_url == "http://127.0.0.1:8000"
    assert plan.mailboxes
    assert plan.connections["SMTP_URL"].startswith("smtp://ithaca:")
    assert plan.connections["ITHACA_CLOCK_FILE"] == str(tmp_path / "clock")


def test_real_slack_means_no_sandbox_and_no_sample_people(tmp_path: Path) -> None:
    plan = planning.make(REAL_SLACK, tmp_path, Choices())
    assert plan.sandbox_port is None
    assert not plan.seed
    assert plan.connections["SLACK_BOT_TOKEN"] == "xoxb-1"
    assert "SMTP_URL" not in plan.connections
    assert "ITHACA_CLOCK_FILE" not in plan.connections


def test_a_mail_server_of_ones_own_is_used(tmp_path: Path) -> None:
    plan = planning.make({"SMTP_URL": "smtp://mail.example.edu"}, tmp_path, Choices())
    assert not plan.mailboxes
    assert plan.connections["SMTP_URL"] == "smtp://mail.example.edu"


def test_servers_of_ones_own_are_used_and_need_a_key_of_ones_own(tmp_path: Path) -> None:
    given = {
        "DATABASE_URL": "postgresql://me:pw@db.example.edu/mentors",
        "REDIS_URL": "redis://r.example.edu",
    }
    with pytest.raises(ConfigurationError, match="ITHACA_SECRET_KEY is missing"):
        planning.make(given, tmp_path, Choices())
    plan = planning.make(given | {"ITHACA_SECRET_KEY": "sixteen and more letters"}, tmp_path, Choices())
    assert plan.cluster is None
    assert plan.broker is None


def test_an_unknown_setting_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="ITHACA_ADMIN is not a setting"):
        planning.make({"ITHACA_ADMIN": "me"}, tmp_path, Choices())


def test_a_shell_that_was_given_the_connections_can_start_the_same_stack_again(tmp_path: Path) -> None:
    first = planning.make({}, tmp_path, Choices())
    again = planning.make(first.connections, tmp_path, Choices(port=8010))
    assert again.cluster is not None
    assert again.broker is not None
    assert again.sandbox_port
    assert again.mailboxes
    assert again.public_url == "http://127.0.0.1:8010"


@pytest.mark.parametrize(
    ("public_url", "expected"),
    [
        ("http://127.0.0.1:8123", ("127.0.0.1", 8123)),
        ("http://localhost", ("127.0.0.1", 80)),
        ("http://mentors.example.edu:9000", ("0.0.0.0", 9000)),
        ("https://mentors.example.edu", ("0.0.0.0", 8000)),
    ],
)
def test_the_web_process_listens_where_its_address_says(public_url: str, expected: tuple[str, int]) -> None:
    assert address(public_url) == expected


def test_a_taken_port_is_named_with_its_holder_and_a_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=rf"needs port {port}, which .+ holds.*--port {port + 10}"):
            ports.demand(port, "127.0.0.1", "Ithaca", "--port")


def test_a_port_is_kept_until_somebody_else_has_it(tmp_path: Path) -> None:
    first = ports.remembered(tmp_path, "postgres")
    assert ports.remembered(tmp_path, "postgres") == first
    with socket.create_server(("127.0.0.1", first)):
        assert ports.remembered(tmp_path, "postgres") != first


def test_secrets_are_made_once_for_their_owner_alone(tmp_path: Path) -> None:
    made = secrets.load(tmp_path)
    assert secrets.load(tmp_path) == made
    assert (tmp_path / secrets.FILE).stat().st_mode & 0o777 == 0o600


def test_damaged_secrets_are_not_replaced_in_silence(tmp_path: Path) -> None:
    (tmp_path / secrets.FILE).write_text("{")
    with pytest.raises(CommandError, match="damaged"):
        secrets.load(tmp_path)
