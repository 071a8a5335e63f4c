"""What `./ithaca up` writes to its terminal: short, and in colour only where a person looks at it."""

import time
from collections.abc import Mapping
from datetime import datetime
from typing import TextIO

from app.stack.log import Event

DIM, RED, YELLOW, BOLD, PLAIN = "\x1b[2m", "\x1b[31m", "\x1b[33m", "\x1b[1m", "\x1b[0m"
WIDTH = 10


class Console:
    """Lines for a person. A terminal that went away is no reason to fail."""

    def __init__(self, stream: TextIO, environ: Mapping[str, str]) -> None:
        self._stream = stream
        self._colours = stream.isatty() and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
        self._began = time.monotonic()
        self._last: tuple[str, str] | None = None
        self._repeated = 0

    def say(self, text: str = "") -> None:
        """A line as it is."""
        self._tell_repetition()
        self._write(text)

    def _write(self, text: str) -> None:
        try:
            self._stream.write(f"{text}\n")
            self._stream.flush()
        except (OSError, ValueError):
            self._colours = False

    def title(self, text: str) -> None:
        """A line that stands out."""
        self.say(self._paint(BOLD, text))

    def step(self, name: str, text: str) -> None:
        """Progress while the stack starts, with the time since the beginning."""
        elapsed = f"{time.monotonic() - self._began:6.1f} s"
        self.say(f"{self._paint(DIM, elapsed)}  {name:<{WIDTH}} {text}")

    def event(self, name: str, event: Event) -> None:
        """Something that happened in a process. What repeats is counted, not repeated."""
        if self._last == (name, event.text):
            self._repeated += 1
            return
        now = datetime.now().astimezone().strftime("%H:%M:%S")
        colour = RED if event.grave else YELLOW if event.level == "WARNING" else ""
        self.say(f"{self._paint(DIM, now)}  {name:<{WIDTH}} {self._paint(colour, event.text)}")
        self._last = (name, event.text)

    def failure(self, text: str) -> None:
        """Why it ends."""
        self.say(self._paint(RED, text))

    def _tell_repetition(self) -> None:
        if self._last and self._repeated:
            self._write(f"{'':10}{self._last[0]:<{WIDTH}} {self._paint(DIM, f'the same {self._repeated} times more')}")
        self._last, self._repeated = None, 0

    def _paint(self, colour: str, text: str) -> str:
        return f"{colour}{text}{PLAIN}" if self._colours and colour else text
