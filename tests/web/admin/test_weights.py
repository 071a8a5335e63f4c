"""The weights as staff see and change them."""

from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from core.models import MatchingRun
from core.rules.scores import Criterion
from core.services.matching_runs import fail_run
from core.services.weights import current_weights
from core.uow import SYSTEM, Units
from tests.support.desks import DeskPage, visit
from tests.support.trials import do, searched

WEIGHTS = "/admin/weights"
SKILLS = {criterion.value.capitalize(): "0" for criterion in Criterion} | {"Technical skills": "100"}


def asked(desk: TestClient) -> DeskPage:
    return visit(desk, WEIGHTS).press("Preview", SKILLS)


def run_of(units: Units) -> UUID:
    with units.read(SYSTEM) as reading:
        return reading.session.scalars(select(MatchingRun.id)).one()


def test_from_the_sliders_to_a_new_version_and_back(desk: TestClient, units: Units) -> None:
    searched(units)
    waiting = asked(desk)
    assert "Recent requests are looked at with the new weights" in waiting.text
    do(units, run_of(units))
    page = visit(desk, str(waiting.response.url))
    for words in (
        "1 of 1 recent requests would have gone to other mentors first",
        "Ines Skilled",
        "There are 0 offers accepted and 0 declined to learn from.",
        "whoever was not asked gave no answer",
    ):
        assert words in page.text, words
    bare = page.press("Use these weights", {"Why? Only staff read this.": " "})
    assert (bare.status, bare.problem("Why?")) == (400, "Please say in a few words why. Only staff read it.")
    used = bare.press("Use these weights", {"Why? Only staff read this.": "Skills matter."})
    for words in ("Version 1 counts from now on.", "Set by Ada Staff", "Skills matter.", "Technical skills: 15 → 100"):
        assert words in used.text, words
    assert "These weights were taken into use." in visit(desk, str(page.response.url)).text
    again = page.press("Use these weights", {"Why? Only staff read this.": "Twice."})
    assert "These weights were used or put aside before" in again.text
    back = used.press("Restore version 0", {"Why? Only staff read this.": "They did not."})
    assert "The weights of version 0 count again, as version 2." in back.text
    stale = used.press("Preview", {**SKILLS, "Technical skills": "90", "Location": "10"})
    assert "Version 2 of the weights counts by now" in stale.text


@pytest.mark.parametrize(
    ("skills", "said"), [("15", "These make 15: 85 missing."), ("100.5", "Please write a whole number from 0 to 100.")]
)
def test_what_does_not_make_100_is_told_and_kept(desk: TestClient, units: Units, skills: str, said: str) -> None:
    page = visit(desk, WEIGHTS).press("Preview", SKILLS | {"Technical skills": skills})
    assert page.status == 400
    assert said in page.text
    assert page.control("Technical skills").value == skills
    with units.read(SYSTEM) as reading:
        assert not reading.session.scalars(select(MatchingRun)).all()


def test_a_trial_is_put_aside_or_fails_with_a_sentence(desk: TestClient, units: Units) -> None:
    waiting = asked(desk)
    with units.work(SYSTEM) as work:
        fail_run(work, run_of(units), "The worker was lost.")
    assert "The worker was lost." in visit(desk, str(waiting.response.url)).text
    with units.work(SYSTEM) as work:
        work.session.delete(work.session.get_one(MatchingRun, run_of(units)))
    waiting = asked(desk)
    do(units, run_of(units))
    page = visit(desk, str(waiting.response.url))
    assert "There is no recent request to try these weights on." in page.text
    assert "Put aside. The weights stay as they are." in page.press("Put aside").text
    with units.read(SYSTEM) as reading:
        assert current_weights(reading).version == 0


def test_nothing_is_done_without_the_pages_token_or_for_what_is_not_there(desk: TestClient) -> None:
    assert desk.post(f"{WEIGHTS}/restore", data={"version": "0", "seen": "0", "why": "No."}).status_code == 403
    assert desk.get(f"{WEIGHTS}/runs/{UUID(int=1)}").status_code == 404
    assert desk.get(f"{WEIGHTS}/runs/nothing").status_code == 404
