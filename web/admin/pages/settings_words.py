"""What staff read of a change of the settings before it counts: from when it does, and what keeps the old value."""

from collections.abc import Callable, Mapping

from core.services.policy_previews import UnderWay
from core.words import count, upper_first

Told = Callable[[UnderWay], str]
AT_ONCE = "At once"


def _keep(number: int, one: str, what: str) -> str:
    """`Two open offers keep their deadline.`"""
    verb = "keeps" if number == 1 else "keep"
    return f"{upper_first(count(number, one))} {verb} {what}." if number else f"There is no {one} to keep it now."


def _questions(found: UnderWay) -> str:
    return _keep(found.open_questions, "open question", "what counted when it was asked")


def _days(found: UnderWay) -> str:
    return _keep(found.running_matches, "mentorship", "the days of its beginning")


def _exposure(found: UnderWay) -> str:
    more, fewer = count(found.asked_about_more, "mentor"), count(found.asked_about_fewer, "mentor")
    now = f"{upper_first(more)} could be asked about more students than now, {fewer} about fewer."
    return f"{now} No offer is taken back: {_keep(found.open_offers, 'open offer', 'its place').lower()}"


def _waves(found: UnderWay) -> str:
    kept = _keep(found.open_requests, "open request", "what counted when it was made")
    last = upper_first(count(found.in_last_wave, "request is", "requests are"))
    return f"{kept} {last} in the last wave by that, and staff take over after it." if found.in_last_wave else kept


EFFECTS: Mapping[str, tuple[str, Told]] = {
    "offer_hours": (
        "Offers made from then on",
        lambda found: _keep(found.open_offers, "open offer", "its deadline"),
    ),
    "reminder_hours": (
        "Offers made from then on",
        lambda found: _keep(found.to_be_reminded, "open offer without a reminder", "the hour of its own"),
    ),
    "silent_offers": (
        "Offers made from then on",
        lambda found: _keep(found.open_offers, "open offer", "what counted when it was made"),
    ),
    "offers_per_place": ("The next search", _exposure),
    "most_waves": ("Requests made from then on", _waves),
    "refer_hours": ("Questions opened from then on", _questions),
    "staff_hours": ("Questions opened from then on", _questions),
    "silent_hours": (
        "Questions claimed from then on",
        lambda found: _keep(found.claimed_questions, "claimed question", "its reminder"),
    ),
    **dict.fromkeys(
        ("first_check_in", "second_check_in", "every_days", "first_survey", "second_survey"),
        ("Mentorships that begin from then on", _days),
    ),
    "unasked_a_day": (AT_ONCE, lambda _: "It holds for everybody, and for what waits to go out."),
    **dict.fromkeys(
        ("quiet_from", "quiet_until"),
        (AT_ONCE, lambda found: _keep(found.own_quiet_hours, "person with own hours", "these")),
    ),
    "contact": (AT_ONCE, lambda _: "Letters that went out stay as they are."),
    **dict.fromkeys(
        ("welcome", "agenda"),
        (
            "Mentorships that begin from then on",
            lambda found: _keep(found.running_matches, "mentorship", "the words of its introduction"),
        ),
    ),
}
"""By field: what a change counts for, and what keeps the value of before."""
