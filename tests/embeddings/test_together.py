"""Several models as one."""

import numpy as np

from embeddings.together import Together
from tests.support.encoder import HashEncoder


class OtherEncoder(HashEncoder):
    name = "other"

    def encode(self, texts):  # type: ignore[no-untyped-def]
        return super().encode([text[::-1] for text in texts])


def test_they_agree_on_the_mean() -> None:
    one, other = HashEncoder(), OtherEncoder()
    both = Together([one, other])
    texts = ["drug discovery", "discovery of drugs", "weaving"]
    alike = [each.encode(texts) @ each.encode(texts).T for each in (one, other, both)]
    assert np.allclose((alike[0] + alike[1]) / 2, alike[2], atol=1e-6)
    assert both.dim == one.dim + other.dim == both.encode([]).shape[1]


def test_their_name_tells_both_and_their_order() -> None:
    assert Together([HashEncoder(), OtherEncoder()]).name == "hash&other"
