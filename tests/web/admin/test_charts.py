"""What stands over a chart is a sentence, however small its numbers are."""

from collections import Counter
from datetime import date

from core.rules.offers import DeclineReason, OfferState
from core.services.demand import Field
from core.services.ratings import Month, Rated
from core.services.trends import Funnel, Span, Trends, Week
from web.admin.care import rated
from web.admin.course import course
from web.admin.present import recruiting
from web.admin.spans import Chosen

DAY = date(2031, 3, 3)
SHOWN = Chosen(Span(DAY, DAY, "UTC"), ())


def test_few_of_something_begin_a_sentence_with_a_capital() -> None:
    offers, reasons = Counter(dict.fromkeys(OfferState, 1)), Counter({DeclineReason.NO_TIME: 1})
    past = Trends((Week(DAY, 1, 3, 2.0),), Funnel(1, 1, 1, 1, 1), offers, reasons)
    charts = [*course(SHOWN, past), rated(SHOWN, [Month(DAY, Rated(1, 5.0), Rated())])]
    said = [chart.says for chart in charts]
    assert said[0] == "One request and three new matches in this span."
    assert "One offer of this span was declined." in said
    assert [each for each in said if each[0].islower()] == []


def test_of_nothing_no_share_is_told() -> None:
    nothing = Trends((), Funnel(0, 0, 0, 0, 0), Counter(dict.fromkeys(OfferState, 0)), Counter())
    said = [chart.says for chart in course(SHOWN, nothing)]
    assert "Nobody asked for a mentor in this span." in said
    assert "No offer of this span has been answered so far, or has run out of time." in said
    assert not [each for each in said if "\N{EN DASH}" in each]
    assert recruiting([Field("Energy", 1, 0, 1, 2)]).says.startswith("There are free places for all that is asked for")
