"""A programme of any size with a year of history, written in a few statements: for looking at pages, and for timing.

The same every time. Only what lists and figures read is there: nobody's profile has vectors, no card was sent.
"""

import json
from pathlib import Path

from sqlalchemy import create_engine, text

from core.config import Settings, sqlalchemy_url
from core.models import new_id
from core.uow import SYSTEM, Units
from tests.support import factories as make

FIRST = [
    "Mia",
    "Noor",
    "Kim",
    "Lena",
    "Sofia",
    "Amir",
    "Jonas",
    "Priya",
    "Chloé",
    "Mateo",
    "Yuki",
    "Zoë",
    "Ibrahim",
    "Freya",
    "Luca",
    "Aisha",
    "Tomás",
    "Ingrid",
    "Wei",
    "Olga",
]
LAST = [
    "Tan",
    "Bakker",
    "Alder",
    "Novak",
    "Rossi",
    "Haddad",
    "Meyer",
    "Sharma",
    "Dubois",
    "García",
    "Sato",
    "Lindqvist",
    "Yılmaz",
    "Olsen",
    "Moretti",
    "Khan",
    "Silva",
    "Berg",
    "Chen",
    "Petrova",
]
WISHES = (
    "A plan for my first two years, and honest feedback.",
    "Somebody who moved from research into industry.",
    "Help with choosing between a doctorate and a job.",
)
HELP = ("A first job in drug discovery.", "Moving from a laboratory to data.", "Founding a company.")
QUESTIONS = ("How do I ask for a reference?", "Which course on statistics is worth it?", "Is a portfolio read at all?")
CAUSES = ("Nothing has been heard of a meeting in three months.", "The last rating was 2 of 5.")

STEPS = (Path(__file__).parent / "year.sql").read_text().split(";\n")


def fill(units: Units, size: int = 10_000) -> None:
    """So many people, and what became of them in the year before the units' present: a third of them were matched."""
    students = size * 85 // 100
    numbers = {
        "students": students,
        "mentors": size - students,
        "requests": size * 45 // 100,
        "matches": size * 30 // 100,
        "questions_asked": size * 15 // 100,
        "messages": size * 6,
    }
    words = {
        "first": [*FIRST],
        "last": [*LAST],
        "wishes": [*WISHES],
        "help": [*HELP],
        "questions": [*QUESTIONS],
        "causes": [*CAUSES],
        "criteria": json.dumps([part.as_json() for part in make.proposal(new_id()).criteria]),
    }
    with units.work(SYSTEM) as work:
        for step in filter(str.strip, STEPS):
            work.session.execute(text(step), {"now": work.now, **numbers, **words})


def analyze(settings: Settings) -> None:
    """Have PostgreSQL look at what was written, as it does by itself after a while. The tables' owner has to ask."""
    engine = create_engine(sqlalchemy_url(settings.database_url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()
