"""Where settings come from: the environment first, then the stack that runs on the same data folder."""

from collections.abc import Mapping
from pathlib import Path

from app.stack import record
from core import config
from core.config import ConfigurationError, Settings

ROOT = Path(__file__).resolve().parent.parent

GROUPS = (
    ("DATABASE_URL", "DATABASE_APP_URL"),
    ("REDIS_URL",),
    ("SLACK_API_URL", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "ITHACA_CLOCK_FILE"),
    ("SMTP_URL",),
    ("ITHACA_SECRET_KEY",),
    ("ITHACA_PUBLIC_URL",),
)
"""Variables that belong together: given one of a group, the others are not taken from somewhere else."""

NAMES = frozenset(name for group in GROUPS for name in group) | {"ITHACA_DATA"}

REQUIRED = ("DATABASE_URL", "REDIS_URL", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "ITHACA_SECRET_KEY")


def data_folder(environ: Mapping[str, str]) -> Path:
    """`ITHACA_DATA`, seen from where the caller stands, or `.ithaca` in the project."""
    given = environ.get("ITHACA_DATA")
    return Path(given).expanduser().absolute() if given else ROOT / ".ithaca"


def complete(environ: Mapping[str, str], offered: Mapping[str, str]) -> dict[str, str]:
    """The environment, and each group of variables that it says nothing about as offered."""
    merged = dict(environ)
    for group in GROUPS:
        if not any(environ.get(name) for name in group):
            merged |= {name: offered[name] for name in group if name in offered}
    return merged


def variables(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment that a command works in."""
    data = data_folder(environ)
    running = record.running(data)
    return complete(environ, running) | {"ITHACA_DATA": str(data)}


def settings(environ: Mapping[str, str]) -> Settings:
    """The settings of a command. Raises `ConfigurationError` if nothing runs and nothing is set."""
    known = variables(environ)
    missing = [name for name in REQUIRED if not known.get(name)]
    if len(missing) == len(REQUIRED):
        raise ConfigurationError(
            f"Ithaca does not run on {known['ITHACA_DATA']}, and no connection is set: "
            f"run `./ithaca up`, or set {', '.join(missing)}"
        )
    return config.read(known)
