"""What people write in one field: tidied, and neither empty nor too long."""

from core.rules.errors import InvalidFields
from core.rules.profiles import tidy


def keep_under(most: int) -> str:
    """What stands at a field whose text is longer than this."""
    return f"Please keep this under {most:,} characters."


def checked_text(field: str, text: str, most: int, missing: str) -> str:
    """The text of a field, tidied. Raises `InvalidFields` where it says nothing (`missing` says so) or too much."""
    tidied = tidy(text)
    if not tidied:
        raise InvalidFields({field: missing})
    if len(tidied) > most:
        raise InvalidFields({field: keep_under(most)})
    return tidied
