"""What the key of another system may do with the API."""

from enum import StrEnum

from core.rules.errors import InvalidFields
from core.rules.profiles import tidy

NAME = 80
PREFIX = "ithaca_"
"""Every key begins so: scanners for leaked secrets find it."""


class Scope(StrEnum):
    """One thing a key may be allowed. Part of stored keys: never rename."""

    PROFILES_READ = "profiles:read"
    PROFILES_WRITE = "profiles:write"
    REQUESTS_READ = "requests:read"
    REQUESTS_WRITE = "requests:write"
    BATCHES_READ = "batches:read"
    BATCHES_WRITE = "batches:write"
    MATCHES_READ = "matches:read"
    MATCHES_WRITE = "matches:write"
    FEEDBACK_READ = "feedback:read"
    FEEDBACK_WRITE = "feedback:write"
    MEETINGS_READ = "meetings:read"
    MEETINGS_WRITE = "meetings:write"
    QUESTIONS_READ = "questions:read"
    QUESTIONS_WRITE = "questions:write"
    STATS_READ = "stats:read"


def checked(name: str, scopes: list[str]) -> tuple[str, tuple[Scope, ...]]:
    """The name and scopes of a new key. Raises `InvalidFields`."""
    name = " ".join(tidy(name).split())
    problems = {}
    if not name or len(name) > NAME:
        problems["name"] = f"Say in up to {NAME} characters what the key is for."
    unknown = sorted(set(scopes) - set(Scope))
    if unknown or not scopes:
        what = f"There is no scope {unknown[0]}. " if unknown else ""
        problems["scopes"] = f"{what}Choose among {', '.join(Scope)}."
    if problems:
        raise InvalidFields(problems)
    return name, tuple(sorted({Scope(scope) for scope in scopes}))
