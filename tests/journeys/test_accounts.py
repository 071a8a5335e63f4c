"""Slack tells of accounts that change; what it tells is signed, and may be told twice."""

import hashlib
import hmac
import json
import time
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from core.models import User
from core.rules.roles import PersonState
from core.uow import SYSTEM
from tests.support.people import Person
from tests.support.service import Service
from tests.support.story import MENTOR, ask, mentors, student, tell

pytestmark = pytest.mark.journey


def told(service: Service, event: str, person: Person, **changed: Any) -> None:
    """Slack tells of a person as they are in the sandbox, but for what changed."""
    user = {**person.user, **changed}
    body = {"type": "event_callback", "team_id": user["team_id"], "event": {"type": event, "user": user}}
    raw, stamp = json.dumps(body | {"event_id": "Ev1", "api_app_id": "A0"}).encode(), str(int(time.time()))
    signed = hmac.new(service.signing_secret.encode(), b"v0:" + stamp.encode() + b":" + raw, hashlib.sha256)
    headers = {
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={signed.hexdigest()}",
        "Content-Type": "application/json",
    }
    answer = httpx.post(f"{service.url}/slack/events", content=raw, headers=headers, trust_env=False)
    assert answer.status_code == 200


def kept(service: Service, person: Person) -> tuple[str, PersonState] | None:
    with service.units.read(SYSTEM) as reading:
        found = reading.session.scalar(select(User).where(User.slack_user_id == person.id))
        return (found.name, found.state) if found else None


def test_another_name_is_used_from_then_on(service: Service) -> None:
    (kim,) = mentors(service, "Kim Alder")
    renamed = kim.user["profile"] | {"real_name": "Kim Cedar"}
    for _ in range(2):
        told(service, "user_change", kim, profile=renamed, real_name="Kim Cedar")
    service.sandbox.wait(lambda: kept(service, kim) == ("Kim Cedar", PersonState.ACTIVE), "the new name")


def test_who_leaves_and_comes_back_is_asked_again(service: Service) -> None:
    (kim,) = mentors(service, "Kim Alder")
    told(service, "user_change", kim, deleted=True)
    service.sandbox.wait(lambda: kept(service, kim) == ("Kim Alder", PersonState.LEFT), "the departure")
    card = ask(student(service))
    service.jobs.settle()
    assert "waiting list" in card.text
    told(service, "user_change", kim)
    service.sandbox.wait(lambda: "been asked" in card.text, "the offer to who is back")
    assert kept(service, kim) == ("Kim Alder", PersonState.ACTIVE)


def test_who_merely_joins_the_workspace_is_not_kept(service: Service) -> None:
    stranger = service.person("Stranger Elm", email="stranger@example.org")
    told(service, "team_join", stranger)
    tell(service.person("Kim Alder", email="kim@example.org"), MENTOR)
    assert kept(service, stranger) is None
