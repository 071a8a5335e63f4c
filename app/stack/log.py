"""Log files of the stack's processes, and which of their lines are worth a look in the terminal."""

import json
import logging
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from core import trace
from core.config import LOG_FORMAT

KEEP = 5_000_000
FORMAT = "%(asctime)s.%(msecs)03d %(levelname)s [%(trace)s] %(name)s: %(message)s"
MOMENT = "%Y-%m-%d %H:%M:%S"
LINE = re.compile(r"\S+ \S+ (?P<level>DEBUG|INFO|WARNING|ERROR|CRITICAL) \[\S+\] (?P<logger>[\w.]+): (?P<text>.*)")
OURS = ("app", "bot", "core", "embeddings", "mail", "matching", "sandbox", "tasks", "web")


def configure(level: int = logging.INFO) -> None:
    """Send this process's log to standard error, one line per event, in a form that `worth_reading` knows.

    With `ITHACA_LOG_FORMAT=json` each line is an object. It is read here, since the settings may be what is wrong.
    """
    handler = logging.StreamHandler(sys.stderr)
    as_json = os.environ.get(LOG_FORMAT) == "json"
    handler.setFormatter(JsonLines() if as_json else logging.Formatter(FORMAT, MOMENT))
    handler.addFilter(trace.mark)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for chatty in ("httpx", "httpcore", "faiss", "alembic", "amqp", "kombu"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


class JsonLines(logging.Formatter):
    """Each event as one line of JSON, its time in UTC."""

    def format(self, record: logging.LogRecord) -> str:
        """The event; a traceback stands in it as text."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "trace": getattr(record, "trace", trace.NONE),
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line)


def file_for(folder: Path, name: str) -> Path:
    """The log of a process. One that has grown large is put aside, in the place of the one before."""
    folder.mkdir(mode=0o700, exist_ok=True)
    file = folder / f"{name}.log"
    if file.exists() and file.stat().st_size > KEEP:
        file.replace(folder / f"{name}.log.1")
    return file


@dataclass(frozen=True)
class Event:
    """A line of a log."""

    level: str
    text: str

    @property
    def grave(self) -> bool:
        """Whether somebody should act."""
        return self.level in ("ERROR", "CRITICAL")


def worth_reading(line: str) -> Event | None:
    """The event of a line: a warning of anybody's, or what one of our own modules says."""
    found = _json(line) if line.startswith("{") else LINE.fullmatch(line)
    if not found:
        return None
    ours = found["logger"].partition(".")[0] in OURS
    urgent = found["level"] not in ("DEBUG", "INFO") and found["logger"] != "py.warnings"
    return Event(found["level"], found["text"]) if ours or urgent else None


def _json(line: str) -> Mapping[str, str] | None:
    try:
        event = json.loads(line)
        return {"level": event["level"], "logger": event["logger"], "text": event["message"]}
    except (ValueError, KeyError, TypeError):
        return None


@dataclass
class Follower:
    """Reads what is added to a log."""

    file: Path
    position: int = 0
    rest: bytes = field(default=b"", repr=False)

    def __post_init__(self) -> None:
        self.position = self.file.stat().st_size if self.file.exists() else 0

    def lines(self) -> list[str]:
        """The lines that were completed since the last call."""
        try:
            with self.file.open("rb") as file:
                file.seek(self.position)
                fresh = file.read(1_000_000)
        except OSError:
            return []
        self.position += len(fresh)
        *complete, self.rest = (self.rest + fresh).split(b"\n")
        return [line.decode(errors="replace") for line in complete]


def left_alone(**_: object) -> None:
    """Celery leaves the log alone when somebody takes its signal `setup_logging`."""
