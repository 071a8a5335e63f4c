"""People in the sandbox who use the app all the time: they ask, press what they find, and fill in what opens."""

import random
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from tests.support.fields import buttons
from tests.support.people import Person
from tests.support.sandbox_client import Json, SandboxClient
from tests.support.surfaces import Message

PATIENCE = 8.0
NEWEST = 12
WISH = {"What do you want from a mentor?": "A plan for my first two years, and honest feedback."}
FORMS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "Decline": ("Decline this student", {"Reason": "No time now"}),
    "Mark answered": (
        "Mark answered",
        {"Summary of the answer": "Read the notice period first.", "May others see this later?": "Yes"},
    ),
    "Log a meeting": ("Log a meeting", {"Minutes": "45"}),
}
"""What opens when a button is pressed, and what people answer."""
PRESSED = ("Accept", "Decline", "Claim", "Release", "Mark answered", "Log a meeting", "Confirm", "Cancel request")
WEIGHTS = {"Accept": 6, "Claim": 6, "Cancel request": 0.3, "Release": 1}


class Crowd:
    """So many hands, each of which is one person after another."""

    def __init__(self, sandbox: SandboxClient, seed: int) -> None:
        self._sandbox, self._random = sandbox, random.Random(seed)
        self._over = threading.Event()
        users = [one for one in sandbox.get("boot")["users"] if not one.get("deleted") and not one.get("is_bot")]
        self.people = [Person(sandbox, one) for one in users]
        self.students = [one for one in self.people if _title(one.user).startswith("Student")]
        self.mentors = [one for one in self.people if _title(one.user).startswith("Mentor")]
        self.done: Counter[str] = Counter()
        self.vain: Counter[str] = Counter()

    def play(self, hands: int) -> list[threading.Thread]:
        """Begin."""
        threads = [threading.Thread(target=self._play, name=f"hand {one}") for one in range(hands)]
        for thread in threads:
            thread.start()
        return threads

    def stop(self) -> None:
        """Let each finish what they are doing."""
        self._over.set()

    def _play(self) -> None:
        deeds: list[Callable[[], str]] = [self._request, self._ask, self._press, self._look]
        while not self._over.is_set():
            deed = self._random.choices(deeds, (2, 1, 8, 1))[0]
            try:
                self.done[deed()] += 1
            except (AssertionError, httpx.HTTPError, KeyError, StopIteration) as failure:
                self.vain[failure.__class__.__name__] += 1
            self._over.wait(self._random.random() * 0.3)

    def _request(self) -> str:
        student = self._random.choice(self.students)
        student.command("/mentor", "request")
        student.wait_modal("Request a mentor", timeout=PATIENCE).fill(WISH).submit()
        return "asked for a mentor"

    def _ask(self) -> str:
        student = self._random.choice(self.students)
        words = f"What do people in field {self._random.randrange(1000)} read first?"
        student.command("/ask", words)
        form = student.wait_modal("Ask a quick question", timeout=PATIENCE)
        form.fill({"Question": words, "Topics": ["Interviewing"]}).submit()
        return "asked a question"

    def _look(self) -> str:
        self._random.choice(self.people).open_home()
        return "looked at Home"

    def _press(self) -> str:
        """Press something that can be pressed, as it was when it was seen."""
        person = self._random.choice(self.mentors if self._random.random() < 0.8 else self.students)
        found = [(one, label) for one in _newest(person) for label in _labels(one.seen)]
        if not found:
            return "found nothing to press"
        message, label = self._random.choices(found, [WEIGHTS.get(label, 1) for _, label in found])[0]
        message.press_raw(label)
        if label in FORMS:
            title, answers = FORMS[label]
            person.wait_modal(title, timeout=PATIENCE).fill(answers).submit()
        return label


def _newest(person: Person) -> list[Message]:
    """The last messages of a few of this person's conversations."""
    state = person.state()["conversations"]
    latest = sorted((one for one in state if one["last_ts"]), key=lambda one: one["last_ts"])[-3:]
    return [Message(person, one["id"], raw) for one in latest for raw in person.messages(one["id"])[-NEWEST:]]


def _labels(message: Json) -> list[str]:
    return [label for label in buttons(message.get("blocks", [])) if label in PRESSED]


def _title(user: Json) -> str:
    return str(user.get("title") or user.get("profile", {}).get("title") or "")
