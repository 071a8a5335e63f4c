"""What staff set besides weights: in versions, of which each thing under way keeps the one it began with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Interval, case, literal
from sqlalchemy.orm import InstrumentedAttribute

from core.rules.errors import InvalidFields, NotFound
from core.rules.policies import USUAL, Policies, PolicyChange, changes, checked
from core.rules.reasons import checked_reason
from core.services.settings import change, different, lock_setting, newest, require_version, stored, versions
from core.uow import Reading, Work

POLICIES: Final = "policies"
_KEPT: Final = 8
_timelines: dict[UUID, "Timeline"] = {}  # by the id of the newest row, which never changes

Moment = InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]
Measure = TypeVar("Measure", int, timedelta)


@dataclass(frozen=True)
class Timeline:
    """All versions with the moments since which they count, the newest first."""

    versions: tuple[tuple[datetime, Policies], ...] = ()

    @property
    def current(self) -> Policies:
        """What counts for what begins now."""
        return self.versions[0][1] if self.versions else USUAL

    def at(self, moment: datetime) -> Policies:
        """What counts for something that began then."""
        return next((policies for since, policies in self.versions if since <= moment), USUAL)

    def lasting(self, began: Moment, measure: Callable[[Policies], timedelta]) -> ColumnElement[timedelta]:
        """The same for rows in SQL, of a length of time: by the column that says when each began."""
        return self._of(began, measure, Interval())

    def count(self, began: Moment, measure: Callable[[Policies], int]) -> ColumnElement[int]:
        """The same for rows in SQL, of a number."""
        return self._of(began, measure, Integer())

    def longest(self, measure: Callable[[Policies], timedelta]) -> timedelta:
        """The most that any version says: a bound that an index can use."""
        return max(measure(policies) for policies in (USUAL, *(each for _, each in self.versions)))

    def shortest(self, measure: Callable[[Policies], timedelta]) -> timedelta:
        """The least that any version says."""
        return min(measure(policies) for policies in (USUAL, *(each for _, each in self.versions)))

    def most_since(self, moment: datetime, measure: Callable[[Policies], int]) -> int:
        """The most that any version says of those that have counted from then on."""
        return max(measure(self.at(moment)), *(measure(each) for since, each in self.versions if since > moment), 0)

    def _of(self, began: Moment, measure: Callable[[Policies], Measure], kind: Any) -> ColumnElement[Measure]:
        usual = literal(measure(USUAL), kind)
        if not self.versions:
            return usual
        return case(*((began >= since, literal(measure(each), kind)) for since, each in self.versions), else_=usual)


@dataclass(frozen=True)
class PoliciesVersion:
    """One version: who set it, when and why, and what it changed. Version 0 comes with Ithaca."""

    number: int
    policies: Policies
    changes: tuple[PolicyChange, ...] = ()
    author: str = ""
    at: datetime | None = None
    reason: str = ""


def timeline(reading: Reading) -> Timeline:
    """Every version there was. They are read once in each process, until there is a newer one."""
    latest = newest(reading, POLICIES)
    if latest is None:
        return Timeline()
    if latest.id not in _timelines:
        while len(_timelines) >= _KEPT:
            _timelines.pop(next(iter(_timelines)), None)
        found = ((one.at, Policies.from_json(one.value)) for one in versions(reading, POLICIES))
        _timelines[latest.id] = Timeline(tuple(found))
    return _timelines[latest.id]


def current_policies(reading: Reading) -> Policies:
    """What counts for what begins now."""
    return timeline(reading).current


def policies_at(reading: Reading, moment: datetime) -> Policies:
    """What counts for something that began then: people were told dates by it."""
    return timeline(reading).at(moment)


def current_version(reading: Reading) -> tuple[int, Policies]:
    """The newest version with its number; 0 is what comes with Ithaca."""
    latest = newest(reading, POLICIES)
    return (latest.version, Policies.from_json(latest.value)) if latest else (0, USUAL)


def policies_of(reading: Reading, version: int) -> Policies:
    """One version. Raises `NotFound`."""
    setting = stored(reading, POLICIES, version)
    if version and setting is None:
        raise NotFound(version=version)
    return Policies.from_json(setting.value) if setting else USUAL


def policies_versions(reading: Reading) -> tuple[PoliciesVersion, ...]:
    """Every version, the newest first, down to the one that comes with Ithaca."""
    found, before = [PoliciesVersion(0, USUAL)], USUAL
    for one in reversed(versions(reading, POLICIES)):
        policies = Policies.from_json(one.value)
        differs = changes(before, policies)
        found.append(PoliciesVersion(one.number, policies, differs, one.author, one.at, one.reason))
        before = policies
    return tuple(reversed(found))


def set_policies(work: Work, typed: Mapping[str, str], seen: int, why: str) -> int:
    """Let what staff typed count for what begins from now on. Returns the version. `seen` is what the page showed.

    Raises `InvalidFields`, also where nothing is different, and `SettingChanged`.
    """
    return _change(work, lambda: checked(typed), seen, why)


def restore_policies(work: Work, version: int, seen: int, why: str) -> int:
    """Let an older version count again, as a new one. Raises `NotFound`, and as `set_policies`."""
    return _change(work, lambda: policies_of(work, version), seen, why)


def require_change(current: Policies, wanted: Policies) -> None:
    """Refuse what counts already. Raises `InvalidFields`."""
    if not changes(current, wanted):
        raise InvalidFields({"all": "Nothing is different from what counts already."})


def _change(work: Work, wanted: Callable[[], Policies], seen: int, why: str) -> int:
    problems: dict[str, str] = {}
    try:
        policies = wanted()
    except InvalidFields as error:
        problems |= error.problems
    try:
        why = checked_reason(why)
    except InvalidFields as error:
        problems |= error.problems
    if problems:
        raise InvalidFields(problems)
    lock_setting(work, POLICIES)
    number, current = current_version(work)
    require_version(number, seen)
    require_change(current, policies)
    before, after = different(current.as_json(), policies.as_json())
    return change(work, POLICIES, policies.as_json(), why, before=before, after=after)
