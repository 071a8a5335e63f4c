"""What holds for every answer of the web process: its headers, where it may lead, and what it never tells."""

import logging
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from app.web import create_app
from core.config import Settings
from core.links import Links, Purpose
from core.rules.scopes import Scope
from core.services.people import Person
from core.services.tokens import create_token
from core.uow import SYSTEM, Units
from tests.conftest import NOON
from tests.support import factories as make
from tests.support.staff import FIELD, link

HTTPS = "https://ithaca.example"
PLACES = (
    *("/", "/healthz", "/metrics", "/slack/events", "/a/nothing", "/nothing"),
    *("/admin/", "/admin/sign-in", "/admin/people/list", "/admin/static/x"),
    *("/api/v1/people", "/api/v1/openapi.json", "/api/v1/nothing"),
)
ELSEWHERE = (
    *("//evil.example", "//evil.example/..", "/\\evil.example/", "/api//evil.example"),
    *("/admin//evil.example/", "/admin/sign-in//evil.example"),
    *("/admin/?next=https://evil.example", "/admin/sign-in?next=//evil.example"),
)


@pytest.fixture
def ada(units: Units) -> Person:
    return make.person(units, "Ada Staff", is_admin=True)


def browser(settings: Settings, units: Units) -> TestClient:
    app = create_app(settings, units)
    return TestClient(app, base_url=settings.public_url, follow_redirects=False, raise_server_exceptions=False)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("place", PLACES)
def test_every_answer_keeps_others_out(settings: Settings, units: Units, place: str, method: str) -> None:
    safe = settings.model_copy(update={"public_url": HTTPS})
    headers = browser(safe, units).request(method, place).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert headers["strict-transport-security"].startswith("max-age=31536000")


def test_browsers_are_told_to_stay_encrypted_only_where_they_can(settings: Settings, units: Units) -> None:
    assert "strict-transport-security" not in browser(settings, units).get("/healthz").headers


@pytest.mark.parametrize("place", ELSEWHERE)
def test_no_answer_leads_elsewhere(settings: Settings, units: Units, place: str) -> None:
    client, own = browser(settings, units), urlsplit(settings.public_url).netloc
    for _ in range(3):
        location = client.get(settings.public_url + place).headers.get("location", "")
        assert urlsplit(location).netloc in ("", own)
        assert not location.startswith(("//", "/\\"))


def test_signing_in_leads_to_the_overview_whatever_the_address_asks_for(
    settings: Settings, units: Units, ada: Person
) -> None:
    client, url = browser(settings, units), link(settings, units, ada)
    found = FIELD.search(client.get(f"{url}&next=https://evil.example").text)
    assert found
    form = {"csrftoken": found[1], "key": url.partition("key=")[2], "next": "https://evil.example"}
    answer = client.post("/admin/sign-in/link?next=https://evil.example", data=form)
    assert answer.headers["location"] == "/admin/"


@pytest.mark.parametrize("trouble", ["broken", "no database"])
def test_no_key_stands_in_a_log_or_on_a_page_of_errors(
    settings: Settings,
    units: Units,
    ada: Person,
    trouble: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with units.work(SYSTEM) as work:
        _, key = create_token(work, ada.id, "Tests", [scope.value for scope in Scope])
    sign_in = link(settings, units, ada)
    in_mail = Links.of(settings).url(Purpose.OFFER_ACCEPT, ada.id, ada.id, NOON + timedelta(days=1))
    client = browser(settings, units)
    client.cookies.set("ithaca-staff", "the-key-of-a-session")
    _break(units, monkeypatch, settings if trouble == "no database" else None)
    answers = [
        client.get("/admin/"),
        client.get(sign_in),
        client.get(in_mail),
        client.post(in_mail, data={"token": in_mail.rpartition("/")[2]}),
        client.get("/api/v1/people", headers={"Authorization": f"Bearer {key}"}),
        client.get("/metrics", headers={"Authorization": f"Bearer {key}"}),
        client.get("/readyz"),
    ]
    assert all(answer.status_code >= 303 for answer in answers)
    told = "\n".join(answer.text for answer in answers)
    logged = "\n".join(
        caplog.handler.format(one) for one in caplog.records if not one.name.startswith(("httpx", "httpcore"))
    )
    secrets = {
        "a key of the API": key,
        "a sign-in link": sign_in.partition("key=")[2],
        "a link in a mail": in_mail.rpartition("/")[2],
        "a session": "the-key-of-a-session",
        "the bot's token": settings.slack_bot_token.get_secret_value(),
        "the signing secret": settings.slack_signing_secret.get_secret_value(),
        "the secret key": settings.secret_key.get_secret_value(),
        "the database's password": urlsplit(settings.database_url).password or "",
    }
    assert logged
    assert [name for name, secret in secrets.items() if secret in told] == []
    assert [name for name, secret in secrets.items() if secret in logged] == []
    assert "Traceback" not in told


def _break(units: Units, monkeypatch: pytest.MonkeyPatch, gone: Settings | None) -> None:
    """Nothing can be read or written: our own mistake, or a database that is not there."""

    def fail(*_: object) -> None:
        if gone:
            from psycopg import OperationalError as Refused
            from sqlalchemy.exc import OperationalError

            raise OperationalError("SELECT 1", {}, Refused("connection refused"))
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(units, "read", fail)
    monkeypatch.setattr(units, "work", fail)
