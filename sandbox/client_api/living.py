"""Client API: what people do in a workspace anyway: talk, read, come and go."""

from __future__ import annotations

from sandbox.app_requests.events import Events
from sandbox.client_api.asked import Asked
from sandbox.errors import ClientError
from sandbox.store import Json
from sandbox.workspace.installed_app import BOT_USER
from sandbox.workspace.state import Workspace


class Living:
    """The calls that change the workspace; the app hears of them by events, if at all."""

    def __init__(self, workspace: Workspace, events: Events) -> None:
        self._w, self._events = workspace, events

    async def home(self, asked: Asked) -> Json:
        """Look at the Home tab."""
        self._events.home_opened(asked.person)
        return {"ok": True}

    async def say(self, asked: Asked) -> Json:
        """Write a message."""
        channel, text = asked.channel, asked.text("text").strip()
        if not text:
            raise ClientError(400, "no_text", "Write something first.")
        if channel.is_archived:
            raise ClientError(403, "is_archived", "This channel is closed. It can only be read.")
        message = self._w.messages.post(channel, asked.person["id"], {"text": text})
        if BOT_USER in channel.members:
            self._events.said(channel, message)
        return {"ok": True, "ts": message["ts"]}

    async def open(self, asked: Asked) -> Json:
        """Open a conversation with one person or a few."""
        users = [str(user) for user in asked.need("users")]
        for user in users:
            asked.someone(user)
        return {"channel": self._w.conversations.open([asked.person["id"], *users]).id}

    async def read(self, asked: Asked) -> Json:
        """Mark a conversation as read."""
        self._w.messages.mark_read(asked.channel, asked.person["id"])
        return {"ok": True}

    async def join(self, asked: Asked) -> Json:
        """Add people to the workspace."""
        given = asked.need("users")
        if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
            raise ClientError(400, "invalid_argument", "users must be a list of people.")
        joined = [self._w.join(one) for one in given]
        for person, is_new in joined:
            if is_new:
                self._events.about_person("team_join", person)
        return {"users": [self._w.people.shown(person) for person, _ in joined]}

    async def deactivate(self, asked: Asked) -> Json:
        """Close an account."""
        self._w.people.deactivate(asked.someone(str(asked.need("user"))))
        self._events.about_person("user_change", self._w.people.by_id[asked.text("user")])
        return {"ok": True}
