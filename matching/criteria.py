"""The criteria that are compared by meaning: what counts on each side, and how much."""

from collections.abc import Iterable

from core.rules.facts import ProfileFacts, RequestFacts
from core.taxonomy import MAX_TAG_LENGTH, TagKind, Taxonomy
from embeddings.facets import introductions, passages, tags, whole, wish_of
from embeddings.vectors import Vectors
from matching.likeness import Likeness, coverage, weighted
from matching.phrases import Phrase
from matching.tags import tag

WISH, OWN_GOALS = 2.0, 1.0
INDUSTRIES, WISH_AS_FIELD, OWN_FIELD = 2.0, 1.0, 1.0


def goals(request: RequestFacts, mentor: ProfileFacts, vectors: Vectors) -> Likeness | None:
    """What the student wants against what the mentor can help with, and where the mentor has got to.

    The request counts twice as much as the goals in the profile, which are older.
    """
    offered = _free_text(mentor.goals) + _introduction(mentor)
    return weighted(
        (
            (WISH, coverage(_free_text(wish_of(request)), offered, vectors)),
            (OWN_GOALS, coverage(_free_text(request.student.goals), offered, vectors)),
        )
    )


def expertise(request: RequestFacts, mentor: ProfileFacts, vectors: Vectors) -> Likeness | None:
    """The student's industries, wish and own field against the mentor's industries, headline and story."""
    student, taxonomy = request.student, request.taxonomy
    offered = _tags(TagKind.INDUSTRY, mentor.industries, taxonomy) + _introduction(mentor)
    offered += [Phrase(text) for text in passages(mentor.about)]
    return weighted(
        (
            (INDUSTRIES, _covered(_tags(TagKind.INDUSTRY, student.industries, taxonomy), offered, vectors)),
            (WISH_AS_FIELD, coverage(_free_text(wish_of(request)), offered, vectors)),
            (OWN_FIELD, coverage(_introduction(student), offered, vectors)),
        )
    )


def research(request: RequestFacts, mentor: ProfileFacts, vectors: Vectors) -> Likeness | None:
    """Each research interest of the student against those of the mentor; either may list abstracts as well."""
    asked, offered = (_tags(TagKind.RESEARCH, each.research, request.taxonomy) for each in (request.student, mentor))
    return _covered(asked, offered, vectors)


def skills(request: RequestFacts, mentor: ProfileFacts, vectors: Vectors) -> Likeness | None:
    """Each skill of the student against the mentor's skills, and against free text that shows them."""
    offered = _tags(TagKind.SKILL, mentor.skills, request.taxonomy) + _story(mentor)
    offered += [Phrase(text) for text in (*passages(mentor.about), *passages(mentor.goals))]
    return _covered(_tags(TagKind.SKILL, request.student.skills, request.taxonomy), offered, vectors)


def _covered(asked: list[Phrase], offered: list[Phrase], vectors: Vectors) -> Likeness | None:
    """A list that may hold tags and free texts: each kind counts by how many there are of it."""
    kinds = ([each for each in asked if each.tag], [each for each in asked if not each.tag])
    return weighted((len(each), coverage(each, offered, vectors)) for each in kinds)


def _tags(kind: TagKind, values: Iterable[str], taxonomy: Taxonomy) -> list[Phrase]:
    """The values of a list; one too long for a tag is a free text that stands in a list."""
    return [
        Phrase(value, tag(taxonomy, kind, value) if len(value) <= MAX_TAG_LENGTH else None) for value in tags(values)
    ]


def _free_text(text: str) -> list[Phrase]:
    """A text as a whole and by passages. Only passages are short enough to quote."""
    parts = passages(text)
    as_a_whole = [Phrase(each, quotable=False) for each in whole(text) if each not in parts]
    return as_a_whole + [Phrase(each) for each in parts]


def _introduction(profile: ProfileFacts) -> list[Phrase]:
    return [Phrase(text, quotable=text == profile.headline.strip()) for text in introductions(profile)]


def _story(profile: ProfileFacts) -> list[Phrase]:
    """Headline and story as one text. The headline by itself may be quoted, but what it says counts once."""
    each = introductions(profile)
    return [Phrase(text, quotable=text == profile.headline.strip(), counted=text == each[-1]) for text in each]
