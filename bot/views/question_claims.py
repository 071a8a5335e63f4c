"""A quick question in the channel, and a mentor's turn at it: always as things stand."""

from datetime import datetime
from uuid import UUID

from bot.blocks import (
    Json,
    Message,
    actions,
    button,
    confirm,
    context,
    escape,
    mention,
    message,
    on_day,
    on_moment,
    quote,
    quoted,
    section,
    titled,
)
from bot.ids import Action
from core.claim_words import open_again, over
from core.rules.questions import ClaimEnding, QuestionState, QuestionStep
from core.services.people import Person
from core.services.question_claims import ClaimView
from core.services.questions import QuestionView
from core.words import day, listed, moment

TOGETHER = "This conversation is for the two of you: a few lines are often enough."
CLOSED = "This question is closed. It needs no answer any more."


def question_card(view: QuestionView) -> Message:
    """In the channel, for everybody: names without a ping, and nothing that is between the two."""
    if view.state is QuestionState.CLOSED:
        return message(CLOSED, [section(CLOSED)])
    topics = f"Topics: {escape(listed(view.topics))}." if view.topics else ""
    asks = f"{escape(view.student_name)} asks: {quote(view.question)}"
    return message(
        " ".join(filter(None, (asks, topics, _standing(view, marked=False)))),
        [
            *titled(f"{view.student_name} asks", view.question),
            *([quoted(view.details)] if view.details.strip() else []),
            *([context(topics)] if topics else []),
            *_below(view),
        ],
    )


def _below(view: QuestionView) -> list[Json]:
    told = context(_standing(view, marked=True))
    match view.state:
        case QuestionState.CLAIMED:
            return [told]
        case QuestionState.ANSWERED:
            return [told, *(titled("Summary of the answer", view.summary) if view.may_be_read else [])]
        case _:
            return [actions(claim_button(view))]


def _standing(view: QuestionView, *, marked: bool) -> str:
    """Who has it since when, or who answered it. Without markup where only text is read."""
    who = f" by {escape(view.claimer_name)}" if view.claimer_name else ""
    if view.state is QuestionState.CLAIMED and view.claimed_at:
        since = on_moment if marked else _plain_moment
        return f"Claimed{who} {since(view.claimed_at, view.student_tz)}."
    if view.state is QuestionState.ANSWERED and view.answered_at:
        since = on_day if marked else _plain_day
        return f"Answered{who} {since(view.answered_at, view.student_tz)}."
    return "Mentors can claim it."


def _plain_moment(when: datetime, tz: str) -> str:
    return f"on {moment(when, tz)}"


def _plain_day(when: datetime, tz: str) -> str:
    return f"on {day(when, tz)}"


def claim_button(view: QuestionView) -> Json:
    """First wins."""
    return button("Claim", Action.QUESTION_CLAIM, view.question_id, style="primary")


def claim_buttons(view: QuestionView) -> list[Json]:
    """What a mentor can do with a question of theirs; more time only once they were reminded."""
    sure = confirm(
        "Release this question?",
        f"It is then open to all mentors again. {escape(view.student_name)} is told, but not why.",
        "Release",
        "Keep it",
    )
    reminded = view.next_step is QuestionStep.REOPEN
    return [
        button("Mark answered", Action.QUESTION_MARK_ANSWERED, view.question_id, style="primary"),
        button("Release", Action.QUESTION_RELEASE, view.question_id, confirm=sure),
        *([button("I need more time", Action.QUESTION_MORE_TIME, view.question_id)] if reminded else []),
    ]


def claimed_message(view: ClaimView, reader_id: UUID | None = None) -> Message:
    """To both in their conversation: whose question it is, and who took it on.

    To one of them alone, where no conversation reaches both, with how to write to the other.
    """
    student, mentor, question = view.student, view.mentor, view.question
    if view.ending not in (None, ClaimEnding.ANSWERED):
        text = "This question is not between the two of you any more. Nothing is left to do here."
        return message(text, [section(text)])
    did = "answered" if view.ending else "took on"
    other = mentor if reader_id == student.id else student
    plain = _how(other, escape(other.name)) if reader_id else ""
    return message(
        f"{escape(mentor.name)} {did} {escape(student.name)}'s question: {quote(question.question)} {plain}".strip(),
        [
            section(f"{_mention(mentor)} {did} a question of {_mention(student)}."),
            *titled("The question", question.question),
            *([quoted(question.details)] if question.details.strip() else []),
            section(_how(other, _mention(other))) if reader_id else context(TOGETHER),
        ],
    )


def _how(other: Person, name: str) -> str:
    """How to reach the other, shown as `name`: there is no conversation in which the two would meet."""
    if other.in_slack:
        return f"Please write to {name}: a few lines are often enough."
    if other.email:
        return f"{name} is not in Slack. Please write to {escape(other.email)}."
    return f"{name} is not in Slack, and writes to you first."


def _mention(person: Person) -> str:
    return mention(person.slack_user_id, person.name)


def yours_message(view: ClaimView) -> Message:
    """To the mentor: the question that is theirs, and what they can do with it."""
    student, tz = escape(view.student.name), view.mentor.tz
    if view.ending:
        return _over(view, view.ending)
    first = f"{student}'s question is yours now."
    then = f"Once it is answered, mark it here. If you find no time for it, release it: {student} is not told why."
    return message(
        f"{first} {quote(view.question.question)} {then}",
        [
            section(f"*{first}* {then}"),
            *titled("The question", view.question.question),
            context(_what_if_nothing(view, tz)),
            actions(*claim_buttons(view.question)),
        ],
    )


def _what_if_nothing(view: ClaimView, tz: str) -> str:
    """What happens, and when, as long as the mentor says nothing."""
    if view.reminded_at:
        return f"If we hear nothing from you, it is open to all mentors again {on_moment(view.open_again_at, tz)}."
    return f"If it is still open, we remind you {on_moment(view.remind_at, tz)}."


def reminder_message(view: ClaimView) -> Message:
    """To the mentor, whose question still waits: what happens if they say nothing, and three ways to say something."""
    student, tz = escape(view.student.name), view.mentor.tz
    if view.ending:
        text = over(student, view.ending)
        return message(text, [section(text)])
    if view.reminded_at is None:
        text = f"You have more time for {student}'s question."
        return message(text, [section(f"{text} {_what_if_nothing(view, tz)}"), actions(*claim_buttons(view.question))])
    first = f"Is {student}'s question answered?"
    then = "If we hear nothing from you, it is open to all mentors again"
    return message(
        f"{first} {quote(view.question.question)} {then} on {moment(view.open_again_at, tz)}.",
        [
            section(f"*{first}* {_what_if_nothing(view, tz)}"),
            *titled("The question", view.question.question),
            actions(*claim_buttons(view.question)),
        ],
    )


def _over(view: ClaimView, ending: ClaimEnding) -> Message:
    text = over(escape(view.student.name), ending)
    return message(text, [section(text), *titled("The question", view.question.question)])


def reopened_message(view: ClaimView) -> Message:
    """To the student: open to all again. It says the same whatever the reason was."""
    text = open_again(escape(view.mentor.name))
    return message(
        f"{text} {quote(view.question.question)}", [section(text), *titled("Your question", view.question.question)]
    )
