"""The overview: the figures of `/mentor-admin stats`, and behind each number just as many rows."""

import html
import re

import pytest
from fastapi.testclient import TestClient

from bot.views.staff import stats_message
from core.figure_words import Figure, of_programme, of_questions
from core.services.people import Person
from core.services.question_reports import question_stats
from core.services.reports import stats
from core.uow import SYSTEM, Units
from tests.support.year import fill

CARD = re.compile(
    r'<a href="([^"]+)"\s+class="card card-link[^>]*>\s*<div class="card-body">\s*<div class="subheader">([^<]+)</div>'
    r'\s*<div class="h1[^>]*>([^<]+)</div>'
)
NUMBER = re.compile(r'<td><a href="([^"]+)">([\d,]+)</a></td>')
TOTAL = re.compile(r"of ([\d,]+) entries")


def total(client: TestClient, link: str) -> int:
    page = client.get(html.unescape(link))
    assert page.status_code == 200, page.text
    found = TOTAL.search(page.text)
    assert found
    return int(found[1].replace(",", ""))


def test_figures_are_those_of_the_slash_command_by_the_same_names(desk: TestClient, units: Units) -> None:
    fill(units, 200)
    with units.read(SYSTEM) as reading:
        told, asked = stats(reading), question_stats(reading)
    cards = {title: figure.strip() for _, title, figure in CARD.findall(desk.get("/admin/").text)}
    assert cards == {**of_programme(told), **of_questions(asked)}
    assert list(cards) == list(Figure)
    in_slack = stats_message(told, asked).text
    for name, figure in cards.items():
        assert f"{name}: {figure}" in in_slack


def test_behind_each_figure_are_as_many_rows(desk: TestClient, units: Units) -> None:
    fill(units, 200)
    cards = CARD.findall(desk.get("/admin/").text)
    assert len(cards) == 15
    for link, title, figure in cards:
        if title == "Free places":  # places, of which a mentor may have several
            rows = desk.get(html.unescape(link).replace("/list?", "/export/csv?")).text.splitlines()
            names = rows[0].split(",")
            assert int(figure) == sum(
                int(cells[names.index("Places")]) - int(cells[names.index("Mentees")])
                for cells in (row.split(",") for row in rows[1:])
            )
        elif figure.replace(",", "").strip().isdigit():
            assert total(desk, link) == int(figure.replace(",", "")), title


@pytest.mark.parametrize("query", ["", "?cohort=all", "?since=2029-10-17&until=2030-01-09"])
def test_behind_each_number_of_the_charts_are_as_many_rows(desk: TestClient, units: Units, query: str) -> None:
    fill(units, 200)
    page = desk.get("/admin/" + query).text
    if query == "?cohort=all":
        cohort = re.search(r'<option value="([0-9a-f-]{36})"', page)
        assert cohort
        page = desk.get(f"/admin/?cohort={cohort[1]}").text
        assert "selected" in page
    tables = [NUMBER.findall(table) for table in page.split("<tbody>")[1:]]
    assert len(tables) == 11
    assert sum(map(len, tables)) > 30
    for numbers in tables:
        for link, number in numbers[:2] + numbers[-3:]:
            assert total(desk, link) == int(number.replace(",", "")), html.unescape(link)


def test_before_the_first_request_it_says_so(desk: TestClient) -> None:
    page = desk.get("/admin/").text
    assert "Nothing to draw yet" in page
    assert "apex-chart" not in page


@pytest.mark.parametrize(
    "query",
    [
        "since=nonsense",
        "since=2031-01-01&until=2030-01-01",
        "cohort=1",
        "since=0001-01-01",
        "until=0001-01-01",
        "until=9999-12-31",
    ],
)
def test_an_address_that_makes_no_sense_shows_what_is_usual(desk: TestClient, query: str) -> None:
    assert desk.get(f"/admin/?{query}").status_code == 200


def test_it_greets_who_signed_in(desk: TestClient, ada: Person) -> None:
    assert ada.name in desk.get("/admin/").text
