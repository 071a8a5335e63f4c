"""What the admin refuses: whatever writes without the page's token, and whatever the library could write at all."""

import logging

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from starlette.routing import Route

from core.config import Settings
from core.models import AuditEntry
from core.services.people import Person
from core.uow import SYSTEM, Units
from tests.support.staff import FIELD, link
from tests.web.admin.conftest import Programme
from web.admin.site import LISTS, Admin

SAFE = {"GET", "HEAD"}


def writing_routes(settings: Settings, units: Units) -> list[tuple[str, str]]:
    """Every way to change something, of ours and of the library's."""
    found = []
    for route in Admin(settings, units).routes:
        if isinstance(route, Route):
            found += [(method, route.path) for method in (route.methods or set()) - SAFE]
    return found


def test_every_writing_route_wants_the_pages_token(desk: TestClient, settings: Settings, units: Units) -> None:
    routes = writing_routes(settings, units)
    assert len(routes) > 5
    for method, path in routes:
        for key in ("people", "matches"):
            url = "/admin" + path.replace("{key}", key).replace("{storage}", "x").replace("{path:path}", "x")
            for data in ({}, {"csrftoken": "made up"}):
                assert desk.request(method, url, data=data).status_code == 403, url


@pytest.mark.parametrize("key", [str(page.key) for page in LISTS])
@pytest.mark.parametrize(
    "path",
    ["create", "edit?pk={pk}", "import", "_api", "inline-edit?pk={pk}&field=name", "action?name=delete&pks={pk}",
     "row-action?name=delete&pk={pk}", "action?name=export&all=1"],
)  # fmt: skip
def test_the_library_writes_nothing(desk: TestClient, units: Units, ada: Person, key: str, path: str) -> None:
    before = snapshot(units)
    token = FIELD.search(desk.get("/admin/").text)
    assert token
    for url in (f"/admin/{key}/{path}", f"/admin/_api/{key}/{path}"):
        answer = desk.post(url.format(pk=ada.id), data={"csrftoken": token[1], "name": "Somebody else"})
        assert answer.status_code in (400, 403, 404, 405), (url, answer.text)
    assert snapshot(units) == before


def snapshot(units: Units) -> list[object]:
    with units.read(SYSTEM) as reading:
        return [tuple(row) for row in reading.session.execute(text("SELECT id, name, roles, state FROM users"))]


def test_pages_are_read_as_who_asks_and_cannot_write(desk: TestClient, units: Units, ada: Person) -> None:
    """Were a page to write, or to read as somebody else, the database would not let it."""
    seen: list[tuple[str, ...]] = []
    original = units.read

    def watched(actor: object) -> object:
        unit = original(actor)  # type: ignore[arg-type]
        reading = unit.__enter__()
        row = reading.session.execute(
            text("SELECT current_setting('app.role'), current_setting('app.user_id'),"
                 " current_setting('transaction_read_only')")
        ).one()  # fmt: skip
        seen.append(tuple(row))
        unit.__exit__(None, None, None)
        return original(actor)  # type: ignore[arg-type]

    units.read = watched  # type: ignore[method-assign, assignment]
    assert desk.get("/admin/people/list").status_code == 200
    assert seen == [("admin", str(ada.id), "on")]


def test_more_than_any_page_takes_is_refused_unread(desk: TestClient) -> None:
    answer = desk.post("/admin/import/look", content=b"x" * 16_000_001)
    assert (answer.status_code, "This is too much at once" in answer.text) == (413, True)
    assert desk.post("/admin/import/look", content=iter([b"x"])).status_code == 413  # of unknown length
    assert desk.get("/admin/import", headers={"content-length": "many"}).status_code == 413


def test_what_people_wrote_is_only_text(desk: TestClient, units: Units, programme: Programme) -> None:
    evil = "<script>alert(1)</script>"
    with units.work(SYSTEM) as work:
        work.session.execute(
            text("UPDATE users SET name = :name WHERE id = :id"), {"name": evil, "id": programme.student.id}
        )
        work.session.add(AuditEntry(actor_role="admin", action="x", subject_kind="y", reason=evil))
    for path in (
        "matches/list",
        "people/list",
        "audit/list",
        f"matches/list?q={evil}",
        f"people/detail?pk={programme.student.id}",
        f"matches/detail?pk={programme.match_id}",
    ):
        page = desk.get(f"/admin/{path}").text
        assert evil not in page, path


def test_errors_are_sentences_with_a_reference(
    desk: TestClient, units: Units, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(actor: object) -> object:
        raise RuntimeError(str(actor))

    monkeypatch.setattr(units, "read", fail)
    answer = desk.get("/admin/people/list")
    assert answer.status_code == 500
    reference = caplog.messages[-1].removeprefix("failed, reference ")
    assert reference in answer.text

    def lose(actor: object) -> object:
        raise OperationalError("SELECT", {}, Exception(str(actor)))

    monkeypatch.setattr(units, "read", lose)
    answer = desk.get("/admin/people/list")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")


def test_nothing_of_what_staff_look_for_stands_in_the_log(
    desk: TestClient, settings: Settings, units: Units, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    url = link(settings, units, ada)
    desk.get("/admin/people/list?q=Mia+Secret")
    desk.get(url)
    desk.cookies.clear()
    desk.get("/admin/people/list?q=Mia+Secret")
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("http")]
    assert not [line for line in ours if "Secret" in line or url.partition("key=")[2] in line]
