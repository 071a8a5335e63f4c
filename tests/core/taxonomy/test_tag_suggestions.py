"""What is offered while somebody types, and in which order."""

from core.taxonomy import BUILT_IN, MAX_TAG_LENGTH, TagKind

suggest, terms = BUILT_IN.suggest, BUILT_IN.terms


def test_the_term_that_is_meant_stands_first_and_what_was_typed_last() -> None:
    offered = suggest(TagKind.SKILL, "k8s")
    assert (offered[0], offered[-1]) == ("Kubernetes", "k8s")


def test_a_label_is_not_offered_twice() -> None:
    assert suggest(TagKind.SKILL, "kubernetes") == ("Kubernetes",)


def test_an_unknown_term_can_be_chosen_as_typed() -> None:
    assert suggest(TagKind.SKILL, "  Glass   blowing ") == ("Glass blowing",)


def test_better_fits_stand_before_weaker_ones() -> None:
    offered = suggest(TagKind.SKILL, "java")
    assert offered[:2] == ("Java", "JavaScript")
    beginnings = suggest(TagKind.SKILL, "data")
    assert beginnings.index("Data science") < beginnings.index("dbt") < beginnings.index("data")
    inside = suggest(TagKind.SKILL, "script")
    assert inside.index("Shell scripting") < inside.index("JavaScript") < inside.index("script")


def test_words_may_be_typed_in_any_order() -> None:
    assert suggest(TagKind.SKILL, "learning mach")[0] == "Machine learning"


def test_a_typing_error_still_finds_the_term() -> None:
    assert "Python" in suggest(TagKind.SKILL, "pyhton")
    assert suggest(TagKind.SKILL, "Kubernets") == ("Kubernetes", "Kubernets")
    assert "Machine learning" in suggest(TagKind.TOPIC, "machne lerning")


def test_one_letter_finds_the_language_named_by_it() -> None:
    assert suggest(TagKind.SKILL, "r")[0] == "R"
    assert suggest(TagKind.SKILL, "c")[:3] == ("C", "C#", "C++")


def test_two_letters_do_not_match_the_inside_of_words() -> None:
    assert suggest(TagKind.SKILL, "pm") == ("pm",)


def test_nothing_typed_offers_the_most_chosen_terms() -> None:
    assert suggest(TagKind.SKILL, " ", limit=3) == tuple(term.label for term in terms(TagKind.SKILL)[:3])


def test_what_was_typed_keeps_its_place_within_the_limit() -> None:
    offered = suggest(TagKind.SKILL, "data", limit=5)
    assert len(offered) == 5
    assert offered[-1] == "data"


def test_no_entry_is_longer_than_an_option() -> None:
    assert suggest(TagKind.RESEARCH, "y" * 90) == ("y" * MAX_TAG_LENGTH,)


def test_languages_are_found_by_their_own_name() -> None:
    assert suggest(TagKind.LANGUAGE, "Deu")[0] == "German"
