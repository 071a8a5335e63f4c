"""A mentor request: the form, and what its student reads about it at any moment."""

from uuid import UUID

from bot.blocks import (
    Json,
    Message,
    actions,
    button,
    checkboxes,
    confirm,
    context,
    escape,
    message,
    modal,
    moment_mark,
    option,
    question,
    quote,
    section,
    text_input,
    titled,
)
from bot.ids import Action, Callback, Field
from bot.views.offer_questions import answer_button
from core.rules.profiles import TEXT
from core.rules.requests import OPEN, RequestState
from core.rules.wishes import MustShare, Wish
from core.services.standing import RequestStatus
from core.wanted_words import with_wanted
from core.words import count, listed, moment, span, upper_first

TITLE, EDIT_TITLE = "Request a mentor", "Edit your request"
MUST_SHARE = {
    MustShare.INDUSTRY: ("An industry", "At least one of those in my profile"),
    MustShare.LANGUAGE: ("A language", "At least one of those in my profile"),
    MustShare.TIME_ZONE: ("A time zone within 3 hours", "So that we are awake at the same time"),
}


def request_modal(wish: Wish | None, *, request_id: UUID | None = None) -> Json:
    """The form for a new request; with an id, for one that is edited."""
    return modal(
        EDIT_TITLE if request_id else TITLE,
        Callback.EDIT_REQUEST if request_id else Callback.REQUEST,
        [
            *request_fields(wish or Wish("")),
            *([context("Mentors already asked are told, and the search begins anew.")] if request_id else []),
        ],
        submit="Save" if request_id else "Send",
        carries=request_id or "",
    )


def request_fields(told: Wish) -> list[Json]:
    """What is asked of whoever asks for a mentor."""
    options = [option(text, rule, more) for rule, (text, more) in MUST_SHARE.items()]
    return [
        question(
            "What do you want from a mentor?",
            text_input(
                Field.REQUEST_WISH,
                told.wish,
                TEXT,
                placeholder="A plan for my first two years, and honest feedback",
                lines=True,
            ),
        ),
        question(
            "Must share",
            checkboxes(Field.REQUEST_MUST_SHARE, options, told.must_share),
            required=False,
            hint="Only what you cannot do without: each of these leaves fewer mentors to ask.",
        ),
        question(
            "Anything else",
            text_input(Field.REQUEST_ANYTHING_ELSE, told.anything_else, TEXT, lines=True),
            required=False,
        ),
    ]


def status_message(status: RequestStatus) -> Message:
    """Where a request stands, what happens next and when. It lives: each change draws it anew."""
    waits = [exchange for exchange in status.questions if exchange.answer is None]
    asks = upper_first(count(len(waits), "question", "questions")) + " of a mentor waits for your answer."
    told = [*standing(status, when(status)), *([asks] if waits else []), usual_wait(status)]
    return message(" ".join(filter(None, told)), status_blocks(status))


def status_blocks(status: RequestStatus) -> list[Json]:
    """The same for any surface. While the request is open, it can be edited and cancelled here."""
    now, following = standing(status, when_mark(status))
    told = [section(f"*{now}*\n{following}")]
    if status.state not in OPEN:
        return told
    return [*told, *_questions(status), *_asked_for(status), _buttons(status.request_id)]


def when(status: RequestStatus) -> str:
    """The moment of the next step on the student's own clock; empty once the request is closed."""
    return moment(status.next_step_at, status.tz) if status.next_step_at else ""


def when_mark(status: RequestStatus) -> str:
    """The same, shown by Slack on the reader's clock."""
    return moment_mark(status.next_step_at, status.tz) if status.next_step_at else ""


def standing(status: RequestStatus, by: str) -> tuple[str, str]:
    """Two sentences or so, marked up: where it stands, and what comes next by `by`."""
    return with_wanted(status, escape(status.wanted_name), by, _usual(status, by))


def _usual(status: RequestStatus, by: str) -> tuple[str, str]:
    match status.state:
        case RequestState.SEARCHING:
            return _searching(status, by)
        case RequestState.OFFERED:
            return _offered(status, by)
        case RequestState.WAITING:
            return (
                "No mentor who fits you is free today, so you are on the waiting list.",
                f"We look again by {by}, and go on until somebody is free. You need not do anything.",
            )
        case RequestState.STAFF:
            return (
                "The mentors we asked could not take this on. A person on our staff has your request now.",
                f"They look at it by {by}, and you hear from us here.",
            )
        case RequestState.MATCHED:
            return (
                f"{escape(status.mentor_name)} is your mentor." if status.mentor_name else "You have a mentor.",
                "We have introduced you to each other, with a first agenda to begin with.",
            )
        case RequestState.CANCELLED:
            return (
                "Your request for a mentor is cancelled, and the mentors we had asked know.",
                "You can ask again any time with `/mentor request`.",
            )


def _searching(status: RequestStatus, by: str) -> tuple[str, str]:
    if status.wave == 0:
        return "We are looking for mentors who fit you.", f"Next we ask the three who fit best, by {by}."
    return "We are looking for the next mentors who fit you.", f"They are asked by {by}."


def _offered(status: RequestStatus, by: str) -> tuple[str, str]:
    asked = upper_first(count(status.asked, "mentor who fits you has", "mentors who fit you have"))
    no = f" {upper_first(count(status.cannot, 'cannot', 'cannot'))} this time." if status.cannot else ""
    else_ = "the next ones are asked" if status.wave < status.most_waves else "a person on our staff takes over"
    return (
        f"{asked} been asked.{no}",
        f"They have until {by} to answer, and the first yes is your mentor. If none of them can, {else_}.",
    )


def _questions(status: RequestStatus) -> list[Json]:
    """What mentors want to know before they decide, and what the student answered."""
    blocks: list[Json] = []
    for exchange in status.questions:
        blocks += titled("A mentor asks", exchange.question)
        if exchange.answer is not None:
            blocks += titled("You answered", exchange.answer)
        else:
            by = moment_mark(exchange.answer_by, status.tz)
            blocks += [context(f"Best answered by {by}."), actions(answer_button(exchange.question_id))]
    return blocks


def usual_wait(status: RequestStatus) -> str:
    """The usual waiting time, where there is history enough to tell it."""
    if status.usual_wait is None:
        return ""
    least, most = span(status.usual_wait.least), span(status.usual_wait.most)
    took = f"about {least}" if least == most else f"between {least} and {most}"
    return f"For half of those who found a mentor here it took {took}."


def must_share(wish: Wish) -> str:
    """`a language and a time zone within 3 hours`, as the form says it."""
    return listed([MUST_SHARE[rule][0].lower() for rule in wish.must_share])


def _asked_for(status: RequestStatus) -> list[Json]:
    wish = status.wish
    shared = must_share(wish)
    asked = f"You asked for: {quote(wish.wish)}" + (f" · Must share {shared}" if shared else "")
    return [context(line) for line in (usual_wait(status), asked) if line]


def _buttons(request_id: UUID) -> Json:
    sure = confirm("Cancel this request?", "Mentors we have asked are told at once.", "Cancel it", "Keep looking")
    return actions(
        button("Edit request", Action.REQUEST_EDIT, request_id),
        button("Cancel request", Action.REQUEST_CANCEL, request_id, confirm=sure),
    )


def no_request_message() -> Message:
    """The status of somebody who never asked."""
    text = "You have not asked for a mentor yet. When you do, this is where you see how it goes."
    return message(text, [section(text), actions(button("Ask for a mentor", Action.MENU_REQUEST))])
