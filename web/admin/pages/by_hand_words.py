"""What staff read where a match by hand is refused, and at which field."""

from collections.abc import Mapping

from core.rules.errors import DomainError, InvalidFields
from core.staff_words import refused

OTHERS: Mapping[str, str] = {
    "match_over": "The mentorship that it was to follow is over already. Look for a mentor again.",
    "not_found": "Please pick one of the mentors.",
}
FIELDS: Mapping[str, str] = {
    "nobody_found": "mentor",
    "several_found": "mentor",
    "not_a_mentor": "mentor",
    "may_not_match": "mentor",
    "needs_overruling": "overruled",
}


def problems_of(error: DomainError) -> dict[str, str]:
    """The refusal as a sentence, by the field where it belongs; with none, `all`."""
    if isinstance(error, InvalidFields):
        return error.problems
    told = refused(error) or OTHERS.get(error.code, "That cannot be done as things stand.")
    return {FIELDS.get(error.code, "all"): told}
