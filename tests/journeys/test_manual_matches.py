"""Staff match two people in Slack, seeing first how well they fit, and end a match there."""

import pytest

from tests.support.service import Service
from tests.support.story import ask, mentors, offer, student

pytestmark = pytest.mark.journey


def test_staff_see_how_two_fit_match_them_and_end_it(service: Service) -> None:
    ada = service.person("Ada Admin", email="ada@example.org", is_owner=True)
    mia, (kim, noor) = student(service), mentors(service, "Kim Alder", "Noor Bakker")
    ask(mia)
    offer(kim)
    ada.command("/mentor-admin", "match @Mia")
    ada.wait_for("Please name a student and a mentor")
    ada.command("/mentor-admin", "match @Mia Tan @Nobody Here")
    ada.wait_for("Nobody who takes part as a mentor is called “Nobody Here”.")
    ada.command("/mentor-admin", f"match @Mia Tan <@{noor.id}|noor>")
    found = ada.wait_for("Mia Tan and Noor Bakker:", button="Confirm")
    assert "Why they fit" in found.text_all()
    assert "of 100" in found.text_all()

    found.press("Confirm")
    ada.wait_modal("Match by hand").fill({"Why?": "They met at the open day."}).submit()
    ada.wait_modal("Matched").close()
    mia.wait_for(button="Schedule a meeting")
    noor.wait_for("you are student and mentor now")
    kim.wait_for("was taken back")
    found.press("Confirm")
    ada.wait_modal("Match by hand").fill({"Why?": "Once more."}).submit()
    assert "chosen here already" in ada.wait_modal("Please note").text_all()
    ada.wait_modal("Please note").close()

    ada.command("/mentor-admin", "end @Mia Tan @Kim Alder")
    ada.wait_for("The two have no running mentorship with each other.")
    ada.command("/mentor-admin", "end @Mia Tan @Noor Bakker")
    ada.wait_modal("End a mentorship").fill({"Why?": "Both asked us to."}).submit()
    ada.wait_modal("Ended").close()
    assert "has come to an end" in mia.wait_for("your mentorship has come to an end").text_all()
    assert "Both asked us to" not in "".join(one.text_all() for one in mia.inbox())
    mia.command("/mentor-admin", "end @Mia Tan @Noor Bakker")
    mia.wait_for("for the programme's staff alone")
