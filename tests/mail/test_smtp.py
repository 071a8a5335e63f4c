"""Letters over real SMTP: what is handed over, and what each refusal or silence comes to."""

import re
import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from core.config import Settings, read
from mail.envelope import message_id
from mail.failures import MEANINGS, Failure, Meaning, Step
from mail.smtp import Patience, Postman
from tests.core.test_config import GOOD
from tests.mail.receiver import DROP, PASSWORD, USER, Receiver, receiving
from tests.mail.samples import letters

NOW = datetime(2030, 3, 1, 12, tzinfo=UTC)
LETTER = letters()["offer-reminder"]
IDENTITY = "<1@example.org>"


def settings(url: str, **more: str) -> Settings:
    return read(GOOD | {"SMTP_URL": url, "ITHACA_MAIL_FROM": "Ithäca <ithaca@example.org>"} | more)


def send(url: str, postman: Postman | None = None, to: str = "kim@example.org", name: str = "Kim Alder") -> None:
    (postman or Postman(settings(url))).send(LETTER, name, to, IDENTITY, NOW)


def refused(url: str, postman: Postman | None = None, to: str = "kim@example.org") -> Failure:
    with pytest.raises(Failure) as failure:
        send(url, postman, to)
    assert "kim" not in failure.value.code
    return failure.value


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


def test_a_letter_arrives_whole(receiver: Receiver) -> None:
    send(receiver.url, name="Kim Älder\r\nBcc: x@example.org")
    (message,) = receiver.taken
    assert receiver.recipients == ["kim@example.org"]
    assert message["From"] == "Ithäca <ithaca@example.org>"
    assert message["To"].addresses[0].display_name == "Kim Älder Bcc: x@example.org"
    assert message["Bcc"] is None
    assert message["Subject"] == LETTER.subject
    assert message["Message-ID"] == IDENTITY
    assert message["Date"].datetime == NOW
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Reply-To"] is None
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain
    assert html
    assert plain.get_content().replace("\r\n", "\n") == LETTER.text
    assert html.get_content().replace("\r\n", "\n").strip() == LETTER.html.strip()


def test_an_optional_letter_can_be_refused_with_one_click(receiver: Receiver) -> None:
    send(receiver.url)
    assert receiver.taken[0]["List-Unsubscribe"] == f"<{LETTER.unsubscribe_url}>"
    assert receiver.taken[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    Postman(settings(receiver.url)).send(letters()["offer"], "Kim", "kim@example.org", IDENTITY, NOW)
    assert receiver.taken[1]["List-Unsubscribe"] is None


def test_letters_of_one_offer_belong_together(receiver: Receiver) -> None:
    for name in ("offer", "offer-reminder", "offer-answer", "offer-taken", "status-offered"):
        Postman(settings(receiver.url)).send(letters()[name], "Kim", "kim@example.org", IDENTITY, NOW)
    parents = [message["References"] for message in receiver.taken]
    assert len(set(parents[:4])) == 1
    assert len(set(parents)) == 2


def test_answers_go_where_the_settings_say(receiver: Receiver) -> None:
    send(receiver.url, Postman(settings(receiver.url, ITHACA_MAIL_REPLY_TO="Staff <staff@example.org>")))
    assert receiver.taken[0]["Reply-To"] == "Staff <staff@example.org>"


def test_the_message_id_belongs_to_the_notification() -> None:
    sender = Postman(settings("smtp://127.0.0.1")).sender
    assert message_id(UUID(int=1), sender) == message_id(UUID(int=1), sender)
    assert message_id(UUID(int=1), sender) != message_id(UUID(int=2), sender)
    assert message_id(UUID(int=1), sender).endswith("@example.org>")


def test_lines_that_begin_with_a_dot_arrive_as_they_were(receiver: Receiver) -> None:
    letter = replace(LETTER, text="First.\n.\n..\n.QUIT\n")
    Postman(settings(receiver.url)).send(letter, "Kim", "kim@example.org", IDENTITY, NOW)
    body = receiver.taken[0].get_body(("plain",))
    assert body
    assert body.get_content().replace("\r\n", "\n") == letter.text


def test_a_domain_beyond_ascii_is_written_as_servers_take_it(receiver: Receiver) -> None:
    send(receiver.url, to="kim@münchen.example")
    assert receiver.recipients == ["kim@xn--mnchen-3ya.example"]


@pytest.mark.parametrize("address", ["kim", "kim älder@example.org", "kim@example.org\r\nRCPT TO:<x@example.org>", ""])
def test_what_is_no_address_is_the_persons_trouble(receiver: Receiver, address: str) -> None:
    assert refused(receiver.url, to=address).meaning is Meaning.PERSON
    assert receiver.names == []


def test_without_a_mail_server_nobody_is_blamed() -> None:
    postman = Postman(read(GOOD))
    assert refused("", postman).meaning is Meaning.INSTALLATION


ROWS = [
    ("ehlo", "554 no service", Meaning.INSTALLATION, "connect 554"),
    ("ehlo", "421 busy", Meaning.WAIT, "connect 421"),
    ("ehlo", DROP, Meaning.INSTALLATION, "connect"),
    ("mail", "550 5.7.1 you may not", Meaning.INSTALLATION, "sender 550 5.7.1"),
    ("mail", "451 4.3.0 later", Meaning.WAIT, "sender 451 4.3.0"),
    ("mail", DROP, Meaning.WAIT, "sender"),
    ("rcpt", "550 5.1.1 kim is unknown here", Meaning.PERSON, "recipient 550 5.1.1"),
    ("rcpt", "552 5.2.2 mailbox full", Meaning.PERSON, "recipient 552 5.2.2"),
    ("rcpt", "550 5.7.1 Relay access denied", Meaning.INSTALLATION, "recipient 550 5.7.1"),
    ("rcpt", "530 5.7.0 log in first", Meaning.INSTALLATION, "recipient 530 5.7.0"),
    ("rcpt", "450 4.2.0 greylisted", Meaning.WAIT, "recipient 450 4.2.0"),
    ("rcpt", DROP, Meaning.WAIT, "recipient"),
    ("data", "554 5.5.1 no", Meaning.OURS, "data 554 5.5.1"),
    ("data", "451 later", Meaning.WAIT, "data 451"),
    ("data", DROP, Meaning.WAIT, "data"),
    ("content", "554 5.6.0 we dislike this", Meaning.OURS, "content 554 5.6.0"),
    ("content", "452 4.3.1 disk full", Meaning.WAIT, "content 452 4.3.1"),
    ("content", DROP, Meaning.UNKNOWN, "content"),
]


@pytest.mark.parametrize(("step", "answer", "meaning", "code"), ROWS)
def test_each_refusal_has_its_meaning(receiver: Receiver, step: str, answer: str, meaning: Meaning, code: str) -> None:
    receiver.answers[step] = answer
    failure = refused(receiver.url)
    assert failure.meaning is meaning
    assert failure.code.startswith(code)
    assert (failure.retry_after > 0) == (meaning is Meaning.WAIT)
    assert len(receiver.taken) == (1 if meaning is Meaning.UNKNOWN else 0)


def test_every_step_has_its_row() -> None:
    assert set(MEANINGS) == set(Step)


def test_nobody_at_the_door() -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))  # taken, and nobody listens
        failure = refused(f"smtp://127.0.0.1:{reserved.getsockname()[1]}")
    assert failure.meaning is Meaning.INSTALLATION


