"""What the worker's tasks call: one matcher for each process, with the model and the index in it."""

import logging
import threading
import time
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError

from core.models import Question
from core.rules.errors import NotFound
from core.rules.offers import OFFERS_PER_WAVE
from core.rules.previews import Preview, preview
from core.rules.questions import MOST_SIMILAR
from core.rules.referrals import Fit, choose
from core.rules.weights import Weights
from core.services.recent_waves import recent_waves
from core.services.similar_answers import readable_among
from core.services.weights import weights_of
from core.uow import SYSTEM, Units
from embeddings.answered import AnsweredQuestions
from embeddings.index import MentorIndex
from embeddings.profiles import ProfileEncoder
from embeddings.questions import QuestionEncoder
from embeddings.said import Memory
from embeddings.vectors import Encoder
from matching.cohorts import Matched, match_intake
from matching.pairs import Pairs, find_pairs
from matching.previews import tried
from matching.referrals import Rule, find_referrals
from matching.search import Found, Sources, find
from matching.similar import similar

log = logging.getLogger(__name__)
PAUSE: Final = 60.0  # seconds, when the database does not answer while profiles are encoded anew


class _Model:
    """A model with what belongs to it: the vectors it made, and their index."""

    def __init__(self, units: Units, encoder: Encoder) -> None:
        self._units, self.encoder = units, encoder
        self.profiles, self.index = ProfileEncoder(units, encoder), MentorIndex(encoder)
        self.sources = Sources(encoder, self.index, Memory(encoder))
        self.questions, self.answered = QuestionEncoder(units, encoder), AnsweredQuestions(encoder)

    def complete(self) -> None:
        """Encode all that is waiting, and index it."""
        while self.profiles.catch_up():
            pass
        self.look_again()
        while self.questions.catch_up():
            pass
        self.answered.refresh(self._units)

    def follow(self) -> None:
        """Take in what was written a moment ago."""
        self.profiles.catch_up()
        self.look_again()

    def look_again(self) -> None:
        """Let the index follow the database. Of who is gone nothing is remembered either."""
        self.sources.memory.forget(self.index.refresh(self._units))


class Matcher:
    """Finds mentors. Threads of a process share one; make it after a fork, not before.

    Given a model that served before, it goes on with that one until the new model has encoded everybody.
    """

    def __init__(self, units: Units, encoder: Encoder, before: Encoder | None = None) -> None:
        self._units = units
        self._serving = self._next = _Model(units, encoder)
        self._changing: threading.Thread | None = None
        if before is not None and before.name != encoder.name:
            self._serving = _Model(units, before)

    @property
    def sources(self) -> Sources:
        """What a search looks into now, besides the database."""
        return self._serving.sources

    @property
    def model(self) -> str:
        """The name of the model that serves now."""
        return self._serving.encoder.name

    def warm(self) -> None:
        """Encode what is waiting and build the index, so that the first request is as fast as the next.

        If the model that served before has more of the profiles encoded, the new one catches up in the background.
        """
        if self._serving.profiles.waiting() >= self._next.profiles.waiting():
            self._serving = self._next
        self._serving.complete()
        if self._serving is not self._next:
            self._changing = threading.Thread(target=self._change_over, name="change of model", daemon=True)
            self._changing.start()

    def find(self, request_id: UUID, limit: int = OFFERS_PER_WAVE) -> Found:
        """The mentors who fit a request best among those who may be asked. Raises `NotFound`.

        What was written a second ago counts: profiles that changed are encoded first.
        """
        serving = self._serving
        serving.follow()
        with self._units.read(SYSTEM) as reading:
            return find(reading, serving.sources, request_id, limit)

    def pairs(self, student_id: UUID, named: Sequence[UUID] = ()) -> Pairs:
        """Mentors for one student, for staff who match by hand: the best, and those named. Raises `NotFound`."""
        serving = self._serving
        serving.follow()
        with self._units.read(SYSTEM) as reading:
            return find_pairs(reading, serving.sources, student_id, named)

    def refer(self, question_id: UUID, rule: Rule = choose) -> tuple[Fit, ...]:
        """The mentors to ask directly about a question that nobody claimed, best first. Raises `NotFound`."""
        serving = self._serving
        serving.follow()
        vector = serving.questions.vector(question_id)
        if vector is None:
            raise NotFound(question_id=question_id)
        with self._units.read(SYSTEM) as reading:
            return find_referrals(reading, serving.sources, question_id, vector, rule)

    def preview_weights(self, base: int, new: Weights) -> Preview:
        """What other weights would have changed about recent waves, against a version of the weights."""
        with self._units.read(SYSTEM) as reading:
            waves, now = recent_waves(reading), weights_of(reading, base)
        found, left_out = tried(waves, self._serving.encoder)
        return preview(found, now.points, new.points, left_out)

    def match_intake(self, request_ids: Sequence[UUID]) -> Matched:
        """A whole intake at once: who would get whom. It takes a minute or two for two thousand students."""
        serving = self._serving
        serving.follow()
        return match_intake(self._units, serving.sources, request_ids)

    def encode(self, profile_id: UUID) -> None:
        """Encode and index a profile that was just saved, so that no request has to wait for it."""
        serving = self._serving
        serving.profiles.encode(profile_id)
        serving.look_again()

    def similar_questions(self, question_id: UUID) -> list[UUID]:
        """The answered questions that this one resembles and its student may read, the most alike first.

        Its vector is stored on the way. Raises `NotFound`.
        """
        serving = self._serving
        asked = serving.questions.vector(question_id)
        if asked is None:
            raise NotFound(question_id=question_id)
        serving.answered.refresh(self._units)
        known = serving.answered.known
        with self._units.read(SYSTEM) as reading:
            question = reading.session.get(Question, question_id)
            if question is None:
                raise NotFound(question_id=question_id)
            alike = [id_ for id_ in similar(asked, known.ids, known.rows) if id_ != question_id]
            return readable_among(reading, question.student_id, alike)[:MOST_SIMILAR]

    def encode_questions(self) -> None:
        """Encode posted questions that nobody has encoded with the model that serves."""
        while self._serving.questions.catch_up():
            pass

    def settle(self) -> None:
        """Wait until the new model serves, if one is on its way."""
        if self._changing is not None:
            self._changing.join()

    def _change_over(self) -> None:
        while self._serving is not self._next:
            try:
                self._next.complete()
            except SQLAlchemyError as error:
                log.warning("profiles are encoded anew, and the database does not answer: %s", type(error).__name__)
                time.sleep(PAUSE)
            else:
                log.info("%s serves instead of %s", self._next.encoder.name, self.model)
                self._serving = self._next
