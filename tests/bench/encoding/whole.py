"""The model as one function of tokens, for other programmes to run: transformer, mean over the tokens, length 1."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from embeddings.vectors import Matrix

Tokens = Mapping[str, Any]
NAMES = ("input_ids", "attention_mask")


class Whole(torch.nn.Module):
    """The model from token ids and their mask to rows."""

    def __init__(self, model: SentenceTransformer) -> None:
        super().__init__()
        self._transformer: Any = model[0].auto_model

    def forward(self, input_ids: Any, attention_mask: Any) -> Any:
        """One row of length 1 for each text."""
        states = self._transformer(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        counted = attention_mask.unsqueeze(-1).to(states.dtype)
        return torch.nn.functional.normalize((states * counted).sum(1) / counted.sum(1), dim=1)


class Elsewhere:
    """An encoder that has another programme run the model, in batches of texts of about one length."""

    def __init__(self, name: str, model: SentenceTransformer, batch: int, run: Callable[[Tokens], Matrix]) -> None:
        self._model, self._batch, self._run = model, batch, run
        self.name, self.dim = name, int(model.get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str]) -> Matrix:
        """One row of length 1 for each text."""
        found = np.zeros((len(texts), self.dim), np.float32)
        order = sorted(range(len(texts)), key=lambda each: len(texts[each]))
        for start in range(0, len(order), self._batch):
            some = order[start : start + self._batch]
            found[some] = self._run(tokens(self._model, [texts[each] for each in some], "np"))
        return found


def tokens(model: SentenceTransformer, texts: Sequence[str], kind: str) -> dict[str, Any]:
    """Texts as the model reads them, padded to one length."""
    read = model.tokenizer(
        list(texts), padding=True, truncation=True, max_length=model.max_seq_length, return_tensors=kind
    )
    return {name: read[name] for name in NAMES}
