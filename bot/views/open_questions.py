"""`/ask open`: the list of open questions, from which a mentor claims."""

from bot.blocks import (
    Json,
    Message,
    actions,
    button,
    context,
    divider,
    escape,
    message,
    modal,
    moment_mark,
    option,
    quote,
    quoted,
    section,
    select,
)
from bot.ids import Action, Callback, Field
from core.services.open_questions import OpenQuestions
from core.services.questions import QuestionView
from core.words import count, listed, upper_first

TITLE = "Open questions"
EVERY = "*"
"""What the list of topics says for all of them: Slack takes no empty value."""

DETAILS = 300


def open_questions_button() -> Json:
    """Opens the list."""
    return button("Browse open questions", Action.OPEN_QUESTIONS)


def for_mentors_message() -> Message:
    """To who is no mentor: what the list is, and what they can do."""
    text = (
        "The list of open questions is for mentors, who claim and answer them. "
        "To ask one yourself, type `/ask`. To become a mentor, type `/mentor profile`."
    )
    return message(text, [section(text)])


def open_questions_modal(found: OpenQuestions, notice: str = "") -> Json:
    """One page of the list, with what has just happened above it. Nobody typed the `notice`."""
    blocks = [section(f"*{notice}*")] if notice else []
    blocks += _head(found)
    for asked in found.questions:
        blocks += _entry(asked, found)
    return modal(TITLE, Callback.OPEN_QUESTIONS, [*blocks, divider(), _foot(found)])


def _head(found: OpenQuestions) -> list[Json]:
    if not found.all:
        return [section("No question is open to you at the moment. New ones appear in the channel first.")]
    first = upper_first(f"{count(found.all, 'question')} {'waits' if found.all == 1 else 'wait'} for a mentor")
    first += ", on all topics." if found.topic else "."
    if found.fitting and found.all > 1 and not found.topic:
        first += " Those on your topics stand first."
    topics = [option(topic, topic) for topic in found.topics]
    chosen = found.topic or EVERY
    picker = select(Field.OPEN_TOPIC, [option("All topics", EVERY), *topics], chosen, placeholder="Topic")
    nothing = [] if found.questions else [section(f"No question about {escape(found.topic)} is open any more.")]
    return [section(first, beside=picker), *nothing]


def _entry(asked: QuestionView, found: OpenQuestions) -> list[Json]:
    fits = "*On your topics* · " if asked.question_id in found.fitting else ""
    since = f" · {moment_mark(asked.posted_at, 'UTC')}" if asked.posted_at else ""
    told = f"{fits}{listed([escape(topic) for topic in asked.topics])} · {escape(asked.student_name)}{since}"
    claim = button("Claim", Action.OPEN_CLAIM, f"{asked.question_id} {_place(found, found.page)}", style="primary")
    details = [context(escape(_shortened(asked.details)))] if asked.details.strip() else []
    return [divider(), quoted(asked.question) | {"accessory": claim}, *details, context(told)]


def _foot(found: OpenQuestions) -> Json:
    buttons = []
    if found.page > 1:
        buttons.append(button("Previous", Action.OPEN_PREVIOUS, _place(found, found.page - 1)))
    if found.page < found.pages:
        buttons.append(button("More questions", Action.OPEN_MORE, _place(found, found.page + 1)))
    return actions(*buttons, button("Leaderboard", Action.OPEN_LEADERBOARD))


def _place(found: OpenQuestions, page: int) -> str:
    """Where in the list somebody is: its page, and the topic."""
    return f"{page} {found.topic}".strip()


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= DETAILS else line[: DETAILS - 1].rstrip() + "…"


def claimed_notice(asked: QuestionView) -> str:
    """What a mentor reads above the list after a claim."""
    return f"You claimed {quote(asked.question, 100)} Your conversation with {escape(asked.student_name)} opens now."
