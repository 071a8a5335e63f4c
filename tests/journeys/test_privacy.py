"""A whole life with words of its own in every field, read out, erased, and looked for everywhere afterwards."""

import logging
import re
from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import Engine, text

from core.models import Base
from core.services.invariants import broken
from core.uow import SYSTEM
from tests.support.mailbox import Mailbox
from tests.support.pages import visit
from tests.support.people import Person
from tests.support.questions import card
from tests.support.service import Service
from tests.support.story import MENTOR, STUDENT, ask, mentors, offer, student, tell

pytestmark = pytest.mark.journey

MARK = re.compile(r"zorqua[a-z]+", re.IGNORECASE)
"""What she wrote, each time another word; her name and her address have one as well."""
STAYS = {"mentorship_feedback": {"zorquapartner"}}
"""By table, with its reason: what the mentor said in private is the mentor's."""
TOLD = "name mail headline goals place mentorhead help about wish else answer aims notes item comment thanks summary"


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.INFO):
        yield caplog


def zora(service: Service) -> Person:
    """Student and mentor in one, with a word in each field of both profiles."""
    person = service.person("Zora Zorquaname", email="zorquamail@example.org")
    own = {"Headline": "Zorquaheadline", "Career goals": "Zorquagoals in drug discovery.", "Location": "Zorquaplace"}
    tell(person, STUDENT | own)
    told = {"Headline": "Zorquamentorhead", "What I can help with": "Zorquahelp", "About you": "Zorquaabout"}
    return tell(person, MENTOR | told)


def as_student(service: Service, her: Person, kim: Person) -> None:
    """Request, question before deciding, match, goals, meeting, plan, feedback, help."""
    her.command("/mentor", "request")
    wish = {"What do you want from a mentor?": "Zorquawish", "Anything else": "Zorquaelse"}
    assert her.wait_modal("Request a mentor").fill(wish).submit() == {}
    offer(kim).press("Ask a question")
    assert kim.wait_modal("Ask before you decide").fill({"Your question": "Zora Zorquaname, why?"}).submit() == {}
    her.wait_for(button="Answer").press("Answer")
    assert her.wait_modal("Answer a mentor").fill({"Your answer": "Zorquaanswer"}).submit() == {}
    service.jobs.settle()
    offer(kim).press("Accept")
    her.wait_for(button="Log a meeting")
    service.pass_time(seconds=3)
    her.wait_for(button="Set goals").press("Set goals")
    form = her.wait_modal("Goals and cadence")
    assert form.fill({"Goals": "Zorquaaims", "Meet every": "2 weeks"}).submit() == {}
    kim.wait_for(button="Agree").press("Agree")
    her.wait_for(button="Log a meeting").press("Log a meeting")
    held = {"Notes": "Zorquanotes", "Action items": "Zorquaitem", "Minutes": "30", "Kind": "Video"}
    assert her.wait_modal("Log a meeting").fill(held).submit() == {}
    for person, word in ((her, "Zorquacomment"), (kim, "Zorquapartner")):
        person.command("/mentor", "feedback")
        form = person.wait_modal("How is it going?")
        assert form.fill({"Rating": "3", "Comment": word}).submit() == {}
        service.jobs.settle()


def as_asker(service: Service, her: Person, kim: Person) -> None:
    """A question answered, and one that stays open in the channel."""
    for word in ("Zorquaasked", "Zorquaopen"):
        her.command("/ask", f"{word} how do I read an offer?")
        form = her.wait_modal("Ask a quick question")
        assert form.fill({"Details": f"{word}details", "Topics": ["Interviewing"]}).submit() == {}
        service.jobs.settle()
        if word == "Zorquaasked":
            card(kim, "Zorquaasked").press("Claim")
            kim.wait_for(button="Mark answered").press("Mark answered")
            done = {"Summary of the answer": "Zora Zorquaname, read it twice.", "May others see this later?": "Yes"}
            assert kim.wait_modal("Mark answered").fill(done).submit() == {}
            her.wait_for(button="Rate answer").press("Rate answer")
            assert her.wait_modal("Rate answer").fill({"Rating": "5", "Thanks": "Zorquathanks"}).submit() == {}
            service.jobs.settle()


