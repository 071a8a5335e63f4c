"""Terms that staff added, in numbered versions."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from core.models import Profile, Setting
from core.rules.errors import NotFound
from core.rules.taxonomy import TermsRefused
from core.services.candidates import request_facts
from core.services.taxonomy import add_terms, current_taxonomy, remove_term, taxonomy_of
from core.taxonomy import BUILT_IN, OwnTerm, TagKind, Taxonomy
from core.uow import SYSTEM, Units, admin, member
from tests.support import factories


def skill(label: str, *synonyms: str) -> OwnTerm:
    return OwnTerm(TagKind.SKILL, label, synonyms)


def add(units: Units, *terms: OwnTerm) -> Taxonomy:
    with units.work(SYSTEM) as work:
        return add_terms(work, terms, "because")


def current(units: Units) -> Taxonomy:
    with units.read(SYSTEM) as reading:
        return current_taxonomy(reading)


def test_without_any_the_taxonomy_is_the_one_that_comes_with_ithaca(units: Units) -> None:
    assert current(units) is BUILT_IN


def test_each_change_is_a_version_and_older_ones_stay(units: Units) -> None:
    assert add(units, skill("Weaving", "Weben")).version == 1
    assert add(units, skill("Weaving", "Tissage"), skill("Basketry")).version == 2
    assert current(units).own == (skill("Weaving", "Weben", "Tissage"), skill("Basketry"))
    with units.work(SYSTEM) as work:
        assert remove_term(work, TagKind.SKILL, "weaving", "").version == 3
    with units.read(SYSTEM) as reading:
        assert taxonomy_of(reading, 1).own == (skill("Weaving", "Weben"),)
        assert current_taxonomy(reading).own == (skill("Basketry"),)
        assert current_taxonomy(reading) is current_taxonomy(reading)
        with pytest.raises(NotFound):
            taxonomy_of(reading, 4)


def test_what_is_refused_changes_nothing(units: Units) -> None:
    with pytest.raises(TermsRefused):
        add(units, skill("Weaving"), skill("Golang"))
    assert current(units) is BUILT_IN


def test_changes_at_the_same_time_are_all_kept(units: Units) -> None:
    with ThreadPoolExecutor(4) as pool:
        versions = pool.map(lambda number: add(units, skill(f"Craft number {number}")).version, range(8))
        assert sorted(versions) == list(range(1, 9))
    assert len(current(units).own) == 8


def test_who_changed_it_and_why_is_kept_and_members_may_not(units: Units) -> None:
    staff, somebody = factories.person(units, is_admin=True), factories.person(units)
    with units.work(admin(staff.id)) as work:
        add_terms(work, [skill("Weaving")], "A studio joined")
    with units.read(SYSTEM) as reading:
        setting = reading.session.scalars(select(Setting)).one()
    assert (setting.author_id, setting.reason) == (staff.id, "A studio joined")
    with pytest.raises(DBAPIError, match="row-level security"), units.work(member(somebody.id)) as work:
        add_terms(work, [skill("Basketry")], "")


def test_a_profile_saved_and_a_request_read_afterwards_know_the_new_terms(units: Units) -> None:
    add(units, skill("Weaving", "Weben"))
    student = factories.student(units, skills=("weben", "WEAVING"))
    request = factories.request(units, student)
    with units.read(SYSTEM) as reading:
        assert reading.session.scalars(select(Profile.skills)).one() == ["Weaving"]
        assert request_facts(reading, request).taxonomy.version == 1
