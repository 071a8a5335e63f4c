"""Why staff do something: asked for wherever they step in, kept in the audit log, read by staff alone."""

from core.rules.errors import InvalidFields
from core.rules.profiles import tidy

WHY = 1000
"""Characters of a reason."""
MISSING = "Please say in a few words why. Only staff read it."


def checked_reason(why: str, missing: str = MISSING) -> str:
    """The reason, tidied. Raises `InvalidFields` where it says nothing or too much."""
    why = tidy(why)
    if not why:
        raise InvalidFields({"why": missing})
    if len(why) > WHY:
        raise InvalidFields({"why": f"Please say it in at most {WHY:,} characters."})
    return why
