"""What a person still wants to hear by e-mail."""

from dataclasses import dataclass

from core.services.preferences import is_muted, mute
from core.uow import Reading, Work
from web.actions.forms import Form
from web.actions.pages import Page, Shown, Visit

UNSUBSCRIBE = "unsubscribe"


@dataclass(frozen=True)
class SubscriptionPage:
    """Whether optional mails are sent, and to which address."""

    muted: bool
    email: str


def show(reading: Reading, visit: Visit) -> Shown:
    """The button, or that there is nothing left to stop."""
    return Shown("subscription.html", SubscriptionPage(is_muted(reading, visit.person.id), visit.person.email or ""))


def unsubscribe(work: Work, visit: Visit, form: Form) -> None:
    """`Unsubscribe`, pressed here or by the mail program for the person (RFC 8058)."""
    del form
    mute(work, visit.person.id)


PAGE = Page(
    show,
    {UNSUBSCRIBE: unsubscribe},
    repeatable=frozenset({UNSUBSCRIBE}),
    one_click=UNSUBSCRIBE,
    for_people_who_left=True,
)
