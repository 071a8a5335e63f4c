"""The share of spelling in a vector."""

import numpy as np
import pytest

from embeddings.letters import SHARE, WithLetters, runs_of_letters
from tests.support.encoder import HashEncoder


def likeness(one: str, other: str) -> float:
    return float(runs_of_letters(one) @ runs_of_letters(other))


def test_a_misspelling_is_close_and_another_word_is_not() -> None:
    assert likeness("Kubernetes", "Kubernets") > 0.7
    assert abs(likeness("Kubernetes", "Photography")) < 0.3


def test_case_and_accents_do_not_count() -> None:
    assert likeness("Zürich", "zurich") == pytest.approx(1)


def test_signs_that_carry_a_meaning_do() -> None:
    assert likeness("C++", "C#") < 0.6


@pytest.mark.parametrize("text", ["", " ", "🙂", "…"])
def test_a_text_without_letters_is_like_nothing(text: str) -> None:
    assert not runs_of_letters(text).any()
    assert np.isfinite(WithLetters(HashEncoder()).encode([text])).all()


def test_one_inner_product_mixes_meaning_and_letters() -> None:
    meaning = HashEncoder()
    encoder = WithLetters(meaning)
    texts = ["data science", "data analysis"]
    one, other = encoder.encode(texts)
    plain = meaning.encode(texts)
    expected = (1 - SHARE) * float(plain[0] @ plain[1]) + SHARE * likeness(*texts)
    assert float(one @ other) == pytest.approx(expected, abs=1e-4)
    assert float(one @ one) == pytest.approx(1, abs=1e-5)
    assert one.shape == (encoder.dim,)


def test_no_texts_have_no_rows() -> None:
    encoder = WithLetters(HashEncoder())
    assert encoder.encode([]).shape == (0, encoder.dim)
