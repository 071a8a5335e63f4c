"""Which columns of which tables are about a person, by the names that the person reads them under.

A test holds this against the models: each table stands here or in `LEFT_OUT`, each column in its part or in `INTERNAL`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, or_, select

from core.models import (
    ActionItem,
    ApiToken,
    Ask,
    AuditEntry,
    Base,
    Batch,
    Block,
    Feedback,
    Match,
    MatchingRun,
    Meeting,
    MentorshipSuggestion,
    Notification,
    Offer,
    OfferQuestion,
    Profile,
    ProposedPair,
    Question,
    QuestionClaim,
    QuestionReferral,
    Request,
    SignInLink,
    StaffMessage,
    StaffSession,
    UsedLink,
    User,
)

INTERNAL = frozenset({"id", "updated_at"})
Mine = Callable[[UUID], ColumnElement[bool]]


@dataclass(frozen=True)
class Part:
    """One table as a person reads it. `kept_back` are columns that are not told, each with the reason.

    `hidden`: row security shows these rows to staff alone in daily use, yet they are about the person. `of_mine` names
    columns that hold words by people's ids, of which each person is told their own.
    """

    title: str
    table: type[Base]
    mine: Mine
    columns: Mapping[str, str]
    kept_back: Mapping[str, str] = field(default_factory=dict)
    hidden: bool = False
    partner: str = ""
    of_mine: frozenset[str] = frozenset()


def _theirs(table: Any, name: str) -> Mine:
    return lambda person_id: getattr(table, name) == person_id


def _either(table: Any) -> Mine:
    return lambda person_id: or_(table.student_id == person_id, table.mentor_id == person_id)


def _of_matches(table: Any) -> Mine:
    return lambda person_id: table.match_id.in_(select(Match.id).where(_either(Match)(person_id)))


def _written_by_staff(person_id: UUID) -> ColumnElement[bool]:
    """To them or to both of a pair of theirs; on staff, what they wrote themselves."""
    to_them = or_(StaffMessage.recipient_id == person_id, StaffMessage.recipient_id.is_(None))
    return or_(StaffMessage.author_id == person_id, _of_matches(StaffMessage)(person_id) & to_them)


def partner_name(person_id: UUID) -> ColumnElement[str]:
    """The name of the other side of a match."""
    other = case((Match.student_id == person_id, Match.mentor_id), else_=Match.student_id)
    return select(User.name).where(User.id == other).correlate(Match).scalar_subquery()


KEY = "a key: only its hash is kept, and who had it could act as you"
OTHERS = "tells of somebody else"
LINKED = "an id that leads to another of your rows"
OURS = "how the service does its work: it says nothing about you"

PARTS: tuple[Part, ...] = (
    Part(
        "You",
        User,
        _theirs(User, "id"),
        {
            "name": "Name",
            "email": "E-mail",
            "slack_team_id": "Slack workspace",
            "slack_user_id": "Slack account",
            "slack_dm_channel": "Conversation with Ithaca in Slack",
            "slack_refused": "Why Slack does not deliver to you",
            "slack_named": "Slack account that a list of people named",
            "seek_account_at": "To be looked for in Slack on",
            "tz": "Time zone",
            "locale": "Language of your Slack",
            "state": "Account",
            "roles": "Roles",
            "preferences": "Message settings",
            "created_at": "Known since",
            "erased_at": "Erased on",
            "cleared_at": "Nothing left since",
        },
    ),
    Part(
        "Your profiles",
        Profile,
        _theirs(Profile, "user_id"),
        {
            "role": "As",
            "headline": "Headline",
            "goals": "Career goals, or what you can help with",
            "about": "About",
            "industries": "Industries",
            "research": "Research interests",
            "skills": "Technical skills",
            "location": "Location",
            "meet": "How you like to meet",
            "languages": "Languages",
            "max_mentees": "Mentees at a time",
            "current_mentees": "Mentees now",
            "paused_until": "Paused until",
            "ignored_offers": "Offers in a row without an answer",
            "created_at": "Since",
        },
        {"user_id": LINKED, "content_hash": OURS},
    ),
    Part(
        "Your requests for a mentor",
        Request,
        _theirs(Request, "student_id"),
        {
            "wish": "What you want from a mentor",
            "anything_else": "Anything else",
            "must_share": "Must share",
            "state": "State",
            "waves_used": "Waves of offers",
            "next_step": "Next step",
            "next_step_at": "By",
            "created_at": "Asked on",
            "closed_at": "Closed on",
        },
        {"student_id": LINKED, "cohort_id": LINKED, "wanted_mentor_id": LINKED},
    ),
    Part(
        "What your search was computed from",
        Batch,
        _theirs(Batch, "student_id"),
        {
            "wave": "Wave",
            "state": "State",
            "deadline": "Until",
            "model": "Model",
            "weights_version": "Version of the weights",
            "index_version": "Version of the index",
            "created_at": "On",
            "ended_at": "Ended on",
        },
        {
            "request_id": LINKED,
            "student_id": LINKED,
            "selected_mentor_id": OTHERS,
            "inputs": "your profile and request as they were then, which stand above, and those of mentors",
        },
        hidden=True,
    ),
    Part(
        "Offers to you as a mentor",
        Offer,
        _theirs(Offer, "mentor_id"),
        {
            "rank": "Place",
            "score": "Score of 100",
            "state": "State",
            "decline_reason": "Reason to decline",
            "decline_note": "Note",
            "created_at": "Asked on",
            "deadline": "Until",
            "reminded_at": "Reminded on",
            "answered_at": "Answered on",
        },
        {
            "batch_id": LINKED,
            "request_id": OTHERS,
            "student_id": OTHERS,
            "mentor_id": LINKED,
            "criteria": "the points stand in the score; the phrases tell of the student too",
        },
    ),
    Part(
        "Mentors who were asked about you",
        Offer,
        _theirs(Offer, "student_id"),
        {"rank": "Place", "score": "Score of 100", "state": "State", "created_at": "Asked on", "deadline": "Until"},
        {
            "batch_id": LINKED,
            "request_id": LINKED,
            "student_id": LINKED,
            "mentor_id": OTHERS,
            "criteria": OTHERS,
            "decline_reason": "said in confidence to staff",
            "decline_note": "said in confidence to staff",
            "reminded_at": OTHERS,
            "answered_at": OTHERS,
        },
        hidden=True,
    ),
    Part(
        "Questions before deciding",
        OfferQuestion,
        _either(OfferQuestion),
        {
            "question": "Question",
            "answer": "Answer",
            "created_at": "Asked on",
            "answered_at": "Answered on",
            "deadline_before": "Deadline before it",
        },
        {"offer_id": LINKED, "student_id": LINKED, "mentor_id": LINKED},
        hidden=True,
    ),
    Part(
        "Your mentorships",
        Match,
        _either(Match),
        {
            "origin": "Came about by",
            "state": "State",
            "score": "Score of 100",
            "goals": "Goals",
            "cadence_days": "Days between meetings",
            "started_at": "Since",
            "agreed_at": "Agreed on",
            "paused_until": "Paused until",
            "ended_at": "Over since",
            "slack_channel": "Conversation in Slack",
            "created_at": "Made on",
        },
        {
            "student_id": LINKED,
            "mentor_id": LINKED,
            "request_id": LINKED,
            "offer_id": LINKED,
            "cohort_id": LINKED,
            "agreed_by": LINKED,
            "criteria": "phrases of both; the reasons stand in the introduction",
        },
        partner="With",
    ),
    Part(
        "Your meetings",
        Meeting,
        _of_matches(Meeting),
        {
            "state": "State",
            "starts_at": "Begins",
            "minutes": "Minutes",
            "kind": "How",
            "agenda": "Agenda",
            "notes": "Notes",
            "proposals": "Times proposed",
            "accounts": "As you told it",
            "created_at": "Noted on",
            "day_reminder_at": "Reminded a day before",
            "hour_reminder_at": "Reminded an hour before",
            "asked_at": "Asked whether you met",
            "closed_at": "Settled on",
        },
        {"match_id": LINKED, "author_id": LINKED, "confirmed_by": LINKED, "sequence": OURS},
        of_mine=frozenset({"accounts"}),
    ),
    Part(
        "What you want to do",
        ActionItem,
        _of_matches(ActionItem),
        {
            "text": "What",
            "due_on": "By",
            "done_at": "Done on",
            "reminded_at": "Reminded on",
            "created_at": "Noted on",
        },
        {"match_id": LINKED, "meeting_id": LINKED, "owner_id": LINKED},
    ),
    Part(
        "What you were asked about your mentorships",
        Ask,
        _theirs(Ask, "person_id"),
        {
            "kind": "What",
            "slot": "Turn",
            "state": "State",
            "due_at": "Due on",
            "asked_at": "Asked on",
            "answered_at": "Answered on",
            "created_at": "Noted on",
        },
        {
            "match_id": LINKED,
            "person_id": LINKED,
            "sheet_id": LINKED,
            "reason": "may tell what the other side said in confidence",
        },
    ),
    Part(
        "Your feedback",
        Feedback,
        _theirs(Feedback, "author_id"),
        {
            "kind": "What",
            "rating": "Rating of 5",
            "answer": "Answer",
            "comment": "Comment",
            "shared": "Shared with your partner",
            "said_at": "Said on",
            "created_at": "Noted on",
        },
        {"match_id": LINKED, "author_id": LINKED, "ask_id": LINKED},
    ),
    Part(
        "Your quick questions",
        Question,
        _theirs(Question, "student_id"),
        {
            "question": "Question",
            "details": "Details",
            "topics": "Topics",
            "state": "State",
            "created_at": "Asked on",
            "posted_at": "Posted on",
            "answered_at": "Answered on",
            "summary": "Answer in short",
            "student_consents": "You allow others to read it",
            "rating": "Your rating of 5",
            "rated_at": "Rated on",
            "thanks": "Your thanks",
            "closed_at": "Closed on",
        },
        {
            "student_id": LINKED,
            "claimer_id": OTHERS,
            "similar_ids": OTHERS,
            "mentor_consents": OTHERS,
            **dict.fromkeys(("checked_at", "opened_at", "referred_at", "staff_told_at"), OURS),
        },
    ),
    Part(
        "Quick questions you claimed",
        QuestionClaim,
        _theirs(QuestionClaim, "mentor_id"),
        {
            "claimed_at": "Claimed on",
            "remind_at": "Reminder due on",
            "reminded_at": "Reminded on",
            "slack_channel": "Conversation in Slack",
            "ended_at": "Ended on",
            "ending": "How it ended",
        },
        {"created_at": OURS, "question_id": LINKED, "mentor_id": LINKED},
    ),
    Part(
        "Answers you gave",
        Question,
        _theirs(Question, "claimer_id"),
        {
            "question": "Question",
            "summary": "Your answer in short",
            "mentor_consents": "You allow others to read it",
            "answered_at": "Answered on",
            "rating": "Rating of 5",
            "thanks": "Thanks",
        },
        {
            **dict.fromkeys(
                ("student_id", "details", "topics", "similar_ids", "student_consents", "claimer_id"),
                OTHERS,
            ),
            **dict.fromkeys(
                (
                    "created_at",
                    "state",
                    "posted_at",
                    "rated_at",
                    "closed_at",
                    "checked_at",
                    "opened_at",
                    "referred_at",
                    "staff_told_at",
                ),
                OURS,
            ),
        },
    ),
    Part(
        "Quick questions you were asked directly",
        QuestionReferral,
        _theirs(QuestionReferral, "mentor_id"),
        {"rank": "Place", "score": "Score", "shared": "Topics of both", "referred_at": "On"},
        {"created_at": OURS, "question_id": OTHERS, "mentor_id": LINKED},
    ),
    Part(
        "What staff wrote about a mentorship, to you or in your name",
        StaffMessage,
        _written_by_staff,
        {"body": "Message", "created_at": "Written on"},
        {"match_id": LINKED, "author_id": LINKED, "recipient_id": LINKED},
    ),
    Part(
        "Mentorships that were suggested",
        MentorshipSuggestion,
        _either(MentorshipSuggestion),
        {"suggested_at": "On"},
        {
            "created_at": OURS,
            "student_id": LINKED,
            "mentor_id": LINKED,
            "question_id": LINKED,
            "request_id": LINKED,
            "state": "that a student did not take it up is not told to the mentor",
            "answered_at": "that a student did not take it up is not told to the mentor",
        },
        hidden=True,
    ),
    Part(
        "Whom you never want to meet",
        Block,
        _theirs(Block, "user_id"),
        {"reason": "Reason", "created_at": "Since"},
        {"user_id": LINKED, "other_id": OTHERS},
    ),
    Part(
        "What staff had computed about you",
        ProposedPair,
        _either(ProposedPair),
        {"score": "Score of 100", "chosen": "Chosen", "created_at": "On"},
        {
            **dict.fromkeys(("run_id", "student_id", "mentor_id", "request_id", "match_id", "offer_id"), LINKED),
            "criteria": OTHERS,
            "refusals": OTHERS,
        },
        hidden=True,
    ),
    Part(
        "Computations by staff for you alone",
        MatchingRun,
        _theirs(MatchingRun, "student_id"),
        {"kind": "What", "state": "State", "created_at": "On", "ready_at": "Ready on", "used_at": "Used on"},
        {
            **dict.fromkeys(("asked_by_id", "student_id", "match_id", "cohort_id"), LINKED),
            **dict.fromkeys(("params", "outcome", "failure"), OTHERS),
        },
        hidden=True,
    ),
    Part(
        "Messages to you",
        Notification,
        _theirs(Notification, "recipient_id"),
        {
            "kind": "What",
            "state": "State",
            "channel": "By",
            "sent_at": "Sent on",
            "created_at": "Made on",
        },
        {
            **dict.fromkeys(
                ("recipient_id", "match_id", "claim_id", "subject_id", "updates_id", "part_of_id", "digest_id"), LINKED
            ),
            **dict.fromkeys(
                (
                    "channel_name",
                    "params",
                    "dedupe_key",
                    "not_before",
                    "slot_at",
                    "noticed_at",
                    "claimant",
                    "leased_until",
                    "uncertain",
                    "tries",
                    "slack_channel",
                    "slack_ts",
                    "message_id",
                    "last_error",
                    "trace",
                ),
                OURS,
            ),
        },
    ),
    Part(
        "Links in mails that you used",
        UsedLink,
        _theirs(UsedLink, "person_id"),
        {"deed": "What for", "created_at": "On", "expires_at": "Valid until"},
        {"person_id": LINKED, "fingerprint": KEY},
        hidden=True,
    ),
    Part(
        "Sign-in links",
        SignInLink,
        _theirs(SignInLink, "person_id"),
        {"created_at": "Made on", "expires_at": "Valid until", "used_at": "Used on"},
        {"person_id": LINKED, "key_hash": KEY},
        hidden=True,
    ),
    Part(
        "Sessions at the pages for staff",
        StaffSession,
        _theirs(StaffSession, "person_id"),
        {"started_at": "Since", "seen_at": "Last used", "ended_at": "Ended on", "ending": "How it ended"},
        {"created_at": OURS, "person_id": LINKED, "key_hash": KEY},
        hidden=True,
    ),
    Part(
        "Keys to the API",
        ApiToken,
        _theirs(ApiToken, "owner_id"),
        {
            "name": "Name",
            "scopes": "Scopes",
            "created_at": "Made on",
            "expires_at": "Valid until",
            "revoked_at": "Taken back on",
            "last_used_at": "Last used",
        },
        {"owner_id": LINKED, "token_hash": KEY},
        hidden=True,
    ),
    Part(
        "The audit log on you, and on what you did as staff",
        AuditEntry,
        lambda person_id: or_(AuditEntry.actor_id == person_id, AuditEntry.subject_id == person_id),
        {"action": "What", "subject_kind": "About", "actor_role": "By", "created_at": "On"},
        {
            "actor_id": OTHERS,
            "subject_id": LINKED,
            "before": "may tell of others",
            "after": "may tell of others",
            "reason": "staff's own words, which may tell of others",
        },
        hidden=True,
    ),
)

LEFT_OUT: Mapping[str, str] = {
    "profile_vectors": "numbers computed from your profile, which is told; they can be computed anew from it",
    "question_vectors": "numbers computed from your questions, which are told",
    "match_health": "what staff think of a match: its causes may tell what your partner said in confidence",
    "cohorts": "about nobody",
    "health_days": "counts of a day, about nobody",
    "settings": "about the programme; who changed what stands in the audit log",
    "delivery_gates": "how fast messages may go out",
    "delivery_troubles": "what was out of order",
}
"""Tables that are not told, each with the reason."""
