"""A question that nobody claims, by letter: to a mentor who fits, and to staff."""

from core.links import Purpose
from core.rules.questions import QuestionState
from core.services.question_referrals import ReferralView, UnclaimedView
from core.words import listed, moment_there
from mail.letters.parts import Button, Buttons, Draft, Entry, Paragraph, Reader, SmallPrint, listing, told
from mail.letters.quick_questions import thread
from mail.letters.why import IS_STAFF_WITHOUT_SLACK
from mail.text import one_line

AS_A_MENTOR = "You get this because you are a mentor of this programme, and this question is on what you know."
OPEN, OVER = "open", "over"


def referral_letter(reader: Reader, referral: ReferralView) -> Draft:
    """The question, what both name, and the page to claim it on. Once it is over, one line."""
    asked = referral.question
    name, together = one_line(asked.student_name), thread(asked.question_id)
    if not referral.is_open:
        text = f"The question from {name} has been taken care of. Nothing is left for you to do."
        return Draft(f"No answer needed for {name} any more", (Paragraph(text),), AS_A_MENTOR, together, OVER)
    why = f"You both name {listed([one_line(topic) for topic in referral.shared])}. " if referral.shared else ""
    return Draft(
        subject=f"Could you answer a question from {name}?",
        parts=(
            Paragraph(f"{name} has a quick question. {why}Nobody has claimed it yet, and we thought of you."),
            *told("Question", asked.question),
            *told("Details", asked.details),
            *listing("", [Entry("Topics", listed([one_line(topic) for topic in asked.topics]))]),
            Buttons(
                (
                    Button("Claim", reader.link(Purpose.QUESTION, asked.question_id), main=True),
                    Button("Browse open questions", reader.link(Purpose.OPEN_QUESTIONS, reader.person.id)),
                )
            ),
            SmallPrint(
                "Each of these opens a page. Nothing is decided until you confirm it there. "
                "If it does not suit you, just leave it: others can see the question too."
            ),
        ),
        why=AS_A_MENTOR,
        thread=together,
        standing=OPEN,
    )


def unclaimed_letter(reader: Reader, unclaimed: UnclaimedView) -> Draft:
    """To staff: whose question it is, since when it is open, and who was asked."""
    asked = unclaimed.question
    name, together = one_line(asked.student_name), thread(asked.question_id)
    if asked.state is not QuestionState.OPEN or unclaimed.opened_at is None:
        text = f"The question from {name} needs nobody on staff any more."
        return Draft(text.removesuffix("."), (Paragraph(text),), IS_STAFF_WITHOUT_SLACK, together, OVER)
    names = listed([one_line(each) for each in unclaimed.asked])
    who = f"Asked directly, because they fit: {names}." if names else "Nobody was asked directly."
    return Draft(
        subject=f"Nobody has claimed a question from {name}",
        parts=(
            Paragraph(f"A question from {name} is open since {moment_there(unclaimed.opened_at, reader.person.tz)}."),
            *told("Question", asked.question),
            *told("Details", asked.details),
            *listing("", [Entry("Topics", listed([one_line(topic) for topic in asked.topics]))]),
            Paragraph(f"{who} You could ask a mentor yourselves."),
        ),
        why=IS_STAFF_WITHOUT_SLACK,
        thread=together,
        standing=OPEN,
    )
