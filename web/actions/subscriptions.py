"""What a person still wants to hear by e-mail, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from core.links import Purpose
from core.rules.attention import HOURS, QuietHours, hour_of
from core.services.preferences import mute, preferences_of, set_quiet_hours, show_on_leaderboard, unmute
from core.uow import Reading, Work
from core.words import place_or_time
from web.actions.forms import Form
from web.actions.pages import Do, Page, Shown, Visit

UNSUBSCRIBE, SUBSCRIBE, QUIET = "unsubscribe", "subscribe", "quiet"
STAND_ASIDE, STAND_AGAIN = "stand_aside", "stand_again"


@dataclass(frozen=True)
class SubscriptionPage:
    """Whether optional mails are sent, to which address, and when none comes that can wait; and for mentors, whether
    others see them on the leaderboard.
    """

    muted: bool
    email: str
    tz: str
    quiet_from: str
    quiet_until: str
    on_leaderboard: bool | None
    privacy: str
    hours: tuple[str, ...] = HOURS


def show(reading: Reading, visit: Visit) -> Shown:
    """Each setting with its button."""
    now = preferences_of(reading, visit.person.id)
    page = SubscriptionPage(
        muted=not now.optional,
        email=visit.person.email or "",
        tz=place_or_time(visit.person.tz),
        quiet_from=hour_of(now.quiet.start),
        quiet_until=hour_of(now.quiet.end),
        on_leaderboard=now.on_leaderboard,
        privacy=visit.link_to(Purpose.PRIVACY),
    )
    return Shown("subscription.html", page)


def unsubscribe(work: Work, visit: Visit, form: Form) -> None:
    """`Unsubscribe`, pressed here or by the mail program for the person (RFC 8058)."""
    del form
    mute(work, visit.person.id)


def subscribe(work: Work, visit: Visit, form: Form) -> None:
    """`Send them again`: the way back."""
    del form
    unmute(work, visit.person.id)


def keep_quiet(work: Work, visit: Visit, form: Form) -> None:
    """`Save` the quiet hours."""
    chosen = [form.choice(name, HOURS) for name in ("quiet_from", "quiet_until")]
    form.check()
    set_quiet_hours(work, visit.person.id, QuietHours(*map(time.fromisoformat, chosen)))


def stand_aside(work: Work, visit: Visit, form: Form) -> None:
    """`Leave my name out` of the leaderboard that others see."""
    del form
    show_on_leaderboard(work, visit.person.id, shown=False)


def stand_again(work: Work, visit: Visit, form: Form) -> None:
    """`Show my name`: the way back."""
    del form
    show_on_leaderboard(work, visit.person.id, shown=True)


DEEDS: Mapping[str, Do] = {
    UNSUBSCRIBE: unsubscribe,
    SUBSCRIBE: subscribe,
    QUIET: keep_quiet,
    STAND_ASIDE: stand_aside,
    STAND_AGAIN: stand_again,
}
PAGE = Page(
    show,
    DEEDS,
    repeatable=frozenset(DEEDS),
    one_click=UNSUBSCRIBE,
    for_people_who_left=True,
)
