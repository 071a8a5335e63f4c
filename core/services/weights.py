"""How much each criterion counts, as staff set it: from now on, and never for a wave that is out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.rules.errors import InvalidFields, NotFound
from core.rules.reasons import checked_reason
from core.rules.scores import Criterion
from core.rules.weights import DEFAULT, TOTAL, Change, Weights, changes
from core.services.settings import change, different, lock_setting, newest, require_version, stored, versions
from core.uow import Reading, Work

WEIGHTS = "weights"


@dataclass(frozen=True)
class WeightsVersion:
    """One version of the weights: who set it, when and why, and what it changed. Version 0 comes with Ithaca."""

    weights: Weights
    changes: tuple[Change, ...] = ()
    author: str = ""
    at: datetime | None = None
    reason: str = ""


def current_weights(reading: Reading) -> Weights:
    """The newest version stored, or the default. Waves that are out keep those they were computed with."""
    setting = newest(reading, WEIGHTS)
    return Weights.from_json(setting.version, setting.value) if setting else DEFAULT


def weights_of(reading: Reading, version: int) -> Weights:
    """One version of the weights; 0 is what comes with Ithaca. Raises `NotFound`."""
    if version == DEFAULT.version:
        return DEFAULT
    setting = stored(reading, WEIGHTS, version)
    if setting is None:
        raise NotFound(version=version)
    return Weights.from_json(version, setting.value)


def weights_versions(reading: Reading) -> tuple[WeightsVersion, ...]:
    """Every version, the newest first, down to the one that comes with Ithaca."""
    found, before = [WeightsVersion(DEFAULT)], DEFAULT
    for one in reversed(versions(reading, WEIGHTS)):
        weights = Weights.from_json(one.number, one.value)
        differs = changes(before.points, weights.points)
        found.append(WeightsVersion(weights, differs, one.author, one.at, one.reason))
        before = weights
    return tuple(reversed(found))


def restore_weights(work: Work, version: int, seen: int, why: str) -> Weights:
    """Let the weights of an older version count again, as a new version.

    Raises `InvalidFields`, `NotFound`, and `SettingChanged` if `seen` does not count any more.
    """
    why = checked_reason(why)
    return change_weights(work, weights_of(work, version).points, seen, why)


def change_weights(work: Work, points: Mapping[Criterion, int], seen: int, why: str) -> Weights:
    """Let these weights count from now on, for a checked reason.

    Raises `SettingChanged` if `seen` does not count any more, and `InvalidFields` for those that count already.
    """
    lock_setting(work, WEIGHTS)
    current = current_weights(work)
    require_version(current.version, seen)
    require_change(current, points)
    value = Weights(0, points).as_json()
    before, after = different(current.as_json(), value)
    version = change(work, WEIGHTS, value, why, before=before, after=after)
    return Weights(version, points)


def require_change(current: Weights, points: Mapping[Criterion, int]) -> None:
    """Refuse the weights that count already. Raises `InvalidFields`."""
    if not changes(current.points, points):
        raise InvalidFields({TOTAL: "These are the weights that count already."})
