"""What a page asks for, checked: who acts, and on what."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request

from sandbox.errors import ClientError
from sandbox.store import Json
from sandbox.workspace.conversations import Conversation
from sandbox.workspace.state import Workspace


class Asked:
    """The arguments of one call, from the address and the JSON body. A wrong one raises `ClientError`."""

    def __init__(self, workspace: Workspace, given: Json) -> None:
        self._w, self.given = workspace, given

    @classmethod
    async def read(cls, workspace: Workspace, request: Request) -> Asked:
        """Read a request."""
        raw = await request.body() if request.method == "POST" else b""
        if raw and not request.headers.get("content-type", "").startswith("application/json"):
            # Other sites' pages can send plain text here, but not JSON without being asked first.
            raise ClientError(415, "json_expected", "Send application/json.")
        try:
            body = json.loads(raw or b"{}")
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise ClientError(400, "invalid_json", "Send a JSON object.")
        return cls(workspace, {**request.query_params, **request.path_params, **body})

    def text(self, name: str) -> str:
        """A string, empty if it was not sent."""
        return str(self.given.get(name) or "")

    def need(self, name: str) -> Any:
        """Something that has to be there."""
        if self.given.get(name) in (None, ""):
            raise ClientError(400, "missing_argument", f"Send {name}.")
        return self.given[name]

    def number(self, name: str, default: int) -> int:
        """A whole number."""
        try:
            return int(self.given.get(name) or default)
        except ValueError:
            raise ClientError(400, "invalid_argument", f"{name} must be a number.") from None

    @property
    def person(self) -> Json:
        """Who acts or looks."""
        return self.someone(str(self.need("as")))

    def someone(self, user: str) -> Json:
        """Somebody with an open account."""
        found = self._w.people.by_id.get(user)
        if not found:
            raise ClientError(404, "user_not_found", f"There is nobody with the id {user}.")
        if found["deleted"]:
            raise ClientError(403, "user_disabled", f"The account of {found['real_name']} is closed.")
        return found

    @property
    def channel(self) -> Conversation:
        """The conversation, if the person is in it."""
        return self.conversation(self.text("channel"))

    def conversation(self, channel: str) -> Conversation:
        """A conversation the person is in."""
        person, found = self.person, self._w.conversations.by_id.get(channel)
        if not found or person["id"] not in found.members:
            raise ClientError(404, "channel_not_found", "This person is in no such conversation.")
        return found

    def modal(self) -> Json:
        """The open modal named `view`."""
        view = self.view(str(self.need("view")))
        if view["type"] != "modal":
            raise ClientError(400, "not_a_modal", "Only a modal can be submitted or closed.")
        return view

    def view(self, view_id: str) -> Json:
        """A view the person looks at."""
        person, found = self.person, self._w.views.find(view_id)
        if not found or self._w.views.owner(view_id) != person["id"]:
            raise ClientError(404, "view_not_found", "This person does not have that view open any more.")
        return found

    def message(self, source: Json) -> tuple[Conversation, Json]:
        """A message the person sees."""
        channel = self.conversation(str(source.get("channel")))
        ts, person = str(source.get("ts")), self.person["id"]
        found = self._w.messages.find_private(channel, ts, person) or self._w.messages.find(channel, ts)
        if not found:
            raise ClientError(404, "message_not_found", "This person does not see that message any more.")
        return channel, found

    def thing(self, name: str) -> Json:
        """An object; empty if it was not sent."""
        value = self.given.get(name) or {}
        if not isinstance(value, dict):
            raise ClientError(400, "invalid_argument", f"{name} must be an object.")
        return value

    @property
    def state(self) -> dict[str, dict[str, Json]]:
        """What has been typed and picked: block id, action id, answer."""
        state = self.thing("state")
        for answers in state.values():
            if not isinstance(answers, dict) or not all(isinstance(one, dict) for one in answers.values()):
                raise ClientError(400, "invalid_argument", "state must be block id, action id, answer.")
        return state
