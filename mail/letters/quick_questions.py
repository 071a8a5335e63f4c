"""A quick question by letter: for a mentor without Slack from the claim to the thanks, and what its student reads."""

from uuid import UUID

from core.claim_words import open_again, over
from core.links import Purpose
from core.rules.questions import ClaimEnding
from core.services.people import Person
from core.services.question_claims import ClaimView
from core.services.questions import QuestionView
from core.words import moment_there
from mail.letters.parts import Button, Buttons, Draft, Entry, Paragraph, Part, Reader, listing, told, write_to
from mail.letters.why import ASKED_QUESTION, CLAIMED_QUESTION, IS_STAFF_WITHOUT_SLACK
from mail.text import one_line

RUNNING, REMINDED, TOLD, OVER = "running", "reminded", "told", "over"


def thread(question_id: UUID) -> str:
    """What all letters about a quick question have in common, whoever reads them."""
    return f"quick-question.{question_id}"


def question_button(reader: Reader, view: QuestionView, label: str, *, main: bool = False) -> Button:
    """To the page of a question, where a mentor claims it, marks it answered or releases it, and a student rates."""
    return Button(label, reader.link(Purpose.QUESTION, view.question_id, view.next_step_at), main=main)


def card_letter(view: QuestionView) -> Draft:
    """A posted question; it goes to a channel, which has no mailbox."""
    student = one_line(view.student_name)
    return Draft(
        subject=f"{student} asks a question",
        parts=_asked("The question", view),
        why=IS_STAFF_WITHOUT_SLACK,
        thread=thread(view.question_id),
        standing=view.state,
    )


def claimed_letter(reader: Reader, view: ClaimView) -> Draft:
    """To one of the two: who the other is, and how they reach each other without a conversation in Slack."""
    if reader.person.id == view.mentor.id:
        return _yours(reader, view, RUNNING)
    mentor = one_line(view.mentor.name)
    return Draft(
        subject=f"{mentor} took on your question",
        parts=(
            Paragraph(f"{mentor} took on your question. {_reach(view, view.mentor)}"),
            *_asked("You asked", view.question),
            *_address(view, view.mentor),
            *_buttons(*_write(view, view.mentor)),
        ),
        why=ASKED_QUESTION,
        thread=thread(view.question.question_id),
        standing=RUNNING if view.runs else OVER,
    )


def yours_letter(reader: Reader, view: ClaimView) -> Draft:
    """To a mentor who can be written to by letter alone, though the two have a conversation. Else the other says it."""
    return _yours(reader, view, RUNNING if view.slack_channel else TOLD)


def _yours(reader: Reader, view: ClaimView, standing: str) -> Draft:
    student = one_line(view.student.name)
    if view.ending:
        return _over(view, view.ending)
    write = _write(view, view.student)
    deeds = f"Once it is answered, please mark it. If you find no time for it, release it: {student} is not told why."
    return Draft(
        subject=f"{student}'s question is yours now",
        parts=(
            Paragraph(f"{student}'s question is yours now. {_reach(view, view.student)}"),
            *_asked(f"{student} asks", view.question),
            *_address(view, view.student),
            Paragraph(deeds),
            *_buttons(*write, question_button(reader, view.question, "Mark answered or release", main=not write)),
        ),
        why=CLAIMED_QUESTION,
        thread=thread(view.question.question_id),
        standing=standing,
    )


def reminder_letter(reader: Reader, view: ClaimView) -> Draft:
    """To the mentor: the question still waits, and what happens if they say nothing."""
    student, until = one_line(view.student.name), moment_there(view.open_again_at, reader.person.tz)
    if view.ending:
        return _over(view, view.ending)
    return Draft(
        subject=f"Is {student}'s question answered?",
        parts=(
            Paragraph(f"You took on a question of {student}. Is it answered?"),
            Paragraph(f"If we hear nothing from you by {until}, it is open to all mentors again."),
            *_asked(f"{student} asks", view.question),
            *_address(view, view.student),
            *_buttons(question_button(reader, view.question, "Answered, release or more time", main=True)),
        ),
        why=CLAIMED_QUESTION,
        thread=thread(view.question.question_id),
        standing=REMINDED if view.reminded_at else RUNNING,
    )


def reopened_letter(view: ClaimView) -> Draft:
    """To the student: open to all again, whatever the reason was."""
    return Draft(
        subject="Your question is open to all mentors again",
        parts=(Paragraph(open_again(one_line(view.mentor.name))), *_asked("You asked", view.question)),
        why=ASKED_QUESTION,
        thread=thread(view.question.question_id),
    )


def answered_letter(reader: Reader, view: QuestionView) -> Draft:
    """To the student: the answer in short, and the page on which to rate it."""
    mentor = one_line(view.claimer_name) or "Your mentor"
    rate = question_button(reader, view, "Rate answer", main=True)
    return Draft(
        subject=f"{mentor} says that your question is answered",
        parts=(
            Paragraph(f"{mentor} says that your question is answered. Was it helpful?"),
            *_asked("You asked", view),
            *told("Summary of the answer", view.summary),
            *(() if view.rating else _buttons(rate)),
        ),
        why=ASKED_QUESTION,
        thread=thread(view.question_id),
        standing=OVER if view.rating else RUNNING,
    )


def rated_letter(view: QuestionView) -> Draft:
    """To the mentor: how the student found it."""
    student = one_line(view.student_name)
    return Draft(
        subject=f"{student} gave your answer {view.rating} of 5",
        parts=(
            Paragraph(f"{student} gave your answer {view.rating} of 5."),
            *told(f"{student} writes", view.thanks),
            *_asked("The question", view),
        ),
        why="You get this because you answered this question.",
        thread=thread(view.question_id),
    )


def _over(view: ClaimView, ending: ClaimEnding) -> Draft:
    """To the mentor, whose turn has ended."""
    student = one_line(view.student.name)
    return Draft(
        subject=f"No answer needed for {student}'s question any more",
        parts=(Paragraph(over(student, ending)), *told("The question", view.question.question)),
        why=CLAIMED_QUESTION,
        thread=thread(view.question.question_id),
        standing=ending,
    )


def _reach(view: ClaimView, other: Person) -> str:
    if view.talks_in_slack:
        return "The two of you have a conversation in Slack: a few lines are often enough."
    if other.email:
        return "Please write to them: a few lines are often enough."
    return "They read messages in Slack, have your address, and write to you first."


def _asked(title: str, view: QuestionView) -> tuple[Part, ...]:
    return *told(title, view.question), *told("Details", view.details)


def _address(view: ClaimView, other: Person) -> tuple[Part, ...]:
    return listing("", (Entry("E-mail", other.email),) if other.email and not view.talks_in_slack else ())


def _write(view: ClaimView, other: Person) -> tuple[Button, ...]:
    if not other.email or view.talks_in_slack:
        return ()
    subject = "Your question" if other.id == view.student.id else "My question"
    return (write_to(one_line(other.name), other.email, subject),)


def _buttons(*buttons: Button) -> tuple[Part, ...]:
    return (Buttons(buttons),) if buttons else ()
