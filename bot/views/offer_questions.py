"""A question before deciding: the forms for both sides, and the cards on which both read the exchange."""

from uuid import UUID

from bot.blocks import (
    Json,
    Message,
    actions,
    button,
    context,
    escape,
    message,
    modal,
    moment_mark,
    question,
    quote,
    section,
    text_input,
    titled,
)
from bot.ids import Action, Callback, Field
from bot.views.offers import closed_message, offer_buttons
from core.rules.offers import OfferState
from core.rules.profiles import TEXT
from core.services.exchanges import Exchange
from core.services.offer_questions import QuestionView
from core.services.offers import OfferCard
from core.words import moment


def ask_modal(offer_id: UUID, student_name: str) -> Json:
    """The mentor's form."""
    name = escape(student_name)
    return modal(
        "Ask before you decide",
        Callback.ASK,
        [
            section(f"We pass your question on to {name} without your name, and bring you the answer."),
            question("Your question", text_input(Field.ASK_QUESTION, "", TEXT, lines=True)),
            context("Your time to decide stands still until the answer comes, for a day at most."),
        ],
        submit="Send",
        carries=offer_id,
    )


def answer_modal(exchange: Exchange) -> Json:
    """The student's form, with the question above it."""
    return modal(
        "Answer a mentor",
        Callback.ANSWER,
        [
            *titled("A mentor asks", exchange.question),
            question("Your answer", text_input(Field.ANSWER_ANSWER, "", TEXT, lines=True)),
        ],
        submit="Send",
        carries=exchange.question_id,
    )


def question_message(asked: QuestionView) -> Message:
    """To the student: what a mentor wants to know, and later what they answered. It never says whose question it is."""
    exchange = asked.exchange
    if exchange.answer is not None:
        text = f"You answered a mentor's question: {quote(exchange.question)}"
        told = titled("A mentor asked", exchange.question), titled("You answered", exchange.answer)
        passed_on = [context("The mentor has your answer.")] if asked.offer_state is OfferState.OPEN else []
        return message(text, [*(block for part in told for block in part), *passed_on])
    if not asked.waits:
        text = "A mentor had a question for you, and does not need an answer any more."
        return message(text, [section(text)])
    first = "A mentor has a question for you before they decide."
    why = "We pass your answer on. You learn their name if they say yes."
    text = f"{first} {quote(exchange.question)} Best answered by {moment(exchange.answer_by, asked.student_tz)}. {why}"
    return message(
        text,
        [
            section(f"*{first}*"),
            *titled("The question", exchange.question),
            context(f"Best answered by {moment_mark(exchange.answer_by, asked.student_tz)}. {why}"),
            actions(answer_button(exchange.question_id)),
        ],
    )


def answer_button(question_id: UUID) -> Json:
    """Opens the student's form."""
    return button("Answer", Action.OFFER_ANSWER, question_id, style="primary")


def answer_message(asked: QuestionView, card: OfferCard) -> Message:
    """To the mentor: the answer, and the offer's buttons for as long as it is open."""
    if card.student is None:
        return closed_message(card)
    first = f"{escape(card.student_name)} answered your question."
    answer, by = asked.exchange.answer or "", "Please decide by"
    return message(
        f"{first} {quote(answer)} {by} {moment(card.deadline, card.mentor_tz)}.",
        [
            section(f"*{first}*"),
            *titled("You asked", asked.exchange.question),
            *titled(f"{card.student_name} answered", answer),
            context(f"{by} {moment_mark(card.deadline, card.mentor_tz)}."),
            offer_buttons(card),
        ],
    )
