"""What one look found."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How bad it is."""

    OK = "ok"
    LOOK = "look"  # it works, and not for everybody
    FAILED = "failed"


@dataclass(frozen=True)
class Finding:
    """One line: what was looked at, how it is, and what to do about it."""

    what: str
    verdict: Verdict
    says: str
    do: str = ""


def ok(what: str, says: str) -> Finding:
    """It is as it should be."""
    return Finding(what, Verdict.OK, says)


def look(what: str, says: str, do: str) -> Finding:
    """Something to know about."""
    return Finding(what, Verdict.LOOK, says, do)


def failed(what: str, says: str, do: str) -> Finding:
    """It does not work."""
    return Finding(what, Verdict.FAILED, says, do)
