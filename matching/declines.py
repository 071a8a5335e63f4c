"""What a mentor's "Not my field" changes: students of that kind score lower with them, by a rule that can be told."""

from dataclasses import replace
from functools import partial

from core.rules.facts import ProfileFacts, RequestFacts
from core.taxonomy import TagKind
from embeddings.facets import tags
from matching.likeness import Likeness

KEPT = 0.5


def lowered(expertise: Likeness | None, request: RequestFacts, mentor: ProfileFacts) -> Likeness | None:
    """Expertise counts half for those of the student's industries of which the mentor has said "Not my field".

    With the default weights that is 12.5 points of 100 at most: enough to let others go first, too little to bar a
    mentor who fits in all else. "No time now" changes nothing.
    """
    if expertise is None or not mentor.not_my_field:
        return expertise
    industries = tags(request.student.industries)
    key = partial(request.taxonomy.key, TagKind.INDUSTRY)
    no_more = {key(industry) for industry in mentor.not_my_field}
    declined = [industry for industry in industries if key(industry) in no_more]
    if not declined:
        return expertise
    share = expertise.share * (1 - (1 - KEPT) * len(declined) / len(industries))
    return replace(expertise, share=share, lowered_for=", ".join(declined))
