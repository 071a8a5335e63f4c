"""What somebody was asked about their matches, and what they said."""

from core.models import Ask, Feedback
from core.services.own_data_tables.parts import LINKED, Part, theirs

ASKS = Part(
    "What you were asked about your mentorships",
    Ask,
    theirs(Ask, "person_id"),
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
)

FEEDBACK = Part(
    "Your feedback",
    Feedback,
    theirs(Feedback, "author_id"),
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
)
