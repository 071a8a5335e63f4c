"""Weights changed by staff: tried, used once, restored, and never felt by what is out."""

import threading
from uuid import UUID

import pytest
from sqlalchemy import select

from core.models import AuditEntry, Batch, Offer
from core.rules.errors import InvalidFields, NotFound
from core.rules.runs import RunKind, RunMoved, RunState
from core.rules.scores import Criterion
from core.rules.weights import DEFAULT
from core.services.batches import stored_batch
from core.services.matching_runs import drop_run
from core.services.people import Person
from core.services.settings import SettingChanged
from core.services.weight_previews import ask_preview, use_preview, weights_preview
from core.services.weights import current_weights, restore_weights, weights_versions
from core.uow import SYSTEM, Units, admin
from matching.replay import compare
from tests.support import factories as make
from tests.support.encoder import HashEncoder
from tests.support.trials import SKILLS_ONLY, do, searched


@pytest.fixture
def ada(units: Units) -> Person:
    return make.person(units, "Ada Staff", is_admin=True)


def tried(units: Units, ada: Person, seen: int = 0) -> UUID:
    with units.work(admin(ada.id)) as work:
        run_id = ask_preview(work, SKILLS_ONLY, seen)
    do(units, run_id)
    return run_id


def test_a_trial_that_is_used_is_a_version_with_author_and_reason(units: Units, ada: Person) -> None:
    searched(units)
    run_id = tried(units, ada)
    with units.read(admin(ada.id)) as reading:
        shown = weights_preview(reading, run_id)
    assert (shown.state, shown.asked_by, shown.is_current) == (RunState.READY, "Ada Staff", True)
    assert shown.found
    assert set(shown.names.values()) >= {"Mia Tan", "Ines Skilled"}
    with units.work(admin(ada.id)) as work:
        assert use_preview(work, run_id, " Skills matter. ").version == 1
    with units.read(admin(ada.id)) as reading:
        newest, first = weights_versions(reading)
        line = reading.session.scalars(select(AuditEntry).where(AuditEntry.action == "setting_changed")).one()
    assert (newest.weights.points, newest.author, newest.reason) == (SKILLS_ONLY, "Ada Staff", "Skills matter.")
    assert len(newest.changes) == sum(SKILLS_ONLY[each] != DEFAULT.points[each] for each in Criterion)
    assert first.weights == DEFAULT
    assert (line.actor_id, line.reason) == (ada.id, "Skills matter.")
    assert line.before == {"setting": "weights", "version": 0} | DEFAULT.as_json()
    assert (line.after["version"], line.after["technical skills"]) == (1, 100)


def test_what_is_out_stays_as_it_is(units: Units, ada: Person) -> None:
    searched(units)

    def out() -> tuple[object, ...]:
        with units.read(SYSTEM) as reading:
            batch = stored_batch(reading, reading.session.scalars(select(Batch.id)).one())
            offers = reading.session.execute(select(Offer.id, Offer.state, Offer.score, Offer.deadline)).all()
        return batch, sorted(offers), compare(batch, HashEncoder())

    before = out()
    run_id = tried(units, ada)
    with units.work(admin(ada.id)) as work:
        use_preview(work, run_id, "Skills matter.")
    assert out() == before


def test_of_many_who_use_a_trial_at_once_one_makes_a_version(units: Units, ada: Person) -> None:
    run_id = tried(units, ada)
    came: list[str] = []

    def use() -> None:
        try:
            with units.work(admin(ada.id)) as work:
                use_preview(work, run_id, "Skills matter.")
            came.append("used")
        except RunMoved:
            came.append("moved")

    threads = [threading.Thread(target=use) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came) == ["moved"] * 5 + ["used"]
    with units.read(SYSTEM) as reading:
        assert current_weights(reading).version == 1


def test_the_second_of_two_who_change_is_told(units: Units, ada: Person) -> None:
    mine, theirs = tried(units, ada), tried(units, ada)
    with units.work(admin(ada.id)) as work:
        use_preview(work, theirs, "First.")
    with pytest.raises(SettingChanged) as caught, units.work(admin(ada.id)) as work:
        use_preview(work, mine, "Second.")
    assert caught.value.facts == {"version": 1}
    with pytest.raises(SettingChanged), units.work(admin(ada.id)) as work:
        ask_preview(work, DEFAULT.points, seen=0)
    with units.read(admin(ada.id)) as reading:
        assert (weights_preview(reading, mine).state, weights_preview(reading, mine).is_current) == ("ready", False)


def test_an_older_version_counts_again_as_a_new_one(units: Units, ada: Person) -> None:
    run_id = tried(units, ada)
    with units.work(admin(ada.id)) as work:
        use_preview(work, run_id, "Skills matter.")
    with units.work(admin(ada.id)) as work:
        assert restore_weights(work, 0, 1, "They did not.").version == 2
    with units.read(SYSTEM) as reading:
        assert current_weights(reading).points == DEFAULT.points
    for version, wanted in ((9, NotFound), (0, InvalidFields)):
        with pytest.raises(wanted), units.work(admin(ada.id)) as work:
            restore_weights(work, version, 2, "Again.")


def test_nothing_is_used_without_a_reason_or_after_it_was_put_aside(units: Units, ada: Person) -> None:
    run_id = tried(units, ada)
    with pytest.raises(InvalidFields), units.work(admin(ada.id)) as work:
        use_preview(work, run_id, "  ")
    with pytest.raises(InvalidFields), units.work(admin(ada.id)) as work:
        ask_preview(work, DEFAULT.points, 0)
    with units.work(admin(ada.id)) as work:
        drop_run(work, run_id, RunKind.WEIGHTS)
    with pytest.raises(RunMoved), units.work(admin(ada.id)) as work:
        use_preview(work, run_id, "Skills matter.")
