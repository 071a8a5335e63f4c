"""Links in e-mails: what was put in comes out, until its time is over, and nothing else is taken for one."""

import base64
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.config import Settings
from core.links import FIELDS, MOST_CHARACTERS, LinkExpired, LinkInvalid, Links, Purpose
from tests.conftest import NOON

LINKS = Links("a secret key that only tests use", "https://ithaca.example.org/")
PERSON, SUBJECT = UUID(int=1), UUID(int=2)
SECOND = timedelta(seconds=1)
IN_URLS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~="
moments = some.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=some.just(UTC))  # noqa: DTZ001


def token(
    purpose: Purpose = Purpose.OFFER_ACCEPT, subject: UUID = SUBJECT, until: datetime = NOON, links: Links = LINKS
) -> str:
    return links.url(purpose, PERSON, subject, until).rpartition("/")[2]


@given(some.sampled_from(Purpose), some.uuids(), some.uuids(), moments)
def test_what_was_put_in_comes_out(purpose: Purpose, person: UUID, subject: UUID, until: datetime) -> None:
    url = LINKS.url(purpose, person, subject, until)
    start, _, made = url.rpartition("/")
    link = LINKS.read(made, until)
    assert start == "https://ithaca.example.org/a"
    assert (link.purpose, link.person_id, link.subject_id) == (purpose, person, subject)
    assert until <= link.expires_at < until + SECOND
    assert set(made) <= set(IN_URLS)
    assert len(made) < 130


def test_the_same_mail_drawn_twice_has_the_same_link_and_others_differ() -> None:
    assert token() == token()
    others = [token(Purpose.OFFER_DECLINE), token(subject=UUID(int=3)), token(until=NOON + SECOND)]
    prints = {LINKS.read(one, NOON).fingerprint for one in [token(), *others]}
    assert len(prints) == 4


def test_a_link_holds_to_its_last_second_and_not_longer() -> None:
    assert LINKS.read(token(), NOON).expires_at == NOON
    with pytest.raises(LinkExpired) as late:
        LINKS.read(token(), NOON + SECOND)
    assert late.value.link.purpose is Purpose.OFFER_ACCEPT


@given(some.data())
def test_a_single_other_character_is_refused(data: some.DataObject) -> None:
    made = token(data.draw(some.sampled_from(Purpose)))
    place = data.draw(some.integers(0, len(made) - 1))
    other = data.draw(some.sampled_from(IN_URLS).filter(lambda one: one != made[place]))
    with pytest.raises(LinkInvalid):
        LINKS.read(made[:place] + other + made[place + 1 :], NOON)


def test_no_other_spelling_of_the_same_bytes_is_taken() -> None:
    made = token()
    for at in (made.index(".") - 1, len(made) - 1):  # the last character of the content and of the signature
        for other in set(IN_URLS) - {made[at]}:
            with pytest.raises(LinkInvalid):
                LINKS.read(made[:at] + other + made[at + 1 :], NOON)


@given(some.data())
def test_a_link_that_lost_or_gained_something_is_refused(data: some.DataObject) -> None:
    made = token()
    cut = data.draw(some.integers(0, len(made)))
    added = data.draw(some.text(max_size=5))
    changed = made[:cut] + added + data.draw(some.sampled_from((made[cut:], "")))
    if changed != made:
        with pytest.raises(LinkInvalid):
            LINKS.read(changed, NOON)


@given(some.text() | some.text(alphabet=IN_URLS, max_size=2 * MOST_CHARACTERS))
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(LinkInvalid):
        LINKS.read(text, NOON)


@pytest.mark.parametrize("odd", ["", ".", "é.ü", "\ud800", "\0", "日本語", "．" * 40, "A" * 10_000, f"{'A' * 54}."])
def test_odd_text_is_refused(odd: str) -> None:
    with pytest.raises(LinkInvalid):
        LINKS.read(odd, NOON)


@given(some.binary(max_size=80))
def test_signed_bytes_of_another_shape_are_refused(said: bytes) -> None:
    """A purpose that this version does not know, for example."""
    with pytest.raises(LinkInvalid):
        LINKS.read(LINKS._signer.sign(base64.urlsafe_b64encode(said).rstrip(b"=")).decode(), NOON)


def test_a_time_beyond_the_calendar_is_refused() -> None:
    said = FIELDS.pack(PERSON.bytes, SUBJECT.bytes, 2**62) + b"pause"
    with pytest.raises(LinkInvalid):
        LINKS.read(LINKS._signer.sign(base64.urlsafe_b64encode(said).rstrip(b"=")).decode(), NOON)


def test_a_link_for_one_deed_does_not_open_another() -> None:
    accept, decline = token(), token(Purpose.OFFER_DECLINE)
    mixed = accept.split(".")[0] + "." + decline.split(".")[1]
    with pytest.raises(LinkInvalid):
        LINKS.read(mixed, NOON)


def test_another_key_is_refused() -> None:
    with pytest.raises(LinkInvalid):
        LINKS.read(token(links=Links("another secret key, just as long", "https://ithaca.example.org")), NOON)


def test_settings_give_the_key_and_the_address(settings: Settings) -> None:
    url = Links.of(settings).url(Purpose.PAUSE, PERSON, SUBJECT, NOON)
    assert url.startswith(f"{settings.public_url}/a/")
    assert Links.of(settings).read(url.rpartition("/")[2], NOON).purpose is Purpose.PAUSE
