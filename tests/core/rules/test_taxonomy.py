"""What a programme may add to the taxonomy."""

import pytest

from core.rules.errors import NotFound
from core.rules.taxonomy import TermsRefused, added, removed
from core.taxonomy import BUILT_IN, OwnTerm, TagKind, Taxonomy


def grown(*terms: OwnTerm, of: Taxonomy = BUILT_IN) -> Taxonomy:
    return Taxonomy(added(of, terms))


def skill(label: str, *synonyms: str) -> OwnTerm:
    return OwnTerm(TagKind.SKILL, label, synonyms)


def test_a_new_term_is_folded_offered_and_compared() -> None:
    taxonomy = grown(skill(" Glass  blowing", "Glasblasen", "lampworking"))
    assert taxonomy.fold(TagKind.SKILL, "LAMPWORKING") == "Glass blowing"
    assert taxonomy.suggest(TagKind.SKILL, "glas")[0] == "Glass blowing"
    assert taxonomy.key(TagKind.SKILL, "glasblasen") == taxonomy.key(TagKind.SKILL, "Glass blowing")
    assert taxonomy.fold(TagKind.TOPIC, "Glasblasen") == "Glass blowing"
    assert BUILT_IN.fold(TagKind.SKILL, "Glasblasen") == "Glasblasen"


def test_a_known_term_gets_more_synonyms_under_its_own_label() -> None:
    taxonomy = grown(skill("rust", "rustlang", "Rost"))
    assert [term.label for term in taxonomy.own] == ["Rust"]
    assert taxonomy.fold(TagKind.SKILL, "rost") == taxonomy.fold(TagKind.SKILL, "Rust lang") == "Rust"
    assert len(taxonomy.terms(TagKind.SKILL)) == len(BUILT_IN.terms(TagKind.SKILL))


def test_terms_added_twice_are_one() -> None:
    taxonomy = grown(skill("Weaving", "Weben"), skill("weaving", "Tissage"))
    assert taxonomy.own == (skill("Weaving", "Weben", "Tissage"),)
    assert grown(skill("Weaving", "Weven"), of=taxonomy).own == (skill("Weaving", "Weben", "Tissage", "Weven"),)


@pytest.mark.parametrize(
    ("term", "problem"),
    [
        (skill("Golang", "Go 2"), "“Golang” means Go already."),
        (skill("Weaving", "k8s"), "“k8s” means Kubernetes already."),
        (skill("Weaving", "Python"), "“Python” means Python already."),
        (skill("Rust", "Rust lang"), "Rust is known already, with all these spellings."),
        (skill("  "), "A term has at least one letter."),
        (skill("Weaving", "\u200d"), "A term has at least one letter."),
        (skill("x" * 76), f"“{'x' * 20}…” is longer than 75 characters."),
        (OwnTerm(TagKind.TOPIC, "Weaving"), "A term is of one of these kinds: skill, industry, research, language."),
    ],
)
def test_a_spelling_never_means_two_things(term: OwnTerm, problem: str) -> None:
    with pytest.raises(TermsRefused) as refused:
        added(BUILT_IN, [skill("Basketry"), term])
    assert refused.value.problems == {1: problem}


def test_terms_of_one_list_may_not_contradict_each_other() -> None:
    with pytest.raises(TermsRefused) as refused:
        added(BUILT_IN, [skill("Weaving", "Loom work"), skill("Carpet making", "loom-work")])
    assert refused.value.problems == {1: "“loom-work” means Weaving already."}


def test_one_label_is_written_one_way_in_all_kinds() -> None:
    taxonomy = grown(OwnTerm(TagKind.INDUSTRY, "machine LEARNING", ("ML companies",)))
    assert [term.label for term in taxonomy.own] == ["Machine learning"]


def test_what_was_added_can_be_taken_back_and_what_comes_with_ithaca_stays() -> None:
    taxonomy = grown(skill("Weaving"), skill("Rust", "Rost"))
    assert removed(taxonomy, TagKind.SKILL, "rust") == (skill("Weaving"),)
    for kind, label in ((TagKind.SKILL, "Python"), (TagKind.INDUSTRY, "Weaving")):
        with pytest.raises(NotFound):
            removed(taxonomy, kind, label)


def test_a_term_that_a_later_ithaca_knows_otherwise_keeps_what_the_programme_said() -> None:
    taxonomy = Taxonomy([skill("Container orchestration", "k8s")])
    assert taxonomy.fold(TagKind.SKILL, "k8s") == "Container orchestration"
    assert taxonomy.fold(TagKind.SKILL, "Kubernetes") == "Kubernetes"
