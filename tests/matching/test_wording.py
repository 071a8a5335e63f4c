"""Words and letters that two phrases share."""

import pytest

from matching import wording


@pytest.mark.parametrize(
    ("asked", "offered", "share"),
    [
        ("Electrical Technician", "I train electricians.", 0.5),
        ("Zürich", "ZURICH", 1.0),
        ("", "anything", 0.0),
        ("anything", "", 0.0),
    ],
)
def test_words_are_found_whatever_their_endings(asked: str, offered: str, share: float) -> None:
    assert wording.found(asked, offered) == share


def test_letters_know_a_misspelling_from_another_word() -> None:
    assert wording.alike("Kubernetes", "Kubernets") > 0.7 > 0.3 > wording.alike("Kubernetes", "Photography")
    assert wording.alike("C++", "C#") < 0.6
    assert wording.alike("Zürich", "zurich") == pytest.approx(1)
    assert wording.alike("🙂", "🙂") == 0


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("graphql", "grapqhl", True),
        ("kubernets", "kubernetes", True),
        ("kubernetess", "kubernetes", True),
        ("kubernetis", "kubernetes", True),
        ("kubernetes", "kubernetes", False),
        ("react", "reach", False),
        ("figures", "rigures", False),
        ("kubernetes", "kubernaut", False),
    ],
)
def test_one_slip_of_the_keyboard_is_a_misspelling(one: str, other: str, is_one: bool) -> None:
    assert wording.is_misspelling(one, other) is is_one
    assert wording.is_misspelling(other, one) is is_one


@pytest.mark.parametrize(
    ("text", "letters"), [("Progressive web app", "pwa"), ("Domain-driven design", "ddd"), ("User experience", "")]
)
def test_a_short_form_has_the_first_letters_of_three_words_or_more(text: str, letters: str) -> None:
    assert wording.initials(text) == letters
