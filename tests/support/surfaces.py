"""What a person looks at and acts on, by label: a message, a modal, the Home tab. It is read as it is now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from tests.support.fields import Control, NotOffered, answer, buttons, fields, options_of, plain, pressed
from tests.support.sandbox_client import Json, Refused, TimedOut

if TYPE_CHECKING:
    from tests.support.people import Person

T = TypeVar("T")
PRESSES = 5


class NotAcknowledged(AssertionError):
    """The app did not answer a click or a form as Slack demands: the person saw a failure."""


def readable(part: Any) -> list[str]:
    """Every string that can be read in these blocks, in order."""
    if isinstance(part, list):
        return [text for one in part for text in readable(one)]
    if not isinstance(part, dict):
        return []
    own = [part["text"]] if isinstance(part.get("text"), str) else []
    return own + [text for one in part.values() for text in readable(one)]


class Surface:
    """Something with blocks, and what this person has typed there."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self._typed: dict[tuple[str, str], Json] = {}

    @property
    def blocks(self) -> list[Json]:
        raise NotImplementedError

    @property
    def source(self) -> Json:
        """Where it is, in the client API's words."""
        raise NotImplementedError

    def buttons(self) -> list[str]:
        return buttons(self.blocks)

    def labels(self) -> list[str]:
        return [field.names[0] for field in fields(self.blocks)]

    def text_all(self) -> str:
        """Everything that can be read here."""
        return "\n".join(readable(self.blocks))

    def press(self, label: str) -> Self:
        """Press a button, or an entry of an overflow menu, once it is there; again if it was drawn anew meanwhile."""
        for _ in range(PRESSES):
            found, value = self._await("button", label, lambda: pressed(label, self.blocks))
            try:
                outcome = self._act(found, value)
                break
            except Refused as refused:
                if refused.code != "element_gone":
                    raise
        else:
            raise NotAcknowledged(f"{label}: drawn anew at every press")
        if not outcome["ok"]:
            raise NotAcknowledged(f"{label}: {outcome}")
        return self

    def select(self, label: str, value: Any) -> Self:
        """Answer one field, once it is there."""
        field = self._await("field", label, lambda: self._field(label))
        said = answer(field, value, lambda typed: self._suggest(field, typed))
        self._typed[field.ids] = said
        if field.tells:
            outcome = self._act(field, {key: part for key, part in said.items() if key != "type"})
            if not outcome["ok"]:
                raise NotAcknowledged(f"{label}: {outcome}")
        return self

    def fill(self, answers: Mapping[str, Any]) -> Self:
        """Answer several fields in this order, waiting for those that appear on the way."""
        for label, value in answers.items():
            self.select(label, value)
        return self

    def state(self) -> Json:
        """What was typed here, of the fields that are still there."""
        present = {field.ids for field in fields(self.blocks)}
        state: Json = {}
        for (block_id, action_id), said in self._typed.items():
            if (block_id, action_id) in present:
                state.setdefault(block_id, {})[action_id] = said
        return state

    def _field(self, label: str) -> Control | None:
        return next((field for field in fields(self.blocks) if label in field.names), None)

    def _await(self, what: str, label: str, look: Callable[[], T | None]) -> T:
        try:
            return self.person.sandbox.wait(look, f"{what} {label!r}")
        except TimedOut:
            raise NotOffered(what, label, [*self.labels(), *self.buttons()]) from None

    def _act(self, control: Control, value: Json) -> Json:
        block_id, action_id = control.ids
        ids = {"block_id": block_id, "action_id": action_id}
        return self.person.post("action", source=self.source, value=value, state=self.state(), **ids)

    def _suggest(self, field: Control, typed: str) -> list[Json]:
        block_id, action_id = field.ids
        ids = {"block_id": block_id, "action_id": action_id}
        body = self.person.post("suggest", source=self.source, query=typed, state=self.state(), **ids)
        if "error" in body:
            raise NotAcknowledged(f"suggestions for {typed!r}: {body}")
        return options_of(body)


class Home(Surface):
    """The Home tab."""

    @property
    def raw(self) -> Json:
        return self.person.sandbox.wait(lambda: self.person.state()["home"], f"a Home tab of {self.person}")

    @property
    def blocks(self) -> list[Json]:
        return list(self.raw["blocks"])

    @property
    def source(self) -> Json:
        return {"view": self.raw["id"]}


class Modal(Surface):
    """An open modal, by its id: it changes when the app updates it."""

    def __init__(self, person: Person, view_id: str) -> None:
        super().__init__(person)
        self.id = view_id

    @property
    def raw(self) -> Json:
        """The view now; empty once it is closed."""
        return next((view for view in self.person.state()["modals"] if view["id"] == self.id), {})

    @property
    def is_open(self) -> bool:
        return bool(self.raw)

    @property
    def title(self) -> str:
        return plain(self.raw.get("title"))

    @property
    def blocks(self) -> list[Json]:
        return list(self.raw.get("blocks", ()))

    @property
    def source(self) -> Json:
        return {"view": self.id}

    def submit(self) -> dict[str, str]:
        """Send the form. Returns what is wrong, by label; empty if the app took it."""
        labels = {field.block["block_id"]: field.names[0] for field in fields(self.blocks)}
        outcome = self.person.post("submit", view=self.id, state=self.state())
        if not outcome["ok"]:
            raise NotAcknowledged(f"{self.title}: {outcome}")
        return {labels[block]: text for block, text in outcome.get("errors", {}).items()}

    def close(self) -> None:
        """Press cancel."""
        self.person.post("close", view=self.id, state=self.state())


class Message(Surface):
    """A message, read and pressed as it is now; `seen` is how it was when the person found it."""

    def __init__(self, person: Person, channel: str, seen: Json) -> None:
        super().__init__(person)
        self.channel, self.ts, self.seen = channel, str(seen["ts"]), seen

    @property
    def raw(self) -> Json:
        """The message now; empty if it was deleted."""
        return next((m for m in self.person.messages(self.channel) if m["ts"] == self.ts), {})

    @property
    def blocks(self) -> list[Json]:
        return list(self.raw.get("blocks", ()))

    @property
    def source(self) -> Json:
        return {"message": {"channel": self.channel, "ts": self.ts}}

    @property
    def text(self) -> str:
        """The text on top: all that a phone notification or a screen reader gives."""
        return str(self.raw.get("text", ""))

    @property
    def metadata(self) -> Json:
        return dict(self.raw.get("metadata") or {})

    def text_all(self) -> str:
        return "\n".join([self.text, *readable(self.blocks)])

    def press_raw(self, label: str) -> Json:
        """Press a button as it was when the message was found, gone or not. Returns the outcome."""
        found = pressed(label, self.seen.get("blocks", []))
        if not found:
            raise NotOffered("button", label, buttons(self.seen.get("blocks", [])))
        block_id, action_id = found[0].ids
        ids = {"block_id": block_id, "action_id": action_id}
        return self.person.post("action", source=self.source, value=found[1], state={}, **ids)

    def wait_gone(self, button: str, timeout: float | None = None) -> Self:
        """Wait until this button has left the message."""
        self.person.sandbox.wait(lambda: button not in self.buttons(), f"{button!r} to go", timeout, self.buttons)
        return self
