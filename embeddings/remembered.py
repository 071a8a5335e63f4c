"""Vectors kept on disk between runs of a measurement: encoding is slow, and the texts stay the same."""

import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from embeddings.vectors import Encoder, Matrix

AT_ONCE: Final = 1024  # texts encoded between two writes: what was done is not lost


class Remembered:
    """An encoder that looks up what it has encoded before. A file per model, a row per text."""

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._encoder = encoder
        self.name, self.dim = encoder.name, encoder.dim
        self._rows = sqlite3.connect(folder / f"{encoder.name}.sqlite")
        self._rows.execute("CREATE TABLE IF NOT EXISTS vectors (text BLOB PRIMARY KEY, vector BLOB NOT NULL)")

    def encode(self, texts: Sequence[str]) -> Matrix:
        """One row of length 1 for each text."""
        keys = [hashlib.sha256(text.encode()).digest() for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if self._row(key) is None}
        ordered = sorted(missing, key=lambda key: len(missing[key]))  # texts of one length are encoded fastest together
        for start in range(0, len(ordered), AT_ONCE):
            some = ordered[start : start + AT_ONCE]
            new = self._encoder.encode([missing[key] for key in some])
            with self._rows:
                self._rows.executemany(
                    "INSERT OR IGNORE INTO vectors VALUES (?, ?)",
                    [(key, row.tobytes()) for key, row in zip(some, new, strict=True)],
                )
        found = [np.frombuffer(self._row(key) or b"", np.float32) for key in keys]
        return np.stack(found) if found else np.zeros((0, self.dim), np.float32)

    def _row(self, key: bytes) -> bytes | None:
        row = self._rows.execute("SELECT vector FROM vectors WHERE text = ?", (key,)).fetchone()
        return row[0] if row else None
