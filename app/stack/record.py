"""The data folder's memory of a running stack: who holds the folder, which processes run, how to connect.

A lock, which the kernel drops with its holder, says whether a stack runs; the files beside it are read while
it is held.
"""

import fcntl
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.errors import CommandError

LOCK, CONNECTIONS, PROCESSES = "up.lock", "stack.json", "processes.json"


@contextmanager
def held(data: Path) -> Iterator[None]:
    """Hold the folder, as one stack at a time may. Raises `CommandError` if another does."""
    handle = os.open(data / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _lock(handle, fcntl.LOCK_EX, patience=0.5):
            holder = os.read(handle, 20).decode(errors="replace").strip()
            raise CommandError(
                f"Ithaca already runs on {data} (process {holder}). Stop it there with Ctrl-C, "
                "or choose another folder with ITHACA_DATA."
            )
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(handle)


def running(data: Path) -> dict[str, str]:
    """The connection variables of the stack that runs on this folder; empty if none does."""
    try:
        handle = os.open(data / LOCK, os.O_RDONLY)
    except OSError:
        return {}
    try:
        free = _lock(handle, fcntl.LOCK_SH, patience=0.0)
    finally:
        os.close(handle)
    return {} if free else {name: str(value) for name, value in read(data / CONNECTIONS).items()}


def _lock(handle: int, kind: int, patience: float) -> bool:
    """Take a lock if that is possible soon: a command that asks who runs holds one for a moment."""
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                return False
            time.sleep(0.02)
        else:
            return True


def read(path: Path) -> dict[str, Any]:
    """What a file of this folder says; empty if it is missing or was cut short."""
    try:
        found = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write(path: Path, content: Mapping[str, Any]) -> None:
    """Replace a file at once, readable by its owner alone."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(content, file, indent=2)
        file.write("\n")
        file.flush()
        os.fsync(handle)
    fresh.replace(path)
