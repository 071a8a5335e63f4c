"""A mentor who pauses between the search and the offer is never offered, whoever is faster."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from core.models import Offer, Profile
from core.services.waves import OutOfDate, open_wave
from core.uow import SYSTEM, Units
from matching.search import Found
from matching.service import Matcher
from tests.conftest import NOON
from tests.support import factories
from tests.support.encoder import HashEncoder


@pytest.mark.parametrize("_round", range(12))
def test_a_pause_and_an_offer_at_the_same_moment_come_one_after_the_other(units: Units, _round: int) -> None:
    """Who pauses first is not offered; who is offered first knows it by the time the pause is stored."""
    paused, *others = (factories.mentor(units, skills=skills) for skills in (("Python",), ("R",), ("Rust",), ("Go",)))
    request = factories.request(units, factories.student(units, skills=("Python",)))
    matcher = Matcher(units, HashEncoder())
    found = matcher.find(request)
    assert found.proposals[0].mentor_id == paused.id
    both = threading.Barrier(2)

    def pause() -> int:
        both.wait(30)
        with units.work(SYSTEM) as work:
            until = {"paused_until": NOON + timedelta(days=1)}
            work.session.execute(update(Profile).where(Profile.user_id == paused.id).values(until))
            return offers_of(work.session)

    def ask(found: Found) -> None:
        with units.work(SYSTEM) as work:
            assert open_wave(work, request, found.proposals, found.provenance)

    def ask_until_it_holds() -> None:
        both.wait(30)
        try:
            ask(found)
        except OutOfDate:
            ask(matcher.find(request))

    def offers_of(session: Session) -> int:
        return session.scalar(select(func.count()).where(Offer.mentor_id == paused.id)) or 0

    with ThreadPoolExecutor(2) as pool:
        asking, seen = pool.submit(ask_until_it_holds), pool.submit(pause)
        asking.result()
        offered_before_the_pause = seen.result()
    with units.read(SYSTEM) as reading:
        assert offers_of(reading.session) == offered_before_the_pause
        asked = set(reading.session.scalars(select(Offer.mentor_id)))
    assert len(asked) == 3
    assert offered_before_the_pause == 1 or asked == {each.id for each in others}
