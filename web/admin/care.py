"""How mentorships and quick questions do over time, as charts: health by week, ratings by month, claims by week."""

from collections.abc import Sequence
from datetime import date, timedelta

from markupsafe import Markup

from core.rules.health import HealthState
from core.services.health_days import HealthWeek
from core.services.question_reports import QuestionWeek
from core.services.ratings import Month, Rated
from core.words import calendar_day, count, upper_first
from web.admin.charts import BLUE, GREEN, GREY, RED, YELLOW, Chart, link, over_time
from web.admin.spans import Chosen, during
from web.admin.ways import RUNNING, rows_of

STATES = (
    (HealthState.HEALTHY, "Healthy", GREEN),
    (HealthState.WATCH, "Watch", YELLOW),
    (HealthState.AT_RISK, "At risk", RED),
    (HealthState.TOO_EARLY, "Too early", GREY),
)
UNKNOWN = "–"


def health(weeks: Sequence[HealthWeek]) -> Chart:
    """Health by week. Rows there are only behind how it is now: of the past the counts alone are kept."""
    latest = next((week.counts for week in reversed(weeks) if week.counts), {})
    at_risk, running = latest.get(HealthState.AT_RISK, 0), sum(latest.values())
    says = f"Of {count(running, 'running mentorship')}, {at_risk:,} at risk at the latest look. All cohorts together."
    series = [
        (name, [week.counts[state] if week.counts else None for week in weeks], color) for state, name, color in STATES
    ]
    chart = over_time("Health by week", says, [week.monday for week in weeks], series)
    chart.columns = ("Week of", *(name for _, name, _ in STATES))
    chart.lines = [(calendar_day(week.monday), tuple(_health(week, state) for state, _, _ in STATES)) for week in weeks]
    return chart


def _health(week: HealthWeek, state: HealthState) -> str | Markup:
    if week.counts is None:
        return UNKNOWN
    number = f"{week.counts[state]:,}"
    return link(number, rows_of("matches", f'{RUNNING} AND health__eq="{state}"')) if week.is_now else number


def rated(shown: Chosen, months: Sequence[Month]) -> Chart:
    """Ratings by month."""
    given = sum(month.mentorships.number for month in months)
    answered = sum(month.answers.number for month in months)
    told = f"{count(given, 'rating')} of mentorships and {count(answered, 'rating')} of answers in this span, by month."
    firsts = [month.first for month in months]
    chart = over_time(
        "Ratings by month, of 5",
        upper_first(told),
        firsts,
        [
            ("Mentorships", [_mean(month.mentorships) for month in months], GREEN),
            ("Answers", [_mean(month.answers) for month in months], BLUE),
        ],
        digits=1,
    )
    chart.columns = ("Month", "Mentorships rated", "Mean", "Answers rated", "Mean")
    chart.lines = [
        (
            f"{month.first:%B %Y}",
            (
                link(f"{month.mentorships.number:,}", rows_of("ratings", _in_month(shown, "said_at", month.first))),
                _said(month.mentorships),
                _answers(shown, month),
                _said(month.answers),
            ),
        )
        for month in months
    ]
    return chart


def _answers(shown: Chosen, month: Month) -> str | Markup:
    """How many answers were rated; quick questions belong to no cohort."""
    if shown.cohort:
        return UNKNOWN
    return link(f"{month.answers.number:,}", rows_of("questions", _in_month(shown, "rated_at", month.first)))


def _mean(rated: Rated) -> float | None:
    return None if rated.mean is None else round(rated.mean, 2)


def _said(rated: Rated) -> str:
    return UNKNOWN if rated.mean is None else f"{rated.mean:.1f}"


def _in_month(shown: Chosen, moment: str, first: date) -> str:
    after = (first + timedelta(days=31)).replace(day=1)
    begin, end = max(first, shown.span.first), min(after - timedelta(days=1), shown.span.last)
    return during(moment, begin, end, *shown.of_cohort())


def claims(shown: Chosen, weeks: Sequence[QuestionWeek]) -> tuple[Chart, Chart]:
    """How fast questions are claimed, by the week in which they were posted: the hours, and the share within a day."""
    asked = sum(week.asked for week in weeks)
    hours = [None if week.hours_to_claim is None else round(week.hours_to_claim, 1) for week in weeks]
    shares = [None if week.in_time is None else round(100 * week.in_time) for week in weeks]
    mondays = [week.monday for week in weeks]
    wait = over_time(
        "Question to claim by week",
        f"Hours until a mentor took a question: the median of each week, of {count(asked, 'question')}.",
        mondays,
        [("Hours", hours, GREEN)],
    )
    share = over_time(
        "Claimed within 24 hours, by week",
        "The share of each week’s questions that a mentor took within a day, in %.",
        mondays,
        [("%", shares, BLUE)],
    )
    for chart, name, values in ((wait, "Hours (median)", hours), (share, "Within 24 hours, %", shares)):
        chart.columns = ("Week of", "Questions", name)
        chart.lines = [
            (
                calendar_day(week.monday),
                (
                    link(f"{week.asked:,}", rows_of("questions", _posted(shown, week.monday))),
                    UNKNOWN if value is None else f"{value:,}",
                ),
            )
            for week, value in zip(weeks, values, strict=True)
        ]
    return wait, share


def _posted(shown: Chosen, monday: date) -> str:
    first, last = max(monday, shown.span.first), min(monday + timedelta(days=6), shown.span.last)
    return during("posted_at", first, last)
