"""What a student may ask for in a request."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from core.rules.errors import InvalidFields
from core.rules.profiles import TEXT, tidy
from core.rules.texts import keep_under


class MustShare(StrEnum):
    """Hard rules a student may set. A mentor who breaks one is never asked."""

    INDUSTRY = "industry"
    LANGUAGE = "language"
    TIME_ZONE = "time zone"


@dataclass(frozen=True)
class Wish:
    """The answers of the request form."""

    wish: str
    must_share: tuple[MustShare, ...] = ()
    anything_else: str = ""

    @classmethod
    def stored(cls, wish: str, anything_else: str, must_share: Iterable[str]) -> Self:
        """Read what a request keeps."""
        return cls(wish, tuple(MustShare(rule) for rule in must_share), anything_else)


def checked(wish: Wish) -> Wish:
    """The wish tidied. Raises `InvalidFields` with all that is wrong."""
    tidied = replace(wish, wish=tidy(wish.wish), anything_else=tidy(wish.anything_else))
    problems = {}
    if not tidied.wish:
        problems["wish"] = "Please write what you hope for, in a sentence or two."
    for name in ("wish", "anything_else"):
        if len(getattr(tidied, name)) > TEXT:
            problems[name] = keep_under(TEXT)
    if problems:
        raise InvalidFields(problems)
    return tidied
