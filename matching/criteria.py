"""The criteria that are compared by meaning: what counts on each side, and how much."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from core.rules.facts import ProfileFacts, RequestFacts
from core.rules.scores import Criterion
from core.taxonomy import MAX_TAG_LENGTH, TagKind, Taxonomy
from embeddings.facets import introductions, passages, tags, whole, wish_of
from embeddings.vectors import Vectors
from matching.laid_out import Offered
from matching.likeness import Compared, coverage, weighted
from matching.phrases import Phrase
from matching.tags import tag

WISH, OWN_GOALS = 2.0, 1.0
INDUSTRIES, WISH_AS_FIELD, OWN_FIELD = 2.0, 1.0, 1.0


Asked = Sequence[tuple[float, Sequence[Phrase]]]
"""Lists of tags or texts that a student looks for, and how much each list counts."""


@dataclass(frozen=True)
class ByMeaning:
    """A criterion that is compared by meaning: what is asked for, and what is offered."""

    asked: Callable[[RequestFacts], Asked]
    offered: Callable[[ProfileFacts, Taxonomy], list[Phrase]]

    def compare(self, request: RequestFacts, offered: Offered, vectors: Vectors) -> Compared | None:
        """How far each of some mentors covers what a student looks for; None if that is nothing."""
        return weighted((weight, _covered(phrases, offered, vectors)) for weight, phrases in self.asked(request))


def _goals_asked(request: RequestFacts) -> Asked:
    """What the student wants. The request counts twice as much as the goals in the profile, which are older."""
    return ((WISH, _free_text(wish_of(request))), (OWN_GOALS, _free_text(request.student.goals)))


def _goals_offered(mentor: ProfileFacts, _: Taxonomy) -> list[Phrase]:
    """What the mentor can help with, and where the mentor has got to."""
    return _free_text(mentor.goals) + _introduction(mentor)


def _expertise_asked(request: RequestFacts) -> Asked:
    """The student's industries, wish and own field."""
    student = request.student
    return (
        (INDUSTRIES, _tags(TagKind.INDUSTRY, student.industries, request.taxonomy)),
        (WISH_AS_FIELD, _free_text(wish_of(request))),
        (OWN_FIELD, _introduction(student)),
    )


def _expertise_offered(mentor: ProfileFacts, taxonomy: Taxonomy) -> list[Phrase]:
    """The mentor's industries, headline and story."""
    story = [Phrase(text) for text in passages(mentor.about)]
    return _tags(TagKind.INDUSTRY, mentor.industries, taxonomy) + _introduction(mentor) + story


def _research_asked(request: RequestFacts) -> Asked:
    """Each research interest; a list may hold abstracts as well."""
    return ((1, _tags(TagKind.RESEARCH, request.student.research, request.taxonomy)),)


def _research_offered(mentor: ProfileFacts, taxonomy: Taxonomy) -> list[Phrase]:
    """The same of the mentor."""
    return _tags(TagKind.RESEARCH, mentor.research, taxonomy)


def _skills_asked(request: RequestFacts) -> Asked:
    """Each skill."""
    return ((1, _tags(TagKind.SKILL, request.student.skills, request.taxonomy)),)


def _skills_offered(mentor: ProfileFacts, taxonomy: Taxonomy) -> list[Phrase]:
    """The mentor's skills, and free text that shows them."""
    texts = [Phrase(text) for text in (*passages(mentor.about), *passages(mentor.goals))]
    return _tags(TagKind.SKILL, mentor.skills, taxonomy) + _story(mentor) + texts


BY_MEANING: Final[Mapping[Criterion, ByMeaning]] = {
    Criterion.GOALS: ByMeaning(_goals_asked, _goals_offered),
    Criterion.EXPERTISE: ByMeaning(_expertise_asked, _expertise_offered),
    Criterion.RESEARCH: ByMeaning(_research_asked, _research_offered),
    Criterion.SKILLS: ByMeaning(_skills_asked, _skills_offered),
}


def _covered(asked: Sequence[Phrase], offered: Offered, vectors: Vectors) -> Compared | None:
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
