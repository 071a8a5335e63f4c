"""The driver, and with it the sandbox, against a real Bolt app: one story, every kind of field."""

import socket
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import Ack, App, Respond
from slack_bolt.adapter.starlette import SlackRequestHandler
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.sandbox.conftest import MANIFEST
from tests.support.fields import NotOffered
from tests.support.people import Person
from tests.support.receiver import app_served
from tests.support.sandbox_client import Json, SandboxClient
from tests.support.sandboxes import SECRET, TOKEN, served, settings_for
from tests.support.slack_blocks import button, field, modal, option, row, section, words

AB: Json = {"options": [option("A"), option("B")]}
COLOURS = [option("Red"), option("Blue")]
ALL = modal(
    "All fields",
    field("Line", "plain_text_input", "line"),
    field("Mail", "email_text_input", "mail"),
    field("Link", "url_text_input", "link"),
    field("Count", "number_input", "count", is_decimal_allowed=False),
    field("One", "static_select", "one", option_groups=[{"label": words("Letters"), **AB}]),
    field("Some", "multi_static_select", "some", **AB),
    field("Look up", "multi_external_select", "skills", min_query_length=1),
    field("Radio", "radio_buttons", "radio", **AB),
    field("Ticks", "checkboxes", "ticks", **AB),
    field("Who", "users_select", "who"),
    field("Whom", "multi_users_select", "whom"),
    field("Where", "conversations_select", "where"),
    field("Day", "datepicker", "day"),
    field("Hour", "timepicker", "hour"),
    field("Moment", "datetimepicker", "moment"),
    section("*Colour*", block_id="s", accessory={"type": "static_select", "action_id": "colour", "options": COLOURS}),
    callback_id="all",
)


class Sample:
    """A small app."""

    def __init__(self, client: WebClient) -> None:
        self.sent: Json = {}
        self.bolt = App(client=client, signing_secret=SECRET)
        self.bolt.command("/mentor")(self.open)
        self.bolt.options("skills")(self.suggest)
        self.bolt.action("colour")(lambda ack: ack())
        self.bolt.view("all")(self.take)
        self.bolt.action("accept")(self.accept)
        self.bolt.event("team_join")(lambda ack: ack())

    def open(self, ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=ALL)

    def suggest(self, ack: Ack, payload: Json) -> None:
        found = [s for s in ("Kubernetes", "JavaScript", "Java") if s.casefold().startswith(payload["value"][0])]
        ack(options=[option(skill) for skill in found])

    def take(self, ack: Ack, body: Json, view: Json, client: WebClient) -> None:
        self.sent = {a: entry for block in view["state"]["values"].values() for a, entry in block.items()}
        if self.sent["line"]["value"] == "bad":
            ack(response_action="errors", errors={"b_line": "Please say more."})
            return
        ack()
        blocks = [section("Mia asks for *you*"), row(button("Accept", "accept"), button("Decline", "decline"))]
        client.chat_postMessage(channel=body["user"]["id"], text="An offer", blocks=blocks)

    def accept(self, ack: Ack, respond: Respond) -> None:
        ack()
        respond(text="You accepted", replace_original=True)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Sample, SandboxClient]]:
    """A Bolt app in a sandbox."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        request_url = f"http://127.0.0.1:{listening.getsockname()[1]}/slack/events"
        data: Path = tmp_path_factory.mktemp("story")
        with served(settings_for(data, request_url, MANIFEST)) as running:
            sample = Sample(WebClient(TOKEN, base_url=f"{running.url}/api/"))
            handler = SlackRequestHandler(sample.bolt)

            async def events(request: Request) -> Response:
                return await handler.handle(request)

            app = Starlette(routes=[Route("/slack/events", events, methods=["POST"])])
            with app_served(app, listening), SandboxClient(running.url) as sandbox:
                yield sample, sandbox


def test_a_story_from_command_to_click(story: tuple[Sample, SandboxClient]) -> None:
    sample, sandbox = story
    mia = Person.join(sandbox, "Mia Tan", email="mia@example.org")
    tom = Person.join(sandbox, "Tom Ray")
    mia.command("/mentor", "request")
    form = mia.wait_modal("All fields")
    assert "Line" in form.submit()
    moment = datetime(2026, 3, 29, 12, tzinfo=UTC)
    direct = mia.channel("general")
    answers: dict[str, Any] = {
        "Line": "bad", "Mail": "a@b.org", "Link": "https://b.org", "Count": 3, "One": "a", "Some": ["A", "B"],
        "Look up": [("k8s", "Kubernetes"), "javascript"], "Radio": "B", "Ticks": True, "Who": tom,
        "Whom": [tom, mia], "Where": direct, "Day": date(2026, 3, 1), "Hour": time(9, 30), "Moment": moment,
        "Colour": "Red",
    }  # fmt: skip
    assert form.fill(answers).submit() == {"Line": "Please say more."}
    assert form.fill({"Line": "better", "Ticks": False, "Some": None}).submit() != {}
    assert form.fill({"Some": ["B"], "Ticks": ["A"]}).submit() == {}
    a, b = option("A"), option("B")
    assert {name: {k: v for k, v in entry.items() if k != "type"} for name, entry in sample.sent.items()} == {
        "line": {"value": "better"}, "mail": {"value": "a@b.org"}, "link": {"value": "https://b.org"},
        "count": {"value": "3"}, "one": {"selected_option": a}, "some": {"selected_options": [b]},
        "skills": {"selected_options": [option("Kubernetes"), option("JavaScript")]},
        "radio": {"selected_option": b}, "ticks": {"selected_options": [a]}, "who": {"selected_user": tom.id},
        "whom": {"selected_users": [tom.id, mia.id]}, "where": {"selected_conversation": direct},
        "day": {"selected_date": "2026-03-01"}, "hour": {"selected_time": "09:30"},
        "moment": {"selected_date_time": int(moment.timestamp())}, "colour": {"selected_option": option("Red")},
    }  # fmt: skip
    mia.wait_no_modal()
    offer = mia.wait_for("MIA ASKS", button="Accept")
    assert offer.buttons() == ["Accept", "Decline"]
    offer.press("Accept").wait_gone("Accept")
    assert offer.text_all() == "You accepted"
    assert offer.press_raw("Accept") == {"ok": True}


def test_what_is_not_there_cannot_be_chosen(
    story: tuple[Sample, SandboxClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, sandbox = story
    monkeypatch.setattr("tests.support.sandbox_client.PATIENCE", 0.1)
    kim = Person.join(sandbox, "Kim Alder")
    kim.command("/mentor")
    form = kim.wait_modal(timeout=5)
    for label, value in (("One", "C"), ("Look up", ("java", "Rust")), ("Look up", ""), ("Nowhere", "x")):
        with pytest.raises(NotOffered):
            form.select(label, value)
    with pytest.raises(NotOffered):
        form.press("Fly")
    form.close()
    assert not form.is_open
