"""Row-level security, seen straight in SQL as the service's role."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from core.models import Base
from core.rules.checkins import Rating
from core.rules.referrals import Fit
from core.services.asking import ask_person
from core.services.feedback import give_feedback
from core.services.help import ask_for_help
from core.services.offer_questions import ask_before_deciding
from core.services.offers import accept_offer
from core.services.question_answers import allow_reading, mark_answered
from core.services.question_referrals import refer_question
from core.services.requests import cancel_request
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON, later
from tests.support import factories as make
from tests.support import quick_questions as ask


@pytest.fixture
def sql(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        yield connection


def act(sql: Connection, user: UUID | None, role: str = "member") -> None:
    sql.rollback()
    sql.execute(
        text("SELECT set_config('app.user_id', :u, true), set_config('app.role', :r, true)"),
        {"u": str(user or ""), "r": role},
    )


def count(sql: Connection, table: str, where: str = "true", **values: object) -> int:
    return int(sql.execute(text(f"SELECT count(*) FROM {table} WHERE {where}"), values).scalar_one())


def test_every_table_forces_row_security_and_has_policies_for_every_command(owner: Engine) -> None:
    with owner.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,"
                " array_agg(p.polcmd::text ORDER BY p.polcmd) "
                "FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid "
                "WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname <> 'alembic_version' "
                "GROUP BY 1, 2"
            )
        ).all()
    assert {name for name, _, _ in rows} == set(Base.metadata.tables)
    assert all(forced for _, forced, _ in rows)
    assert all(commands == ["a", "d", "r", "w"] for _, _, commands in rows)


def test_the_service_cannot_bypass_row_security(engine: Engine) -> None:
    with engine.connect() as connection:
        rights = connection.execute(
            text("SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user")
        ).one()
    assert tuple(rights) == (False, False, False)


def test_without_an_actor_nothing_is_seen(sql: Connection, units: Units) -> None:
    make.request(units, make.student(units))
    sql.rollback()
    assert [count(sql, table) for table in Base.metadata.tables] == [0] * len(Base.metadata.tables)


def test_a_student_sees_nothing_of_another_student(sql: Connection, units: Units) -> None:
    me, other, asked = make.student(units), make.student(units), make.mentor(units)
    request_id = make.request(units, other)
    make.wave(units, request_id, asked)
    with units.work(member(asked.id)) as work:
        offer_id = work.session.execute(text("SELECT id FROM match_offers")).scalar_one()
        accept_offer(work, offer_id)
    act(sql, me.id, "student")
    for table, column in [
        ("users", "id"),
        ("mentorship_profiles", "user_id"),
        ("mentorship_requests", "student_id"),
        ("match_batches", "student_id"),
        ("match_offers", "student_id"),
        ("matches", "student_id"),
        ("notifications", "recipient_id"),
    ]:
        assert count(sql, table, f"{column} = :other", other=other.id) == 0, table
    assert count(sql, "users") == count(sql, "mentorship_profiles") == 1


def test_a_mentor_sees_a_student_only_while_the_offer_is_open(sql: Connection, units: Units) -> None:
    student, first, second = make.student(units), make.mentor(units), make.mentor(units)
    make.wave(units, make.request(units, student), first, second)
    act(sql, second.id)
    assert count(sql, "mentorship_profiles", "user_id = :s", s=student.id) == 1
    assert count(sql, "mentorship_requests") == 1
    assert count(sql, "match_offers") == 1
    with units.work(member(first.id)) as work:
        accept_offer(work, work.session.execute(text("SELECT id FROM match_offers")).scalar_one())
    act(sql, second.id)
    assert count(sql, "mentorship_profiles", "user_id = :s", s=student.id) == 0
    assert count(sql, "mentorship_requests") == count(sql, "matches") == 0


def test_a_student_sees_the_mentor_only_once_they_are_matched(sql: Connection, units: Units) -> None:
    student, mentor = make.student(units), make.mentor(units)
    make.wave(units, make.request(units, student), mentor)
    act(sql, student.id)
    assert count(sql, "users", "id = :m", m=mentor.id) == count(sql, "match_offers") == 0
    assert count(sql, "match_batches") == 0  # what a wave was computed from tells of mentors
    with units.work(member(mentor.id)) as work:
        accept_offer(work, work.session.execute(text("SELECT id FROM match_offers")).scalar_one())
    act(sql, student.id)
    assert count(sql, "users", "id = :m", m=mentor.id) == 1
    assert count(sql, "mentorship_profiles", "user_id = :m", m=mentor.id) == 1


def test_a_member_cannot_write_in_another_persons_name(sql: Connection, units: Units) -> None:
    me, other = make.student(units), make.student(units)
    act(sql, me.id)
    changed = sql.execute(text("UPDATE mentorship_profiles SET headline = 'x' WHERE user_id = :o"), {"o": other.id})
    assert changed.rowcount == 0
    with pytest.raises(DBAPIError, match="row-level security"):
        sql.execute(
            text(
                "INSERT INTO mentorship_requests (id, student_id, wish, state, next_step, next_step_at)"
                " VALUES (gen_random_uuid(), :o, 'x', 'searching', 'search', now())"
            ),
            {"o": other.id},
        )


def test_the_actor_does_not_leak_into_the_next_transaction(sql: Connection, units: Units) -> None:
    make.student(units)
    act(sql, None, "system")
    assert count(sql, "users") == 1
    sql.rollback()
    assert count(sql, "users") == 0


def test_a_claim_is_seen_by_its_two_people_and_written_by_neither(sql: Connection, units: Units) -> None:
    student, mentor, other = make.student(units), make.mentor(units), make.mentor(units)
    question_id = make.question(units, student)
    make.claim(units, question_id, mentor)
    for person, seen in ((student, 1), (mentor, 1), (other, 0)):
        act(sql, person.id)
        assert count(sql, "question_claims") == count(sql, "quick_questions") == seen
        for change in (
            "UPDATE question_claims SET ended_at = now(), ending = 'released'",
            "UPDATE quick_questions SET rating = 5, rated_at = now()",
        ):
            assert sql.execute(text(change)).rowcount == 0
        with pytest.raises(DBAPIError, match="row-level security"):
            sql.execute(
                text(
                    "INSERT INTO question_claims (id, question_id, mentor_id, claimed_at, remind_at)"
                    " VALUES (gen_random_uuid(), :q, :m, now(), now())"
                ),
                {"q": question_id, "m": person.id},
            )


def test_the_row_of_an_answer_is_for_the_two_whatever_they_share(sql: Connection, units: Units) -> None:
    student, mentor, other = make.student(units), make.mentor(units), make.mentor(units)
    question_id = make.question(units, student)
    make.claim(units, question_id, mentor)
    with units.work(member(mentor.id)) as work:
        mark_answered(work, question_id, "Read it twice.", may_be_read=True)
    for allowed in (None, False, True):
        if allowed is not None:
            with units.work(member(student.id)) as work:
                allow_reading(work, question_id, allowed)
        act(sql, other.id)
        assert count(sql, "quick_questions") == 0
        assert count(sql, "question_claims") == 0


@pytest.mark.parametrize("change", ["UPDATE audit_log SET action = 'x'", "DELETE FROM audit_log"])
@pytest.mark.usefixtures("units")
def test_the_audit_log_only_grows(owner: Engine, sql: Connection, change: str) -> None:
    act(sql, None, "system")
    with pytest.raises(DBAPIError, match="permission denied"):
        sql.execute(text(change))
    with pytest.raises(DBAPIError, match="only grows"), owner.begin() as connection:
        connection.execute(text(change))


def test_a_question_is_read_by_its_two_people_and_by_the_mentor_only_while_the_offer_lasts(
    sql: Connection, units: Units
) -> None:
    student, mentor, other = make.student(units), make.mentor(units), make.mentor(units)
    request_id = make.request(units, student)
    make.wave(units, request_id, mentor, other)
    with units.work(member(mentor.id)) as work:
        offer_id = work.session.execute(text("SELECT id FROM match_offers")).scalar_one()
        ask_before_deciding(work, offer_id, "Since when?")
    seen = []
    for person in (student, mentor, other, make.student(units)):
        act(sql, person.id)
        seen.append(count(sql, "offer_questions"))
    assert seen == [1, 1, 0, 0]
    with units.work(member(student.id)) as work:
        cancel_request(work, request_id)
    act(sql, mentor.id)
    assert count(sql, "offer_questions") == 0


def test_nobody_writes_a_question_or_an_answer_past_the_service(sql: Connection, units: Units) -> None:
    student, mentor = make.student(units), make.mentor(units)
    make.wave(units, make.request(units, student), mentor)
    with units.work(member(mentor.id)) as work:
        offer_id = work.session.execute(text("SELECT id FROM match_offers")).scalar_one()
        ask_before_deciding(work, offer_id, "Since when?")
    act(sql, student.id)
    changed = sql.execute(text("UPDATE offer_questions SET answer = 'x', answered_at = now()"))
    assert changed.rowcount == 0
    act(sql, mentor.id)
    with pytest.raises(DBAPIError, match="row-level security"):
        sql.execute(
            text(
                "INSERT INTO offer_questions (id, offer_id, student_id, mentor_id, question, deadline_before)"
                " VALUES (gen_random_uuid(), :o, :s, :m, 'x', now())"
            ),
            {"o": offer_id, "s": student.id, "m": mentor.id},
        )


def test_a_draft_of_a_question_is_its_students_and_staffs_and_once_open_everybodys(
    sql: Connection, units: Units
) -> None:
    student, mentor, staff = make.student(units), make.mentor(units), make.person(units, is_admin=True)
    question_id = ask.asked(units, student)

    def seen() -> list[int]:
        counts = []
        for person_id, role in ((student.id, "member"), (mentor.id, "member"), (staff.id, "admin")):
            act(sql, person_id, role)
            counts.append(count(sql, "quick_questions"))
        return counts

    assert seen() == [1, 0, 1]
    ask.settled(units, question_id)
    assert seen() == [1, 1, 1]


def test_nobody_moves_a_question_past_the_service_or_asks_for_another(sql: Connection, units: Units) -> None:
    student, mentor = make.student(units), make.mentor(units)
    question_id = ask.asked(units, student)
    act(sql, student.id)
    assert sql.execute(text("UPDATE quick_questions SET state = 'open'")).rowcount == 0
    assert sql.execute(text("DELETE FROM quick_questions")).rowcount == 0
    assert count(sql, "question_vectors") == 0
    act(sql, mentor.id)
    with pytest.raises(DBAPIError, match="row-level security"):
        sql.execute(
            text("INSERT INTO quick_questions (id, student_id, question, state) VALUES (:i, :s, 'x', 'draft')"),
            {"i": UUID(int=1), "s": student.id},
        )
    sql.rollback()
    assert ask.view(units, question_id).student_id == student.id


def test_of_a_help_report_the_partner_sees_nothing(sql: Connection, units: Units) -> None:
    student, mentor, staff = make.student(units), make.mentor(units), make.person(units, is_admin=True)
    match_id = make.match(units, student, mentor)
    with units.work(member(student.id)) as work:
        ask_for_help(work, match_id, "They write to me at night.", block=True)
    eight_days_on = later(units, NOON + timedelta(days=8))
    for person in (student, mentor):
        with eight_days_on.work(SYSTEM) as work:
            ask_person(work, person.id)
    seen = {}
    for name, person_id, role in (("author", student.id, "member"), ("partner", mentor.id, "member")):
        act(sql, person_id, role)
        seen[name] = [count(sql, table) for table in ("mentorship_feedback", "blocks", "notifications", "match_asks")]
    assert seen == {"author": [1, 1, 0, 0], "partner": [0, 0, 0, 0]}
    act(sql, staff.id, "admin")
    assert [count(sql, table) for table in ("mentorship_feedback", "blocks", "notifications")] == [1, 1, 1]
    assert count(sql, "match_asks", "state = 'skipped' AND reason = 'asked for help'") == 2


def test_a_private_rating_is_its_authors_and_a_shared_one_the_pairs(sql: Connection, units: Units) -> None:
    student, mentor = make.student(units), make.mentor(units)
    match_id = make.match(units, student, mentor)
    for shared in (False, True):
        with units.work(member(student.id)) as work:
            give_feedback(work, match_id, Rating(2, "Too few meetings.", shared=shared))
    act(sql, mentor.id)
    assert (count(sql, "mentorship_feedback"), count(sql, "mentorship_feedback", "shared")) == (1, 1)
    act(sql, student.id)
    assert count(sql, "mentorship_feedback") == 2


def test_nobody_answers_an_ask_past_the_service(sql: Connection, units: Units) -> None:
    student, mentor = make.student(units), make.mentor(units)
    make.ask(units, make.match(units, student, mentor), student)
    act(sql, student.id)
    assert sql.execute(text("UPDATE match_asks SET state = 'answered'")).rowcount == 0
    act(sql, mentor.id)
    assert count(sql, "match_asks") == 0


def test_who_was_asked_directly_is_for_themselves_and_staff(sql: Connection, units: Units) -> None:
    student, mentor, other = make.student(units), make.mentor(units), make.mentor(units)
    question_id = make.question(units, student)
    with later(units, NOON + timedelta(hours=6)).work(SYSTEM) as work:
        refer_question(work, question_id, [Fit(mentor.id, 0.5, ("Law",))])
    for reader, seen in ((mentor.id, 1), (other.id, 0), (student.id, 0)):
        act(sql, reader)
        assert count(sql, "question_referrals") == seen
    act(sql, make.person(units, is_admin=True).id, "admin")
    assert count(sql, "question_referrals") == 1
    act(sql, mentor.id)
    changed = sql.execute(text("UPDATE question_referrals SET score = 1"))
    assert changed.rowcount == 0
    with pytest.raises(DBAPIError):
        sql.execute(
            text(
                "INSERT INTO question_referrals (id, question_id, mentor_id, rank, score, referred_at)"
                " VALUES (gen_random_uuid(), :q, :m, 2, 1, now())"
            ),
            {"q": question_id, "m": mentor.id},
        )
