"""Synthetic people written straight into the tables: what the services would have written, a hundred times faster."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from uuid import UUID

import psycopg
from sqlalchemy import Engine

from app.sample.people import SamplePerson
from core.queue import Unheard
from core.rules.facts import ProfileFacts
from core.rules.profiles import checked, content_hash
from core.rules.wishes import Wish
from core.services.people import SlackIdentity, remember
from core.services.profiles import save_profile
from core.services.requests import request_mentor
from core.uow import SYSTEM, Units, member
from embeddings.facets import profile_texts
from embeddings.profiles import places
from embeddings.store import packed
from embeddings.vectors import Encoder
from tests.bench.matching.people import Asking

AT_ONCE = 2000
VECTORS_EACH = 1000  # ids set aside for the vectors of one mentor

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)  # so that nothing looks as if it had just changed

USERS = "COPY users (id, name, email, tz, state, roles) FROM STDIN (FORMAT BINARY)"
PROFILES = """COPY mentorship_profiles (id, user_id, role, headline, goals, about, industries, research, skills,
    location, meet, languages, max_mentees, content_hash, updated_at) FROM STDIN (FORMAT BINARY)"""
VECTORS = """COPY profile_vectors (id, profile_id, model, facet, position, text, vector, content_hash, updated_at)
    FROM STDIN (FORMAT BINARY)"""
TYPES = {
    USERS: ["uuid", "text", "text", "text", "text", "text[]"],
    PROFILES: ["uuid", "uuid", *["text"] * 4, *["text[]"] * 3, "text", *["text[]"] * 2, "int4", "text", "timestamptz"],
    VECTORS: ["uuid", "uuid", "text", "text", "int4", "text", "bytea", "text", "timestamptz"],
}


def facts(sample: SamplePerson, number: int) -> tuple[ProfileFacts, int]:
    """A mentor as matching reads them, and how many mentees they want. Their ids are made from the number."""
    answers, own = checked(sample.answers), UUID(int=number + 1)
    told = ProfileFacts(
        own,
        own,
        answers.headline,
        answers.goals,
        answers.about,
        answers.industries,
        answers.research,
        answers.skills,
        answers.location,
        sample.tz,
        answers.meet,
        answers.languages,
        content_hash(answers),
    )
    return told, answers.max_mentees


def add_mentors(url: str, mentors: Sequence[tuple[ProfileFacts, int]], encoder: Encoder) -> None:
    """Write mentors with their vectors."""
    rest = iter(mentors)
    with psycopg.connect(url) as connection:
        while some := list(islice(rest, AT_ONCE)):
            _copy(connection, USERS, (_user(each) for each, _ in some))
            _copy(connection, PROFILES, (_profile(*each) for each in some))
            _copy(connection, VECTORS, _vectors([each for each, _ in some], encoder))
            connection.commit()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def add_requests(engine: Engine, asking: Sequence[Asking]) -> list[UUID]:
    """Every request by a student of its own, as the services make them."""
    units = Units(engine, Unheard())
    made = []
    for number, each in enumerate(asking):
        with units.work(SYSTEM) as work:
            student = remember(work, SlackIdentity("T0BENCH", f"U{number:06}", each.student.name, tz=each.student.tz))
        with units.work(member(student.id)) as work:
            save_profile(work, student.id, each.student.answers)
            made.append(request_mentor(work, student.id, Wish(each.wish)))
    return made


def _copy(connection: psycopg.Connection, statement: str, rows: Iterator[Sequence[object]]) -> None:
    with connection.cursor().copy(statement) as copy:
        copy.set_types(TYPES[statement])
        for row in rows:
            copy.write_row(row)


def _user(told: ProfileFacts) -> Sequence[object]:
    number = told.user_id.int
    return told.user_id, f"Mentor {number}", f"mentor{number}@example.org", told.tz, "active", ["mentor"]


def _profile(told: ProfileFacts, mentees: int) -> Sequence[object]:
    texts = (told.headline, told.goals, told.about)
    tags = (list(told.industries), list(told.research), list(told.skills))
    ways = ([str(way) for way in told.meet], list(told.languages))
    what = (told.profile_id, told.user_id, "mentor", *texts, *tags, told.location, *ways, mentees)
    return (*what, told.content_hash, LONG_AGO)


def _vectors(some: Sequence[ProfileFacts], encoder: Encoder) -> Iterator[Sequence[object]]:
    texts = {told.profile_id: profile_texts(told) for told in some}
    distinct = sorted({text for each in texts.values() for facet in each.values() for text in facet})
    rows = {text: packed(row) for text, row in zip(distinct, encoder.encode(distinct), strict=True)} | {"": b""}
    for told in some:
        for number, (facet, position, text) in enumerate(places(texts[told.profile_id])):
            id_ = UUID(int=told.profile_id.int * VECTORS_EACH + number)
            where = (told.profile_id, encoder.name, facet.value, position)
            yield (id_, *where, text, rows[text], told.content_hash, LONG_AGO)
