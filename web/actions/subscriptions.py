"""What a person still wants to hear by e-mail, and when."""

from dataclasses import dataclass
from datetime import time

from core.rules.attention import HOURS, QuietHours, hour_of
from core.services.preferences import mute, preferences_of, set_quiet_hours, unmute
from core.uow import Reading, Work
from web.actions.forms import Form
from web.actions.pages import Page, Shown, Visit

UNSUBSCRIBE, SUBSCRIBE, QUIET = "unsubscribe", "subscribe", "quiet"


@dataclass(frozen=True)
class SubscriptionPage:
    """Whether optional mails are sent, to which address, and when none comes that can wait."""

    muted: bool
    email: str
    tz: str
    quiet_from: str
    quiet_until: str
    hours: tuple[str, ...] = HOURS


def show(reading: Reading, visit: Visit) -> Shown:
    """Each setting with its button."""
    now = preferences_of(reading, visit.person.id)
    page = SubscriptionPage(
        muted=not now.optional,
        email=visit.person.email or "",
        tz=visit.person.tz.replace("_", " "),
        quiet_from=hour_of(now.quiet.start),
        quiet_until=hour_of(now.quiet.end),
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


PAGE = Page(
    show,
    {UNSUBSCRIBE: unsubscribe, SUBSCRIBE: subscribe, QUIET: keep_quiet},
    repeatable=frozenset({UNSUBSCRIBE, SUBSCRIBE, QUIET}),
    one_click=UNSUBSCRIBE,
    for_people_who_left=True,
)
