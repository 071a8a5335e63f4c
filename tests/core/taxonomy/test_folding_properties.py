"""Whatever people type, folding is stable and keys agree with it."""

from hypothesis import given
from hypothesis import strategies as st

from core.taxonomy import BUILT_IN, MAX_TAG_LENGTH, TagKind, tidy

fold, fold_all, key = BUILT_IN.fold, BUILT_IN.fold_all, BUILT_IN.key
suggest, terms = BUILT_IN.suggest, BUILT_IN.terms

kinds = st.sampled_from(TagKind)
known = kinds.flatmap(
    lambda kind: st.sampled_from(
        [text for term in terms(kind) for text in (term.label, *term.synonyms)],
    )
)
typed = st.one_of(st.text(max_size=100), known, st.text("aeinrst+#.&-()ML \t\u200d\u0301", max_size=90))


@given(typed)
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert len(tidy(text)) <= MAX_TAG_LENGTH


@given(kinds, typed)
def test_folding_twice_changes_nothing_more(kind: TagKind, text: str) -> None:
    assert fold(kind, fold(kind, text)) == fold(kind, text)


@given(kinds, typed)
def test_a_tag_and_its_label_have_one_key(kind: TagKind, text: str) -> None:
    assert key(kind, fold(kind, text)) == key(kind, text)


@given(kinds, typed)
def test_capitals_and_hyphens_do_not_change_a_known_term(kind: TagKind, text: str) -> None:
    label = fold(kind, text)
    if label in {term.label for term in terms(kind)}:
        assert fold(kind, label.upper()) == label
        assert fold(kind, label.replace(" ", "-")) == label


@given(kinds, typed)
def test_a_label_of_any_kind_keeps_its_name_among_topics(kind: TagKind, text: str) -> None:
    if kind is not TagKind.LANGUAGE and fold(kind, text) in {term.label for term in terms(kind)}:
        assert fold(TagKind.TOPIC, fold(kind, text)) == fold(kind, text)


@given(kinds, st.lists(typed, max_size=8))
def test_a_folded_list_holds_each_tag_once(kind: TagKind, texts: list[str]) -> None:
    folded = fold_all(kind, texts)
    assert {key(kind, text) for text in texts} - {""} == {key(kind, label) for label in folded}
    assert len({key(kind, label) for label in folded}) == len(folded)
    assert fold_all(kind, folded) == folded


@given(kinds, typed, st.integers(1, 30))
def test_suggestions_hold_what_was_typed_and_fit_their_limit(kind: TagKind, text: str, limit: int) -> None:
    offered = suggest(kind, text, limit)
    assert 0 < len(offered) <= limit
    assert len(set(offered)) == len(offered)
    if tidy(text):
        assert tidy(text) == offered[-1] or key(kind, text) in {key(kind, label) for label in offered}
