"""An offer behind a link: read, accepted or declined, and honest about how it stands."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from core.config import Settings
from core.links import Links, Purpose
from core.models import Match, Offer, Profile, UsedLink
from core.rules.offers import OFFER_TIME, DeclineReason
from core.services.offers import accept_offer, decline_offer
from core.services.requests import cancel_request
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON, later
from tests.support import factories as make
from tests.support.pages import visit
from tests.web.actions.conftest import LATER, Asked, Open, browser

OFFER_LINKS = (Purpose.OFFER_ACCEPT, Purpose.OFFER_DECLINE, Purpose.OFFER_ASK, Purpose.PROFILE_VIEW)


def test_the_page_shows_the_student_why_they_fit_and_until_when(asked: Asked, go: Open) -> None:
    page = go(Purpose.OFFER_ACCEPT, asked.mentor.id, asked.offer())
    assert (page.status, page.heading) == (200, "Mia Tan is looking for a mentor")
    for words in (
        make.STUDENT.headline,
        make.STUDENT.goals,
        make.WISH.wish,
        "80 of 100, a strong fit",
        "Career goals (24 of 30): both “drug discovery”",
        "Please answer by Monday 4 March, 13:00 (Amsterdam time).",
    ):
        assert words in page.text
    assert {"Accept", "Decline this student"} <= set(page.buttons)


@pytest.mark.parametrize("purpose", OFFER_LINKS)
def test_accepting_works_from_every_link_of_the_mail(purpose: Purpose, asked: Asked, go: Open, units: Units) -> None:
    after = go(purpose, asked.mentor.id, asked.offer()).press("Accept")
    assert (after.status, after.heading) == (200, "You are Mia Tan's mentor now")
    assert "introduction" in after.text
    assert make.STUDENT.headline in after.text
    assert after.buttons == []
    with units.read(SYSTEM) as reading:
        match = reading.session.scalars(select(Match)).one()
    assert (match.student_id, match.mentor_id) == (asked.student.id, asked.mentor.id)
    assert asked.state(asked.other) == "taken"


@pytest.mark.parametrize(
    ("purpose", "opened"), [(Purpose.OFFER_DECLINE, ["Decline"]), (Purpose.PROFILE_VIEW, ["View profile"])]
)
def test_what_was_pressed_in_the_mail_is_open(purpose: Purpose, opened: list[str], asked: Asked, go: Open) -> None:
    assert go(purpose, asked.mentor.id, asked.offer()).opened == opened


def test_declining_takes_the_same_answers_as_in_slack(asked: Asked, go: Open, units: Units) -> None:
    page = go(Purpose.OFFER_DECLINE, asked.mentor.id, asked.offer())
    assert page.control("Reason").options == ["Choose one", *DeclineReason]
    assert page.control("Pause new students").options == ["No", "2 weeks", "1 month", "3 months"]
    after = page.press(
        "Decline this student",
        {"Reason": "Not my field", "Pause new students": "2 weeks", "Note": "Too far.\r\nSorry."},
    )
    assert (after.status, after.heading) == (200, "You declined Mia Tan")
    assert "no new students until Friday 15 March" in after.text
    with units.read(SYSTEM) as reading:
        offer = reading.session.get_one(Offer, asked.offer())
        profile = reading.session.scalars(select(Profile).where(Profile.user_id == asked.mentor.id)).one()
    assert (offer.decline_reason, offer.decline_note) == (DeclineReason.NOT_MY_FIELD, "Too far.\nSorry.")
    assert profile.paused_until == NOON + timedelta(weeks=2)


def test_a_wrong_form_says_so_at_its_fields_and_loses_nothing(asked: Asked, go: Open) -> None:
    page = go(Purpose.OFFER_ACCEPT, asked.mentor.id, asked.offer())
    note = "é𝒳\0 <b>" * 2000
    again = page.press("Decline this student", {"Reason": "", "Pause new students": "1 month", "Note": note})
    assert again.status == 422
    assert again.title.startswith("Please check: ")
    assert again.problem("Reason") == "Please choose one of these."
    assert again.problem("Note") == "Please keep this under 1,500 characters. It has 12,000 now."
    assert again.control("Note").invalid
    assert again.control("Note").value.removeprefix("\n").rstrip() == note.replace("\0", "").rstrip()
    assert again.control("Pause new students").value == "1 month"
    assert again.opened == ["Decline"]
    assert asked.state() == "open"
    after = again.press("Decline this student", {"Reason": "Other", "Note": "No."})
    assert (after.status, asked.state()) == (200, "declined")


def test_a_link_used_again_shows_how_things_stand_and_changes_nothing(asked: Asked, go: Open, units: Units) -> None:
    page = go(Purpose.OFFER_ACCEPT, asked.mentor.id, asked.offer())
    first, second = page.press("Accept"), page.press("Accept")
    assert first.heading == second.heading == "You are Mia Tan's mentor now"
    declined = page.press("Decline this student", {"Reason": "Other"})
    assert (declined.status, declined.heading) == (409, "You are Mia Tan's mentor now")
    with units.read(SYSTEM) as reading:
        used = reading.session.scalars(select(UsedLink)).one()
        assert len(reading.session.scalars(select(Match)).all()) == 1
    assert (used.deed, used.person_id, used.expires_at) == ("accept", asked.mentor.id, LATER)


def test_who_has_no_room_keeps_the_offer_and_is_told(asked: Asked, units: Units, go: Open) -> None:
    with units.work(SYSTEM) as work:
        work.session.execute(update(Profile).values(max_mentees=0))
    full = go(Purpose.OFFER_ACCEPT, asked.mentor.id, asked.offer()).press("Accept")
    assert full.status == 409
    assert full.alerts == [
        "All your places are taken, so nothing was changed. Write to us if you can take one student more."
    ]
    assert "Accept" in full.buttons
    assert asked.state() == "open"


def test_an_offer_that_is_over_says_how_it_ended(asked: Asked, go: Open, units: Units) -> None:
    def heading(purpose: Purpose = Purpose.OFFER_ACCEPT) -> str:
        page = go(purpose, asked.mentor.id, asked.offer())
        assert (page.status, page.buttons) == (200, [])
        assert make.STUDENT.goals not in page.text
        return page.heading

    with units.work(member(asked.other.id)) as work:
        accept_offer(work, asked.offer(asked.other))
    assert [heading(purpose) for purpose in OFFER_LINKS] == ["Mia Tan has found a mentor"] * 4


def test_a_withdrawn_offer_says_so(asked: Asked, go: Open, units: Units) -> None:
    with units.work(member(asked.student.id)) as work:
        cancel_request(work, asked.request_id)
    page = go(Purpose.OFFER_ACCEPT, asked.mentor.id, asked.offer())
    assert (page.status, page.heading) == (200, "The request of Mia Tan was changed or taken back")


def test_an_offer_declined_in_slack_says_so(asked: Asked, go: Open, units: Units) -> None:
    with units.work(member(asked.mentor.id)) as work:
        decline_offer(work, asked.offer(), DeclineReason.OTHER)
    assert go(Purpose.OFFER_ACCEPT, asked.mentor.id, asked.offer()).heading == "You declined Mia Tan"


def test_past_its_deadline_an_offer_is_over_even_before_anybody_noted_it(
    asked: Asked, units: Units, settings: Settings, links: Links
) -> None:
    url = links.url(Purpose.OFFER_ACCEPT, asked.mentor.id, asked.offer(), LATER)
    on_time = browser(settings, later(units, NOON + OFFER_TIME))
    page = visit(on_time, url)
    assert page.heading == "Mia Tan is looking for a mentor"
    over = browser(settings, later(units, NOON + OFFER_TIME + timedelta(seconds=1)))
    assert visit(over, url).heading == "The time to answer for Mia Tan has passed"
    late = over.post(url, data=page.data("Accept"))
    assert late.status_code == 409
    assert "has passed" in late.text
    assert asked.state() == "open"


def test_a_link_to_somebody_elses_offer_opens_nothing(asked: Asked, go: Open) -> None:
    for stranger in (asked.other, asked.student):
        page = go(Purpose.OFFER_ACCEPT, stranger.id, asked.offer())
        assert (page.status, page.heading) == (404, "This is not here any more")


def test_what_people_wrote_stays_text(units: Units, go: Open) -> None:
    nasty = "<script>alert(1)</script> \"'></textarea> {{ 7*7 }} &amp; مرحبا"
    student, mentor = make.student(units, f"Eve {nasty}", goals=nasty, headline=nasty), make.mentor(units)
    make.wave(units, make.request(units, student), mentor)
    with units.read(member(mentor.id)) as reading:
        offer_id = reading.session.scalars(select(Offer.id)).one()
    page = go(Purpose.OFFER_ACCEPT, mentor.id, offer_id)
    assert "<script" not in page.response.text
    assert page.heading == f"Eve {nasty} is looking for a mentor"
    again = page.press("Decline this student", {"Note": nasty})
    assert again.control("Note").value.strip() == nasty
    assert "<script" not in again.response.text
