"""A quick question on its way: channel card, conversation, Home tabs, `/ask mine` and staff's figures say the same."""

from dataclasses import dataclass

import pytest

from core.services.question_reports import QuestionStats, question_stats
from core.uow import SYSTEM
from tests.support.fields import buttons
from tests.support.people import Person, mark
from tests.support.service import Service
from tests.support.story import mentors, student
from tests.support.surfaces import Message, readable

pytestmark = pytest.mark.journey
QUESTION = "How do I explain a gap year in an interview?"
OPEN, KIM, LEE = "open to all", "claimed by Kim Alder", "claimed by Lee Birch"
ANSWERED, RATED = "answered by Lee Birch", "answered by Lee Birch and rated"


@dataclass
class Places:
    """Who asks, who may answer, and every place where the question stands."""

    service: Service
    mia: Person
    kim: Person
    lee: Person

    def agree(self, state: str) -> None:
        """Each place, read as a person reads it, says this and nothing else."""
        self.mia.sandbox.wait(lambda: self.card() in state, f"the channel's card to say {state}", None, self.card)
        self.service.jobs.settle()
        assert self.conversation(self.kim) == self.turn(self.kim, state)
        assert self.conversation(self.lee) == self.turn(self.lee, state)
        assert self.home_of_student() == state
        assert self.mine() == state
        for mentor in (self.kim, self.lee):
            self.home_of_mentor(mentor, state)
        figures = self.figures()
        assert (figures.asked, figures.open_now) == (1, int(state == OPEN))
        assert figures.answered == int("answered" in state)
        assert figures.mean_rating == (5.0 if state == RATED else None)

    def turn(self, mentor: Person, state: str) -> str:
        """What the conversation with this mentor says; nothing if they never had the question."""
        if mentor.name in state:
            return "answered" if "answered" in state else "has it"
        return "over" if self.has_conversation(mentor) else ""

    def card(self) -> str:
        """What the channel's one card says."""
        channel = self.mia.channel("quick-questions")
        found = [Message(self.mia, channel, one) for one in self.mia.messages(channel)]
        if not found:
            return "no card"
        assert len(found) == 1
        blocks = found[0].blocks  # read once: it may be drawn anew meanwhile
        for mentor in (self.kim, self.lee):
            for word in ("claimed", "answered"):
                if f"{word.capitalize()} by {mentor.name}" in "\n".join(readable(blocks)):
                    assert buttons(blocks) == []
                    return f"{word} by {mentor.name}"
        assert buttons(blocks) == ["Claim"]
        return OPEN

    def conversation(self, mentor: Person) -> str:
        """What the conversation of the two says about the question."""
        if not self.has_conversation(mentor):
            return ""
        said = "\n".join(readable(self.shared(mentor)[0].blocks))
        if "took on a question of" in said:
            return "has it"
        return "answered" if "answered a question of" in said else "over"

    def has_conversation(self, mentor: Person) -> bool:
        return bool(self.shared(mentor))

    def shared(self, mentor: Person) -> list[Message]:
        """The messages in the conversation of student and mentor."""
        both = {one["id"] for one in self.mia.state()["conversations"]} & {
            one["id"] for one in mentor.state()["conversations"]
        }
        return [one for one in mentor.inbox() if one.channel in both - {self.mia.channel("quick-questions")}]

    def home_of_mentor(self, mentor: Person, state: str) -> None:
        """Their own question with its buttons, and how many are open, once the tab that they opened is drawn."""
        home, waits = mentor.open_home(), "One question waits for a mentor."
        has_it = state == f"claimed by {mentor.name}"
        mentor.sandbox.wait(
            lambda: ("Mark answered" in home.buttons(), waits in home.text_all()) == (has_it, state == OPEN),
            f"the Home tab of {mentor} to say that it is {state}",
            None,
            home.text_all,
        )

    def home_of_student(self) -> str:
        """What the student's Home tab says; a question that is answered and rated is not there any more."""
        home = self.mia.home
        if QUESTION not in home.text_all():
            return RATED
        return self.said(home.text_all(), rate="Rate answer" in home.buttons())

    def mine(self) -> str:
        """What `/ask mine` says."""
        begun = mark()
        self.mia.command("/ask", "mine")
        told = self.mia.wait_for("You have asked one quick question.", since=begun)
        return self.said(told.text_all(), rate="Rate answer" in told.buttons())

    def said(self, text: str, *, rate: bool) -> str:
        for mentor in (self.kim, self.lee):
            if f"{mentor.name} has your question." in text:
                return f"claimed by {mentor.name}"
            if f"{mentor.name} answered your question." in text:
                return f"answered by {mentor.name}" + ("" if rate else " and rated")
        assert "open to all mentors" in text
        return OPEN

    def figures(self) -> QuestionStats:
        """What staff count."""
        with self.service.units.read(SYSTEM) as reading:
            return question_stats(reading)


@pytest.fixture
def places(service: Service) -> Places:
    return Places(service, student(service), *mentors(service, "Kim Alder", "Lee Birch"))


def claim(mentor: Person) -> None:
    channel = mentor.channel("quick-questions")
    Message(mentor, channel, mentor.messages(channel)[-1]).press("Claim")


def test_all_places_agree_at_each_step(places: Places) -> None:
    mia, kim, lee = places.mia, places.kim, places.lee
    mia.command("/ask")
    form = mia.wait_modal("Ask a quick question")
    assert form.fill({"Question": QUESTION, "Topics": ["Interviewing"]}).submit() == {}
    places.agree(OPEN)

    claim(kim)
    places.agree(KIM)

    kim.open_home().press("Release")
    places.agree(OPEN)

    claim(lee)
    places.agree(LEE)

    lee.open_home().press("Mark answered")
    told = lee.wait_modal("Mark answered").fill({"Summary of the answer": "Say what you learnt there."})
    assert told.submit() == {}
    places.agree(ANSWERED)

    mia.open_home().press("Rate answer")
    rated = mia.wait_modal("Rate answer").fill({"Rating": "5", "Thanks": "That helped a lot."})
    assert rated.submit() == {}
    places.agree(RATED)
