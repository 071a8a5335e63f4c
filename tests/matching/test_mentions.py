"""Tags named in free text."""

import pytest

from core.taxonomy import BUILT_IN, TagKind
from matching.mentions import mentions
from matching.tags import tag as tag_of


@pytest.mark.parametrize(
    ("text", "tag", "named"),
    [
        ("I run k8s clusters.", "Kubernetes", True),
        ("Ten years of machine-learning", "ML", True),
        ("Written in Go, mostly", "golang", True),
        ("I go to work by bicycle", "Go", False),
        ("JS and CSS", "JavaScript", True),
        ("Java only", "JavaScript", False),
        ("JavaScript only", "Java", False),
        ("C++ since 1998", "C", False),
        ("R, Stata and some C", "R", True),
        ("Node.js services", "nodejs", True),
        ("I keep bees", "beekeeping", False),
        ("", "Python", False),
        ("🙂", "🙂", False),
    ],
)
def test_a_tag_is_found_by_its_names_and_not_by_parts_of_words(text: str, tag: str, named: bool) -> None:
    assert mentions(text, tag_of(BUILT_IN, TagKind.SKILL, tag).names) is named
