"""The words around what staff write and decide, the same in Slack, in letters and on pages."""

from collections.abc import Iterable, Mapping

from core.rules.eligibility import Refusal
from core.rules.manual_matches import Past

FROM_STAFF = "{author} of the programme's staff writes to you"
OBJECTIONS: Mapping[Refusal | Past, str] = {
    Refusal.NO_ROOM: "All their places are taken.",
    Refusal.INACTIVE: "Their account is closed.",
    Refusal.PAUSED: "They take no new students at the moment.",
    Refusal.EXCLUDED: "Something between the two rules it out.",
    Refusal.SAME_PERSON: "This is the student.",
    Refusal.NO_SHARED_LANGUAGE: "The two share no language.",
    Refusal.MUST_SHARE_INDUSTRY: "The student asked for a shared industry.",
    Refusal.MUST_SHARE_LANGUAGE: "The student asked for a shared language.",
    Refusal.MUST_SHARE_TIME_ZONE: "The student asked for a time zone near theirs.",
    Refusal.EXPOSURE: "They are asked about as many students as they have places for.",
    Past.APART: "One of the two asked to be kept apart.",
    Past.SAID_NO: "They said no to this student.",
    Past.MATCHED: "The two are matched, or were before.",
}
"""What speaks against a match, as staff read it."""


def answer_to(author: str, *, only_you: bool) -> str:
    """How a message of staff is answered; `author` is empty once they are gone."""
    alone = "This message went to you alone. " if only_you else ""
    return f"{alone}To answer, write to {author}." if author else alone.strip() or "This message went to both of you."


def objection_lines(against: Iterable[Refusal | Past]) -> list[str]:
    """All that speaks against two people, a sentence each."""
    return [OBJECTIONS[each] for each in against]
