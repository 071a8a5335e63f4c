"""The sample people are many, different, complete, and within the product's limits."""

import re
import unicodedata
from collections import Counter
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest

from app.sample.people import SamplePerson, load
from core.rules.roles import Meet, Role
from core.taxonomy import BUILT_IN, TagKind

EVERYBODY, MENTORS, STUDENTS = load().everybody, load().mentors, load().students
PEOPLE = (*MENTORS, *STUDENTS)


def test_there_are_enough_of_each_role_in_enough_fields() -> None:
    assert len(MENTORS) >= 66
    assert len(STUDENTS) >= 156
    for group in (MENTORS, STUDENTS):
        assert len({person.field for person in group}) >= 8
    assert min(Counter(person.field for person in MENTORS).values()) >= 5


def test_two_people_run_the_programme() -> None:
    assert [person.name for person in EVERYBODY if person.role is Role.ADMIN] == ["Ada Lindqvist", "Ben Okafor"]


def test_three_mentors_have_no_slack_account() -> None:
    assert [person.role for person in PEOPLE if person.slack_id is None] == [Role.MENTOR] * 3


@pytest.mark.parametrize("attribute", ["key", "name", "email", "headline", "goals"])
def test_no_two_people_are_the_same(attribute: str) -> None:
    values = Counter(getattr(person, attribute) for person in PEOPLE)
    assert [value for value, times in values.items() if times > 1] == []


def test_nobody_shares_an_account_or_address_with_anybody() -> None:
    accounts = [person.slack_id for person in EVERYBODY if person.slack_id]
    assert len(set(accounts)) == len(accounts)
    assert all(re.fullmatch(r"U[0-9A-F]{10}", account) for account in accounts)
    assert len({person.email for person in EVERYBODY}) == len(EVERYBODY)
    assert all(re.fullmatch(r"[a-z.]{3,64}@example\.org", person.email) for person in EVERYBODY)


def test_accounts_stay_the_same_from_one_run_to_the_next() -> None:
    assert EVERYBODY[0].name == "Ada Lindqvist"
    assert EVERYBODY[0].slack_id == "U6F47F1BAF4"


@pytest.mark.parametrize("person", EVERYBODY, ids=lambda person: person.key)
def test_the_key_is_made_from_the_name_and_the_time_zone_exists(person: SamplePerson) -> None:
    assert set(person.key.split("-")) == set(_plain(person.name).split())
    assert ZoneInfo(person.tz).key == person.tz


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.key)
def test_every_profile_is_complete_and_within_limits(person: SamplePerson) -> None:
    for text, most in ((person.headline, 120), (person.goals, 1500)):
        assert 0 < len(text.strip()) <= most
    assert len(person.about) <= 1500
    assert len(person.request) <= 1500
    assert len(person.location) <= 100
    assert person.industries
    assert person.skills
    for tags in (person.industries, person.research, person.skills, person.languages):
        assert len(tags) <= 15
        assert all(0 < len(tag) <= 75 for tag in tags)
    assert person.meet
    assert set(person.meet) <= set(Meet)
    assert len(set(person.meet)) == len(person.meet)


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.key)
def test_nobody_names_one_tag_twice(person: SamplePerson) -> None:
    assert len(BUILT_IN.fold_all(TagKind.SKILL, person.skills)) == len(person.skills)
    assert len(BUILT_IN.fold_all(TagKind.INDUSTRY, person.industries)) == len(person.industries)
    assert len(BUILT_IN.fold_all(TagKind.RESEARCH, person.research)) == len(person.research)
    assert len(BUILT_IN.fold_all(TagKind.LANGUAGE, person.languages)) == len(person.languages)


def test_students_ask_and_mentors_have_places() -> None:
    assert all(student.request for student in STUDENTS)
    assert all(not mentor.request and 1 <= mentor.mentees <= 4 for mentor in MENTORS)


def test_every_student_shares_a_language_with_several_mentors() -> None:
    for student in STUDENTS:
        spoken = set(BUILT_IN.fold_all(TagKind.LANGUAGE, student.languages))
        sharing = [m for m in MENTORS if spoken & set(BUILT_IN.fold_all(TagKind.LANGUAGE, m.languages))]
        assert len(sharing) >= 3, student.key


def test_one_skill_is_spelled_in_several_ways() -> None:
    typed = {skill for person in PEOPLE for skill in person.skills}
    labels = set(BUILT_IN.fold_all(TagKind.SKILL, sorted(typed)))
    assert len(typed) - len(labels) >= 40
    assert labels & {term.label for term in BUILT_IN.terms(TagKind.SKILL)}


def test_people_live_in_many_places_mostly_european() -> None:
    continents = Counter(person.tz.partition("/")[0] for person in PEOPLE)
    assert {"Europe", "Africa", "America", "Asia", "Pacific"} <= set(continents)
    assert continents["Europe"] > len(PEOPLE) / 2
    assert len({person.tz for person in PEOPLE}) >= 40


@pytest.mark.parametrize("attribute", ["goals", "request"])
def test_texts_are_written_one_by_one(attribute: str) -> None:
    texts = {person.key: set(_plain(text).split()) for person in PEOPLE if (text := getattr(person, attribute))}
    alike = [
        (one, other)
        for (one, some), (other, others) in combinations(texts.items(), 2)
        if len(some & others) > 0.6 * len(some | others)
    ]
    assert alike == []


def test_texts_differ_in_length_and_tone() -> None:
    lengths = sorted(len(person.goals) for person in PEOPLE)
    assert lengths[len(lengths) // 10] < 100
    assert lengths[-len(lengths) // 10] > 210
    assert sum(not person.goals[0].isupper() for person in PEOPLE) >= 20


def _plain(text: str) -> str:
    letters = text.casefold().translate(str.maketrans("øıðł", "oidl"))
    bare = "".join(c for c in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(c))
    return re.sub(r"[^\w]+", " ", bare.replace("'", "").replace("’", ""))
