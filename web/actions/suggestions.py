"""A mentorship that good answers suggest: a request for a mentor, this one first, or no thanks."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.rules.profiles import TEXT
from core.rules.wishes import MustShare, Wish
from core.services.suggestions import decline_suggestion, suggestion_view, take_suggestion
from core.suggestion_words import answered, asked_first, how, suggests
from core.uow import Reading, Work
from web.actions.forms import NO, YES, Form
from web.actions.pages import Page, Shown, Visit

TAKE, DECLINE = "take", "decline"
LABELS: Mapping[MustShare, str] = {
    MustShare.INDUSTRY: "Must share an industry with me",
    MustShare.LANGUAGE: "Must share a language with me",
    MustShare.TIME_ZONE: "Must live within 3 hours of my time zone",
}


@dataclass(frozen=True)
class SuggestionPage:
    """What is suggested, with the form; or what became of it."""

    is_open: bool
    title: str
    told: str
    first: str = ""
    rules: tuple[tuple[str, str], ...] = tuple((rule.name.lower(), label) for rule, label in LABELS.items())
    choices: tuple[str, ...] = (NO, YES)
    most: int = TEXT


def show(reading: Reading, visit: Visit) -> Shown:
    """The form, while the suggestion waits for an answer."""
    seen = suggestion_view(reading, visit.link.subject_id)
    name = seen.mentor_name
    if not seen.is_open:
        return Shown("suggestion.html", SuggestionPage(False, "Thank you", answered(seen, name)))
    told = f"{suggests(name)} {how(name)}"
    return Shown("suggestion.html", SuggestionPage(True, f"{name} could be your mentor", told, asked_first(name)))


def take(work: Work, visit: Visit, form: Form) -> None:
    """`Send` the request."""
    shared = tuple(rule for rule in LABELS if form.agreed(rule.name.lower()))
    wish = Wish(form.text("wish", TEXT, required=True), shared, form.text("anything_else", TEXT))
    form.check()
    take_suggestion(work, visit.link.subject_id, wish)


def decline(work: Work, visit: Visit, form: Form) -> None:
    """`No thanks`."""
    del form
    decline_suggestion(work, visit.link.subject_id)


PAGE = Page(show, {TAKE: take, DECLINE: decline})
