"""The lists: readable, searched, sorted, filtered, a page at a time, and with as many queries for many as for few."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, event, text

from core.services.cohorts import make_cohort
from core.services.people import Person
from core.uow import SYSTEM, Units, admin
from tests.support import factories as make
from tests.web.admin.conftest import Programme
from web.admin.pages.cohort_plans import CohortPlans
from web.admin.site import LISTS, PAGES
from web.admin.ways import names, rows_of

KEYS = [str(page.key) for page in LISTS]
OWN = [page.path for page in PAGES if page is not CohortPlans] + ["/by-hand?q=Many", "/cohorts/of/{cohort}"]


def texts(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements that reach the database."""
    seen: list[str] = []

    def note(_c: object, _u: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("key", KEYS)
def test_each_list_says_what_is_missing_when_it_is_empty(desk: TestClient, key: str) -> None:
    page = texts(desk, f"/admin/{key}/list?q=nothing+is+called+so")
    assert "Nothing fits what you look for." in page
    if key not in ("people", "audit"):
        assert next(one.nothing for one in LISTS if one.key == key) in texts(desk, f"/admin/{key}/list")


def test_names_stand_where_ids_would(desk: TestClient, programme: Programme) -> None:
    page = texts(desk, "/admin/matches/list")
    assert "Mia Tan" in page
    assert f"/admin/people/detail?pk={programme.mentor.id}" in page
    assert "81.2" in page
    assert "Running" in page
    requests = texts(desk, "/admin/requests/list")
    assert "Mentors asked" in requests
    assert "Kim Alder" in requests


@pytest.mark.usefixtures("programme")
def test_moments_are_on_the_readers_clock(desk: TestClient) -> None:
    page = texts(desk, "/admin/requests/list")
    assert "4 Mar 2030, 13:00" in page  # noon in UTC, for somebody in Amsterdam
    assert "1 Mar 2030" in texts(desk, "/admin/matches/list")


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("matches/list?q=mia", True),
        ("matches/list?q=100%25", False),  # a percent sign is no wildcard
        ("matches/list?filter=state__eq=active", True),
        ("matches/list?filter=state__in=ended,completed", False),
        ("matches/list?filter=health__is_null", True),
        ("matches/list?filter=started_at__between=2030-03-01T13:00..2030-03-01T13:01", True),  # by the reader's clock
        ("matches/list?filter=started_at__between=2030-03-01T12:00..2030-03-01T12:59", False),
        ("matches/list?filter=score__gt=80+AND+student__contains=tan", True),
        ("matches/list?sort=student__desc&sort=meetings__asc", True),
        ("students/list?q=Mia", True),
    ],
)
def test_search_filters_and_order(desk: TestClient, programme: Programme, path: str, found: bool) -> None:
    assert (f"pk={programme.student.id}" in texts(desk, f"/admin/{path}")) is found


def test_pages_follow_one_another(desk: TestClient, units: Units) -> None:
    for number in range(30):
        make.person(units, f"Person number {number:02}")
    first, second = (texts(desk, f"/admin/people/list?page={page}&q=number") for page in (1, 2))
    assert "Person number 24" in first
    assert "Person number 25" not in first
    assert "Person number 25" in second
    assert "of 30" in second


@pytest.mark.parametrize("key", KEYS)
def test_each_row_has_a_page_of_its_own(desk: TestClient, units: Units, key: str) -> None:
    fill(units, 2)
    page = texts(desk, f"/admin/{key}/list")
    link = next(part.split('"')[0] for part in page.split('href="')[1:] if f"/{key}/detail" in part)
    detail = texts(desk, link.replace("&amp;", "&"))
    heading = detail.rpartition("<h1")[2].partition("</h1>")[0].partition(">")[2]
    assert len(heading) > 3
    assert heading.count("-") < 4  # words, and no id


@pytest.mark.parametrize("pk", ["", "1", "019f1e2d-0000-7000-8000-000000000000", "' OR true --"])
def test_what_is_not_there_is_not_found(desk: TestClient, pk: str) -> None:
    answer = desk.get("/admin/matches/detail", params={"pk": pk})
    assert answer.status_code == 404
    assert "This is not here" in answer.text


@pytest.mark.parametrize("query", ["filter=state__eq", "filter=nonsense", "page_size=100000", "filter=score__gt=x"])
def test_an_address_that_makes_no_sense_is_explained(desk: TestClient, query: str) -> None:
    answer = desk.get(f"/admin/matches/list?{query}")
    assert answer.status_code == 400
    assert "This address cannot be read" in answer.text


@pytest.mark.parametrize("key", KEYS)
def test_many_rows_take_as_many_queries_as_few(desk: TestClient, units: Units, engine: Engine, key: str) -> None:
    def queries(number: int) -> int:
        fill(units, number)
        with counted(engine) as seen:
            page = texts(desk, f"/admin/{key}/list?page_size=100")
        assert min(number, 100) <= page.count("data-sa-pk=") <= 2 * number + 5
        return len(seen)

    assert queries(10) == queries(200) <= 6


