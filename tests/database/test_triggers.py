"""What the database keeps true by itself."""

import threading
from uuid import UUID

from sqlalchemy import select, text

from core.models import Profile
from core.uow import SYSTEM, Units, Work
from tests.support import factories as make


def test_current_mentees_follows_every_change_of_a_match(units: Units) -> None:
    student, mentor, other = make.student(units), make.mentor(units), make.mentor(units)

    def mentees() -> list[int]:
        with units.read(SYSTEM) as reading:
            found = reading.session.scalars(select(Profile).where(Profile.role == "mentor"))
            by_person = {profile.user_id: profile.current_mentees for profile in found}
        return [by_person[mentor.id], by_person[other.id]]

    make.match(units, student, mentor)
    assert mentees() == [1, 0]
    for change, expected in [
        ("state = 'paused', paused_until = now()", [1, 0]),
        (f"mentor_id = '{other.id}'", [0, 1]),
        ("state = 'completed', paused_until = NULL, ended_at = now()", [0, 0]),
        ("state = 'active', ended_at = NULL", [0, 1]),
    ]:
        with units.work(SYSTEM) as work:
            work.session.execute(text(f"UPDATE matches SET {change}"))
        assert mentees() == expected, change
    with units.work(SYSTEM) as work:
        work.session.execute(text("DELETE FROM matches"))
    assert mentees() == [0, 0]


def test_current_mentees_is_right_after_two_matches_that_end_at_the_same_moment(units: Units) -> None:
    mentor = make.mentor(units)
    ending, waiting = (make.match(units, make.student(units), mentor) for _ in range(2))

    def end(work: Work, match_id: UUID) -> None:
        ended = text("UPDATE matches SET state = 'ended', ended_at = now() WHERE id = :id")
        work.session.execute(ended, {"id": match_id})

    def end_the_other() -> None:
        with units.work(SYSTEM) as work:
            end(work, waiting)

    other = threading.Thread(target=end_the_other)
    with units.work(SYSTEM) as work:
        end(work, ending)
        other.start()
        blocked = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        while not work.session.scalar(blocked):
            assert other.is_alive()
    other.join()
    with units.read(SYSTEM) as reading:
        assert make.profile_row(reading, mentor).current_mentees == 0


def test_updated_at_moves_with_every_update(units: Units) -> None:
    person = make.student(units)
    with units.work(SYSTEM) as work:
        before = work.session.execute(text("SELECT updated_at FROM users WHERE id = :i"), {"i": person.id}).scalar_one()
        work.session.execute(text("UPDATE users SET name = name WHERE id = :i"), {"i": person.id})
        after = work.session.execute(text("SELECT updated_at FROM users WHERE id = :i"), {"i": person.id}).scalar_one()
    assert after > before
