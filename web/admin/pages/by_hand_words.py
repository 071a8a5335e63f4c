"""What staff read where a match by hand is refused."""

from collections.abc import Mapping

from core.rules.errors import DomainError, InvalidFields
from core.staff_words import objection_lines

SENTENCES: Mapping[str, str] = {
    "run_moved": "A mentor was chosen here already, by you or by somebody else on staff.",
    "match_over": "The mentorship that it was to follow is over already. Look for a mentor again.",
    "request_moved": "The student’s request changed at this very moment. Please try again.",
    "not_found": "Please pick one of the mentors.",
    "not_a_student": "{name} does not take part as a student.",
    "not_a_mentor": "{name} does not take part as a mentor.",
    "nobody_found": "Nobody who takes part as a {role} is called “{typed}”.",
    "several_found": "Several people fit “{typed}”. Please type the whole name, or the e-mail address.",
}
FIELDS: Mapping[str, str] = {
    "nobody_found": "mentor",
    "several_found": "mentor",
    "not_a_mentor": "mentor",
    "may_not_match": "mentor",
    "needs_overruling": "overruled",
}
MEAN_IT = "Tick the box below if you mean it all the same."


def problems_of(error: DomainError) -> dict[str, str]:
    """The refusal as a sentence, by the field where it belongs; with none, `all`."""
    if isinstance(error, InvalidFields):
        return error.problems
    against = error.facts.get("objections")
    if isinstance(against, tuple):
        told = " ".join(objection_lines(against))
        told = f"{told} {MEAN_IT}" if error.code == "needs_overruling" else told
    else:
        told = SENTENCES.get(error.code, "That cannot be done as things stand.").format_map(error.facts)
    return {FIELDS.get(error.code, "all"): told}
