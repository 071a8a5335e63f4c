"""People who use the app through the sandbox, as they do in Slack: they type, read, press and fill in.

mia = Person.join(sandbox, "Mia Tan", email="mia@example.org")
mia.command("/mentor", "request")
form = mia.wait_modal("Request a mentor")
assert form.fill({"What do you want from a mentor?": "Honest feedback"}).submit() == {}
kim.wait_for("Mia", button="Accept").press("Accept").wait_gone("Accept")
"""

from __future__ import annotations

import time
from typing import Any, Self

from tests.support.fields import buttons, plain
from tests.support.sandbox_client import Json, SandboxClient
from tests.support.surfaces import Home, Message, Modal, NotAcknowledged, readable


def mark() -> str:
    """This moment as a timestamp, for `since=`."""
    return f"{time.time():.6f}"


class Person:
    """Somebody in the workspace."""

    def __init__(self, sandbox: SandboxClient, user: Json) -> None:
        self.sandbox, self.user = sandbox, user
        self.id, self.name = str(user["id"]), str(user["real_name"])

    @classmethod
    def join(cls, sandbox: SandboxClient, name: str, **more: Any) -> Self:
        """Add somebody, or find who has this e-mail. `more` as in the client API: `email`, `is_owner`…"""
        return cls(sandbox, sandbox.post("users", users=[{"name": name, **more}])["users"][0])

    @classmethod
    def known(cls, sandbox: SandboxClient, name: str) -> Self:
        """Somebody who is there already, by full name."""
        users = sandbox.get("boot")["users"]
        return cls(sandbox, next(user for user in users if user["real_name"] == name))

    def __repr__(self) -> str:
        return f"{self.name} ({self.id})"

    # --- doing

    def post(self, call: str, **body: Any) -> Json:
        """Do something in this person's name."""
        return self.sandbox.post(call, **{"as": self.id, **body})

    def command(self, command: str, text: str = "", *, channel: str = "general") -> None:
        """Type a slash command in the channel with this name; by default in one where the app is not."""
        outcome = self.post("command", channel=self.channel(channel), command=command, text=text)
        if not outcome["ok"]:
            raise NotAcknowledged(f"{command} {text}: {outcome}")

    def open_home(self) -> Home:
        """Look at the app's Home tab."""
        self.post("home")
        return self.home

    def say(self, channel: str, text: str) -> None:
        """Write a message in the channel with this name or id."""
        self.post("say", channel=self.channel(channel), text=text)

    def deactivate(self) -> None:
        """Leave: the account is closed."""
        self.sandbox.post(f"users/{self.id}/deactivate")

    # --- seeing

    def state(self) -> Json:
        return self.sandbox.get("state", **{"as": self.id})

    def channel(self, name: str) -> str:
        """The id of the conversation with this name, or this id, among those the person is in."""
        found = [one["id"] for one in self.state()["conversations"] if name in (one["name"], one["id"])]
        assert found, f"{self} is in no conversation {name}"
        return str(found[0])

    def messages(self, channel: str) -> list[Json]:
        """The messages in a conversation, oldest first."""
        found: list[Json] = self.sandbox.get("messages", **{"as": self.id, "channel": channel})["messages"]
        return found

    def inbox(self, since: str = "") -> list[Message]:
        """Every message this person sees, oldest first; with `since` only later ones."""
        channels = [c["id"] for c in self.state()["conversations"] if (c["last_ts"] or "") > since]
        found = [(c, m) for c in channels for m in self.messages(c) if m["ts"] > since]
        return [Message(self, channel, raw) for channel, raw in sorted(found, key=lambda pair: pair[1]["ts"])]

    def wait_for(
        self, text: str = "", *, button: str | None = None, timeout: float | None = None, since: str = ""
    ) -> Message:
        """The latest message with this text, case aside, and this button, once there is one."""

        def look() -> Message | None:
            for message in reversed(self.inbox(since)):
                blocks = message.seen.get("blocks", [])
                words = "\n".join([message.seen["text"], *readable(blocks)]).casefold()
                if text.casefold() in words and button in (None, *buttons(blocks)):
                    return message
            return None

        def seen() -> object:
            return [(m.seen["text"][:80], buttons(m.seen.get("blocks", []))) for m in self.inbox(since)[-8:]]

        return self.sandbox.wait(look, f"{self} to get {text!r} with button {button!r}", timeout, seen)

    def wait_modal(self, title: str | None = None, timeout: float | None = None) -> Modal:
        """The modal on top, once there is one and it has this title: loading views come first."""

        def titles() -> list[str]:
            return [plain(view["title"]) for view in self.state()["modals"]]

        def look() -> Modal | None:
            views = self.state()["modals"]
            fits = views and title in (None, plain(views[-1]["title"]))
            return Modal(self, views[-1]["id"]) if fits else None

        return self.sandbox.wait(look, f"{self} to see the modal {title or ''}", timeout, titles)

    def wait_no_modal(self, timeout: float | None = None) -> None:
        """Wait until nothing is open."""
        self.sandbox.wait(lambda: not self.state()["modals"], f"{self} to have no modal open", timeout)

    @property
    def home(self) -> Home:
        """The Home tab, once the app has published one."""
        return Home(self)
