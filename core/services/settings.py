"""Settings in numbered versions: the newest counts, and older ones stay, for what was decided by them."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from core.models import Setting
from core.uow import Reading, Work


def newest(reading: Reading, name: str) -> Setting | None:
    """The version of a setting that counts now; None while nobody has set it."""
    return reading.session.scalar(select(Setting).where(Setting.name == name).order_by(Setting.version.desc()).limit(1))


def newest_version(reading: Reading, name: str) -> int:
    """The number of that version; 0 while nobody has set it."""
    return reading.session.scalar(select(func.max(Setting.version)).where(Setting.name == name)) or 0


def stored(reading: Reading, name: str, version: int) -> Setting | None:
    """One version of a setting."""
    return reading.session.scalar(select(Setting).where(Setting.name == name, Setting.version == version))


def lock(work: Work, name: str) -> None:
    """Let nobody else change a setting until this work is committed."""
    work.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"setting {name}", 0))))


def store(work: Work, name: str, value: dict[str, Any], reason: str) -> int:
    """Make a new version of a setting, which counts from now on. Returns its number.

    Call `lock` before reading what the new version is made from, so that two changes at once are two versions.
    """
    lock(work, name)
    version = newest_version(work, name) + 1
    author: UUID | None = work.actor.user_id
    work.session.add(Setting(name=name, version=version, value=value, author_id=author, reason=reason))
    work.session.flush()
    return version
