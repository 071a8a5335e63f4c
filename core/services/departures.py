"""Somebody who takes part no more: whatever runs with them ends at once, and others go on."""

from uuid import UUID

from core.services.exposure import take_back
from core.services.offer_locks import lock_person
from core.services.question_claims import release_all
from core.services.question_drafts import withdraw_all
from core.services.questions import lock_questions_of
from core.services.requests import end_request, lock_request, open_request
from core.uow import Work


def end_what_runs(work: Work, person_id: UUID) -> int:
    """Questions they claimed are open to all again and their own are taken back; offers to them go on to others and
    their own request is cancelled. As the system. Returns how many offers went on. Safe to do twice.

    Locks in the usual order: questions, requests, offers, the mentor's profile, the person. Who asks for a mentor holds
    the person's row, so from here on there is no request that is not seen.
    """
    questions = lock_questions_of(work, person_id)
    release_all(work, person_id, questions)
    withdraw_all(work, person_id, questions)
    lock_person(work, person_id, wholly=True)
    taken_back = take_back(work, person_id)
    if asking := open_request(work, person_id):
        end_request(work, lock_request(work, asking))
    return taken_back
