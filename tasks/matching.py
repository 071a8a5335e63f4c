"""From a request to a wave of offers."""

import logging
from uuid import UUID

from core.rules.errors import NotFound
from core.services.question_referrals import refer_question as refer
from core.services.waiting import ready
from core.services.waves import OutOfDate, open_wave
from core.uow import SYSTEM
from tasks.runtime import Runtime

log = logging.getLogger(__name__)
ATTEMPTS = 4


def match_request(runtime: Runtime, request_id: UUID) -> None:
    """Find three mentors and ask them. Safe to repeat: a request that is no longer searched for is left alone.

    If a mentor paused or filled up since the search, search again; the sweep tries later what stays in motion.
    """
    for _ in range(ATTEMPTS):
        try:
            found = runtime.matcher.find(request_id)
            with runtime.units.work(SYSTEM) as work:
                open_wave(work, request_id, found.proposals, found.provenance)
        except OutOfDate:
            continue
        except NotFound:
            return
        else:
            return
    log.warning("request %s: mentors kept changing, left to the sweep", request_id)


def fill_places(runtime: Runtime, mentor_id: UUID) -> None:
    """Ask a mentor who may have become free about those who wait, who asked first before all others."""
    with runtime.units.read(SYSTEM) as reading:
        found = ready(reading, [mentor_id])
    for request_id in found:
        match_request(runtime, request_id)


def encode_profile(runtime: Runtime, profile_id: UUID) -> None:
    """Encode a profile whose text changed, so that the next request finds it ready."""
    runtime.matcher.encode(profile_id)


def refer_question(runtime: Runtime, question_id: UUID) -> None:
    """Ask mentors who fit about a question that nobody claimed. Safe to repeat: it is referred once."""
    try:
        chosen = runtime.matcher.refer(question_id)
    except NotFound:
        return
    with runtime.units.work(SYSTEM) as work:
        refer(work, question_id, chosen)
