"""For comparison: the rubric in SQL over all mentors, with pgvector, as far as SQL can say it.

It says: the ramps from similarity to share, the best value for each thing asked for, the root for lists of tags, the
weights of what both sides filled in, and the hard rules on room, state and language. It leaves out: the mean of the
best three texts, tags that a text names, places and time zones, languages and ways to meet as points, and reasons.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

import psycopg

from core.rules.facts import ProfileFacts, RequestFacts
from core.rules.offers import OFFERS_PER_WAVE
from core.rules.weights import DEFAULT
from embeddings.facets import Facet, profile_texts, request_texts
from embeddings.person import CRITERION_OF
from embeddings.vectors import Matrix, Vectors

TAGGED = (Facet.RESEARCH, Facet.SKILLS)
TABLES = """
    DROP TABLE IF EXISTS bench_said, bench_texts;
    CREATE TABLE bench_texts (id int PRIMARY KEY, vector halfvec({dim}) NOT NULL);
    CREATE TABLE bench_said (mentor_id uuid NOT NULL, facet text NOT NULL, text_id int NOT NULL);
"""
INDEX = "CREATE INDEX ON bench_said (facet, text_id) INCLUDE (mentor_id); VACUUM ANALYZE bench_said, bench_texts"
BEST = """
    WITH asked AS MATERIALIZED (
        SELECT * FROM unnest(%(facets)s::text[], %(tagged)s::bool[], %(vectors)s::text[])
            WITH ORDINALITY AS asked (facet, tagged, vector, number)
    ), alike AS MATERIALIZED (
        SELECT number, facet, tagged, id AS text_id, -(t.vector <#> asked.vector::halfvec({dim})) AS likeness
        FROM asked CROSS JOIN bench_texts t
    ), shares AS MATERIALIZED (
        SELECT number, facet, tagged, text_id, CASE
            WHEN NOT tagged THEN least(1, greatest(0, CASE WHEN likeness < .35 THEN (likeness - .08) / .27 * .75
                                                           ELSE .75 + (likeness - .35) / .35 * .25 END))
            WHEN likeness > .99 THEN 1
            ELSE least(.8, greatest(0, CASE WHEN likeness < .55 THEN (likeness - .25) / .3 * .4
                                            ELSE .4 + (likeness - .55) / .45 * .4 END)) END AS share
        FROM alike
    ), best AS (
        SELECT mentor_id, facet, number, tagged, max(share) AS share
        FROM bench_said JOIN shares USING (facet, text_id) GROUP BY mentor_id, facet, number, tagged
    ), parts AS (
        SELECT mentor_id, facet, CASE WHEN bool_and(tagged) THEN sqrt(avg(share)) ELSE avg(share) END AS share
        FROM best GROUP BY mentor_id, facet
    )
    SELECT parts.mentor_id FROM parts
        JOIN unnest(%(names)s::text[], %(weights)s::float[]) AS weighed (facet, weight) USING (facet)
        JOIN mentorship_profiles p ON p.user_id = parts.mentor_id AND p.role = 'mentor'
        JOIN users u ON u.id = p.user_id
    WHERE u.state = 'active' AND p.current_mentees < p.max_mentees
        AND (p.paused_until IS NULL OR p.paused_until <= now())
        AND (p.languages = '{{}}' OR %(languages)s::text[] = '{{}}' OR p.languages && %(languages)s)
    GROUP BY parts.mentor_id ORDER BY sum(weight * share) / sum(weight) DESC, parts.mentor_id LIMIT %(limit)s
"""


def prepare(url: str, mentors: Sequence[ProfileFacts], rows: Mapping[str, Matrix]) -> None:
    """Write what mentors said as pgvector's vectors, each distinct text once."""
    said = [(mentor.user_id, facet, text) for mentor in mentors for facet, texts in profile_texts(mentor).items()
            for text in texts]  # fmt: skip
    place = {text: number for number, text in enumerate(dict.fromkeys(text for *_, text in said))}
    dim = len(next(iter(rows.values())))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(TABLES.format(dim=dim))
        with connection.cursor().copy("COPY bench_texts FROM STDIN") as copy:
            for text, number in place.items():
                copy.write_row((number, _literal(rows[text])))
        with connection.cursor().copy("COPY bench_said FROM STDIN") as copy:
            for mentor_id, facet, text in said:
                copy.write_row((mentor_id, facet.value, place[text]))
        for statement in INDEX.split(";"):
            connection.execute(statement)


def best(connection: psycopg.Connection, request: RequestFacts, vectors: Vectors) -> list[UUID]:
    """The best three by this query."""
    asked = [(facet, text) for facet, texts in request_texts(request).items() for text in texts]
    industries = set(request.student.industries)
    found = connection.execute(
        BEST.format(dim=vectors.of([""]).shape[1]),
        {
            "facets": [facet.value for facet, _ in asked],
            "tagged": [facet in TAGGED or text in industries for facet, text in asked],
            "vectors": [_literal(row) for row in vectors.of([text for _, text in asked])],
            "names": [facet.value for facet in CRITERION_OF],
            "weights": [DEFAULT.points[criterion] for criterion in CRITERION_OF.values()],
            "languages": list(request.student.languages),
            "limit": OFFERS_PER_WAVE,
        },
    )
    return [mentor_id for (mentor_id,) in found]


def _literal(row: Matrix) -> str:
    return f"[{','.join(f'{number:.5g}' for number in row.tolist())}]"