def test_a_server_that_says_nothing_does_not_hold_us_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"smtp://127.0.0.1:{silent.getsockname()[1]}"
        failure = refused(url, Postman(settings(url), patience=Patience(step=0.05)))
    assert failure.meaning is Meaning.INSTALLATION


def test_a_conversation_that_takes_too_long_ends_before_the_letter_is_handed_over(receiver: Receiver) -> None:
    failure = refused(receiver.url, Postman(settings(receiver.url), patience=Patience(before=-1)))
    assert (failure.meaning, receiver.taken) == (Meaning.WAIT, [])


def test_the_name_and_password_are_given(certificate: ssl.SSLContext, trust: ssl.SSLContext) -> None:
    with receiving(starttls=certificate, login=True) as receiver:
        known = receiver.url.replace("//", f"//{USER}:{PASSWORD.replace('/', '%2F')}@")
        send("", Postman(settings(known), trust=trust))
        assert len(receiver.taken) == 1
        stranger = receiver.url.replace("//", f"//{USER}:wrong@")
        failure = refused("", Postman(settings(stranger), trust=trust))
        assert (failure.meaning, failure.code) == (Meaning.INSTALLATION, "login 535 5.7.8")
        assert refused("", Postman(settings(receiver.url), trust=trust)).code == "sender 530 5.7.0"


def test_a_login_that_the_server_does_not_offer(receiver: Receiver) -> None:
    failure = refused(receiver.url.replace("//", "//user:word@"))
    assert failure.meaning is Meaning.INSTALLATION


def test_encryption_is_taken_where_it_is_offered(certificate: ssl.SSLContext, trust: ssl.SSLContext) -> None:
    with receiving(starttls=certificate) as receiver:
        send(receiver.url, Postman(settings(receiver.url), trust=trust))
        send(f"{receiver.url}?tls=never")
    assert receiver.encrypted == [True, False]


def test_encryption_from_the_start(certificate: ssl.SSLContext, trust: ssl.SSLContext) -> None:
    with receiving(from_the_start=certificate) as receiver:
        send("", Postman(settings(receiver.url.replace("smtp:", "smtps:")), trust=trust))
    assert len(receiver.taken) == 1


def test_required_encryption_that_is_not_offered_stops_the_letter(receiver: Receiver) -> None:
    failure = refused(f"{receiver.url}?tls=required")
    assert (failure.meaning, failure.code) == (Meaning.INSTALLATION, "encrypt not offered")
    assert receiver.taken == []


def test_a_certificate_that_nobody_vouches_for_stops_the_letter(certificate: ssl.SSLContext) -> None:
    with receiving(starttls=certificate) as receiver:
        failure = refused(receiver.url)
        assert failure.meaning is Meaning.INSTALLATION
        assert re.match("encrypt SSL", failure.code)
        assert receiver.taken == []
