"""A link is used once for each deed, whatever arrives at the same moment."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from core.links import Link, Purpose
from core.models import UsedLink
from core.rules.errors import DomainError
from core.services.people import Person
from core.services.used_links import KEPT, LinkUsed, deeds_done, forget_expired, use_once
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON, later
from tests.support import factories as make


def link(person: Person) -> Link:
    return Link(Purpose.OFFER_ACCEPT, person.id, person.id, NOON, b"fingerprint of a link")


def use(units: Units, used: Link, deed: str = "accept") -> str:
    try:
        with units.work(member(used.person_id)) as work:
            use_once(work, used, deed)
    except DomainError as refusal:
        return refusal.code
    return "used"


def test_of_many_at_once_one_uses_it(units: Units) -> None:
    used = link(make.person(units))
    with ThreadPoolExecutor(30) as pool:
        assert Counter(pool.map(lambda _: use(units, used), range(30))) == {"used": 1, "link_used": 29}


def test_each_deed_and_each_link_counts_by_itself(units: Units) -> None:
    first = link(make.person(units))
    second = replace(first, fingerprint=b"another")
    assert [use(units, first), use(units, first, "ask"), use(units, second)] == ["used"] * 3
    with units.read(member(first.person_id)) as reading:
        assert deeds_done(reading, first) == {"accept", "ask"}
        assert deeds_done(reading, second) == {"accept"}


def test_a_deed_that_fails_leaves_the_link_unused(units: Units) -> None:
    used = link(make.person(units))

    def fail() -> None:
        with units.work(member(used.person_id)) as work:
            use_once(work, used, "accept")
            raise RuntimeError("the deed")

    with pytest.raises(RuntimeError):
        fail()
    assert use(units, used) == "used"


def test_nobody_else_sees_or_uses_it(units: Units) -> None:
    used, stranger = link(make.person(units)), make.person(units)
    use(units, used)
    with units.read(member(stranger.id)) as reading:
        assert deeds_done(reading, used) == frozenset()
    with pytest.raises(DBAPIError, match="row-level security"), units.work(member(stranger.id)) as work:
        use_once(work, replace(used, fingerprint=b"another"), "accept")
    with units.work(SYSTEM) as work:
        assert work.session.execute(text("UPDATE used_links SET deed = 'x' RETURNING id")).all() == []
    with units.work(member(used.person_id)) as work:
        assert work.session.execute(text("DELETE FROM used_links RETURNING id")).all() == []


def test_it_is_forgotten_once_the_link_is_refused_anyway(units: Units) -> None:
    used = link(make.person(units))
    use(units, used)

    def left(moment: timedelta) -> int:
        with later(units, NOON + moment).work(SYSTEM) as work:
            forget_expired(work)
            return len(work.session.scalars(select(UsedLink)).all())

    assert left(KEPT) == 1
    assert left(KEPT + timedelta(seconds=1)) == 0


def test_the_refusal_tells_what_was_tried(units: Units) -> None:
    used = link(make.person(units))
    use(units, used)
    with pytest.raises(LinkUsed) as refusal, units.work(member(used.person_id)) as work:
        use_once(work, used, "accept")
    assert refusal.value.facts == {"purpose": Purpose.OFFER_ACCEPT, "deed": "accept"}
