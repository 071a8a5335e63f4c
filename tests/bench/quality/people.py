"""From the lines of a set to the requests and profiles that Ithaca knows."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from core.rules.facts import ProfileFacts, RequestFacts

_ASKS, _OFFERS = UUID(int=1), UUID(int=2)  # the two sides of a set: their ids may be the same


def request(line: Mapping[str, Any]) -> RequestFacts:
    """A query as the request of a student: its goals are what the student wants from a mentor."""
    own = uuid5(_ASKS, line["id"])
    return RequestFacts(own, _profile(own, line), wish=_text(line, "goals"))


def mentor(line: Mapping[str, Any]) -> ProfileFacts:
    """A candidate as the profile of a mentor. What several goals say stands on a line each, as people write it."""
    return _profile(uuid5(_OFFERS, line["id"]), line, goals=_text(line, "goals"))


def _profile(own: UUID, line: Mapping[str, Any], goals: str = "") -> ProfileFacts:
    return ProfileFacts(
        own,
        own,
        headline=_text(line, "headline"),
        goals=goals,
        about=_text(line, "about"),
        industries=_list(line, "industries"),
        research=_list(line, "research"),
        skills=_list(line, "skills"),
        location=_text(line, "location"),
        languages=_list(line, "languages"),
    )


def _text(line: Mapping[str, Any], name: str) -> str:
    return "\n".join(_list(line, name))


def _list(line: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = line.get(name, ())
    return (value,) if isinstance(value, str) else tuple(value)
