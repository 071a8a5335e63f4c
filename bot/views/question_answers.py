"""An answered question: the mentor's form, and what the student rates, allows and thanks for."""

from bot.blocks import (
    Json,
    Message,
    actions,
    button,
    context,
    escape,
    message,
    modal,
    option,
    question,
    quote,
    radio_buttons,
    section,
    text_input,
    titled,
)
from bot.ids import Action, Callback, Field
from core.claim_words import AGREES_TOO, RATING_IS_PRIVATE, STARS, WHERE_READ
from core.rules.profiles import TEXT
from core.services.questions import QuestionView

YES, NO = "yes", "no"


def answered_modal(view: QuestionView) -> Json:
    """`Mark answered`: the summary, and whether others may read it."""
    share = radio_buttons(Field.ANSWERED_SHARED, [option("Yes", YES), option("No, keep it between us", NO)])
    return modal(
        "Mark answered",
        Callback.MARK_ANSWERED,
        [
            *titled(f"{view.student_name} asked", view.question),
            question("Summary of the answer", text_input(Field.ANSWERED_SUMMARY, "", TEXT, lines=True)),
            question("May others see this later?", share, required=False),
            context(AGREES_TOO.format(student=escape(view.student_name))),
        ],
        submit="Send",
        carries=view.question_id,
    )


def rating_modal(view: QuestionView) -> Json:
    """`Rate answer`: stars, and a word of thanks."""
    stars = [option(str(number), number, meaning) for number, meaning in STARS.items()]
    mentor = escape(view.claimer_name) or "your mentor"
    return modal(
        "Rate answer",
        Callback.RATE_ANSWER,
        [
            *titled("You asked", view.question),
            question("Rating", radio_buttons(Field.RATED_RATING, stars)),
            question("Thanks", text_input(Field.RATED_THANKS, "", TEXT, lines=True), required=False),
            context(RATING_IS_PRIVATE.format(mentor=mentor)),
        ],
        submit="Send",
        carries=view.question_id,
    )


def answered_message(view: QuestionView) -> Message:
    """To the student: the answer in short, to be rated, and where the mentor agrees, to be shared."""
    mentor = escape(view.claimer_name) or "Your mentor"
    first = f"{mentor} says that your question is answered."
    rated = f"You gave it {view.rating} of 5. Thank you." if view.rating else ""
    asks = "Was it helpful?" if not view.rating else ""
    return message(
        " ".join(filter(None, (first, quote(view.question), asks, rated, _sharing(view, mentor)))),
        [
            section(f"*{first}*"),
            *titled("You asked", view.question),
            *titled("Summary of the answer", view.summary),
            *([section(rated)] if rated else [actions(rate_button(view))]),
            section(_sharing(view, mentor)),
            *([actions(*_choices(view))] if view.mentor_consents else []),
        ],
    )


def rate_button(view: QuestionView) -> Json:
    """Opens the student's form."""
    return button("Rate answer", Action.QUESTION_RATE, view.question_id, style="primary")


def _sharing(view: QuestionView, mentor: str) -> str:
    if not view.mentor_consents:
        return "Only the two of you can read this summary."
    if view.student_consents is None:
        return f"May others see this summary later? {mentor} agrees. {WHERE_READ}"
    return "Others may see this summary." if view.student_consents else "The summary stays between the two of you."


def _choices(view: QuestionView) -> list[Json]:
    """Both at first; later the one that would change it."""
    share = button("Yes, share it", Action.QUESTION_SHARE, view.question_id)
    keep = button("Keep it between us", Action.QUESTION_KEEP, view.question_id)
    return [*([] if view.student_consents else [share]), *([] if view.student_consents is False else [keep])]


def rated_message(view: QuestionView) -> Message:
    """To the mentor: how the student found it."""
    student = escape(view.student_name)
    first = f"{student} gave your answer {view.rating} of 5."
    thanks = f" {quote(view.thanks)}" if view.thanks.strip() else ""
    return message(
        f"{first}{thanks}",
        [
            section(f"*{first}*"),
            *titled(f"{view.student_name} writes", view.thanks),
            *titled("The question", view.question),
        ],
    )