def test_the_overview_takes_as_many_queries_for_a_large_programme(
    desk: TestClient, units: Units, engine: Engine
) -> None:
    def queries() -> int:
        with counted(engine) as seen:
            texts(desk, "/admin/")
        return len(seen)

    fill(units, 10)
    few = queries()
    fill(units, 200)
    assert queries() == few <= 30


@pytest.mark.parametrize("place", OWN)
def test_a_page_of_its_own_takes_as_many_queries_for_many(
    desk: TestClient, units: Units, engine: Engine, ada: Person, place: str
) -> None:
    with units.work(admin(ada.id)) as work:
        path = place.format(cohort=make_cohort(work, "Spring", None, None))

    def queries(number: int) -> int:
        fill(units, number)
        with counted(engine) as seen:
            texts(desk, f"/admin{path}")
        return len(seen)

    assert queries(10) == queries(200) <= 12


def fill(units: Units, number: int) -> None:
    """So many rows in every list, and no more."""
    with units.work(SYSTEM) as work:
        for statement in FILLING:
            work.session.execute(text(statement), {"n": number})


A_PERSON = "md5('person ' || i)::uuid"
FILLING = (
    "DELETE FROM users WHERE name LIKE 'Many %'",
    f"INSERT INTO users (id, name, email, roles, state, tz)"
    f" SELECT {A_PERSON}, 'Many ' || i, 'many' || i || '@example.org', '{{}}', 'active', 'UTC'"
    f" FROM generate_series(1, 2 * :n) i",
    f"INSERT INTO mentorship_profiles (id, user_id, role, headline, goals, content_hash)"
    f" SELECT md5('profile ' || i)::uuid, {A_PERSON}, CASE WHEN i <= :n THEN 'student' ELSE 'mentor' END, '', '', ''"
    f" FROM generate_series(1, 2 * :n) i",
    f"INSERT INTO mentorship_requests (id, student_id, wish, state, next_step, next_step_at)"
    f" SELECT md5('request ' || i)::uuid, {A_PERSON}, '', 'searching', 'search', now() FROM generate_series(1, :n) i",
    f"INSERT INTO matches (id, student_id, mentor_id, origin, state, criteria)"
    f" SELECT md5('match ' || i)::uuid, {A_PERSON}, md5('person ' || :n + i)::uuid, 'manual', 'active', '[]'"
    f" FROM generate_series(1, :n) i",
    f"INSERT INTO match_batches (id, request_id, student_id, wave, state, deadline, model, weights_version,"
    f" index_version, inputs) SELECT md5('batch ' || i)::uuid, md5('request ' || i)::uuid, {A_PERSON}, 1, 'open',"
    f" now(), '', 0, '', '{{}}' FROM generate_series(1, :n) i",
    f"INSERT INTO match_offers (id, batch_id, request_id, student_id, mentor_id, rank, score, criteria, state,"
    f" deadline) SELECT md5('offer ' || i)::uuid, md5('batch ' || i)::uuid, md5('request ' || i)::uuid, {A_PERSON},"
    f" md5('person ' || :n + i)::uuid, 1, 80, '[]', 'open', now() FROM generate_series(1, :n) i",
    "INSERT INTO match_health (id, match_id, state, since, checked_at)"
    " SELECT md5('health ' || i)::uuid, md5('match ' || i)::uuid, 'at risk', now(), now()"
    " FROM generate_series(1, :n) i",
    f"INSERT INTO mentorship_feedback (id, match_id, author_id, kind, rating, said_at)"
    f" SELECT md5('rating ' || i)::uuid, md5('match ' || i)::uuid, {A_PERSON}, 'survey', 4, now()"
    f" FROM generate_series(1, :n) i",
    f"INSERT INTO quick_questions (id, student_id, question, state, posted_at, opened_at)"
    f" SELECT md5('question ' || i)::uuid, {A_PERSON}, 'What?', 'open', now(), now() FROM generate_series(1, :n) i",
    f"INSERT INTO notifications (id, recipient_id, kind, params, dedupe_key, state, not_before)"
    f" SELECT md5('message ' || i)::uuid, {A_PERSON}, 'digest', '{{}}', 'many ' || i, 'sent', now()"
    f" FROM generate_series(1, :n) i",
    f"INSERT INTO audit_log (id, actor_id, actor_role, action, subject_kind)"
    f" SELECT gen_random_uuid(), {A_PERSON}, 'admin', 'exported', 'list' FROM generate_series(1, :n) i",
)


def test_a_word_among_several_is_found_and_so_is_one_with_a_comma(desk: TestClient, units: Units) -> None:
    make.mentor(units, "Kim Alder", industries=("Kelp", "Zeppelins", "Sails, ropes"))
    make.mentor(units, "Sam Birch", industries=("Kelp farming", "Ropes"))
    for word in ("Kelp", "Zeppelins", "Sails, ropes"):
        page = desk.get(rows_of("mentors", names("industries", word))).text
        assert ("Kim Alder" in page, "Sam Birch" in page) == (True, False), word
