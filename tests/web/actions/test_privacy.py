"""The page about one's own data: opening it changes nothing, the word erases, and the file is for the person alone."""

import re

from fastapi.testclient import TestClient

from core.links import Links, Purpose
from core.rules.roles import PersonState
from core.services.people import Person, standing
from core.uow import SYSTEM, Units
from tests.support import factories as make
from tests.support.pages import visit
from tests.web.actions.conftest import LATER, Open


def state(units: Units, person: Person) -> PersonState:
    with units.read(SYSTEM) as reading:
        return standing(reading, person.id)


def test_the_word_erases_and_the_link_is_dead_afterwards(units: Units, go: Open, client: TestClient) -> None:
    kim = make.mentor(units, "Kim Alder")
    page = go(Purpose.PRIVACY, kim.id, kim.id)
    assert page.heading == "Your data and privacy"
    assert "It cannot be undone" in page.text
    again = page.press("Erase me", {"Type erase to go on": "yes"})
    assert again.status == 422
    assert "Please type erase" in again.text
    assert state(units, kim) is PersonState.ACTIVE
    gone = again.press("Erase me", {"Type erase to go on": "Erase"})
    assert gone.heading == "You are erased"
    assert "Your data are being erased" in gone.text
    assert state(units, kim) is PersonState.ERASED
    assert client.get(str(page.response.url)).status_code == 410


def test_everything_is_read_on_a_page_and_saved_as_a_file(units: Units, go: Open, client: TestClient) -> None:
    kim = make.mentor(units, "Kim Alder")
    read = re.findall(r'class="button other" href="([^"]+)"', go(Purpose.PRIVACY, kim.id, kim.id).response.text)
    page = visit(client, f"/a/{read[0]}")
    assert "Data scientist in pharma" in page.text
    (file,) = re.findall(r'class="button" href="([^"]+)"', page.response.text)
    saved = client.get(f"/a/{file}")
    assert saved.json()["You"][0]["Name"] == "Kim Alder"
    assert saved.headers["content-type"] == "application/json"
    assert saved.headers["content-disposition"] == 'attachment; filename="my-data.json"'
    for answer in (page.response, saved):
        assert answer.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_link_shows_its_holders_data_whatever_it_is_about(units: Units, client: TestClient, links: Links) -> None:
    kim, mia = make.mentor(units, "Kim Alder"), make.student(units, "Mia Tan")
    page = visit(client, links.url(Purpose.OWN_DATA, kim.id, mia.id, LATER))
    assert "Kim Alder" in page.text
    assert "Mia Tan" not in page.text


def test_the_last_on_staff_is_told_why_not(units: Units, go: Open) -> None:
    ada = make.person(units, "Ada Dorn", is_admin=True)
    refused = go(Purpose.PRIVACY, ada.id, ada.id).press("Erase me", {"Type erase to go on": "erase"})
    assert refused.status == 409
    assert "You are the only one on staff" in refused.text
    assert state(units, ada) is PersonState.ACTIVE
