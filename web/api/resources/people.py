"""People and their profiles."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import any_, func, select

from core.models import Profile, User
from core.rules.errors import InvalidFields, NotFound
from core.rules.profiles import ProfileAnswers
from core.rules.roles import Meet, Role
from core.rules.scopes import Scope
from core.services.people import remember_by_mail
from core.services.profiles import card, save_profile
from core.uow import Reading
from web.api.access import Access, requires
from web.api.acting import Id, as_staff, changing, on_behalf_of
from web.api.paging import After, Limit, Page, rows
from web.api.versions import IfMatch, etag, require_version

routes = APIRouter(tags=["people"])
Reader = Annotated[Access, Depends(requires(Scope.PROFILES_READ))]
Writer = Annotated[Access, Depends(requires(Scope.PROFILES_WRITE))]


class PersonOut(BaseModel):
    """A person. Without a Slack id they take part by e-mail."""

    id: UUID
    name: str
    email: str | None
    slack_user_id: str | None
    tz: str
    state: str
    roles: list[str]


class PersonIn(BaseModel):
    """Somebody to be met by e-mail. Somebody in Slack is met there, or by the same address."""

    name: str = Field(min_length=1, max_length=120, examples=["Ana Silva"])
    email: str = Field(min_length=3, max_length=254, examples=["ana@example.org"])
    tz: str = Field("UTC", max_length=60, examples=["Europe/Lisbon"])


class ProfileBody(BaseModel):
    """What a person tells in one role. Synonyms of known terms are folded: `k8s` comes back as `Kubernetes`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "headline": "Data engineer at a railway",
                    "goals": "Finding one's way from a degree into data work",
                    "industries": ["Transport"],
                    "skills": ["Python", "Kubernetes"],
                    "meet": ["Video"],
                    "languages": ["English"],
                    "max_mentees": 2,
                }
            ]
        }
    )

    headline: str
    goals: str = Field(description="A student's career goals; of a mentor, what they can help with.")
    industries: list[str]
    research: list[str] = []
    skills: list[str]
    location: str = ""
    meet: list[Meet]
    languages: list[str] = []
    max_mentees: int = Field(1, description="Of a mentor: mentees at a time.", ge=0, le=20)
    about: str = ""

    def answers(self, role: Role) -> ProfileAnswers:
        """As the core takes it."""
        return ProfileAnswers(
            role=role,
            headline=self.headline,
            goals=self.goals,
            industries=tuple(self.industries),
            research=tuple(self.research),
            skills=tuple(self.skills),
            location=self.location,
            meet=tuple(self.meet),
            languages=tuple(self.languages),
            max_mentees=self.max_mentees,
            about=self.about,
        )


class ProfileOut(ProfileBody):
    """A profile as it stands."""

    person_id: UUID
    role: Role
    current_mentees: int


@routes.get("/people")
def list_people(
    access: Reader,
    role: Annotated[Role | None, Query(description="Only people of this role.")] = None,
    email: Annotated[str | None, Query(description="Only who has this address.")] = None,
    after: After = None,
    limit: Limit = 50,
) -> Page[PersonOut]:
    """People, the newest first."""
    query = select(User)
    if role:
        query = query.where(any_(User.roles) == role.value)
    if email:
        query = query.where(func.lower(User.email) == email.lower())
    with as_staff(access) as reading:
        found, cursor = rows(reading, query, User, after, limit)
        return Page(items=[_person(user) for user in found], next=cursor)


@routes.get("/people/{person_id}")
def read_person(access: Reader, person_id: Id) -> PersonOut:
    """One person."""
    with as_staff(access) as reading:
        return _person(_user(reading, person_id))


@routes.post("/people", status_code=201)
def meet_person(access: Writer, body: PersonIn) -> PersonOut:
    """Meet somebody by their e-mail address. Who is known already comes back as they are."""
    with changing(access) as work:
        try:
            met = remember_by_mail(work, body.email, body.name, body.tz)
        except ValueError as error:
            raise InvalidFields({"email": f"No letter can be sent to this: {error}"}) from None
        return _person(_user(work, met.id))


@routes.get("/people/{person_id}/profiles/{role}")
def read_profile(access: Reader, person_id: Id, role: Role, response: Response) -> ProfileOut:
    """What a person tells in a role."""
    with as_staff(access) as reading:
        return _profile(reading, person_id, role, response)


@routes.put("/people/{person_id}/profiles/{role}")
def write_profile(
    access: Writer, person_id: Id, role: Role, body: ProfileBody, response: Response, if_match: IfMatch = None
) -> ProfileOut:
    """Make a profile, or change one: then `If-Match` has to carry the `ETag` that was read."""
    with on_behalf_of(access, person_id) as work:
        there = select(Profile.updated_at).where(Profile.user_id == person_id, Profile.role == role)
        changed_at = work.session.scalar(there.with_for_update())
        if changed_at:
            require_version(if_match, changed_at)
        save_profile(work, person_id, body.answers(role))
        return _profile(work, person_id, role, response)


def _profile(reading: Reading, person_id: UUID, role: Role, response: Response) -> ProfileOut:
    found = card(reading, person_id, role)
    changed_at = reading.session.scalars(
        select(Profile.updated_at).where(Profile.user_id == person_id, Profile.role == role)
    ).one()
    response.headers["ETag"] = etag(changed_at)
    told = {name: getattr(found.answers, name) for name in ProfileBody.model_fields}
    lists = {name: list(value) for name, value in told.items() if isinstance(value, tuple)}
    return ProfileOut(person_id=person_id, role=role, current_mentees=found.current_mentees, **told | lists)


def _user(reading: Reading, person_id: UUID) -> User:
    found = reading.session.get(User, person_id)
    if found is None:
        raise NotFound(person_id=person_id)
    return found


def _person(user: User) -> PersonOut:
    return PersonOut(
        id=user.id,
        name=user.name,
        email=user.email,
        slack_user_id=user.slack_user_id,
        tz=user.tz,
        state=user.state.value,
        roles=list(user.roles),
    )
