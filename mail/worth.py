"""Which letters are worth sending. A message in Slack changes in place; a letter cannot, and another costs attention.

A letter says how its subject stands (`Letter.standing`). A first letter goes out unless what it would say is of no
use any more. After a change of the subject another one goes out only for a standing that stands in the table, that
is not what was told last, and only where a letter went before.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from core.notifications import Kind
from core.rules.matches import LIVE, MatchState
from core.rules.meetings import MeetingState
from core.rules.offers import OfferState
from core.rules.questions import ClaimEnding, QuestionState
from core.rules.requests import RequestState
from mail.letters import (
    asks,
    health,
    items,
    meetings,
    mentoring,
    mentorships,
    offer_questions,
    question_referrals,
    question_status,
    quick_questions,
    scheduling,
    staff,
    suggestions,
)


@dataclass(frozen=True)
class Worth:
    """`too_late`: no first letter any more. `again`: another letter when its subject comes to stand so."""

    too_late: frozenset[str] = frozenset()
    again: frozenset[str] = frozenset()


OFFER_OVER = frozenset(OfferState) - {OfferState.OPEN}
MATCH_OVER = frozenset(MatchState) - LIVE
CLAIM_OVER = frozenset(ClaimEnding)
SETTLED = frozenset({mentorships.AGREED, mentorships.OWN})

TABLE: Mapping[Kind, Worth] = {
    # A search takes a minute, so only the first letter speaks of it. A match is told by the introduction.
    Kind.REQUEST_STATUS: Worth(
        too_late=frozenset({RequestState.MATCHED}),
        again=frozenset({RequestState.OFFERED, RequestState.WAITING, RequestState.STAFF, RequestState.CANCELLED}),
    ),
    # Who answered knows, and who let it expire need not hear of it; who may still mean to answer is spared the work.
    Kind.OFFER: Worth(too_late=OFFER_OVER, again=frozenset({OfferState.TAKEN, OfferState.WITHDRAWN})),
    Kind.OFFER_REMINDER: Worth(too_late=OFFER_OVER),
    Kind.OFFER_QUESTION: Worth(too_late=frozenset({offer_questions.OVER})),
    Kind.OFFER_ANSWER: Worth(too_late=OFFER_OVER),
    # Who came back, or paused again, knows.
    Kind.MENTOR_PAUSED: Worth(too_late=frozenset({mentoring.OVER})),
    Kind.OFFERS_MOVED_ON: Worth(too_late=frozenset({mentoring.OVER})),
    Kind.PAUSE_OVER: Worth(too_late=frozenset({mentoring.PAUSED})),
    # What is picked, refused or over needs no reply any more; of the rest the invitation says all there is to say.
    Kind.MEETING_PROPOSED: Worth(too_late=frozenset({scheduling.CLOSED})),
    Kind.MEETING_PLANNED: Worth(too_late=frozenset(MeetingState)),
    Kind.MEETING_CANCELLED: Worth(too_late=frozenset(MeetingState)),
    # Whose calendar has it is told that it is called off, and nobody else.
    Kind.MEETING_INVITATION: Worth(
        too_late=frozenset(MeetingState) - {MeetingState.PLANNED}, again=frozenset({MeetingState.CANCELLED})
    ),
    Kind.MEETING_REMINDER: Worth(too_late=frozenset(MeetingState) - {MeetingState.PLANNED} | {scheduling.BEGUN}),
    Kind.MEETING_OVER: Worth(too_late=frozenset({meetings.OWN, MeetingState.MISSED, MeetingState.CANCELLED})),
    Kind.ITEM_REMINDER: Worth(too_late=frozenset({items.DONE})),
    # Who noted a meeting knows of it.
    Kind.MEETING_LOGGED: Worth(too_late=frozenset({meetings.OWN})),
    # Who answered meanwhile knows; what lapsed needs no answer.
    Kind.CHECK_IN: Worth(too_late=frozenset({asks.OVER})),
    Kind.SURVEY: Worth(too_late=frozenset({asks.OVER})),
    # A proposal reaches the other side by a letter of its own; that both agreed is told to who proposed.
    Kind.KICK_OFF: Worth(
        too_late=MATCH_OVER | SETTLED | {mentorships.WAITING, mentorships.PROPOSED},
        again=frozenset({mentorships.AGREED}),
    ),
    Kind.GOALS_PROPOSED: Worth(too_late=MATCH_OVER | SETTLED | {mentorships.UNASKED, mentorships.WAITING}),
    # Who comes back to find it otherwise is spared what was so in between.
    Kind.MATCH_PAUSE_OVER: Worth(too_late=frozenset(MatchState) - {MatchState.ACTIVE}),
    # The letter of the claim says all where the two have no conversation in Slack. Who lost a question by their silence
    # is told; who gave it back knows, and that it was taken back has a letter of its own.
    Kind.QUESTION_CLAIMED: Worth(too_late=CLAIM_OVER | {quick_questions.OVER}, again=frozenset({ClaimEnding.SILENT})),
    Kind.QUESTION_YOURS: Worth(too_late=CLAIM_OVER | {quick_questions.TOLD}, again=frozenset({ClaimEnding.SILENT})),
    Kind.QUESTION_REMINDER: Worth(too_late=CLAIM_OVER | {quick_questions.RUNNING}),
    Kind.QUESTION_ANSWERED: Worth(too_late=frozenset({quick_questions.OVER})),
    Kind.STAFF_REQUEST: Worth(too_late=frozenset(RequestState) - {RequestState.STAFF}),
    Kind.PERSON_LEFT: Worth(too_late=frozenset({staff.BACK})),
    Kind.MATCH_AT_RISK: Worth(too_late=frozenset({health.OVER})),
    # A search takes seconds, so only the first letter speaks of it; a claim, an answer and an end come by others.
    Kind.QUESTION_STATUS: Worth(
        too_late=frozenset({QuestionState.ANSWERED, QuestionState.CLOSED}),
        again=frozenset({question_status.SIMILAR, QuestionState.OPEN}),
    ),
    Kind.QUESTION_CARD: Worth(too_late=frozenset(QuestionState) - {QuestionState.OPEN}),
    # Who may still mean to claim it opens a page that says how it stands.
    Kind.QUESTION_REFERRED: Worth(too_late=frozenset({question_referrals.OVER})),
    Kind.QUESTION_UNCLAIMED: Worth(too_late=frozenset({question_referrals.OVER})),
    Kind.MENTORSHIP_SUGGESTED: Worth(too_late=frozenset({suggestions.OVER})),
}
ALWAYS_ONCE = Worth()


def worth_sending(kind: Kind, standing: str, *, is_change: bool, told_last: str | None) -> bool:
    """Whether this letter should go out. `told_last` is what the last letter of the same card said, if one went."""
    worth = TABLE.get(kind, ALWAYS_ONCE)
    if not is_change:
        return _state(standing) not in worth.too_late
    return told_last is not None and standing != told_last and _state(standing) in worth.again


def _state(standing: str) -> str:
    """The state without its particulars: `offered` of the standing `offered 2`."""
    return standing.partition(" ")[0]
