"""Who is there, what is asked and when, made from a seed: sample people, with topics as unevenly spread as ever."""

from dataclasses import dataclass
from random import Random

from app.sample.people import SamplePerson, load
from core.rules.questions import MOST_TOPICS, QUESTION, NewQuestion
from tests.bench.market.habits import AMONG_TWENTY, OF, Habits, Ways

FORMS = (
    "How do I get better at {topic} when I learn it on my own?",
    "Which first project would you choose to learn {topic}?",
    "Is {topic} worth learning for somebody who starts out now?",
    "What do people get wrong about {topic} in their first year?",
    "How did you find your first job that had to do with {topic}?",
    "What would you read to understand {topic} properly?",
    "How much {topic} do I need to know before I apply?",
    "Could somebody look at how I use {topic} in my project?",
)
HOURS_OF_ASKING = (9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 22, 23)
UNEVEN = 0.8  # the second field is asked about 0.8 times as often as the first, the third 0.64 times, and so on


@dataclass(frozen=True)
class MarketMentor:
    """A sample mentor with a way of going about questions."""

    number: int
    sample: SamplePerson
    ways: Ways

    @property
    def habits(self) -> Habits:
        """What they do."""
        return OF[self.ways]


@dataclass(frozen=True)
class MarketQuestion:
    """What is asked, in whose name, and at which hour of the two weeks.

    The words are those of a student of the field. All students ask in turn, so that nobody has more than a few waiting.
    """

    number: int
    student: int
    hour: int
    field: str
    new: NewQuestion


@dataclass(frozen=True)
class Market:
    """Everybody, and everything that is asked."""

    seed: int
    days: int
    mentors: tuple[MarketMentor, ...]
    students: tuple[SamplePerson, ...]
    questions: tuple[MarketQuestion, ...]

    def chance(self, *what: object) -> Random:
        """Chances for one decision: the same in every run, whatever else is decided, and in whichever order."""
        return Random(f"{self.seed}/{'/'.join(map(str, what))}")

    def knows(self, mentor: MarketMentor, question: MarketQuestion) -> bool:
        """Whether a question is a mentor's business in truth: of their field, or on something that they name.

        The field is the file from which a sample person comes, which the service never sees.
        """
        named = {tag.casefold() for tag in (*mentor.sample.skills, *mentor.sample.industries, *mentor.sample.research)}
        return mentor.sample.field == question.field or any(topic.casefold() in named for topic in question.new.topics)


def make(seed: int, questions: int, mentors: int, days: int) -> Market:
    """So many questions to so many mentors in so many days."""
    chance = Random(seed)
    people = load()
    ways = list(AMONG_TWENTY) * -(-mentors // len(AMONG_TWENTY))
    chosen = chance.sample(people.mentors, min(mentors, len(people.mentors)))
    chance.shuffle(ways)
    fields = sorted({student.field for student in people.students})
    chance.shuffle(fields)
    return Market(
        seed=seed,
        days=days,
        mentors=tuple(MarketMentor(*each) for each in zip(range(mentors), chosen, ways, strict=False)),
        students=people.students,
        questions=tuple(_question(chance, number, people.students, fields, days) for number in range(questions)),
    )


def _question(
    chance: Random, number: int, students: tuple[SamplePerson, ...], fields: list[str], days: int
) -> MarketQuestion:
    (field,) = chance.choices(fields, [UNEVEN**place for place in range(len(fields))])
    told = chance.choice([one for one in students if one.field == field])
    tags = [*dict.fromkeys((*told.skills, *told.industries))]
    topics = chance.sample(tags, min(len(tags), chance.choice((1, 1, 2, 2, 3)), MOST_TOPICS))
    text = chance.choice(FORMS).format(topic=topics[0])[:QUESTION]
    hour = 24 * chance.randrange(days) + chance.choice(HOURS_OF_ASKING)
    return MarketQuestion(number, number % len(students), hour, field, NewQuestion(text, told.goals, tuple(topics)))
