"""The whole workspace in one place, read from the data folder at the start."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sandbox.changes import Changes
from sandbox.faults import Faults
from sandbox.journal import Journal
from sandbox.mail.mailboxes import Mailboxes
from sandbox.settings import ChannelSettings, SandboxSettings
from sandbox.store import Json, Store
from sandbox.workspace.clock import Clock
from sandbox.workspace.conversations import Conversation, Conversations
from sandbox.workspace.installed_app import BOT_USER, TEAM, InstalledApp
from sandbox.workspace.messages import Messages
from sandbox.workspace.people import People
from sandbox.workspace.tickets import Tickets
from sandbox.workspace.triggers import ResponseUrls, Triggers
from sandbox.workspace.views import Views

GENERAL = "general"


class Workspace:
    """All state. It changes only on the event loop's thread, between two waits, and is then saved as one."""

    def __init__(self, settings: SandboxSettings) -> None:
        self.settings = settings
        self.app = InstalledApp.from_manifest(settings.manifest)
        self.store = Store(settings.data)
        self.changes = Changes()
        self.clock = Clock(settings.clock_file)
        self.journal = Journal(self.changes, self.clock)
        self.faults = Faults(self.changes)
        self.mailboxes = Mailboxes(self.store, self.changes, self.clock)
        self.people = People(self.store, self.changes, self.app, self.clock)
        self.conversations = Conversations(self.store, self.changes, self.people, self.clock)
        self.messages = Messages(self.store, self.changes, self.clock, self.app)
        self.views = Views(self.store, self.changes)
        self.triggers = Triggers(settings.trigger_life)
        self.tickets = Tickets()
        self.response_urls = ResponseUrls(self.store)
        self._create_channel(ChannelSettings(GENERAL), [])
        for channel in settings.channels:
            self._create_channel(channel, [BOT_USER])
        self.save()

    @property
    def domain(self) -> str:
        """The workspace's part of its address."""
        return "-".join(self.settings.workspace_name.casefold().split())

    @property
    def team(self) -> Json:
        """The team as requests to the app name it."""
        return {"id": TEAM, "domain": self.domain}

    def save(self) -> None:
        """Make every change so far last; called before anybody is answered."""
        self.store.commit()

    def join(self, given: Mapping[str, Any]) -> tuple[Json, bool]:
        """Add a person, with a direct conversation with the app, to the channels that are theirs.

        Everybody is in the public channels, admins and owners in the private ones too.
        """
        person, is_new = self.people.add(given)
        if is_new and not person["is_bot"]:
            for channel in list(self.conversations.by_id.values()):
                if channel.kind == "channel" or (channel.kind == "private" and person["is_admin"]):
                    self.admit(channel, [person["id"]])
            self.conversations.with_app(person["id"])
        return person, is_new

    def admit(self, into: Conversation, people: Iterable[str]) -> None:
        """Let people into a conversation; what was said before does not count as unread."""
        for person in people:
            self.conversations.add(into, [person])
            self.messages.mark_read(into, person)

    def respond(self, channel: Conversation, person: str, content: Json, *, in_channel: bool) -> Json:
        """Show the app's answer to an interaction, to everybody or to the person alone."""
        if in_channel:
            return self.messages.post(channel, BOT_USER, content)
        return self.messages.whisper(channel, person, content)

    def close(self) -> None:
        """Save, end the streams and close the data folder."""
        self.changes.close()
        self.store.close()

    def _create_channel(self, wanted: ChannelSettings, members: list[str]) -> None:
        if self.conversations.named(wanted.name):
            return
        humans = [u["id"] for u in self.people.humans() if not wanted.private or u["is_admin"]]
        self.conversations.create(
            wanted.name,
            "private" if wanted.private else "channel",
            [*members, *humans],
            BOT_USER,
            is_general=wanted.name == GENERAL,
        )
