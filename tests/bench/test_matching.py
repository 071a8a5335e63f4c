"""The measurement of matching measures what it says."""

from itertools import islice
from uuid import UUID

import numpy as np

from app.sample.people import load
from core.queue import Unheard
from core.uow import Units, connect
from embeddings.facets import passages
from embeddings.vectors import unit
from tests.bench.matching import filling, people
from tests.bench.matching.clauses import clauses, taken_apart
from tests.bench.matching.encoding import Recombining
from tests.bench.matching.exhaustive import Three
from tests.bench.matching.trial import Trial
from tests.bench.scratch import database
from tests.support.encoder import HashEncoder


def test_a_sentence_taken_apart_is_the_same_again_when_joined() -> None:
    for mentor in load().mentors:
        for sentence in passages(mentor.goals):
            assert "".join(taken_apart(sentence)) == sentence.rstrip(".!?;")
    parts = clauses("Modelling, then pipelines. I can help with SQL")
    assert parts == ["Modelling", "I can help", "then pipelines", "SQL"]


def test_synthetic_mentors_are_the_same_each_time_and_each_another() -> None:
    some = list(people.mentors(200))
    assert some == list(islice(people.mentors(500), 200))
    told = [filling.facts(one, number)[0] for number, one in enumerate(some)]
    assert len({each.content_hash for each in told}) > 195
    assert all(each.headline and each.goals and each.skills for each in told)


def test_a_text_is_the_sum_of_its_clauses_and_a_tag_is_encoded_as_it_is() -> None:
    encoder = HashEncoder()
    whole, joined = Recombining(encoder, {"Research and development"}).encode(
        ["Research and development", "Research at development"]
    )
    assert np.array_equal(whole, encoder.encode(["Research and development"])[0])
    assert joined @ unit(encoder.encode(["Research", "development"]).sum(axis=0)) > 0.999
    assert Recombining(encoder, ()).encode([]).shape == (0, encoder.dim)


def test_all_ways_answer_and_ithaca_finds_what_scoring_everybody_finds() -> None:
    with database({}) as settings:
        engine = connect(settings.service_database_url, pool_size=4)
        requests = filling.add_requests(engine, people.requests(4))
        trial = Trial(settings.database_url, Units(engine, Unheard()), HashEncoder(), requests)
        mentors = [filling.facts(one, number) for number, one in enumerate(people.mentors(60))]
        trial.grow(mentors[:20])
        trial.grow(mentors[20:])
        everybody = trial._everybody
        best = [everybody.best(request, range(60)) for request in trial._requests]
        ours = trial.judge(trial.by_ithaca(), best)
        others = [trial.judge(answers, best) for answers in (trial.by_numpy(), trial.by_sql())]
        shared, exact, cells = trial.in_cells()
        engine.dispose()
    assert (ours.equal, ours.count, ours.lost) == (4, 4, 0)
    assert all(each.count == 4 and each.lost >= 0 for each in others)
    assert shared == 1
    assert len(exact.found) == len(cells.found) == 4


def test_threes_are_equal_if_they_are_as_good() -> None:
    one, other = frozenset({UUID(int=1)}), frozenset({UUID(int=2)})
    assert Three(one, 210.0).equals(Three(other, 210.04))
    assert Three(one, 210.0).equals(Three(one, 0.0))
    assert not Three(one, 210.0).equals(Three(other, 210.06))
