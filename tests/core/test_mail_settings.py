"""Where letters are handed over, and who they come from: read strictly, refused with a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.mailbox import Mailbox, ascii_address
from core.mailserver import Encryption, MailServer


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.org", ("mail.example.org", 587, Encryption.OFFERED, "", "")),
        ("smtp://127.0.0.1:2525/", ("127.0.0.1", 2525, Encryption.OFFERED, "", "")),
        ("smtp://[::1]:25", ("::1", 25, Encryption.OFFERED, "", "")),
        ("smtps://mail.example.org", ("mail.example.org", 465, Encryption.FROM_THE_START, "", "")),
        ("smtp://mail.example.org?tls=required", ("mail.example.org", 587, Encryption.REQUIRED, "", "")),
        ("smtp://10.0.0.5:25?tls=never", ("10.0.0.5", 25, Encryption.NEVER, "", "")),
        ("smtp://u:p@mail.example.org:587", ("mail.example.org", 587, Encryption.REQUIRED, "u", "p")),
        ("smtp://u%40x:p%2Fw@localhost", ("localhost", 587, Encryption.OFFERED, "u@x", "p/w")),
        ("smtps://u:p@mail.example.org", ("mail.example.org", 465, Encryption.FROM_THE_START, "u", "p")),
    ],
)
def test_a_server_is_read_from_its_url(url: str, expected: tuple[str, int, Encryption, str, str]) -> None:
    server = MailServer.parse(url)
    assert (server.host, server.port, server.encryption, server.user, server.password) == expected


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mail.example.org:587", "must look like"),
        ("http://mail.example.org", "must look like"),
        ("smtp://", "must look like"),
        ("smtp://u@mail.example.org", "without a password"),
        ("smtp://u:p/w@mail.example.org", "after the host"),
        ("smtp://mail.example.org/inbox", "after the host"),
        ("smtp://mail.example.org:99999", "port that is no number"),
        ("smtp://mail.example.org?ssl=1", "option that is not known: ssl"),
        ("smtp://mail.example.org?tls=maybe", "one of required, offered and never"),
        ("smtps://mail.example.org?tls=required", "encrypted from the start"),
        ("smtp://u:p@mail.example.org?tls=never", "in the clear"),
    ],
)
def test_what_is_wrong_with_a_url_is_said(url: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        MailServer.parse(url)


def test_a_sender_is_a_name_and_an_address() -> None:
    assert Mailbox.parse("Ithäca <ithaca@example.org>") == Mailbox("Ithäca", "ithaca@example.org")
    assert Mailbox.parse("ithaca@example.org").domain == "example.org"


@given(st.text())
def test_an_address_never_ends_a_line_or_a_bracket(text: str) -> None:
    try:
        address = ascii_address(text)
    except ValueError:
        return
    assert address.isascii()
    assert address.isprintable()


@given(st.text(alphabet='ab@.<>, \r\n"\\;:é'))
def test_no_spelling_makes_two_addresses(text: str) -> None:
    try:
        address = ascii_address(text)
    except ValueError:
        return
    outside = "".join(address.split('"')[::2])
    assert not set("<>, ;:\r\n") & set(outside)
