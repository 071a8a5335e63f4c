"""Log files of the stack's processes, and which of their lines are worth a look in the terminal."""

import logging
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

KEEP = 5_000_000
FORMAT = "%(asctime)s.%(msecs)03d %(levelname)s %(name)s: %(message)s"
MOMENT = "%Y-%m-%d %H:%M:%S"
LINE = re.compile(r"\S+ \S+ (?P<level>DEBUG|INFO|WARNING|ERROR|CRITICAL) (?P<logger>[\w.]+): (?P<text>.*)")
OURS = ("app", "bot", "core", "embeddings", "mail", "matching", "sandbox", "tasks", "web")


def configure(level: int = logging.INFO) -> None:
    """Send this process's log to standard error, one line per event, in the form `worth_reading` knows."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter(FORMAT, MOMENT))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for chatty in ("httpx", "httpcore", "faiss", "alembic", "amqp", "kombu"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


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
    found = LINE.fullmatch(line)
    if not found:
        return None
    ours = found["logger"].partition(".")[0] in OURS
    urgent = found["level"] not in ("DEBUG", "INFO") and found["logger"] != "py.warnings"
    return Event(found["level"], found["text"]) if ours or urgent else None


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