def as_mentor(service: Service, her: Person, mia: Person) -> None:
    """A student of hers, and a question of that student that she answers."""
    ask(mia)
    service.jobs.settle()
    offer(her).press("Accept")
    mia.wait_for(button="Log a meeting")
    mia.command("/ask", "How long is a notice period?")
    assert mia.wait_modal("Ask a quick question").fill({"Topics": ["Law"]}).submit() == {}
    service.jobs.settle()
    card(her, "notice period").press("Claim")
    her.wait_for(button="Mark answered").press("Mark answered")
    done = {"Summary of the answer": "Zorquasummary", "May others see this later?": "Yes"}
    assert her.wait_modal("Mark answered").fill(done).submit() == {}
    mia.wait_for(button="Rate answer").press("Yes, share it")
    service.jobs.settle()


def in_tables(owner: Engine) -> dict[str, set[str]]:
    """The words that stand in the database, by table."""
    found: dict[str, set[str]] = {}
    with owner.connect() as connection:
        for table in Base.metadata.sorted_tables:
            rows = connection.scalars(text(f"SELECT t::text FROM {table.name} t")).all()
            if words := {word.casefold() for row in rows for word in MARK.findall(row)}:
                found[table.name] = words
    return found


def in_slack(*people: Person) -> set[tuple[str, str]]:
    """The words that people see in Slack, each with who sees it."""
    seen = {(person.name, str(one.seen)) for person in people for one in person.inbox()}
    seen |= {(person.name, person.open_home().text_all()) for person in people}
    return {(name, word) for name, said in seen for word in MARK.findall(said)}


def test_nothing_is_left_of_who_was_erased(
    service: Service, owner: Engine, logged: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    (kim,) = mentors(service, "Kim Alder")
    her = zora(service)
    as_student(service, her, kim)
    as_asker(service, her, kim)
    mia = student(service)
    as_mentor(service, her, mia)
    service.sweep()
    assert in_slack(kim, mia)
    assert len(set.union(*in_tables(owner).values())) > 20, "the words are in place"

    her.command("/mentor", "privacy")
    her.wait_for("Ithaca keeps what you tell it", button="Export my data").press("Export my data")
    url = her.wait_for("Everything we keep about you").text_all().partition("<")[2].partition("|")[0]
    with httpx.Client(trust_env=False) as browser:
        page = visit(browser, url)
        told = {word.casefold() for word in MARK.findall(page.text)}
        assert told >= {f"zorqua{field}" for field in TOLD.split()}
        assert "zorquapartner" not in told
        (file,) = re.findall(r'class="button" href="([^"]+)"', page.response.text)
        saved = browser.get(httpx.URL(url).join(file))
        assert saved.headers["content-disposition"] == 'attachment; filename="my-data.json"'
        assert saved.headers["cache-control"] == "no-store"
        assert saved.json()["Your profiles"][0]["Headline"] == "Zorquaheadline"

    her.wait_for(button="Erase me").press("Erase me")
    form = her.wait_modal("Erase me")
    assert form.fill({"Are you sure?": "yes"}).submit() == {
        "Are you sure?": "Please type erase, or close this to stay."
    }
    assert form.fill({"Are you sure?": "erase"}).submit() == {}
    her.wait_modal("You are erased")
    service.jobs.settle()
    for _ in range(3):
        service.pass_time(minutes=1)

    assert in_tables(owner) == STAYS
    assert in_slack(kim, mia) == set()
    assert "zorqua" not in her.open_home().text_all().casefold()
    for person in (kim, mia):
        person.wait_for("your mentorship has come to an end")
        assert Mailbox(service.sandbox, f"{person.name.split()[0].lower()}@example.org").mails() == []
    ours = [record.getMessage() for record in logged.records if record.name.split(".")[0] not in ("httpx", "httpcore")]
    written = "\n".join((*ours, *capsys.readouterr()))
    assert not MARK.findall(written)
    assert "Zora" not in written
    with service.units.read(SYSTEM) as reading:
        assert broken(reading) == ()
