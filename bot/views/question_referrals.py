"""A question that nobody claims: what mentors read who are asked directly, and what staff read."""

from bot.blocks import (
    Message,
    actions,
    context,
    escape,
    facts,
    message,
    moment_mark,
    on_moment,
    quote,
    section,
    titled,
)
from bot.views.open_questions import open_questions_button
from bot.views.question_claims import claim_button
from core.rules.questions import QuestionState
from core.services.question_referrals import ReferralView, UnclaimedView
from core.services.questions import QuestionView
from core.words import listed, moment

NO_DUTY = "If it does not suit you, just leave it: it is in the channel too."


def referral_message(referral: ReferralView) -> Message:
    """To a mentor who fits: the question with `Claim`, and what they have in common. Once it is over, one line."""
    asked = referral.question
    if not referral.is_open:
        text = _over(referral)
        return message(text, [section(text)])
    name = escape(asked.student_name)
    first = f"Could you answer a question from {name}?"
    why = f"You both name {listed([escape(topic) for topic in referral.shared])}. " if referral.shared else ""
    why += "Nobody has claimed it yet, and we thought of you."
    return message(
        f"{first} {quote(asked.question)} {why}",
        [
            section(f"*{first}*\n{why}"),
            *titled("Question", asked.question),
            *titled("Details", asked.details),
            *facts([("Topics", listed(asked.topics))]),
            actions(claim_button(asked), open_questions_button()),
            context(NO_DUTY),
        ],
    )


def _over(referral: ReferralView) -> str:
    asked = referral.question
    which = f"the question from {escape(asked.student_name)}: {quote(asked.question, 100)}"
    if referral.is_mine:
        return f"You {'answered' if asked.state is QuestionState.ANSWERED else 'claimed'} {which}"
    if asked.state is QuestionState.CLOSED:
        return f"No answer is needed any more to {which}"
    return f"{escape(asked.claimer_name) or 'Somebody'} claimed {which} Thank you for being there."


def unclaimed_message(unclaimed: UnclaimedView) -> Message:
    """To staff: whose question it is, since when, and who was asked. Moved on, it is one line that says so."""
    asked = unclaimed.question
    name = escape(asked.student_name)
    if asked.state is not QuestionState.OPEN or unclaimed.opened_at is None:
        text = f"The question from {name} needs nobody on staff any more: {_moved_on(asked)}."
        return message(text, [section(text)])
    since = unclaimed.opened_at
    first = f"Nobody has claimed a question from {name}."
    who = _asked_directly(unclaimed)
    step = "You could ask a mentor yourselves: any mentor can claim it from its card in the channel, or by `/ask open`."
    return message(
        f"{first} Open since {moment(since, 'UTC')} UTC. {quote(asked.question)} {who} {step}",
        [
            section(f"*{first}*\nOpen since {moment_mark(since, 'UTC')}."),
            *titled("Question", asked.question),
            *titled("Details", asked.details),
            *facts([("Topics", listed(asked.topics))]),
            section(f"{who}\n{step}"),
            *([context(_again(asked))] if asked.next_step_at else []),
        ],
    )


def _asked_directly(unclaimed: UnclaimedView) -> str:
    if unclaimed.asked:
        return f"Asked directly, because they fit: {listed([escape(name) for name in unclaimed.asked])}."
    return "We found no mentor to ask directly." if unclaimed.referred else "Nobody was asked directly yet."


def _again(asked: QuestionView) -> str:
    at = asked.next_step_at
    return f"If it stays open, we tell you again {on_moment(at, 'UTC')}." if at else ""


def _moved_on(asked: QuestionView) -> str:
    match asked.state:
        case QuestionState.CLAIMED:
            return f"{escape(asked.claimer_name)} has claimed it"
        case QuestionState.ANSWERED:
            return f"{escape(asked.claimer_name)} has answered it" if asked.claimer_name else "it is answered"
        case _:
            return "it was taken back"
