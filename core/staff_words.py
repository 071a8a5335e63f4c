"""The words around what staff write and decide, the same in Slack, in letters and on pages."""

from collections.abc import Callable, Iterable, Mapping

from core.rules.eligibility import Refusal
from core.rules.errors import DomainError
from core.rules.manual_matches import Past

FROM_STAFF = "{author} of the programme's staff writes to you"
OBJECTIONS: Mapping[Refusal | Past, str] = {
    Refusal.NO_ROOM: "All their places are taken.",
    Refusal.INACTIVE: "Their account is closed.",
    Refusal.PAUSED: "They take no new students at the moment.",
    Refusal.EXCLUDED: "Something between the two rules it out.",
    Refusal.SAME_PERSON: "Student and mentor are the same person.",
    Refusal.NO_SHARED_LANGUAGE: "The two share no language.",
    Refusal.MUST_SHARE_INDUSTRY: "The student asked for a shared industry.",
    Refusal.MUST_SHARE_LANGUAGE: "The student asked for a shared language.",
    Refusal.MUST_SHARE_TIME_ZONE: "The student asked for a time zone near theirs.",
    Refusal.EXPOSURE: "They are asked about as many students as they may be at a time.",
    Past.APART: "One of the two asked to be kept apart.",
    Past.SAID_NO: "They said no to this student.",
    Past.MATCHED: "The two are matched, or were before.",
}
"""What speaks against a match, as staff read it."""
REFUSED: Mapping[str, str] = {
    "may_not_match": "{against}",
    "needs_overruling": "{against} Tick the box if you mean it all the same.",
    "run_moved": "A mentor was chosen here already, by you or by somebody else on staff.",
    "request_moved": "The student's request changed at this very moment. Please try again.",
    "too_late": "What staff made can be taken back within an hour, while it runs. You can end it instead.",
    "not_a_student": "{name} does not take part as a student.",
    "not_a_mentor": "{name} does not take part as a mentor.",
    "not_matched": "The two have no running mentorship with each other.",
    "nobody_found": "Nobody who takes part as a {role} is called “{typed}”.",
    "several_found": "Several people fit “{typed}”. Please give the whole name, or the e-mail address.",
}


def answer_to(author: str, *, only_you: bool) -> str:
    """How a message of staff is answered; `author` is empty once they are gone."""
    alone = "This message went to you alone. " if only_you else ""
    return f"{alone}To answer, write to {author}." if author else alone.strip() or "This message went to both of you."


def objection_lines(against: Iterable[Refusal | Past]) -> list[str]:
    """All that speaks against two people, a sentence each."""
    return [OBJECTIONS[each] for each in against]


def refused(error: DomainError, spoken: Callable[[str], str] = str) -> str | None:
    """What staff read for a refusal of theirs, None for any other; `spoken` makes names fit where it is shown."""
    words = REFUSED.get(error.code)
    if words is None:
        return None
    against = error.facts.get("objections")
    facts = {name: spoken(value) for name, value in error.facts.items() if isinstance(value, str)}
    return words.format(against=" ".join(objection_lines(against)) if isinstance(against, tuple) else "", **facts)
