"""Reads the sample people from the TOML files beside this module: a file per field, and one for staff.

All of them are invented, and their addresses are at example.org, which no mail reaches.
"""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from core.rules.profiles import ProfileAnswers
from core.rules.roles import Role

_FOLDER: Final = Path(__file__).parent
_ROLES: Final = {"mentors": Role.MENTOR, "students": Role.STUDENT, "staff": Role.ADMIN}


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePerson:
    """A person, with the answers of the profile form as typed: tags are not folded yet, staff have none.

    `key` is made from the name and stays the same for good. `field` is the file the person comes from.
    `goals` is what a student wants to become, or what a mentor can help with. `request` is a student's
    answer to what they want from a mentor. `mentees` counts for mentors alone.
    """

    key: str
    field: str
    role: Role
    name: str
    tz: str
    headline: str = ""
    goals: str = ""
    industries: tuple[str, ...] = ()
    research: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    location: str = ""
    meet: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    mentees: int = 1
    about: str = ""
    request: str = ""
    slack: bool = True

    @property
    def email(self) -> str:
        """The address that belongs to the key."""
        return f"{self.key.replace('-', '.')}@example.org"

    @property
    def answers(self) -> ProfileAnswers:
        """What they answer in the profile form."""
        return ProfileAnswers(
            role=self.role,
            headline=self.headline,
            goals=self.goals,
            industries=self.industries,
            research=self.research,
            skills=self.skills,
            location=self.location,
            meet=self.meet,
            languages=self.languages,
            max_mentees=self.mentees,
            about=self.about,
        )

    @property
    def slack_id(self) -> str | None:
        """The account's id, the same in every workspace made from these files; none without an account."""
        return "U" + hashlib.sha256(self.key.encode()).hexdigest()[:10].upper() if self.slack else None


@dataclass(frozen=True, slots=True)
class SamplePeople:
    """Everybody the files tell of, in the order of the files' names and then as written."""

    mentors: tuple[SamplePerson, ...]
    students: tuple[SamplePerson, ...]
    staff: tuple[SamplePerson, ...]

    @property
    def everybody(self) -> tuple[SamplePerson, ...]:
        """Staff first, so that there is somebody to run the programme when the others arrive."""
        return (*self.staff, *self.mentors, *self.students)


@cache
def load() -> SamplePeople:
    """Read all files. An unknown or missing answer in one of them raises `TypeError`."""
    people = [
        _person(entry, key=key, field=path.stem, role=_ROLES[group])
        for path in sorted((_FOLDER / "people").glob("*.toml"))
        for group, entries in tomllib.loads(path.read_text(encoding="utf-8")).items()
        for key, entry in entries.items()
    ]
    return SamplePeople(
        mentors=tuple(person for person in people if person.role is Role.MENTOR),
        students=tuple(person for person in people if person.role is Role.STUDENT),
        staff=tuple(person for person in people if person.role is Role.ADMIN),
    )


def _person(entry: dict[str, Any], **known: Any) -> SamplePerson:
    answers: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()
    }
    return SamplePerson(**known, **answers)
