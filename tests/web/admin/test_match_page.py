"""The page of a match: why these two, and what happened, on the reader's clock."""

import pytest
from fastapi.testclient import TestClient

from core.rules.matches import MatchState
from core.rules.meetings import MeetingState
from core.rules.offers import OfferState
from core.services.match_stories import Event, Happened, MatchStory
from core.uow import Units
from tests.conftest import NOON
from tests.core.services.test_health_steps import at_risk
from tests.core.services.test_match_stories import matched
from web.admin.stories import HAPPENED, event_words


def test_why_they_fit_and_what_happened(desk: TestClient, units: Units) -> None:
    _, _, match_id = matched(units)
    page = " ".join(desk.get(f"/admin/matches/detail?pk={match_id}").text.split())
    for words in (
        "Why they fit: 80 of 100",
        "Career goals",
        "24 of 30",
        "Both: “drug discovery”",
        "Mia Tan and Kim Alder became student and mentor",
        "Noor Bakker was asked",
        "Kim Alder said yes",
        "1 Mar 2030, 14:00",
    ):
        assert words in page


def test_a_match_without_a_score_says_so(desk: TestClient, units: Units) -> None:
    page = desk.get(f"/admin/matches/detail?pk={at_risk(units)}").text
    assert "Staff made this match without a score." in page


ENDINGS = (
    [(Happened.ANSWERED, state) for state in OfferState if state is not OfferState.OPEN]
    + [(Happened.MEETING, state) for state in MeetingState if state is not MeetingState.PROPOSED]
    + [(Happened.OVER, state) for state in (MatchState.COMPLETED, MatchState.ENDED)]
)


@pytest.mark.parametrize(("what", "how"), [*((what, None) for what in HAPPENED), *ENDINGS])
def test_all_that_can_happen_has_words(what: Happened, how: OfferState | MeetingState | MatchState | None) -> None:
    story = MatchStory("Mia Tan", "Kim Alder", None, (), ())
    words = event_words(Event(NOON, what, "Noor Bakker", how), story)
    assert len(words) > 7
    assert "{" not in words


def test_nothing_that_can_happen_is_without_words() -> None:
    assert set(Happened) == {what for what, _ in ENDINGS} | set(HAPPENED)
