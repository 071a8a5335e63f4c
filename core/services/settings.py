"""Settings in numbered versions: the newest counts, and older ones stay, for what was decided by them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from core.models import Setting, User
from core.rules.errors import DomainError
from core.services.audit import Deed, Subject, record
from core.uow import Reading, Work


class SettingChanged(DomainError):
    """Somebody else has changed the setting since the page was read: `version` counts now."""

    code = "setting_changed"


@dataclass(frozen=True)
class Version:
    """One version of a setting, with who made it. `author` is empty where it is not known any more."""

    number: int
    value: Mapping[str, Any]
    author: str
    at: datetime
    reason: str


def newest(reading: Reading, name: str) -> Setting | None:
    """The version of a setting that counts now; None while nobody has set it."""
    return reading.session.scalar(select(Setting).where(Setting.name == name).order_by(Setting.version.desc()).limit(1))


def newest_version(reading: Reading, name: str) -> int:
    """The number of that version; 0 while nobody has set it."""
    return reading.session.scalar(select(func.max(Setting.version)).where(Setting.name == name)) or 0


def stored(reading: Reading, name: str, version: int) -> Setting | None:
    """One version of a setting."""
    return reading.session.scalar(select(Setting).where(Setting.name == name, Setting.version == version))


def versions(reading: Reading, name: str) -> tuple[Version, ...]:
    """All versions of a setting, the newest first."""
    rows = reading.session.execute(
        select(Setting, User.name)
        .outerjoin(User, User.id == Setting.author_id)
        .where(Setting.name == name)
        .order_by(Setting.version.desc())
    )
    return tuple(Version(one.version, one.value, author or "", one.created_at, one.reason) for one, author in rows)


def lock_setting(work: Work, name: str) -> None:
    """Let nobody else change a setting until this work is committed."""
    work.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"setting {name}", 0))))


def change(
    work: Work, name: str, value: dict[str, Any], reason: str, *, before: Mapping[str, Any], after: Mapping[str, Any]
) -> int:
    """Store a new version, with a line in the audit log that says what is different now, and why. Returns its number.

    `before` and `after` hold what differs: see `different`. Call `lock_setting` before reading what the new version is
    made from, so that two changes at once are two versions.
    """
    setting = _store(work, name, value, reason)
    record(
        work,
        Deed.SETTING_CHANGED,
        Subject.SETTING,
        setting.id,
        before={"setting": name, "version": setting.version - 1, **before},
        after={"setting": name, "version": setting.version, **after},
        reason=reason,
    )
    return setting.version


def different(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What of two values of a setting is not the same, in both."""
    keys = [key for key in after if before.get(key) != after[key]]
    return {key: before.get(key) for key in keys}, {key: after[key] for key in keys}


def require_version(current: int, seen: int) -> None:
    """Refuse a change of what has been changed since it was read. Raises `SettingChanged`."""
    if current != seen:
        raise SettingChanged(version=current)


def _store(work: Work, name: str, value: dict[str, Any], reason: str) -> Setting:
    lock_setting(work, name)
    version = newest_version(work, name) + 1
    author: UUID | None = work.actor.user_id
    setting = Setting(name=name, version=version, value=value, author_id=author, reason=reason, created_at=work.now)
    work.session.add(setting)
    work.session.flush()
    return setting
