"""The data folder: JSON documents by kind and key in SQLite, safe against a kill at any moment.

State is read once at the start and served from memory. Each change is written through, and committed before
anybody is told that it happened. With a write-ahead log a killed process loses nothing that was committed.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

Json = dict[str, Any]

SCHEMA = "CREATE TABLE IF NOT EXISTS documents (kind TEXT, key TEXT, body TEXT NOT NULL, UNIQUE (kind, key))"
PUT = "INSERT INTO documents VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body"


class Store:
    """Documents on disk. Not thread-safe: everything happens on the event loop's thread."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._link = sqlite3.connect(folder / "sandbox.sqlite3", isolation_level=None, check_same_thread=False)
        self._link.execute("PRAGMA journal_mode = WAL")
        self._link.execute("PRAGMA synchronous = NORMAL")
        self._link.execute(SCHEMA)

    def load(self, kind: str) -> dict[str, Json]:
        """All documents of a kind, in the order in which they were first put."""
        rows = self._link.execute("SELECT key, body FROM documents WHERE kind = ? ORDER BY rowid", (kind,))
        return {key: json.loads(body) for key, body in rows}

    def put(self, kind: str, key: str, body: Json) -> None:
        """Write a document, in the place of an earlier one; it counts from the next `commit` on."""
        self._begin()
        self._link.execute(PUT, (kind, key, json.dumps(body)))

    def delete(self, kind: str, key: str) -> None:
        """Remove a document; it is gone from the next `commit` on."""
        self._begin()
        self._link.execute("DELETE FROM documents WHERE kind = ? AND key = ?", (kind, key))

    def commit(self) -> None:
        """Make what was put and deleted last. Call it before answering anybody."""
        if self._link.in_transaction:
            self._link.execute("COMMIT")

    def close(self) -> None:
        """Commit and close the file."""
        self.commit()
        self._link.close()

    def _begin(self) -> None:
        if not self._link.in_transaction:
            self._link.execute("BEGIN")
