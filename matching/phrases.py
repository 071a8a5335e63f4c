"""How alike single phrases are: of two tags, of a tag and a free text, of two free texts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings.vectors import Vectors
from matching import wording
from matching.mentions import mentions
from matching.tags import Tag, same

Shares = NDArray[np.float64]  # things asked for (rows) x things offered (columns)

# docs/matching.md tells where these numbers come from.
WORDS = 0.15  # of the similarity of two texts is for the words asked for that are there; the rest is for the meaning
LETTERS = 0.15  # of the similarity of two tags is for their letters

# From the similarity of two tags to a share: straight lines between these points, never flat, so that who is more
# alike always has more. Related tags (biotechnology, pharmaceuticals) lie about .5. Only equal tags count 1.
SIMILAR_MOST = 0.8  # the most that two tags count that are alike and not equal
TAGS = ((-1.0, -0.1, 0.25, 0.55, 1.0), (0.0, 0.01, 0.05, 0.42, SIMILAR_MOST))
MENTIONED = 0.35  # for naming a tag in free text; the rest is for how much the text is about it


@dataclass(frozen=True)
class Phrase:
    """Something one side said: a tag, or a free text, which is none."""

    text: str
    tag: Tag | None = None
    quotable: bool = True  # whether somebody wrote it just as it is here
    counted: bool = True  # whether it is evidence of its own, and not part of another that is


def shares_of_tags(asked: Sequence[Phrase], offered: Sequence[Phrase], vectors: Vectors) -> Shares:
    """How far each tag offered covers each tag asked for."""
    alike = _mixed(asked, offered, vectors, LETTERS, wording.alike)
    shares: Shares = np.interp(alike, *TAGS)
    for row, one in enumerate(asked):
        for column, other in enumerate(offered):
            if one.tag and other.tag and (share := same(one.tag, other.tag)) > shares[row, column]:
                shares[row, column] = share
    return shares


def tags_in_texts(asked: Sequence[Phrase], offered: Sequence[Phrase], vectors: Vectors) -> Shares:
    """How much each free text offered tells of each tag asked for: most where it names the tag."""
    alike = _mixed(asked, offered, vectors, WORDS, wording.found)
    for row, one in enumerate(asked):
        for column, other in enumerate(offered):
            if one.tag and mentions(other.text, one.tag.names):
                alike[row, column] = MENTIONED + (1 - MENTIONED) * alike[row, column]
    return alike


def texts_alike(asked: Sequence[Phrase], offered: Sequence[Phrase], vectors: Vectors) -> Shares:
    """How alike each free text asked for is to each thing offered."""
    return _mixed(asked, offered, vectors, WORDS, wording.found)


def _mixed(
    asked: Sequence[Phrase],
    offered: Sequence[Phrase],
    vectors: Vectors,
    light: float,
    by_wording: Callable[[str, str], float],
) -> Shares:
    """Similarity of meaning, with a light share for the wording."""
    meaning = vectors.similarities([p.text for p in asked], [p.text for p in offered]).astype(np.float64)
    worded = np.array([[by_wording(one.text, other.text) for other in offered] for one in asked]).reshape(meaning.shape)
    mixed: Shares = (1 - light) * meaning + light * worded
    return mixed
