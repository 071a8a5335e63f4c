"""Where mentors are missing, and how busy those are whom there are."""

from datetime import timedelta

from core.models import User
from core.rules.roles import PersonState
from core.services.demand import Field, Load, demand, loads
from core.services.people import Person
from core.uow import SYSTEM, Units
from tests.conftest import NOON
from tests.support import factories as make


def fields(units: Units) -> list[Field]:
    with units.read(SYSTEM) as reading:
        return list(demand(reading))


def busy(units: Units) -> list[int]:
    with units.read(SYSTEM) as reading:
        return [loads(reading)[load] for load in Load]


def mentor(units: Units, mentees: int = 0, industries: tuple[str, ...] = ("Energy",)) -> Person:
    made = make.mentor(units, max_mentees=2, industries=industries)
    with units.work(SYSTEM) as work:
        make.profile_row(work, made).current_mentees = mentees
    return made


def test_open_requests_stand_against_free_places_the_greatest_shortage_first(units: Units) -> None:
    asked = mentor(units, industries=("Energy", "Insurance"))
    for industries in (("Insurance",), ("Law", "Insurance"), ("Law",)):
        make.request(units, make.student(units, industries=industries))
    make.wave(units, make.request(units, make.student(units, industries=("Energy",))), asked)
    make.student(units, industries=("Sports",))  # asks for nobody
    assert fields(units) == [
        Field("Law", 2, 0, 0, 0),
        Field("Insurance", 2, 0, 1, 2),
        Field("Energy", 1, 0, 1, 2),
    ]


def test_places_of_who_cannot_be_asked_are_not_free(units: Units) -> None:
    mentor(units, mentees=2)
    paused, gone = mentor(units), mentor(units)
    with units.work(SYSTEM) as work:
        make.profile_row(work, paused).paused_until = NOON + timedelta(days=3)
        work.session.get_one(User, gone.id).state = PersonState.LEFT
    assert fields(units) == []
    mentor(units, mentees=1)
    assert fields(units) == [Field("Energy", 0, 0, 1, 1)]


def test_load_is_told_of_all_mentors_who_take_part(units: Units) -> None:
    for mentees in (0, 0, 1, 2, 3):
        mentor(units, mentees)
    with units.work(SYSTEM) as work:
        work.session.get_one(User, mentor(units, 2).id).state = PersonState.LEFT
    assert busy(units) == [2, 1, 1, 1]


def test_nobody_is_there_yet(units: Units) -> None:
    assert fields(units) == []
    assert busy(units) == [0, 0, 0, 0]
