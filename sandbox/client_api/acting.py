"""Client API: commands, buttons, fields and forms, which become requests to the app."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.app_requests import payloads
from sandbox.app_requests.submissions import BadAnswer, obey
from sandbox.app_requests.transport import Answer
from sandbox.app_requests.wire import Wire
from sandbox.block_kit.complaints import complaints
from sandbox.block_kit.element_shapes import options_of
from sandbox.block_kit.elements import ANSWER_KEYS, PRESSED, Element, elements, state_of
from sandbox.block_kit.limits import suggestion_problems
from sandbox.client_api.asked import Asked
from sandbox.errors import ClientError, SlackError
from sandbox.store import Json
from sandbox.web_api.arguments import Arguments
from sandbox.web_api.content import POST_CHARACTERS, read_content
from sandbox.workspace.conversations import Conversation
from sandbox.workspace.state import Workspace


@dataclass(frozen=True)
class Place:
    """Where a person acts: the element, what a request says about the place, and what the place hands out."""

    element: Element
    said: Json
    view: str | None = None
    channel: Conversation | None = None
    message: str | None = None


class Acting:
    """The calls that reach the app. An answer later than three seconds counts as none."""

    def __init__(self, workspace: Workspace, wire: Wire) -> None:
        self._w, self._wire = workspace, wire

    async def command(self, asked: Asked) -> Json:
        """Type a slash command."""
        w, person, channel = self._w, asked.person, asked.channel
        typed = str(asked.need("command")), asked.text("text")
        if typed[0] not in {one.command for one in w.app.commands}:
            raise ClientError(404, "unknown_command", f"{typed[0]} is no command of this workspace.")
        url = self._response_url(person, channel, None)
        answer = await self._wire.command(payloads.command(w, person, channel, typed, url))
        return self._told(answer) if answer.failure else self._show(channel, person, answer)

    async def action(self, asked: Asked) -> Json:
        """Press a button, or answer a field that tells the app."""
        w, person, said = self._w, asked.person, asked.thing("value")
        place = self._place(asked, said)
        more: Json = {"trigger_id": w.triggers.issue(person["id"], place.view)}
        if place.channel:
            more["response_url"] = self._response_url(person, place.channel, place.message)
        done = payloads.action(w, place.element, _value(place.element, said))
        answer = await self._wire.interaction(
            payloads.interaction(w, "block_actions", person, **place.said, **more, actions=[done])
        )
        return self._told(answer)

    async def suggest(self, asked: Asked) -> Json:
        """Ask the app for options while a person types."""
        w, place = self._w, self._place(asked, None)
        block_id, action_id = place.element.ids
        said = {key: value for key, value in place.said.items() if key != "state"}
        typed = {"action_id": action_id, "block_id": block_id, "value": asked.text("query")}
        answer = await self._wire.interaction(
            payloads.interaction(w, "block_suggestion", asked.person, **said, **typed)
        )
        if answer.failure:
            return {**self._told(answer), "options": []}
        try:
            body = answer.json()
        except ValueError:
            body = None
        problems = suggestion_problems(body)
        if problems:
            return {
                "ok": False,
                "error": "invalid_suggestions",
                "message": "; ".join(problems),
                "options": [],
            }
        key = "options" if body.get("option_groups") is None else "option_groups"
        return {key: body[key]}

    async def submit(self, asked: Asked) -> Json:
        """Submit a form. What Slack's client would not send comes back as errors."""
        w, view = self._w, asked.modal()
        if not view["submit"]:
            raise ClientError(400, "no_submit", "This modal has nothing to submit.")
        view = w.views.answer(view, asked.state)
        wrong = complaints(view["blocks"], view["state"]["values"])
        if wrong:
            return {"ok": True, "closed": False, "errors": wrong}
        trigger = w.triggers.issue(asked.person["id"], view["id"])
        answer = await self._wire.interaction(
            payloads.interaction(w, "view_submission", asked.person, trigger_id=trigger, view=view, response_urls=[])
        )
        if answer.failure:
            return self._told(answer)
        try:
            errors = obey(w, view["id"], answer)
        except BadAnswer as bad:
            return {"ok": False, "error": "invalid_response", "message": str(bad)}
        return {"ok": True, "closed": not w.views.find(view["id"])} | ({"errors": errors} if errors else {})

    async def close(self, asked: Asked) -> Json:
        """Close a modal, or the whole stack if the view says so. The app hears of those that asked for it."""
        w, view, person = self._w, asked.modal(), asked.person
        view = w.views.answer(view, asked.state)
        cleared = bool(view["clear_on_close"])
        stack = w.views.modals(person["id"])
        gone = stack if cleared else stack[[one["id"] for one in stack].index(view["id"]) :]
        w.views.close(gone[0]["id"])
        failed: Json = {}
        for closed in reversed(gone):
            if closed["notify_on_close"]:
                told = payloads.interaction(w, "view_closed", person, view=closed, is_cleared=cleared)
                failed |= self._told(await self._wire.interaction(told))
        return {"ok": True} | failed

    def _place(self, asked: Asked, said: Json | None) -> Place:
        """Where the person acts. What they chose just now (`said`) becomes part of the state."""
        source, ids = asked.thing("source"), (str(asked.need("block_id")), str(asked.need("action_id")))
        if isinstance(source.get("view"), str):
            view = asked.view(source["view"])
            element = _find(elements(view["blocks"]), ids)
            view = self._w.views.answer(view, asked.state, _answer(element, said))
            return Place(element, payloads.in_view(view), view=view["id"])
        if isinstance(source.get("message"), dict):
            channel, message = asked.message(source["message"])
            element = _find(self._w.messages.interactive(channel, message), ids)
            values = state_of(message.get("blocks") or [], asked.state, _answer(element, said))
            told = payloads.in_message(channel, message, values)
            return Place(element, told, channel=channel, message=message["ts"])
        raise ClientError(400, "invalid_source", "source is {message: {channel, ts}} or {view: id}.")

    def _response_url(self, person: Json, channel: Conversation, message: str | None) -> str:
        secret = self._w.response_urls.issue(person["id"], channel.id, message)
        return f"{self._w.settings.url}/response/{secret}"

    def _show(self, channel: Conversation, person: Json, answer: Answer) -> Json:
        """Show what came with the acknowledgement of a command: plain text or a message."""
        if not answer.body.strip():
            return {"ok": True}
        try:
            body = answer.json()
        except ValueError:
            body = answer.body
        args = Arguments(body if isinstance(body, dict) else {"text": answer.body})
        try:
            content = read_content(args, POST_CHARACTERS)
        except SlackError as error:
            return {
                "ok": False,
                "error": "dispatch_failed",
                "message": "; ".join([error.code, *error.problems]),
            }
        in_channel = args.text("response_type") == "in_channel"
        self._w.respond(channel, person["id"], content, in_channel=in_channel)
        return {"ok": True}

    @staticmethod
    def _told(answer: Answer) -> Json:
        return {"ok": False, "error": answer.failure} if answer.failure else {"ok": True}


def _find(among: Iterator[Element], ids: tuple[str, str]) -> Element:
    found = next((one for one in among if one.ids == ids), None)
    if not found:
        raise ClientError(409, "element_gone", "That button or field is not there any more.")
    return found


def _value(element: Element, said: Json) -> Json:
    """The part of an action that the person chose: nothing for a button, else what is offered."""
    if element.kind == "button":
        return {}
    key = "selected_option" if element.kind == "overflow" else ANSWER_KEYS[element.kind]
    if key not in said:
        raise ClientError(400, "invalid_argument", f"value must hold {key}.")
    offered = {option["value"] for option in options_of(element.body)}
    if offered and said[key] is not None:
        chosen = said[key] if isinstance(said[key], list) else [said[key]]
        if not all(isinstance(one, dict) and one.get("value") in offered for one in chosen):
            raise ClientError(400, "not_offered", "Choose one of the options there are.")
    return {key: said[key]}


def _answer(element: Element, said: Json | None) -> dict[str, dict[str, Json]]:
    """What the person chose as a part of the state; pressing leaves no answer."""
    if said is None or element.kind in PRESSED:
        return {}
    block_id, action_id = element.ids
    return {block_id: {action_id: _value(element, said)}}
