"""How it goes: check-ins, surveys, feedback, and help in private."""

from bot.views.asks import sheet_message
from bot.views.feedback import choosing_modal, feedback_modal, rating_modal, shared_message
from bot.views.help import help_modal, report_message, sent_modal
from core.rules.checkins import AskKind, AskState, CheckInAnswer
from core.rules.matches import MatchState
from core.services.asks import AskView, Sheet
from tests.bot.views import samples
from tests.bot.views.samples import ONE, TWO
from tests.gallery.catalogue.told import PEOPLE, REACHED
from tests.gallery.exhibits import ADA, KIM, MIA, Room, shown

WORDS = "My mentor writes to me late at night, and expects an answer."
COMMENT = "The talks help me a lot. I would like to meet a little more often."


def check_in(answer: str = "", name: str = "Kim Alder", *, student: bool = True) -> AskView:
    """A check-in, open or answered."""
    state = AskState.ANSWERED if answer else AskState.ASKED
    return samples.asked_about(state=state, name=name, answer=answer, i_am_student=student)


def alone(ask: AskView) -> Sheet:
    """A message that asks one thing."""
    return samples.sheet(ask)


FIRST = check_in()
LATER = samples.asked_about(slot="day 44", goals=REACHED)
LAPSED = samples.asked_about(state=AskState.LAPSED)
SURVEY = samples.asked_about(AskKind.SURVEY, "day 30")
RATED = samples.asked_about(AskKind.SURVEY, "day 30", AskState.ANSWERED, rating=4)
CLOSING = samples.asked_about(AskKind.CLOSING, "end", match_state=MatchState.COMPLETED)
MENTEES = tuple(check_in(name=name, student=False) for name in PEOPLE[:3])
SOME = samples.sheet(check_in(CheckInAnswer.COULD_BE_BETTER, PEOPLE[0], student=False), *MENTEES[1:])

ROOM = Room(
    "feedback",
    "How it goes",
    (
        shown(MIA, "check-in", "A check-in, a week after the introduction", sheet_message, alone(FIRST)),
        shown(MIA, "check-in-later", "A later one, with what the two agreed on", sheet_message, alone(LATER)),
        *(
            shown(MIA, f"check-in-{name}", f"`{said}`", sheet_message, alone(check_in(said)))
            for name, said in (
                ("well", CheckInAnswer.GOING_WELL),
                ("better", CheckInAnswer.COULD_BE_BETTER),
                ("not-met", CheckInAnswer.NOT_MET),
            )
        ),
        shown(MIA, "check-in-lapsed", "Its time is over", sheet_message, alone(LAPSED)),
        shown(
            KIM, "check-ins", "A mentor is asked about several mentees at once", sheet_message, samples.sheet(*MENTEES)
        ),
        shown(KIM, "check-ins-some", "One of them answered", sheet_message, SOME),
        shown(MIA, "survey", "A survey, after a month", sheet_message, alone(SURVEY)),
        shown(MIA, "survey-form", "`Rate`", rating_modal, "Kim Alder", ONE),
        shown(MIA, "survey-rated", "Rated", sheet_message, alone(RATED)),
        shown(MIA, "survey-closing", "The last one, once a mentorship is completed", sheet_message, alone(CLOSING)),
        shown(MIA, "feedback-form", "`How is it going?`, whenever one likes", feedback_modal, "Kim Alder", ONE),
        shown(KIM, "feedback-choice", "With several mentees", choosing_modal, {ONE: PEOPLE[0], TWO: PEOPLE[1]}),
        shown(MIA, "feedback-shared", "Feedback that was shared", shared_message, samples.shared(COMMENT)),
        shown(MIA, "help-form", "`Get help privately`", help_modal, "Kim Alder", ONE),
        shown(MIA, "help-sent", "What comes next", sent_modal, samples.report(WORDS)),
        shown(ADA, "help-report", "The report, to staff alone", report_message, samples.report(WORDS)),
        shown(
            ADA,
            "help-report-together",
            "A report that asks for nothing more",
            report_message,
            samples.report(WORDS, apart=False),
        ),
    ),
    ("check-in", "check-ins", "survey", "closing-survey", "feedback-shared", "help-report"),
    phone=frozenset({"check-in", "letter-check-in"}),
)
