"""Conversations: channels, direct ones and groups, and who is in them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

from sandbox.changes import Change, Changes
from sandbox.store import Json, Store
from sandbox.workspace.clock import Clock
from sandbox.workspace.installed_app import BOT_USER, TEAM
from sandbox.workspace.people import People

Kind = Literal["channel", "private", "im", "mpim"]
LETTERS: dict[Kind, str] = {"channel": "C", "private": "C", "im": "D", "mpim": "C"}


@dataclass
class Conversation:
    """One conversation. A direct one or a group among the same people is always the same one."""

    id: str
    name: str
    kind: Kind
    members: list[str]
    creator: str
    created: int
    topic: str = ""
    is_general: bool = False
    is_archived: bool = False

    @property
    def wire_name(self) -> str:
        """The name under which requests to the app speak of it."""
        return {"im": "directmessage", "channel": self.name}.get(self.kind, "privategroup")


class Conversations:
    """All conversations, those the app does not know of among them."""

    def __init__(self, store: Store, changes: Changes, people: People, clock: Clock) -> None:
        self._store, self._changes, self._people, self._clock = store, changes, people, clock
        self.by_id = {key: Conversation(**body) for key, body in store.load("conversation").items()}
        self._direct = {frozenset(c.members): c for c in self.by_id.values() if c.kind in ("im", "mpim")}

    def named(self, name: str) -> Conversation | None:
        """The channel with this name, with or without its #."""
        wanted = name.removeprefix("#")
        channels = (c for c in self.by_id.values() if c.kind in ("channel", "private"))
        return next((c for c in channels if c.name == wanted), None)

    def of(self, person: str) -> list[Conversation]:
        """Those a person is in."""
        return [c for c in self.by_id.values() if person in c.members]

    def create(
        self, name: str, kind: Kind, members: Iterable[str], creator: str, *, is_general: bool = False
    ) -> Conversation:
        """Make a conversation with these people in it."""
        name_of_id = f"{LETTERS[kind]}0{secrets.token_hex(4).upper()}"
        made = Conversation(name_of_id, name, kind, list(dict.fromkeys(members)), creator, int(self._clock.time()))
        made.is_general = is_general
        self.by_id[made.id] = made
        self.keep(made)
        return made

    def open(self, people: Iterable[str]) -> Conversation:
        """The direct conversation or the group of exactly these people."""
        members = list(dict.fromkeys(people))
        known = self._direct.get(frozenset(members))
        if known:
            return known
        name = "mpdm-" + "--".join(self._people.by_id[m]["name"] for m in members) + "-1"
        kind: Kind = "im" if len(members) <= 2 else "mpim"
        made = self.create("" if kind == "im" else name, kind, members, members[0])
        self._direct[frozenset(members)] = made
        return made

    def with_app(self, person: str) -> Conversation:
        """A person's direct conversation with the app."""
        return self.open([BOT_USER, person])

    def add(self, into: Conversation, people: Iterable[str]) -> None:
        """Let people in."""
        into.members.extend(p for p in people if p not in into.members)
        self.keep(into)

    def keep(self, changed: Conversation) -> None:
        """Store a conversation and tell who is in it."""
        self._store.put("conversation", changed.id, asdict(changed))
        self._changes.tell(Change("conversations"), changed.members)

    def shown(self, one: Conversation, viewer: str) -> Json:
        """A conversation as Slack shows it to somebody."""
        common = {
            "id": one.id, "created": one.created, "is_archived": one.is_archived, "is_im": one.kind == "im",
            "is_mpim": one.kind == "mpim", "is_org_shared": False, "context_team_id": TEAM,
            "updated": one.created,
        }  # fmt: skip
        if one.kind == "im":
            other = next((m for m in one.members if m != viewer), viewer)
            deleted = bool(self._people.by_id[other]["deleted"])
            return common | {"user": other, "is_user_deleted": deleted, "is_open": True, "priority": 0}
        text = {"value": one.topic, "creator": one.creator, "last_set": 0}
        return common | {
            "name": one.name, "name_normalized": one.name, "is_channel": one.kind == "channel",
            "is_group": one.kind == "private", "is_private": one.kind != "channel",
            "is_general": one.is_general, "is_member": viewer in one.members, "creator": one.creator,
            "is_shared": False, "is_ext_shared": False, "topic": text, "purpose": text | {"value": ""},
        }  # fmt: skip
