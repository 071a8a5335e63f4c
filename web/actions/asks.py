"""What a person is asked about their matches: one press answers a check-in, a short form a survey."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.ask_words import first_line, next_step, outcome, privacy
from core.links import Purpose
from core.rules.checkins import AskKind, AskState, CheckInAnswer
from core.rules.errors import NotFound
from core.rules.matches import LIVE
from core.services.asks import AskView, answer_check_in, ask_view, rate, sheet_view
from core.services.feedback import give_feedback
from core.services.help import ask_for_help
from core.uow import Reading, Work
from web.actions.feedback import RatingFields, rating_in
from web.actions.forms import BadForm, Form
from web.actions.help import HelpFields, help_in
from web.actions.pages import Page, Shown, Visit

ANSWER, RATE, TELL, HELP = "answer", "rate", "tell", "help"
ANY_TIME = "the letters we send have a link for it"
WANTED: Mapping[Purpose, CheckInAnswer] = {
    Purpose.CHECK_IN_WELL: CheckInAnswer.GOING_WELL,
    Purpose.CHECK_IN_BETTER: CheckInAnswer.COULD_BE_BETTER,
    Purpose.CHECK_IN_NOT_MET: CheckInAnswer.NOT_MET,
}


@dataclass(frozen=True)
class Row:
    """One ask: its buttons or form while it is open, and then how it stands."""

    ask: AskView
    question: str
    privacy: str
    outcome: str
    next_step: str
    rating: RatingFields

    @property
    def is_check_in(self) -> bool:
        """Whether it is answered with one press."""
        return self.ask.kind is AskKind.CHECK_IN

    @property
    def has_more_to_tell(self) -> bool:
        """Whether what was said asks for more."""
        return self.ask.answer == CheckInAnswer.COULD_BE_BETTER and self.ask.match_state in LIVE

    @property
    def could_write(self) -> bool:
        """Whether a first meeting is what is missing."""
        return self.ask.answer == CheckInAnswer.NOT_MET and self.ask.match_state in LIVE


@dataclass(frozen=True)
class AsksPage:
    """All that was asked in one message, with the one that the link is about first."""

    title: str
    first: Row
    others: tuple[Row, ...]
    wanted: str
    told: bool
    helped: bool
    help: HelpFields
    answers: tuple[str, ...] = tuple(CheckInAnswer)


def show(reading: Reading, visit: Visit) -> Shown:
    """How everything stands, and what can be answered."""
    first, *others = _rows(reading, visit)
    return Shown(
        "asks.html",
        AsksPage(
            title=_title(first),
            first=first,
            others=tuple(others),
            wanted=WANTED.get(visit.link.purpose, ""),
            told=TELL in visit.done,
            helped=HELP in visit.done,
            help=HelpFields(first.ask.partner_name),
        ),
    )


def _title(row: Row) -> str:
    if row.ask.is_open:
        return row.question
    return "Your answer is noted" if row.ask.state is AskState.ANSWERED else "This question has had its time"


def _rows(reading: Reading, visit: Visit) -> list[Row]:
    ask = ask_view(reading, visit.link.subject_id)
    if ask.person_id != visit.person.id:
        raise NotFound
    found = sheet_view(reading, ask.sheet_id).asks if ask.sheet_id else (ask,)
    return [_row(one) for one in sorted(found, key=lambda one: one.ask_id != ask.ask_id)]


def _row(ask: AskView) -> Row:
    name = ask.partner_name
    return Row(
        ask=ask,
        question=first_line(name, ask),
        privacy=privacy(ask, name),
        outcome="" if ask.is_open else outcome(name, ask, ANY_TIME),
        next_step=next_step(name, ask),
        rating=RatingFields(name, ask.ask_id.hex),
    )


def answer(work: Work, visit: Visit, form: Form) -> None:
    """One of the three presses. What has its answer keeps it."""
    ask = _chosen(work, visit, form, AskKind.CHECK_IN)
    said = form.choice("answer", tuple(CheckInAnswer))
    form.check()
    if ask.is_open:
        answer_check_in(work, ask.ask_id, CheckInAnswer(said))


def send_rating(work: Work, visit: Visit, form: Form) -> None:
    """`Rate`."""
    ask = _chosen(work, visit, form, AskKind.SURVEY, AskKind.CLOSING)
    rating = rating_in(form, ask.ask_id.hex)
    form.check()
    if ask.is_open:
        rate(work, ask.ask_id, rating)


def tell(work: Work, visit: Visit, form: Form) -> None:
    """More about a match of which one press said too little."""
    ask = _chosen(work, visit, form, AskKind.CHECK_IN)
    rating = rating_in(form, ask.ask_id.hex)
    form.check()
    give_feedback(work, ask.match_id, rating)


def get_help(work: Work, visit: Visit, form: Form) -> None:
    """`Get help privately`, about the match that the link is about."""
    ask = ask_view(work, visit.link.subject_id)
    if ask.person_id != visit.person.id:
        raise NotFound
    what, apart = help_in(form)
    form.check()
    ask_for_help(work, ask.match_id, what, apart)


def _chosen(work: Work, visit: Visit, form: Form, *kinds: AskKind) -> AskView:
    """The ask whose form was sent. Raises `BadForm` for one that is not on the page."""
    for row in _rows(work, visit):
        if str(row.ask.ask_id) == form.value("ask") and row.ask.kind in kinds:
            return row.ask
    raise BadForm("a form about something else")


PAGE = Page(show, {ANSWER: answer, RATE: send_rating, TELL: tell, HELP: get_help}, repeatable=frozenset({ANSWER, RATE}))
