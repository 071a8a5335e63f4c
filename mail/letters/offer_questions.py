"""A mentor's question before deciding, and the student's answer."""

from uuid import UUID

from core.links import Purpose
from core.services.offer_questions import QuestionView
from core.services.offers import OfferCard
from core.words import moment_there
from mail.letters.offers import doors, ways_out
from mail.letters.parts import Button, Buttons, Draft, Paragraph, Part, Reader, told
from mail.letters.why import IS_MENTOR
from mail.text import one_line

ASKED_ME = "You get this because you asked for a mentor, and one would like to know more."
WAITING, OVER = "waiting", "over"


def question_letter(reader: Reader, asked: QuestionView) -> Draft:
    """To the student: the question, and a page to answer it on. It never says whose question it is."""
    return Draft(
        subject="A mentor has a question for you",
        parts=(
            Paragraph("A mentor has a question for you before they decide."),
            *told("The question", asked.exchange.question),
            *(_answering(reader, asked) if asked.waits else _no_longer()),
        ),
        why=ASKED_ME,
        thread=f"question.{asked.exchange.question_id}",
        standing=WAITING if asked.waits else OVER,
    )


def _answering(reader: Reader, asked: QuestionView) -> tuple[Part, ...]:
    exchange = asked.exchange
    link = reader.link(Purpose.OFFER_QUESTION_ANSWER, exchange.question_id, exchange.answer_by)
    return (
        Paragraph(
            f"It is best answered by {moment_there(exchange.answer_by, asked.student_tz)}. A few lines are enough. "
            "We pass them on, and you learn the mentor's name if they say yes."
        ),
        Buttons((Button("Answer", link, main=True),)),
    )


def _no_longer() -> tuple[Part, ...]:
    return (Paragraph("Nobody waits for an answer any more, so nothing is left for you to do."),)


def answer_letter(reader: Reader, asked: QuestionView, card: OfferCard, profile_id: UUID) -> Draft:
    """To the mentor: what they asked, what the student says, and the offer's buttons while it is open."""
    name = one_line(card.student_name)
    open_ = card.student is not None
    by = f"Please decide by {moment_there(card.deadline, card.mentor_tz)}."
    return Draft(
        subject=f"{name} answered your question",
        parts=(
            Paragraph(f"{name} answered your question. {by if open_ else 'The offer itself is over.'}"),
            *told("You asked", asked.exchange.question),
            *told(f"{name} answered", asked.exchange.answer or ""),
            *(doors(reader, card) if open_ else ()),
        ),
        why=IS_MENTOR,
        thread=f"offer.{card.offer_id}",
        standing=card.state,
        ways_out=ways_out(reader, profile_id),
    )
