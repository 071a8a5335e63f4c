"""How the programme went in a span, as charts: by week, from request to meetings, and what mentors answered."""

from collections.abc import Sequence
from datetime import date, timedelta

from markupsafe import Markup

from core.rules.offers import OfferState
from core.services.trends import ENOUGH, Funnel, Trends, Week
from core.words import calendar_day, count, upper_first
from web.admin.charts import BLUE, GREEN, GREY, Chart, Line, bars, link, over_time
from web.admin.spans import Chosen, during
from web.admin.ways import rows_of

ANSWERS = (
    (OfferState.ACCEPTED, "Accepted"),
    (OfferState.DECLINED, "Declined"),
    (OfferState.EXPIRED, "No answer in time"),
    (OfferState.TAKEN, "Another was first"),
    (OfferState.WITHDRAWN, "Taken back"),
    (OfferState.OPEN, "Still open"),
)
ANSWERED = (OfferState.ACCEPTED, OfferState.DECLINED, OfferState.EXPIRED)


def course(shown: Chosen, past: Trends) -> tuple[Chart, ...]:
    """The charts of a span."""
    return (
        _weekly(shown, past.weeks),
        _waits(shown, past.weeks),
        _funnel(shown, past.funnel),
        _answers(shown, past),
        _declines(shown, past),
    )


def _weekly(shown: Chosen, weeks: Sequence[Week]) -> Chart:
    asked, begun = [week.requests for week in weeks], [week.matches for week in weeks]
    says = (
        f"{upper_first(count(sum(asked), 'request'))} and {count(sum(begun), 'new match', 'new matches')} in this span."
    )
    chart = over_time(
        "Requests and matches by week", says, _mondays(weeks), [("Requests", asked, BLUE), ("Matches", begun, GREEN)]
    )
    chart.columns = ("Week of", "Requests", "Matches")
    chart.lines = [
        (
            calendar_day(week.monday),
            (
                link(str(week.requests), rows_of("requests", _in_week(shown, "created_at", week))),
                link(str(week.matches), rows_of("matches", _in_week(shown, "started_at", week))),
            ),
        )
        for week in weeks
    ]
    return chart


def _waits(shown: Chosen, weeks: Sequence[Week]) -> Chart:
    waits = [None if week.hours_to_match is None else round(week.hours_to_match, 1) for week in weeks]
    says = "Hours from request to match: the median of the matches that began in each week."
    chart = over_time("Waiting time by week", says, _mondays(weeks), [("Hours", waits, GREEN)])
    chart.columns = ("Week of", "Hours (median)")
    chart.lines = [
        (calendar_day(week.monday), (_wait(shown, week, wait),)) for week, wait in zip(weeks, waits, strict=True)
    ]
    return chart


def _wait(shown: Chosen, week: Week, wait: float | None) -> str | Markup:
    if wait is None:
        return "–"
    return link(f"{wait:,.1f}", rows_of("requests", _in_week(shown, "matched_at", week)))


def _funnel(shown: Chosen, funnel: Funnel) -> Chart:
    steps = (
        ("Asked for a mentor", funnel.requests, ()),
        ("Mentors were asked", funnel.offered, ("(offers__gt=0 OR matched_at__is_not_null)",)),
        ("Matched", funnel.matched, ("matched_at__is_not_null",)),
        ("Met once", funnel.met, ("meetings__gte=1",)),
        (f"Met {ENOUGH} times", funnel.met_often, (f"meetings__gte={ENOUGH}",)),
    )
    says = f"Of {count(funnel.requests, 'request')}, {share(funnel.met, funnel.requests)} have led to a meeting so far."
    if not funnel.requests:
        says = "Nobody asked for a mentor in this span."
    chart = bars("From request to meetings", says, [name for name, _, _ in steps], [number for _, number, _ in steps])
    chart.columns = ("Step", "Requests", "Share")
    chart.lines = [
        (
            name,
            (
                link(f"{number:,}", rows_of("requests", shown.filter("created_at", *rules))),
                share(number, funnel.requests),
            ),
        )
        for name, number, rules in steps
    ]
    return chart


def _answers(shown: Chosen, past: Trends) -> Chart:
    answered = sum(past.answers[state] for state in ANSWERED)
    accepted = past.answers[OfferState.ACCEPTED]
    says = f"Of {count(answered, 'offer')} that could be answered, {share(accepted, answered)} were accepted."
    if not answered:
        says = "No offer of this span has been answered so far, or has run out of time."
    names, numbers = [name for _, name in ANSWERS], [past.answers[state] for state, _ in ANSWERS]
    chart = bars("What mentors answer", says, names, numbers, BLUE)
    chart.columns = ("Answer", "Offers")
    chart.lines = [_offers(shown, name, past.answers[state], f"state__eq={state}") for state, name in ANSWERS]
    return chart


def _declines(shown: Chosen, past: Trends) -> Chart:
    declined = sum(past.declines.values())
    says = f"{upper_first(count(declined, 'offer'))} of this span {'was' if declined == 1 else 'were'} declined."
    chart = bars("Why mentors decline", says, list(past.declines), list(past.declines.values()), GREY)
    chart.columns = ("Reason", "Offers")
    chart.lines = [
        _offers(shown, reason.value, number, f'decline_reason__eq="{reason}"')
        for reason, number in past.declines.items()
    ]
    return chart


def _offers(shown: Chosen, name: str, number: int, rule: str) -> Line:
    return name, (link(f"{number:,}", rows_of("offers", shown.filter("created_at", rule))),)


def _mondays(weeks: Sequence[Week]) -> list[date]:
    return [week.monday for week in weeks]


def _in_week(shown: Chosen, moment: str, week: Week) -> str:
    """The rule for rows of a week, as far as it lies in the span."""
    first, last = max(week.monday, shown.span.first), min(week.monday + timedelta(days=6), shown.span.last)
    return during(moment, first, last, *shown.of_cohort())


def share(part: int, whole: int) -> str:
    """`40 %`; a dash where there is no whole."""
    return f"{100 * part / whole:.0f} %" if whole else "–"
