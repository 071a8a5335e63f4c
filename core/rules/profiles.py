"""What a profile may hold, and when its content counts as changed."""

import hashlib
import json
import unicodedata
from dataclasses import dataclass, replace

from core.rules.errors import InvalidFields
from core.rules.roles import Meet, Role
from core.taxonomy import BUILT_IN, TagKind, Taxonomy

HEADLINE, TEXT, PLACE, TAG, TAGS = 120, 1500, 100, 75, 15
MOST_MENTEES = 10


@dataclass(frozen=True)
class ProfileAnswers:
    """The answers of the profile form."""

    role: Role
    headline: str
    goals: str
    industries: tuple[str, ...] = ()
    research: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    location: str = ""
    meet: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    max_mentees: int = 1
    about: str = ""


def tidy(text: str) -> str:
    """The text without control characters and without space around it. Line breaks stay."""
    kept = (c for c in text.replace("\r\n", "\n") if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Co"))
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def checked(answers: ProfileAnswers, taxonomy: Taxonomy = BUILT_IN) -> ProfileAnswers:
    """The answers tidied, tags folded to known names. Raises `InvalidFields` with all that is wrong."""
    tidied = replace(
        answers,
        headline=" ".join(tidy(answers.headline).split()),
        goals=tidy(answers.goals),
        about=tidy(answers.about),
        location=" ".join(tidy(answers.location).split()),
        industries=taxonomy.fold_all(TagKind.INDUSTRY, answers.industries),
        research=taxonomy.fold_all(TagKind.RESEARCH, answers.research),
        skills=taxonomy.fold_all(TagKind.SKILL, answers.skills),
        languages=taxonomy.fold_all(TagKind.LANGUAGE, answers.languages),
    )
    problems = dict(_problems(tidied))
    if problems:
        raise InvalidFields(problems)
    return tidied


def _problems(answers: ProfileAnswers) -> list[tuple[str, str]]:
    texts = {
        "headline": (answers.headline, HEADLINE, True),
        "goals": (answers.goals, TEXT, True),
        "about": (answers.about, TEXT, False),
        "location": (answers.location, PLACE, False),
    }
    tags = {
        "industries": (answers.industries, True),
        "research": (answers.research, False),
        "skills": (answers.skills, True),
        "languages": (answers.languages, False),
    }
    found = [("role", "Please choose student or mentor.")] if answers.role is Role.ADMIN else []
    for name, (text, most, required) in texts.items():
        if required and not text:
            found.append((name, "Please write a few words here."))
        elif len(text) > most:
            found.append((name, f"Please keep this under {most:,} characters. It has {len(text):,} now."))
    for name, (values, required) in tags.items():
        if required and not values:
            found.append((name, "Please add at least one."))
        elif len(values) > TAGS:
            found.append((name, f"Please choose at most {TAGS}, the ones that matter most."))
        elif any(len(value) > TAG for value in values):
            found.append((name, f"Please keep each entry under {TAG} characters."))
    if not answers.meet or set(answers.meet) - set(Meet):
        found.append(("meet", "Please choose at least one way to meet."))
    if answers.role is Role.MENTOR and not 1 <= answers.max_mentees <= MOST_MENTEES:
        found.append(("max_mentees", f"Please enter a number from 1 to {MOST_MENTEES}."))
    return found


def content_hash(answers: ProfileAnswers) -> str:
    """A fingerprint of what is encoded and compared. It changes when, and only when, that text changes."""
    parts = [
        answers.headline,
        answers.goals,
        answers.about,
        list(answers.industries),
        list(answers.research),
        list(answers.skills),
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
