"""Sign in with Slack: who comes back is let in if it is they, in this browser, now, and if they are staff."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import select

from core.config import Settings
from core.models import AuditEntry
from core.services.people import Person
from core.uow import SYSTEM, Units
from tests.conftest import NOON
from tests.support import factories as make
from tests.support.served import serving
from tests.support.servers import free_port
from tests.support.staff import browser
from tests.web.auth.slack_double import ID, SECRET, SlackDouble
from web.auth.slack import TEAM, USER


@pytest.fixture
def ada(units: Units) -> Person:
    return make.person(units, "Ada Staff", is_admin=True)


@pytest.fixture
def slack(ada: Person) -> Iterator[SlackDouble]:
    port = free_port()
    double = SlackDouble(f"http://127.0.0.1:{port}", user_id=str(ada.slack_user_id), now=NOON.timestamp())
    with serving(double.app(), port):
        yield double


@pytest.fixture
def client(settings: Settings, units: Units, slack: SlackDouble) -> TestClient:
    known = {
        "slack_api_url": f"{slack.issuer}/api/",
        "slack_client_id": ID,
        "slack_client_secret": SecretStr(SECRET),
    }
    return browser(settings.model_copy(update=known), units)


def to_slack(client: TestClient) -> str:
    """Go to Slack, and be sent back: the address that the browser is to open."""
    there = client.get("/admin/sign-in/slack")
    assert there.status_code == 303
    return httpx.get(there.headers["location"]).headers["location"]


def audit(units: Units) -> list[str]:
    with units.read(SYSTEM) as reading:
        return list(reading.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def test_staff_come_in(client: TestClient, units: Units, slack: SlackDouble) -> None:
    assert "Sign in with Slack" in client.get("/admin/sign-in").text
    answer = client.get(to_slack(client))
    assert (answer.status_code, answer.headers["location"]) == (303, "/admin/")
    assert "Ada Staff" in client.get("/admin/").text
    assert audit(units) == ["signed_in"]
    assert slack.asked["scope"] == "openid"
    assert slack.asked["code_challenge_method"] == "S256"


def test_each_attempt_comes_back_once(client: TestClient) -> None:
    back = to_slack(client)
    client.get(back)
    client.cookies.delete("ithaca-staff")
    assert client.get(back).status_code == 403


def test_what_is_asked_for_is_new_each_time(client: TestClient, slack: SlackDouble) -> None:
    seen = []
    for _ in range(2):
        to_slack(client)
        seen.append({slack.asked[name] for name in ("state", "nonce", "code_challenge")})
    assert len(seen[0] | seen[1]) == 6


def test_an_address_that_another_prepared_signs_nobody_in(
    client: TestClient, settings: Settings, units: Units, slack: SlackDouble
) -> None:
    """An attacker's way back, opened in the browser of somebody else."""
    back = to_slack(client)
    other = TestClient(client.app, base_url=settings.public_url, follow_redirects=False)
    assert other.get(back).status_code == 403
    other.get("/admin/sign-in/slack")  # also if that browser has an attempt of its own
    assert other.get(back).status_code == 403
    assert slack.codes == ["a-code"]  # it was not even asked
    assert audit(units) == []


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"aud": "another"},
        {"iss": "https://slack.example"},
        {"exp": NOON.timestamp() - 3600},
        {"exp": None},
        {"exp": "tomorrow"},
        {USER: None},
        {TEAM: None},
        {TEAM: 7},
    ],
)
def test_every_word_has_to_be_right(client: TestClient, slack: SlackDouble, claims: dict[str, Any]) -> None:
    slack.claims = claims
    answer = client.get(to_slack(client))
    assert answer.status_code == 403
    assert "Slack did not sign you in" in answer.text
    assert "ithaca-staff" not in client.cookies


@pytest.mark.parametrize(("team", "user"), [("T0OTHER", None), ("T0TEST", "U0NOBODY")])
def test_another_team_or_account_is_refused(
    client: TestClient, units: Units, slack: SlackDouble, team: str, user: str | None
) -> None:
    slack.team_id, slack.user_id = team, user or slack.user_id
    answer = client.get(to_slack(client))
    assert answer.status_code == 403
    assert "These pages are for staff" in answer.text
    assert audit(units) == ["sign_in_refused"]


def test_a_student_is_refused(client: TestClient, units: Units, slack: SlackDouble) -> None:
    slack.user_id = str(make.student(units, "Mia Tan").slack_user_id)
    assert client.get(to_slack(client)).status_code == 403
    assert client.get("/admin/").status_code == 303
    assert audit(units) == ["sign_in_refused"]


@pytest.mark.parametrize("query", ["", "?code=a-code", "?state=x&code=y", "?error=access_denied&state={state}"])
def test_an_answer_that_is_none_is_refused(client: TestClient, query: str) -> None:
    state = parse_qs(urlsplit(to_slack(client)).query)["state"][0]
    assert client.get(f"/admin/sign-in/slack/back{query.format(state=state)}").status_code == 403


def test_where_slack_does_not_answer_it_is_said(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    back = to_slack(client)

    def fail(*_: object, **__: object) -> None:
        raise httpx.ConnectError("no way")

    monkeypatch.setattr(httpx, "post", fail)
    assert client.get(back).status_code == 403


def test_without_a_client_there_is_no_such_way(settings: Settings, units: Units) -> None:
    client = browser(settings, units)
    assert "Sign in with Slack" not in client.get("/admin/sign-in").text
    assert client.get("/admin/sign-in/slack").status_code == 403
