"""What the people of the gallery have told: Mia Tan, who studies, and Kim Alder, who mentors her."""

from dataclasses import replace
from uuid import UUID

from core.rules.offers import OfferState
from core.rules.roles import Role
from core.rules.scores import Criterion, CriterionScore
from core.services.matches import MatchView
from core.services.offers import OfferCard
from tests.bot.views import samples
from tests.bot.views.samples import TWO

GOALS = "I want to work on data in drug discovery, in a company where biologists and engineers sit at one table."
WISH = replace(samples.WISH, wish="A plan for my first two years, and honest feedback on it.")
STUDENT = replace(
    samples.STUDENT, goals=GOALS, about="I row, and I run a small data club at the faculty.", research=("Genomics",)
)
MENTOR = replace(
    samples.MENTOR,
    role=Role.MENTOR,
    goals="First jobs in pharma, reading a study's data before anybody models it, and saying no to a bad project.",
    about="Twelve years in three companies. I answer best in the morning, New York time.",
    location="New York",
)
CRITERIA = (
    CriterionScore(Criterion.GOALS, 30, 0.85, 25.5, "I want to work on data in drug discovery", "First jobs in pharma"),
    CriterionScore(Criterion.EXPERTISE, 25, 1.0, 25, "Biotechnology", "Biotechnology"),
    CriterionScore(Criterion.RESEARCH, 20, 0.6, 12, "Genomics", "Genomics"),
    CriterionScore(Criterion.SKILLS, 15, 0.6, 9, "Python, Machine learning", "Python"),
    CriterionScore(Criterion.LOCATION, 5, 0.5, 2.5, "Rotterdam", "America/New_York"),
    CriterionScore(Criterion.COMMUNICATION, 5, 1.0, 5, "Video", "Video"),
)
QUESTION, ANSWER = "Have you worked in a laboratory?", "Yes, for a year, with sequences from our own machine."
REACHED = "A first job in drug discovery, and a portfolio that shows how I think."
PAGE = "https://ithaca.example.org/a/link"
"""Where links lead."""
PEOPLE = ("Noor Haddad", "Dov Katz", "Ann Osei", "Bo Winter", "Lieke Janssens", "Milan Stojković")


def offer(state: OfferState = OfferState.OPEN, name: str = "Mia Tan", number: int = 1) -> OfferCard:
    """An offer to Kim; a closed one tells nothing of the student but a name."""
    student = samples.card(STUDENT, name) if state is OfferState.OPEN else None
    made = replace(samples.offer(state, text=WISH.wish), offer_id=UUID(int=number), criteria=CRITERIA, score=79)
    return replace(made, student_name=name, student=student, anything_else="Evenings suit me best.")


def pair() -> MatchView:
    """Mia and Kim."""
    kim = replace(samples.card(MENTOR, "Kim Alder", "U0KIM"), person_id=TWO, tz="America/New_York")
    return samples.match(samples.card(STUDENT), kim, CRITERIA, wish=WISH.wish)
