"""Messages: those everybody in a conversation sees, and those only one person sees."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from sandbox.block_kit.elements import Element, elements
from sandbox.changes import Change, Changes
from sandbox.store import Json, Store
from sandbox.workspace.clock import Clock
from sandbox.workspace.conversations import Conversation
from sandbox.workspace.installed_app import APP, BOT, BOT_USER, TEAM, InstalledApp

EARLIER_KEPT = 20


class Messages:
    """All messages by conversation and timestamp, oldest first, and how far each person has read.

    A message that changes is replaced by a new dictionary: whoever holds the earlier one keeps it as it was.
    """

    def __init__(self, store: Store, changes: Changes, clock: Clock, app: InstalledApp) -> None:
        self._store, self._changes, self._clock, self._app = store, changes, clock, app
        self._open: dict[str, dict[str, Json]] = {}
        self._private: dict[tuple[str, str], dict[str, Json]] = {}
        self._read: dict[tuple[str, str], str] = {}
        self._earlier: dict[tuple[str, str], deque[list[Json]]] = {}
        for key, body in store.load("message").items():
            channel, ts = key.split("/")
            self._open.setdefault(channel, {})[ts] = body
            clock.seen(ts)
        for key, body in store.load("ephemeral").items():
            person, channel, ts = key.split("/")
            self._private.setdefault((person, channel), {})[ts] = body
            clock.seen(ts)
        for key, body in store.load("read").items():
            person, channel = key.split("/")
            self._read[person, channel] = body["ts"]

    # --- writing

    def post(self, into: Conversation, author: str, content: Json) -> Json:
        """Add a message for everybody in the conversation; its author has read it."""
        message = self._signed(author) | content
        self._keep(into, message)
        if author != BOT_USER:
            self.mark_read(into, author)
        return message

    def reply(self, into: Conversation, author: str, parent: Json, content: Json) -> Json:
        """Add a message to the thread of another one."""
        root = into_thread(parent)
        content = {"thread_ts": root, "parent_user_id": parent["user"], **content}
        message = self.post(into, author, content)
        first = self._open[into.id].get(root)
        if first:
            users = list(dict.fromkeys([*first.get("reply_users", []), author]))
            count = first.get("reply_count", 0) + 1
            counted = {"reply_count": count, "latest_reply": message["ts"], "reply_users": users}
            self._keep(into, {**first, "thread_ts": root, **counted})
        return message

    def whisper(self, into: Conversation, person: str, content: Json) -> Json:
        """Show a message of the app to one person alone."""
        message = self._signed(BOT_USER) | {"is_ephemeral": True} | content
        self._keep_private(into, person, message)
        return message

    def replace(self, into: Conversation, message: Json, content: Json, person: str | None = None) -> Json:
        """Give a message other content; keys with the value None go. `person` is the only one who sees it."""
        self._remember(into, message)
        edited = {"edited": {"user": BOT_USER, "ts": self._clock.next()}}
        message = {key: value for key, value in {**message, **content, **edited}.items() if value is not None}
        if person:
            self._keep_private(into, person, message)
        else:
            self._keep(into, message)
        return message

    def remove(self, into: Conversation, message: Json, person: str | None = None) -> None:
        """Delete a message."""
        if person:
            del self._private[person, into.id][message["ts"]]
            self._store.delete("ephemeral", f"{person}/{into.id}/{message['ts']}")
            self._changes.tell(Change("messages", into.id), [person])
        else:
            del self._open[into.id][message["ts"]]
            self._store.delete("message", f"{into.id}/{message['ts']}")
            self._changes.tell(Change("messages", into.id), into.members)

    def react(self, into: Conversation, message: Json, name: str) -> None:
        """Add the app's reaction to a message."""
        others = [r for r in message.get("reactions", ()) if r["name"] != name]
        mine = {"name": name, "users": [BOT_USER], "count": 1}
        self._keep(into, {**message, "reactions": [*others, mine]})

    def mark_read(self, channel: Conversation, person: str) -> None:
        """Note that a person has read all there is."""
        latest = self.latest(channel, person)
        if latest and latest != self._read.get((person, channel.id)):
            self._read[person, channel.id] = latest
            self._store.put("read", f"{person}/{channel.id}", {"ts": latest})
            self._changes.tell(Change("conversations", channel.id), [person])

    # --- reading

    def find(self, channel: Conversation, ts: str) -> Json | None:
        """A message that everybody in the conversation sees."""
        return self._open.get(channel.id, {}).get(ts)

    def find_private(self, channel: Conversation, ts: str, person: str) -> Json | None:
        """A message that only this person sees."""
        return self._private.get((person, channel.id), {}).get(ts)

    def in_channel(self, channel: Conversation) -> list[Json]:
        """What everybody in the conversation sees, oldest first."""
        return list(self._open.get(channel.id, {}).values())

    def seen_by(self, person: str, channel: Conversation) -> list[Json]:
        """What a person sees in a conversation, oldest first."""
        private = self._private.get((person, channel.id), {}).values()
        return sorted([*self.in_channel(channel), *private], key=lambda message: str(message["ts"]))

    def latest(self, channel: Conversation, person: str) -> str | None:
        """The timestamp of the last message a person sees in a conversation."""
        ends = (self._open.get(channel.id, {}), self._private.get((person, channel.id), {}))
        return max((next(reversed(end)) for end in ends if end), default=None)

    def unread(self, channel: Conversation, person: str) -> int:
        """How many messages of others came since a person last read a conversation."""
        mark = self._read.get((person, channel.id), "")
        return sum(m["ts"] > mark and m["user"] != person for m in self.seen_by(person, channel))

    def interactive(self, channel: Conversation, message: Json) -> Iterator[Element]:
        """The elements of a message, then those it had before: a screen may be a moment behind."""
        yield from elements(message.get("blocks") or [])
        for blocks in reversed(self._earlier.get((channel.id, message["ts"]), deque())):
            yield from elements(blocks)

    # --- keeping

    def _signed(self, author: str) -> Json:
        message = {"type": "message", "user": author, "team": TEAM, "ts": self._clock.next(), "text": ""}
        by_app = {"bot_id": BOT, "app_id": APP, "bot_profile": self._app.profile()}
        return message | by_app if author == BOT_USER else message

    def _remember(self, into: Conversation, message: Json) -> None:
        if message.get("blocks"):
            kept = self._earlier.setdefault((into.id, message["ts"]), deque(maxlen=EARLIER_KEPT))
            kept.append(message["blocks"])

    def _keep(self, into: Conversation, message: Json) -> None:
        self._open.setdefault(into.id, {})[message["ts"]] = message
        self._store.put("message", f"{into.id}/{message['ts']}", message)
        self._changes.tell(Change("messages", into.id), into.members)

    def _keep_private(self, into: Conversation, person: str, message: Json) -> None:
        self._private.setdefault((person, into.id), {})[message["ts"]] = message
        self._store.put("ephemeral", f"{person}/{into.id}/{message['ts']}", message)
        self._changes.tell(Change("messages", into.id), [person])


def into_thread(message: Json) -> str:
    """The timestamp of the message with which a message's thread begins."""
    return str(message.get("thread_ts", message["ts"]))
