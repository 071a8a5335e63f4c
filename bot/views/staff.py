"""What staff read in Slack: requests that need a person, and the programme's figures."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.blocks import Message, context, escape, facts, header, link, message, section, titled
from bot.views.commands import command_list
from bot.views.reasons import not_compared, reasons
from bot.views.requests import must_share, when, when_mark
from core.figure_words import of_programme, of_questions
from core.rules.requests import RequestState
from core.rules.scores import word
from core.services.accounts import Departure
from core.services.people import Person
from core.services.question_reports import QuestionStats
from core.services.reports import AskedMentor, OpenRequest, Stats
from core.services.standing import RequestStatus
from core.words import count, listed, moment

MOST_PARTNERS, MOST_REQUESTS = 20, 10
COMMANDS: Mapping[str, str] = {
    "/mentor-admin stats": "the programme in figures",
    "/mentor-admin requests": "open requests, who was asked and why",
    "/mentor-admin at-risk": "mentorships that may be ending, why, and what to do",
    "/mentor-admin match @student @mentor": "how well the two fit, and a button to match them",
    "/mentor-admin end @student @mentor": "end their mentorship, with a reason that only staff read",
    "/mentor-admin export": "matches and other lists as files, for a spreadsheet",
    "/mentor-admin dashboard": "a link to the pages for staff",
    "/mentor-admin help": "this list",
}


def staff_request_message(status: RequestStatus, student: Person) -> Message:
    """A request that went through all its waves without a yes. Moved on, it is one line that says so."""
    name = escape(student.name)
    if status.state is not RequestState.STAFF:
        text = f"The request of {name} needs nobody on staff any more: {_moved_on(status)}."
        return message(text, [section(text)])
    needs, why = (
        "needs your help to find a mentor",
        f"After {count(status.wave, 'wave')} of offers nobody said yes.",
    )
    promise = "The student knows that you look at it by"
    blocks = [
        section(f"*{name} {needs}.*\n{why}"),
        *titled("Wants from a mentor", status.wish.wish),
        *titled("Anything else", status.wish.anything_else),
        *facts([("Must share", must_share(status.wish))]),
        context(f"{promise} {when_mark(status)}."),
    ]
    return message(f"{name} {needs}. {why} {promise} {when(status)}.", blocks)


def _moved_on(status: RequestStatus) -> str:
    match status.state:
        case RequestState.MATCHED:
            return f"{escape(status.mentor_name)} is the mentor" if status.mentor_name else "there is a mentor"
        case RequestState.CANCELLED:
            return "it was cancelled"
        case _:
            return "we are looking again"


def departure_message(left: Departure) -> Message:
    """Somebody left Slack: what became of their part, and whom staff should speak to."""
    name = escape(left.name)
    if left.is_back:
        text = f"{name} was away from Slack, and is back."
        return message(text, [section(text)])
    first = f"{name} has left Slack."
    moved = "Students offered to them go on to others at once, and a request of their own is cancelled."
    partners = [f"{'mentor' if one.i_am_student else 'mentee'} {escape(one.partner_name)}" for one in left.matches]
    if not partners:
        return message(f"{first} {moved}", [section(f"*{first}*\n{moved}")])
    speak = f"Please speak to their {listed(partners[:MOST_PARTNERS])}: nobody has told them yet."
    return message(f"{first} {speak} {moved}", [section(f"*{first}*\n{speak}\n{moved}")])


def stats_message(stats: Stats, questions: QuestionStats) -> Message:
    """The programme in figures, and its quick questions since the first."""
    figures, asked = of_programme(stats).items(), of_questions(questions).items()
    text = f"The programme today. {_line(figures)}. Quick questions. {_line(asked)}"
    return message(text, [header("The programme today"), *facts(figures), header("Quick questions"), *facts(asked)])


def _line(figures: Iterable[tuple[str, str]]) -> str:
    return " · ".join(f"{label}: {figure}" for label, figure in figures)


STATES: Mapping[RequestState, str] = {
    RequestState.SEARCHING: "we are looking for mentors",
    RequestState.OFFERED: "mentors have been asked",
    RequestState.WAITING: "on the waiting list",
    RequestState.STAFF: "needs your help",
}


def requests_message(requests: Sequence[OpenRequest], tz: str) -> Message:
    """Open requests with whom the present wave asked, their scores and the reasons, the most urgent first.

    Of more than `MOST_REQUESTS` the rest is not shown, but said to be there.
    """
    if not requests:
        text = "No request is open at the moment."
        return message(text, [section(text)])
    shown = requests[:MOST_REQUESTS]
    text = f"Open requests, the next to need something first: {listed([escape(each.student_name) for each in shown])}."
    blocks = [header("Open requests")]
    for each in shown:
        by = f", until {moment(each.next_step_at, tz)}" if each.next_step_at else ""
        blocks.append(section(f"*{escape(each.student_name)}*: {STATES[each.state]}{by}."))
        blocks += [context(_asked_line(mentor)) for mentor in each.asked]
    if len(requests) > len(shown):
        blocks.append(context("There are more: all of them are behind `/mentor-admin dashboard`."))
    return message(text, blocks)


def _asked_line(mentor: AskedMentor) -> str:
    told = reasons(mentor.criteria, "student", "mentor", points=True)
    first = f"*{escape(mentor.name)}* · {mentor.score:.0f} of 100, {word(mentor.score)} · {mentor.state}"
    return "\n".join((first, *told, *not_compared(mentor.criteria)))


def admin_help_message() -> Message:
    """Every command for staff."""
    return command_list("This is what staff can type:", COMMANDS)


def dashboard_message(url: str) -> Message:
    """The way to the pages for staff."""
    text = f"{link(url, 'Open the dashboard')}. The link is yours alone: it works once, for ten minutes."
    return message(text, [section(text)])


EXPORTS: Mapping[str, str] = {
    "matches": "Matches",
    "requests": "Requests",
    "offers": "Offers",
    "mentors": "Mentors",
    "students": "Students",
    "questions": "Questions",
}
"""The lists that are offered as files, by the name of their page."""


def export_message(url_to: Callable[[str], str]) -> Message:
    """The ways to the files, matches first. `url_to` gives the link that signs in and goes on to a page."""
    text = "Everything as files for a spreadsheet. Each link signs you in, and is yours alone, for ten minutes."
    lines = [
        f"*{name}*: {link(url_to(f'{key}/export/csv'), 'CSV')} · {link(url_to(f'{key}/export/xlsx'), 'Excel')}"
        for key, name in EXPORTS.items()
    ]
    also = "For fewer rows, search and filter a list on the dashboard, and take the file from there."
    return message(text, [section(text), section("\n".join(lines)), context(also)])
