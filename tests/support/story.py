"""The beginning that most stories share: people who tell of themselves, and a student who asks."""

from typing import Any

from tests.support.people import Person
from tests.support.service import Service
from tests.support.surfaces import Message

STUDENT: dict[str, Any] = {
    "Role": "Student",
    "Headline": "Biology student who codes",
    "Industries": ["Biotechnology"],
    "Career goals": "I want to become a data scientist in drug discovery.",
    "Research interests": ["Genomics"],
    "Technical skills": ["Python", "Machine learning"],
    "Location": "Rotterdam",
    "How you like to meet": ["Video"],
    "Languages": ["English"],
}
MENTOR: dict[str, Any] = {
    "Role": "Mentor",
    "Headline": "Data scientist in pharma",
    "What I can help with": "A first job in drug discovery.",
    "Industries": ["Biotechnology"],
    "Technical skills": ["Python", ("k8s", "Kubernetes")],
    "How you like to meet": ["Video", "In person"],
    "Languages": ["English"],
    "Mentees at a time": "2",
}
WISH = {"What do you want from a mentor?": "A plan for my first two years, and honest feedback."}


def tell(person: Person, answers: dict[str, Any]) -> Person:
    """Fill in and save the profile form."""
    person.command("/mentor", "profile")
    assert person.wait_modal("Your profile").fill(answers).submit() == {}
    return person


def student(service: Service, name: str = "Mia Tan") -> Person:
    return tell(service.person(name, email=f"{name.split()[0].lower()}@example.org"), STUDENT)


def mentors(service: Service, *names: str) -> list[Person]:
    people = [service.person(name, email=f"{name.split()[0].lower()}@example.org") for name in names]
    return [tell(person, MENTOR | {"Headline": f"I am {person.name}"}) for person in people]


def ask(student: Person) -> Message:
    """Ask for a mentor; the status that the student reads."""
    student.command("/mentor", "request")
    assert student.wait_modal("Request a mentor").fill(WISH).submit() == {}
    return student.wait_for(button="Cancel request")


def offer(mentor: Person) -> Message:
    """The offer that reaches this mentor."""
    return mentor.wait_for(button="Accept")
