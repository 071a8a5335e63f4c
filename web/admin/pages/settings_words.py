"""What staff read of a change of the settings before it counts: from when it does, and what keeps the old value."""

from collections.abc import Callable, Mapping

from core.services.policy_previews import UnderWay

Told = Callable[[UnderWay], str]
NEW_OFFERS, NEW_QUESTIONS = "for offers made from then on", "for questions opened from then on"
NEW_MENTORSHIPS, AT_ONCE = "for mentorships that begin from then on", "at once, for everybody"


def _keep(number: int, one: str, what: str) -> str:
    """`12 open offers keep their deadline.`"""
    return f"{_count(number, one)} {'keeps its' if number == 1 else 'keep their'} {what}."


def _began_with(number: int, one: str, what: str) -> str:
    """`54 open requests keep the number they began with.`"""
    return f"{_count(number, one)} {f'keeps the {what} it' if number == 1 else f'keep the {what} they'} began with."


def _count(number: int, one: str) -> str:
    """In figures, unlike what people read in messages: they are compared here."""
    return f"{number:,} {one}{'' if number == 1 else 's'}"


def _deadlines(found: UnderWay) -> str:
    return _keep(found.open_offers, "open offer", "deadline")


def _reminders(found: UnderWay) -> str:
    return _keep(found.to_be_reminded, "open offer", "own time for the reminder")


def _silence(found: UnderWay) -> str:
    return _began_with(found.open_offers, "open offer", "number")


def _exposure(found: UnderWay) -> str:
    more, fewer = _count(found.asked_about_more, "mentor"), f"{found.asked_about_fewer:,}"
    stay = f"{_count(found.open_offers, 'open offer')} {'stays' if found.open_offers == 1 else 'stay'}"
    return f"{more} could be asked about more students than now, {fewer} about fewer. {stay}: none is taken back."


def _waves(found: UnderWay) -> str:
    last = f"{found.in_last_wave:,} of them {'is' if found.in_last_wave == 1 else 'are'} in the last wave."
    return f"{_began_with(found.open_requests, 'open request', 'number')}{f' {last}' if found.in_last_wave else ''}"


def _questions(found: UnderWay) -> str:
    return _began_with(found.open_questions, "open question", "hours")


def _claims(found: UnderWay) -> str:
    return _began_with(found.claimed_questions, "claimed question", "hours")


def _days(found: UnderWay) -> str:
    return _began_with(found.running_matches, "mentorship", "days")


def _quiet(found: UnderWay) -> str:
    number = found.own_quiet_hours
    return f"{number:,} {'person keeps' if number == 1 else 'people keep'} the hours they chose themselves."


def _introductions(found: UnderWay) -> str:
    return _keep(found.running_matches, "mentorship", "introduction as it is")


def _letters(_: UnderWay) -> str:
    return "Letters that went out stay as they are."


def _waiting(_: UnderWay) -> str:
    return "It holds for what waits to go out, too."


DAYS = ("first_check_in", "second_check_in", "every_days", "first_survey", "second_survey")
EFFECTS: Mapping[str, tuple[str, Told]] = {
    "offer_hours": (NEW_OFFERS, _deadlines),
    "reminder_hours": (NEW_OFFERS, _reminders),
    "silent_offers": (NEW_OFFERS, _silence),
    "offers_per_place": ("from the next search on", _exposure),
    "most_waves": ("for requests made from then on", _waves),
    "refer_hours": (NEW_QUESTIONS, _questions),
    "staff_hours": (NEW_QUESTIONS, _questions),
    "silent_hours": ("for questions claimed from then on", _claims),
    **dict.fromkeys(DAYS, (NEW_MENTORSHIPS, _days)),
    "unasked_a_day": (AT_ONCE, _waiting),
    "quiet_from": (AT_ONCE, _quiet),
    "quiet_until": (AT_ONCE, _quiet),
    "contact": (AT_ONCE, _letters),
    "welcome": (NEW_MENTORSHIPS, _introductions),
    "agenda": (NEW_MENTORSHIPS, _introductions),
}
"""By field: from when a change counts, and what keeps the value of before."""
