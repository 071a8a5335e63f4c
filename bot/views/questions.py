"""A quick question as its student sees it: the form, similar answers, and the card that says where it stands."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from bot.blocks import (
    Json,
    Message,
    actions,
    button,
    confirm,
    context,
    divider,
    escape,
    message,
    modal,
    moment_mark,
    question,
    quote,
    section,
    tags,
    text_input,
    titled,
)
from bot.ids import Action, Callback, Field
from bot.views.commands import command_list
from core.rules.profiles import TEXT
from core.rules.questions import MOST_TOPICS, QUESTION, WAITING, QuestionState, QuestionStep
from core.services.question_drafts import WithdrawnClaim
from core.services.questions import QuestionView
from core.services.similar_answers import SimilarAnswer
from core.words import moment

TITLE = "Ask a quick question"
LOOKING = "Looking for answers to similar questions"
COMMANDS: Mapping[str, str] = {
    "/ask": "ask mentors a quick question",
    "/ask How do I …?": "the same, with your question filled in",
    "/ask open": "open questions, for mentors to claim",
    "/ask mine": "what you asked, and where it stands",
    "/ask leaderboard": "who answered most, and well",
    "/ask help": "this list",
}


def ask_button() -> Json:
    """Opens the form."""
    return button(TITLE, Action.QUESTION_ASK)


def question_modal(form_id: UUID, channel: str, typed: str = "") -> Json:
    """The form. Its id becomes the question's, so that a form sent twice asks once."""
    return modal(
        TITLE,
        Callback.QUICK_QUESTION,
        [
            section(
                f"We post it in *#{escape(channel)}* with your name. Everybody there can read all you write here, "
                "and a mentor who knows the answer talks with you alone."
            ),
            question(
                "Question",
                text_input(
                    Field.QUESTION_QUESTION,
                    typed,
                    QUESTION,
                    placeholder="How do I explain a gap year in an interview?",
                    lines=True,
                ),
            ),
            question(
                "Details",
                text_input(Field.QUESTION_DETAILS, "", TEXT, lines=True),
                required=False,
                hint="What a mentor needs to know to answer. Leave out what is private.",
            ),
            question(
                "Topics",
                tags(Field.QUESTION_TOPICS, (), MOST_TOPICS, "Interviewing"),
                hint="Skills, industries or research: by these the right mentors find it.",
            ),
        ],
        submit="Ask",
        carries=form_id,
    )


def draft_modal(view: QuestionView, similar: Sequence[SimilarAnswer]) -> Json:
    """What becomes of the form once it is sent. It can be changed from outside by the question's id."""
    now, following = standing(view, similar, _by_mark(view))
    blocks = [section(f"*{now}*\n{following}"), *_similar(view, similar)]
    if view.next_step is QuestionStep.POST:
        blocks.append(actions(_post_button(view)))
    else:
        blocks.append(context("You can close this window: your messages from Ithaca always say where it stands."))
    return modal(TITLE, Callback.NOTICE, blocks, known_as=view.question_id)


def status_message(view: QuestionView, similar: Sequence[SimilarAnswer] = ()) -> Message:
    """To the student: where the question stands, and what comes next. It lives: each change draws it anew."""
    by = moment(view.next_step_at, view.student_tz) if view.next_step_at else ""
    shown = similar if view.state is QuestionState.DRAFT else ()
    told = [f"{quote(one.question)}: {quote(one.summary)}" for one in shown]
    text = " ".join(filter(None, (*standing(view, similar, by), f"You asked: {quote(view.question)}", *told)))
    return message(text, status_blocks(view, similar))


def status_blocks(view: QuestionView, similar: Sequence[SimilarAnswer] = ()) -> list[Json]:
    """The same for any surface, with what its student can do now."""
    now, following = standing(view, similar, _by_mark(view))
    return [
        section("\n".join(filter(None, (f"*{now}*", following)))),
        *_similar(view, similar),
        *(titled(_summed_up(view), view.summary) if view.state is QuestionState.ANSWERED else []),
        context(f"You asked: {quote(view.question)}"),
        *([actions(*own_buttons(view))] if view.state in WAITING else []),
    ]


