"""The vocabulary for saying what JSON must look like. A shape lists what it dislikes, in Slack's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

Problems = Iterator[str]


class Shape(Protocol):
    """Something a value can fit or not."""

    def problems(self, value: Any, at: str) -> Problems:
        """One sentence for each thing that is wrong with the value found at this JSON pointer."""
        ...


def problem(sentence: str, at: str) -> str:
    """A complaint with its place, as Slack writes it."""
    return f"{sentence} [json-pointer:{at}]"


@dataclass(frozen=True)
class Anything:
    """Any value: what stands there has no limits that we know of."""

    def problems(self, value: Any, at: str) -> Problems:  # noqa: ARG002 -- the protocol's arguments
        """None."""
        yield from ()


@dataclass(frozen=True)
class Flag:
    """True or false."""

    def problems(self, value: Any, at: str) -> Problems:
        """Anything but a boolean."""
        if not isinstance(value, bool):
            yield problem("must provide a boolean", at)


@dataclass(frozen=True)
class Text:
    """A string of so many characters."""

    most: int
    least: int = 0
    pattern: str = ""

    def problems(self, value: Any, at: str) -> Problems:
        """Not a string, too long, too short, or of another pattern."""
        if not isinstance(value, str):
            yield problem("must provide a string", at)
        elif len(value) > self.most:
            yield problem(f"must be less than {self.most + 1} characters", at)
        elif len(value) < self.least:
            yield problem(f"must be more than {self.least - 1} characters", at)
        elif self.pattern and not re.fullmatch(self.pattern, value):
            yield problem(f"failed to match the pattern {self.pattern}", at)


@dataclass(frozen=True)
class Day:
    """A date of the calendar, written YYYY-MM-DD."""

    def problems(self, value: Any, at: str) -> Problems:
        """No such day."""
        try:
            written = date.fromisoformat(value).isoformat() == value
        except (TypeError, ValueError):
            written = False
        if not written:
            yield problem("must provide a date as YYYY-MM-DD", at)


@dataclass(frozen=True)
class Number:
    """A whole number in a range."""

    least: int
    most: int

    def problems(self, value: Any, at: str) -> Problems:
        """Not a whole number, or out of range."""
        if not isinstance(value, int) or isinstance(value, bool):
            yield problem("must provide an integer", at)
        elif not self.least <= value <= self.most:
            yield problem(f"must be between {self.least} and {self.most}", at)


@dataclass(frozen=True)
class OneOf:
    """One of a few words."""

    words: tuple[str, ...]

    def problems(self, value: Any, at: str) -> Problems:
        """Another word."""
        if value not in self.words:
            yield problem(f"must be a valid enum value ({', '.join(self.words)})", at)


@dataclass(frozen=True)
class Items:
    """An array of so many things of one shape."""

    item: Shape
    most: int
    least: int = 0

    def problems(self, value: Any, at: str) -> Problems:
        """Not an array, too many or too few things, or something wrong with one of them."""
        if not isinstance(value, list):
            yield problem("must provide an array", at)
            return
        if len(value) > self.most:
            yield problem(f"no more than {self.most} items allowed", at)
        if len(value) < self.least:
            yield problem(f"no fewer than {self.least} items allowed", at)
        for index, one in enumerate(value):
            yield from self.item.problems(one, f"{at}/{index}")


@dataclass(frozen=True)
class Thing:
    """An object that must have some properties, may have others, and has no more. A null counts as absent."""

    required: Mapping[str, Shape] = field(default_factory=dict)
    optional: Mapping[str, Shape] = field(default_factory=dict)

    def problems(self, value: Any, at: str) -> Problems:
        """Not an object, a property missing or unknown, or something wrong with one of them."""
        if not isinstance(value, dict):
            yield problem("must provide an object", at)
            return
        for name in self.required:
            if value.get(name) is None:
                yield problem(f"missing required field: {name}", at)
        known = {**self.required, **self.optional}
        for name, one in value.items():
            if name not in known:
                yield problem(f"invalid additional property: {name}", at)
            elif one is not None:
                yield from known[name].problems(one, f"{at}/{name}")


@dataclass(frozen=True)
class TextObject:
    """A composition object of type plain_text or mrkdwn with text in it."""

    most: int
    kinds: tuple[str, ...] = ("plain_text", "mrkdwn")

    def problems(self, value: Any, at: str) -> Problems:
        """Not a text object, of a kind that is not allowed here, empty or too long."""
        if not isinstance(value, dict):
            yield problem("must provide an object", at)
        elif value.get("type") not in self.kinds:
            yield problem(f"unsupported type: {value.get('type')}", f"{at}/type")
        else:
            own = {"emoji": Flag()} if value["type"] == "plain_text" else {"verbatim": Flag()}
            yield from Thing({"type": Anything(), "text": Text(self.most, 1)}, own).problems(value, at)


@dataclass(frozen=True)
class Typed:
    """An object whose `type` says which of several shapes it has; only some types may stand here."""

    shapes: Mapping[str, Shape]
    allowed: Set[str]

    def problems(self, value: Any, at: str) -> Problems:
        """Not an object, of a type that is not allowed here, or not of that type's shape."""
        if not isinstance(value, dict):
            yield problem("must provide an object", at)
        elif not isinstance(value.get("type"), str) or value["type"] not in self.allowed:
            yield problem(f"unsupported type: {value.get('type')}", f"{at}/type")
        else:
            yield from self.shapes[value["type"]].problems(value, at)
