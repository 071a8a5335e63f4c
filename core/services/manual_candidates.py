"""A student and mentors as staff see them who want to match them: with what has been between them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from sqlalchemy import literal, select, union_all

from core.models import Block, Match, Offer
from core.rules.facts import RequestFacts
from core.rules.manual_matches import Past
from core.services.candidates import SAID_NO, facts_before_asking, request_facts
from core.services.requests import open_request
from core.uow import Reading


def facts_for_staff(reading: Reading, student_id: UUID) -> tuple[RequestFacts, Mapping[UUID, frozenset[Past]]]:
    """What a student asks for, or would ask for, and with whom something has been that rules a match out.

    Who was asked about them and gave no answer, or had no time, is not ruled out. Raises `NotFound` without a profile.
    """
    past = past_of(reading, student_id)
    request_id = open_request(reading, student_id)
    facts = request_facts(reading, request_id) if request_id else facts_before_asking(reading, student_id)
    return replace(facts, excluded=frozenset(past)), past


def past_of(reading: Reading, student_id: UUID) -> Mapping[UUID, frozenset[Past]]:
    """What has been between a student and others, by the other's id."""
    apart = literal(Past.APART.value)
    rows = reading.session.execute(
        union_all(
            select(Block.other_id, apart).where(Block.user_id == student_id),
            select(Block.user_id, apart).where(Block.other_id == student_id),
            select(Offer.mentor_id, literal(Past.SAID_NO.value)).where(Offer.student_id == student_id, SAID_NO),
            select(Match.mentor_id, literal(Past.MATCHED.value)).where(Match.student_id == student_id),
        )
    )
    found: dict[UUID, set[Past]] = defaultdict(set)
    for mentor_id, what in rows:
        found[mentor_id].add(Past(what))
    return {mentor_id: frozenset(what) for mentor_id, what in found.items()}
