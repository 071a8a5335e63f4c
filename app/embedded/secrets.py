"""Secrets of an embedded stack: made once in the data folder, readable by its owner alone."""

import secrets
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from app.errors import CommandError
from app.stack import record

FILE = "secrets.json"


@dataclass(frozen=True)
class Secrets:
    """What a stack of one machine has to keep to itself."""

    secret_key: str
    database_password: str
    redis_password: str
    slack_bot_token: str
    slack_signing_secret: str
    slack_app_token: str
    smtp_password: str


def load(data: Path) -> Secrets:
    """The secrets of this folder. What is missing is made and kept."""
    kept = record.read(data / FILE)
    if not kept and (data / FILE).exists():
        raise CommandError(f"{data / FILE} is damaged, and without it the data is locked: restore it.")
    made = _made()
    found = Secrets(**{field.name: str(kept.get(field.name) or made[field.name]) for field in fields(Secrets)})
    if asdict(found) != kept:
        record.write(data / FILE, asdict(found))
    return found


def _made() -> dict[str, str]:
    return {
        "secret_key": secrets.token_urlsafe(32),
        "database_password": secrets.token_hex(24),
        "redis_password": secrets.token_hex(24),
        "slack_bot_token": f"xoxb-{secrets.token_hex(16)}",
        "slack_app_token": f"xapp-1-{secrets.token_hex(16)}",
        "slack_signing_secret": secrets.token_hex(16),
        "smtp_password": secrets.token_hex(16),
    }
