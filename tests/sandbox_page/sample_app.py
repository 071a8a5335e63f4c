"""A tiny Slack app: what the page shows and does is seen through it."""

from __future__ import annotations

import json
import time
from typing import Any

from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.sandbox_page.sample_blocks import EVERY_BLOCK, EVERY_FIELD, HOME, Json, field, mrkdwn, option, plain

MANIFEST: Json = {
    "display_information": {"name": "Demo"},
    "features": {
        "bot_user": {"display_name": "Demo"},
        "slash_commands": [
            {"command": "/form", "description": "Open a form with every field"},
            {"command": "/show", "description": "Post a message with every block", "usage_hint": "[here | home]"},
            {"command": "/say", "description": "Answer in words", "usage_hint": "what to say"},
            {"command": "/slow", "description": "Answer too late"},
        ],
    },
}
SKILLS = ["Kubernetes", "Kotlin", "Python", "PostgreSQL"]


def form(blocks: list[Json], title: str = "Every field") -> Json:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain(title),
        "submit": plain("Save"),
        "close": plain("Not now"),
        "blocks": blocks,
    }


class SampleApp:
    """Answers Slack's requests and remembers what it was told."""

    def __init__(self, api_url: str, token: str, late: float) -> None:
        self._client = WebClient(token, base_url=f"{api_url}/api/")
        self._late = late
        self.actions: list[Json] = []
        self.submitted: list[Json] = []
        self.commands: list[Json] = []
        self.asgi = Starlette(routes=[Route("/slack/events", self._take, methods=["POST"])])

    async def _take(self, request: Request) -> Response:
        if request.headers["content-type"].startswith("application/json"):
            return await run_in_threadpool(self._event, await request.json())
        fields = dict(await request.form())
        if "payload" in fields:
            return await run_in_threadpool(self._interaction, json.loads(str(fields["payload"])))
        return await run_in_threadpool(self._command, fields)

    def _event(self, body: Json) -> Response:
        event = body["event"]
        if event["type"] == "app_home_opened":
            self._client.views_publish(user_id=event["user"], view={"type": "home", "blocks": HOME})
        return Response()

    def _command(self, asked: dict[str, Any]) -> Response:
        self.commands.append(asked)
        match asked["command"]:
            case "/form":
                self._open(asked["trigger_id"], first_loading=asked["text"] == "later")
            case "/show":
                self._client.chat_postMessage(channel=asked["channel_id"], text="Blocks", blocks=EVERY_BLOCK)
            case "/slow":
                time.sleep(self._late)
            case _:
                return JSONResponse({"text": asked["text"] or "Say what?"})
        return Response()

    def _open(self, trigger: str, *, first_loading: bool) -> None:
        if not first_loading:
            self._client.views_open(trigger_id=trigger, view=form(EVERY_FIELD))
            return
        wait = {"type": "section", "text": mrkdwn("One moment…")}
        loading = {"type": "modal", "title": plain("Every field"), "blocks": [wait]}
        opened = self._client.views_open(trigger_id=trigger, view=loading)
        self._client.views_update(view_id=opened["view"]["id"], view=form(EVERY_FIELD))

    def _interaction(self, said: Json) -> Response:
        match said["type"]:
            case "block_suggestion":
                typed = said["value"].lower()
                found = [option(skill) for skill in SKILLS if typed in skill.lower()]
                return JSONResponse({"options": found or [option(said["value"])]})
            case "view_submission":
                return self._submitted(said)
            case "block_actions":
                self._acted(said)
        return Response()

    def _submitted(self, said: Json) -> Response:
        values = said["view"]["state"]["values"]
        self.submitted.append(values)
        headline = values.get("headline", {}).get("answer", {}).get("value")
        if headline == "taken":
            return JSONResponse({"response_action": "errors", "errors": {"headline": "Somebody has this one."}})
        if headline == "more":
            view = form([field("Reason", "plain_text_input")], "One thing more")
            return JSONResponse({"response_action": "push", "view": view})
        if headline == "again":
            words = {"type": "section", "text": mrkdwn("Almost there.")}
            return JSONResponse({"response_action": "update", "view": form([words, *EVERY_FIELD])})
        return Response()

    def _acted(self, said: Json) -> None:
        action = said["actions"][0]
        self.actions.append(action | {"user": said["user"]["id"], "state": said.get("state")})
        if action["action_id"] == "slow":
            time.sleep(self._late)
        if action["action_id"] == "accept":
            done = {"type": "section", "text": mrkdwn(":white_check_mark: You accepted.")}
            self._client.chat_update(
                channel=said["channel"]["id"], ts=said["message"]["ts"], text="Accepted", blocks=[done]
            )