def standing(view: QuestionView, similar: Sequence[SimilarAnswer], by: str) -> tuple[str, str]:
    """Two sentences or so, marked up: where it stands, and what comes next by `by`."""
    match view.next_step:
        case QuestionStep.CHECK:
            return f"{LOOKING}.", f"If there are none, we post yours at once, and in any case by {by}."
        case QuestionStep.POST if similar:
            return (
                "Somebody may have asked this before.",
                "If an answer helps, say so, and nothing is posted. If none does, post your question; "
                f"we do it for you by {by}.",
            )
        case QuestionStep.POST:
            return "Your question is ready.", f"Post it now; we do it for you by {by}."
        case QuestionStep.REFER:
            return (
                "Your question is posted, and open to all mentors.",
                f"If nobody has claimed it by {by}, we ask mentors who fit it directly.",
            )
        case QuestionStep.STAFF:
            return (
                "Your question is posted, and open to all mentors.",
                f"If nobody has claimed it by {by}, our staff look for somebody.",
            )
        case QuestionStep.REMIND:
            return f"{_claimer(view)} has your question.", f"If it is not answered by {by}, we remind them."
        case QuestionStep.REOPEN:
            return (
                f"{_claimer(view)} has your question.",
                f"If it is not answered by {by}, it is open to all mentors again.",
            )
        case QuestionStep.NONE:
            return _over(view, similar)


def _over(view: QuestionView, similar: Sequence[SimilarAnswer]) -> tuple[str, str]:
    if view.state is QuestionState.ANSWERED:
        return f"{_claimer(view)} answered your question.", ""
    again = "You can ask another any time with `/ask`."
    if view.similar_ids:
        who = f"what {escape(similar[0].mentor_name)} once answered" if similar else "an earlier answer"
        return f"Good that {who} helped.", f"Your question was not posted. {again}"
    return "You took this question back.", again


def _summed_up(view: QuestionView) -> str:
    """The title of a summary."""
    return f"{view.claimer_name} summed it up"


def _claimer(view: QuestionView) -> str:
    return escape(view.claimer_name)


def _by_mark(view: QuestionView) -> str:
    return moment_mark(view.next_step_at, view.student_tz) if view.next_step_at else ""


def _similar(view: QuestionView, similar: Sequence[SimilarAnswer]) -> list[Json]:
    """Each similar question with its answer and who gave it; the button while the question is a draft."""
    if view.posted_at is not None:
        return []
    blocks: list[Json] = []
    for one in similar:
        carried = f"{view.question_id} {one.question_id}"
        helped = button("This helped", Action.QUESTION_HELPED, carried) if view.state is QuestionState.DRAFT else None
        blocks += [divider(), section(f"*{quote(one.question)}*", beside=helped)]
        blocks += titled(f"{one.mentor_name} answered", one.summary)
    return [*blocks, divider()] if blocks else []


def own_buttons(view: QuestionView) -> list[Json]:
    """What its student can do with a question that waits."""
    first = [_post_button(view)] if view.next_step is QuestionStep.POST else []
    told = " The mentor who has it is told." if view.state is QuestionState.CLAIMED else ""
    sure = confirm(
        "Withdraw this question?", f"It is closed then, and no mentor answers it.{told}", "Withdraw it", "Keep it"
    )
    return [*first, button("Withdraw", Action.QUESTION_WITHDRAW, view.question_id, confirm=sure)]


def _post_button(view: QuestionView) -> Json:
    return button("Post my question", Action.QUESTION_POST, view.question_id, style="primary")


def withdrawn_message(claim: WithdrawnClaim) -> Message:
    """To a mentor who had claimed it: the student does not need an answer any more."""
    text = (
        f"{escape(claim.student_name)} took back the question that you had claimed: {quote(claim.question)} "
        "Nothing is left for you to do. Thank you for taking it on."
    )
    return message(text, [section(text)])


def help_message(*, unknown: str = "") -> Message:
    """Everything that can be typed after `/ask`; first, if one was typed that is not, a word about it."""
    first = f"`/ask {escape(unknown[:40])}` is too short for a question. " if unknown else ""
    return command_list(f"{first}This is what you can type anywhere in Slack:", COMMANDS)
