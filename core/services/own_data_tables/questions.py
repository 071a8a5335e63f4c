"""Quick questions, as who asked and who answered read them."""

from core.models import MentorshipSuggestion, Question, QuestionClaim, QuestionReferral
from core.services.own_data_tables.parts import LINKED, OTHERS, OURS, Part, either, theirs

QUESTIONS = Part(
    "Your quick questions",
    Question,
    theirs(Question, "student_id"),
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
)

CLAIMS = Part(
    "Quick questions you claimed",
    QuestionClaim,
    theirs(QuestionClaim, "mentor_id"),
    {
        "claimed_at": "Claimed on",
        "remind_at": "Reminder due on",
        "reminded_at": "Reminded on",
        "slack_channel": "Conversation in Slack",
        "ended_at": "Ended on",
        "ending": "How it ended",
    },
    {"created_at": OURS, "question_id": LINKED, "mentor_id": LINKED},
)

ANSWERS = Part(
    "Answers you gave",
    Question,
    theirs(Question, "claimer_id"),
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
)

REFERRALS = Part(
    "Quick questions you were asked directly",
    QuestionReferral,
    theirs(QuestionReferral, "mentor_id"),
    {"rank": "Place", "score": "Score", "shared": "Topics of both", "referred_at": "On"},
    {"created_at": OURS, "question_id": OTHERS, "mentor_id": LINKED},
)

SUGGESTIONS = Part(
    "Mentorships that were suggested",
    MentorshipSuggestion,
    either(MentorshipSuggestion),
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
)
