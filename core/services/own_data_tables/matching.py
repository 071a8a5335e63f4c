"""From a wish to a match, as student and mentor read of it."""

from core.models import Batch, Match, Offer, OfferQuestion, Request
from core.services.own_data_tables.parts import LINKED, OTHERS, Part, either, theirs

REQUESTS = Part(
    "Your requests for a mentor",
    Request,
    theirs(Request, "student_id"),
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
)

WAVES = Part(
    "What your search was computed from",
    Batch,
    theirs(Batch, "student_id"),
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
)

OFFERS = Part(
    "Offers to you as a mentor",
    Offer,
    theirs(Offer, "mentor_id"),
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
)

OFFERS_ABOUT_YOU = Part(
    "Mentors who were asked about you",
    Offer,
    theirs(Offer, "student_id"),
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
)

OFFER_QUESTIONS = Part(
    "Questions before deciding",
    OfferQuestion,
    either(OfferQuestion),
    {
        "question": "Question",
        "answer": "Answer",
        "created_at": "Asked on",
        "answered_at": "Answered on",
        "deadline_before": "Deadline before it",
    },
    {"offer_id": LINKED, "student_id": LINKED, "mentor_id": LINKED},
    hidden=True,
)

MATCHES = Part(
    "Your mentorships",
    Match,
    either(Match),
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
)
