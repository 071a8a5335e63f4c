"""Erasing a person: who may be erased, how they are asked once more, and what stands in the place of their name."""

from collections.abc import Collection

from core.rules.errors import DomainError, InvalidFields
from core.rules.profiles import tidy
from core.rules.reasons import checked_reason
from core.rules.roles import Role

GONE = "Somebody who has left"
"""In the place of the name of who was erased, wherever others still read of them."""
WORD = "erase"


class LastAdmin(DomainError):
    """Somebody has to be left who can run the programme."""

    code = "last_admin"


def may_be_erased(roles: Collection[str], other_admins: int) -> None:
    """Raises `LastAdmin` for the only one on staff."""
    if Role.ADMIN in roles and other_admins == 0:
        raise LastAdmin


def confirmed(word: str) -> None:
    """It cannot be undone, so it is typed. Raises `InvalidFields`."""
    if tidy(word).strip(" .\"'“”‘’").casefold() != WORD:
        raise InvalidFields({"word": f"Please type {WORD}, or close this to stay."})


def reason(why: str) -> str:
    """Why staff erase somebody. Raises `InvalidFields`."""
    return checked_reason(why, "Please say in a few words why, without a name: the log is kept.")


def without_phrases(stored: object) -> object:
    """Scores as they are stored, without what people wrote: the points stay."""
    if isinstance(stored, dict):
        return {name: "" if name in PHRASES else without_phrases(value) for name, value in stored.items()}
    return [without_phrases(one) for one in stored] if isinstance(stored, list) else stored


PHRASES = frozenset({"student_phrase", "mentor_phrase", "lowered_for"})
