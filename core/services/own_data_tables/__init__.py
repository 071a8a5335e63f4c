"""Which columns of which tables are about a person, by the names that the person reads them under.

A table stands in the file that is called as that of its model. A test holds this against the models: each table stands
here or in `LEFT_OUT`, each column in its part or in `INTERNAL`.
"""

from collections.abc import Mapping

from core.services.own_data_tables import care, links, matching, meetings, people, platform, questions, runs, sign_ins
from core.services.own_data_tables.parts import Part

INTERNAL = frozenset({"id", "updated_at"})

PARTS: tuple[Part, ...] = (
    people.YOU,
    people.PROFILES,
    matching.REQUESTS,
    matching.WAVES,
    matching.OFFERS,
    matching.OFFERS_ABOUT_YOU,
    matching.OFFER_QUESTIONS,
    matching.MATCHES,
    meetings.MEETINGS,
    meetings.ACTION_ITEMS,
    care.ASKS,
    care.FEEDBACK,
    questions.QUESTIONS,
    questions.CLAIMS,
    questions.ANSWERS,
    questions.REFERRALS,
    runs.STAFF_MESSAGES,
    questions.SUGGESTIONS,
    people.BLOCKS,
    runs.PROPOSED_PAIRS,
    runs.MATCHING_RUNS,
    platform.MESSAGES,
    links.USED_LINKS,
    sign_ins.SIGN_IN_LINKS,
    sign_ins.STAFF_SESSIONS,
    platform.API_TOKENS,
    platform.AUDIT_LOG,
)
"""In the order in which they are read."""

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
