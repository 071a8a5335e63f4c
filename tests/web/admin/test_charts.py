"""What stands over a chart is a sentence, however small its numbers are."""

from collections import Counter
from datetime import date

from core.rules.offers import DeclineReason, OfferState
from core.services.ratings import Month, Rated
from core.services.trends import Funnel, Span, Trends, Week
from web.admin.care import rated
from web.admin.course import course
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
