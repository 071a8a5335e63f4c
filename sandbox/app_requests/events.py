"""The Events API: what the app is told without being asked, with retries until it acknowledges."""

from __future__ import annotations

import asyncio

from sandbox.app_requests import payloads
from sandbox.app_requests.wire import Wire
from sandbox.store import Json
from sandbox.workspace.conversations import Conversation
from sandbox.workspace.state import Workspace

MESSAGE_EVENTS = {
    "channel": "message.channels",
    "private": "message.groups",
    "im": "message.im",
    "mpim": "message.mpim",
}
CHANNEL_TYPES = {"channel": "channel", "private": "group", "im": "im", "mpim": "mpim"}


class Events:
    """Sends the events the app is subscribed to, each in a task of its own: nobody waits for them."""

    def __init__(self, workspace: Workspace, wire: Wire) -> None:
        self._w, self._wire = workspace, wire
        self._under_way: set[asyncio.Task[None]] = set()

    def home_opened(self, person: Json) -> None:
        """A person looks at the app's Home tab."""
        home = self._w.views.home(person["id"])
        channel = self._w.conversations.with_app(person["id"]).id
        shown = {"view": home} if home else {}
        content = {
            "type": "app_home_opened",
            "user": person["id"],
            "channel": channel,
            "tab": "home",
            **shown,
        }
        self._send("app_home_opened", content)

    def about_person(self, kind: str, person: Json) -> None:
        """`team_join` or `user_change`."""
        email = self._w.app.scopes is None or "users:read.email" in self._w.app.scopes
        shown = self._w.people.shown(person, email=email)
        self._send(kind, {"type": kind, "user": shown, "cache_ts": int(self._w.clock.time())})

    def said(self, channel: Conversation, message: Json) -> None:
        """A person wrote something where the app is."""
        place = {"channel": channel.id, "channel_type": CHANNEL_TYPES[channel.kind]}
        self._send(MESSAGE_EVENTS[channel.kind], {**message, **place})

    def _send(self, subscription: str, content: Json) -> None:
        if self._w.app.hears(subscription):
            task = asyncio.create_task(self._until_acknowledged(payloads.event(self._w, content)))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _until_acknowledged(self, body: Json) -> None:
        answer = await self._wire.event(body)
        for number, wait in enumerate(self._w.settings.event_retries, start=1):
            if not answer.failure or answer.no_retry:
                return
            reason = "http_error" if answer.status else "connection_failed"
            if answer.failure == "operation_timeout":
                reason = "http_timeout"
            await asyncio.sleep(wait)
            answer = await self._wire.event(body, number, reason)

    async def close(self) -> None:
        """Give up what is still to be sent."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
