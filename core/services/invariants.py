"""What has to hold in the database at rest, whatever happened: each a sentence, and a query that finds what breaks it.

`./ithaca doctor --data` prints them, and tests ask them after everything around the service broke.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select, text

from core.models import Offer
from core.rules.offers import OfferState
from core.services.policies import timeline
from core.uow import Reading

PATIENCE = timedelta(minutes=30)
"""How late the sweep may be before a step that was due counts as forgotten."""


@dataclass(frozen=True)
class Broken:
    """An invariant that does not hold, and the ids of the rows that show it."""

    says: str
    ids: tuple[UUID, ...]


def broken(reading: Reading) -> tuple[Broken, ...]:
    """The invariants that do not hold at this moment. For the system: others would not see all rows."""
    values = {"now": reading.now, "late": reading.now - PATIENCE, "per_place": _per_place(reading)}
    found = []
    for says, query in INVARIANTS.items():
        ids = tuple(UUID(str(id_)) for (id_,) in reading.session.execute(text(query), values))
        if ids:
            found.append(Broken(says, ids))
    return tuple(found)


def _per_place(reading: Reading) -> int:
    """The most open offers for each free place that have counted since the oldest that is open now was made."""
    oldest = reading.session.scalar(select(func.min(Offer.created_at)).where(Offer.state == OfferState.OPEN))
    return timeline(reading).most_since(oldest or reading.now, lambda each: each.offers_per_place)


INVARIANTS: Mapping[str, str] = {
    "A mentor's count of mentees is the number of their running matches": """
        SELECT p.id FROM mentorship_profiles p
        WHERE p.role = 'mentor' AND p.current_mentees <>
            (SELECT count(*) FROM matches m WHERE m.mentor_id = p.user_id AND m.state NOT IN ('completed', 'ended'))
    """,
    "A request leads to one match at most": """
        SELECT request_id FROM matches WHERE request_id IS NOT NULL GROUP BY request_id HAVING count(*) > 1
    """,
    "A request is matched if and only if it has a match": """
        SELECT r.id FROM mentorship_requests r
        WHERE (r.state = 'matched') <> EXISTS (SELECT FROM matches m WHERE m.request_id = r.id)
    """,
    "An accepted offer has its match, with the same two people": """
        SELECT o.id FROM match_offers o
        WHERE o.state = 'accepted' AND NOT EXISTS (
            SELECT FROM matches m
            WHERE m.offer_id = o.id AND m.student_id = o.student_id AND m.mentor_id = o.mentor_id
        )
    """,
    "A batch names the mentor who was selected, and no other": """
        SELECT b.id FROM match_batches b
        WHERE (b.state = 'accepted') <> (b.selected_mentor_id IS NOT NULL) OR b.selected_mentor_id IS DISTINCT FROM
            (SELECT o.mentor_id FROM match_offers o WHERE o.batch_id = b.id AND o.state = 'accepted')
    """,
    "Offers are open for requests that are offered, and only for those": """
        SELECT r.id FROM mentorship_requests r
        WHERE (r.state = 'offered') <>
            EXISTS (SELECT FROM match_offers o WHERE o.request_id = r.id AND o.state = 'open')
    """,
    "An open offer belongs to an open batch": """
        SELECT o.id FROM match_offers o JOIN match_batches b ON b.id = o.batch_id
        WHERE o.state = 'open' AND b.state <> 'open'
    """,
    "No mentor stands in more open offers than their free places allow": """
        SELECT p.id FROM mentorship_profiles p
        WHERE p.role = 'mentor' AND greatest(p.max_mentees - p.current_mentees, 0) * :per_place <
            (SELECT count(*) FROM match_offers o WHERE o.mentor_id = p.user_id AND o.state = 'open')
    """,
    "A blocked pair has neither an open offer nor a claimed question": """
        SELECT o.id FROM match_offers o JOIN blocks b
            ON (b.user_id, b.other_id) IN ((o.student_id, o.mentor_id), (o.mentor_id, o.student_id))
        WHERE o.state = 'open'
        UNION ALL
        SELECT q.id FROM quick_questions q JOIN blocks b
            ON (b.user_id, b.other_id) IN ((q.student_id, q.claimer_id), (q.claimer_id, q.student_id))
        WHERE q.state = 'claimed' AND q.updated_at > b.created_at AND NOT EXISTS (
            SELECT FROM question_claims c WHERE c.question_id = q.id AND c.claimed_at <= b.created_at
        )
    """,
    "The next step of an open request is not forgotten": """
        SELECT id FROM mentorship_requests
        WHERE state IN ('searching', 'offered', 'waiting') AND next_step_at < :late
    """,
    "An offer ends by its deadline": "SELECT id FROM match_offers WHERE state = 'open' AND deadline < :late",
    "A pause of a match ends by its date": "SELECT id FROM matches WHERE state = 'paused' AND paused_until < :late",
    "A pair was introduced": """
        SELECT m.id FROM matches m
        WHERE NOT EXISTS (SELECT FROM notifications n WHERE n.subject_id = m.id AND n.kind = 'introduction')
            AND NOT EXISTS (
                SELECT FROM users u WHERE u.id IN (m.student_id, m.mentor_id) AND u.state = 'erased'
            )
    """,
    "A question is claimed if and only if one claim of it runs, by the mentor it names": """
        SELECT q.id FROM quick_questions q
        LEFT JOIN question_claims c ON c.question_id = q.id AND c.ended_at IS NULL
        WHERE (q.state = 'claimed') <> (c.id IS NOT NULL) OR c.mentor_id <> q.claimer_id
    """,
    "An answered question has one claim that ended with the answer": """
        SELECT q.id FROM quick_questions q
        WHERE (q.state = 'answered')::int <>
            (SELECT count(*) FROM question_claims c WHERE c.question_id = q.id AND c.ending = 'answered')
    """,
    "The next step of a question is not forgotten": """
        SELECT id FROM quick_questions
        WHERE state = 'draft' AND coalesce(checked_at + interval '1 hour', created_at + interval '2 minutes') < :late
        UNION ALL
        SELECT question_id FROM question_claims
        WHERE ended_at IS NULL AND coalesce(reminded_at + interval '24 hours', remind_at) < :late
    """,
    "No message is left in the outbox long after its time": """
        SELECT id FROM notifications
        WHERE state = 'pending' AND not_before < :late AND last_error IS NULL
            OR state = 'sending' AND leased_until < :late
    """,
    "What waits for a digest has one that is still to go out": """
        SELECT n.id FROM notifications n JOIN notifications d ON d.id = n.digest_id
        WHERE n.state = 'held' AND d.state NOT IN ('pending', 'sending')
    """,
    "Nothing is left of who was erased": """
        SELECT u.id FROM users u
        WHERE u.state = 'erased' AND (
            EXISTS (SELECT FROM mentorship_profiles p WHERE p.user_id = u.id)
            OR EXISTS (
                SELECT FROM notifications n
                WHERE n.recipient_id = u.id AND n.state IN ('pending', 'sending', 'held')
            )
        )
    """,
}
"""Row counts and times only: no text that people wrote is read."""
