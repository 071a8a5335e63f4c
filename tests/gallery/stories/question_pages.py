"""The pages behind links in mails that are about quick questions."""

from pathlib import Path

from core.links import Purpose
from core.services.question_answers import allow_reading, mark_answered, rate_answer
from core.services.question_claims import claim_question
from core.uow import member
from tests.gallery.stories.linked import Studio, studio
from tests.support import factories as make

QUESTION = "How do I explain a gap year in an interview?"
DETAILS = "I worked on a farm in Portugal, and learned more there than in my second year."
SUMMARY = "Say what you did in one sentence, what you learned in a second, and then why you want this job."
OTHERS = (
    ("Is a master's degree worth it for somebody who wants to do research in industry?", ["Biotechnology"]),
    ("Which first project would you choose to learn SQL?", ["SQL", "Python"]),
)


def play(folder: Path, *, whole: bool) -> None:
    """Take all of them."""
    with studio(folder, whole=whole) as at:
        one_question(at)
        open_questions(at)


def one_question(at: Studio) -> None:
    """A question's whole life, on the pages of who has it and of who asked."""
    mia, kim = make.student(at.units, "Mia Tan"), make.mentor(at.units, "Kim Alder")
    question_id = make.question(at.units, mia, question=QUESTION, details=DETAILS, topics=["Interviewing"])
    mentors, students = (at.url(Purpose.QUESTION, one, question_id) for one in (kim, mia))
    at.shoot("quick-open", mentors)
    with at.units.work(member(kim.id)) as work:
        claim_question(work, question_id)
    at.shoot("quick-claimed", mentors)
    at.shoot("quick-taken", at.url(Purpose.QUESTION, make.mentor(at.units, "Noor Bakker"), question_id))
    with at.units.work(member(kim.id)) as work:
        mark_answered(work, question_id, SUMMARY, may_be_read=True)
    at.shoot("quick-answered", mentors)
    at.shoot("quick-rate", students)
    with at.units.work(member(mia.id)) as work:
        rate_answer(work, question_id, 5, "That was just what I needed.")
        allow_reading(work, question_id, allowed=True)
    at.shoot("quick-rated", mentors)


def open_questions(at: Studio) -> None:
    """The list, with one that is theirs; and for somebody to whom nothing is open."""
    noor, kim = make.student(at.units, "Noor Haddad"), make.mentor(at.units, "Kim Alder")
    page = at.url(Purpose.OPEN_QUESTIONS, kim, kim.id)
    at.shoot("open-questions-empty", page)
    mine = make.question(at.units, noor, question=QUESTION, topics=["Interviewing"])
    for question, topics in OTHERS:
        make.question(at.units, noor, question=question, topics=topics)
    with at.units.work(member(kim.id)) as work:
        claim_question(work, mine)
    at.shoot("open-questions", page)
