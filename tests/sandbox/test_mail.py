"""Mailboxes: what the app hands over by SMTP is kept, shown, and acted on as in a mail program."""

import smtplib
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from sandbox.mail.letter import Letter
from tests.sandbox.conftest import MANIFEST
from tests.support.letters import letter, send
from tests.support.mailbox import Mailbox
from tests.support.people import Person
from tests.support.receiver import Receiver
from tests.support.sandbox_client import Json, Refused, SandboxClient
from tests.support.sandboxes import served, settings_for

_numbers = count(1)


@pytest.fixture
def ada(sandbox: SandboxClient) -> Mailbox:
    """The mailbox of somebody who is not in the workspace."""
    return Mailbox(sandbox, f"ada{next(_numbers)}@elsewhere.example")


@pytest.fixture
def sunny(sandbox: SandboxClient) -> Iterator[SandboxClient]:
    """The sandbox, without faults again afterwards."""
    yield sandbox
    sandbox.post("faults/off")


def boxes(sandbox: SandboxClient) -> dict[str, Json]:
    return {box["address"]: box for box in sandbox.get("mailboxes")["mailboxes"]}


def test_a_mail_is_shown_with_both_its_forms_and_all_headers(sandbox: SandboxClient, ada: Mailbox) -> None:
    message = letter(f"Ada Lovelace <{ada.address}>", "Grüße, €5", "Plain héllo", X_Thing="yes")
    message.add_alternative(
        '<p>Rich <b>héllo</b> <a href="http://x.example/a?b=1&amp;c=2">Go <i>on</i></a></p>', "html"
    )
    message.add_attachment(b"BEGIN:VCALENDAR", maintype="text", subtype="calendar", filename="plän.ics")
    assert send(sandbox.smtp_port, message) == {}
    mail = ada.wait_for("Plain héllo")
    assert (mail.subject, mail.header("x-thing")) == ("Grüße, €5", "yes")
    assert mail.raw["from"] == {"name": "Demo", "address": "demo@example.org"}
    assert mail.links() == {"Go on": "http://x.example/a?b=1&c=2"}
    assert mail.raw["attachments"] == [{"name": "plän.ics", "type": "text/calendar", "size": 15}]
    assert mail.file() == b"BEGIN:VCALENDAR"
    assert boxes(sandbox)[ada.address]["name"] == "Ada Lovelace"
    assert boxes(sandbox)[ada.address]["user"] is None


def test_each_recipient_has_a_copy_that_is_read_by_itself(
    sandbox: SandboxClient, newcomer: Callable[..., Person]
) -> None:
    mia, tom = (Mailbox(sandbox, newcomer().user["profile"]["email"]) for _ in range(2))
    send(sandbox.smtp_port, letter(subject="To both"), mia.address.upper(), tom.address, mia.address)
    assert (mia.unread, tom.unread) == (1, 1)
    mia.wait_for("To both").mark_read()
    assert (mia.unread, tom.unread) == (0, 1)
    assert boxes(sandbox)[mia.address]["user"]


def test_newest_mail_comes_first(sandbox: SandboxClient, ada: Mailbox) -> None:
    for subject in ("One", "Two", "Three"):
        send(sandbox.smtp_port, letter(ada.address, subject))
    assert [mail.subject for mail in ada.mails()] == ["Three", "Two", "One"]


def test_who_logs_in_is_let_in(sandbox: SandboxClient, ada: Mailbox) -> None:
    send(sandbox.smtp_port, letter(ada.address), login=("somebody", "with a password"))
    assert ada.unread == 1


def test_one_click_unsubscribes_with_a_post_as_mail_programs_send_it(
    sandbox: SandboxClient, ada: Mailbox, receiver: Receiver
) -> None:
    headers = {
        "List_Unsubscribe": f"<mailto:off@example.org>, <{receiver.url}>",
        "List_Unsubscribe_Post": "List-Unsubscribe=One-Click",
    }
    send(sandbox.smtp_port, letter(ada.address, **headers))
    mail = ada.wait_for()
    assert mail.unsubscribe_url == receiver.url
    assert mail.unsubscribe() == {"ok": True, "status": 200}
    (got,) = [one for one in receiver.received if one.raw == b"List-Unsubscribe=One-Click"]
    assert got.headers["content-type"] == "application/x-www-form-urlencoded"
    assert ada.wait_for().raw["unsubscribed"] == 200


def test_without_the_header_of_rfc_8058_there_is_no_one_click(sandbox: SandboxClient, ada: Mailbox) -> None:
    send(sandbox.smtp_port, letter(ada.address, List_Unsubscribe="<http://x.example/off>"))
    mail = ada.wait_for()
    assert mail.unsubscribe_url == ""
    with pytest.raises(Refused, match="cannot be unsubscribed"):
        mail.unsubscribe()


def test_mail_outlives_a_restart(tmp_path: Path, receiver: Receiver) -> None:
    settings = settings_for(tmp_path, receiver.url, MANIFEST)
    for _ in range(2):
        with served(settings) as running, SandboxClient(running.url) as sandbox:
            box = Mailbox(sandbox, "kim@example.org")
            if not box.mails():
                send(sandbox.smtp_port, letter(box.address, "Kept"))
                box.wait_for("Kept").mark_read()
            else:
                assert [(mail.subject, mail.raw["unread"]) for mail in box.mails()] == [("Kept", False)]


def test_a_recipient_can_be_refused_for_now_or_for_good(sunny: SandboxClient, ada: Mailbox) -> None:
    for kind, code in (("mail_later", 451), ("mail_refused", 550)):
        sunny.post("faults", kind=kind, address=ada.address.upper(), times=1)
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
            send(sunny.smtp_port, letter(ada.address))
        assert refused.value.recipients[ada.address][0] == code
    assert sunny.get("faults")["faults"] == []
    send(sunny.smtp_port, letter(ada.address))
    assert len(ada.mails()) == 1


def test_others_are_not_refused_with_somebody(sunny: SandboxClient, ada: Mailbox) -> None:
    sunny.post("faults", kind="mail_refused", address="nobody@example.org")
    assert send(sunny.smtp_port, letter(), ada.address, "nobody@example.org").keys() == {"nobody@example.org"}
    assert ada.unread == 1


def test_a_connection_can_end_after_the_mail_was_taken(sunny: SandboxClient, ada: Mailbox) -> None:
    sunny.post("faults", kind="mail_dropped", times=1)
    with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionError)):
        send(sunny.smtp_port, letter(ada.address))
    assert ada.unread == 1


def test_what_is_broken_is_shown_as_it_came() -> None:
    odd = Letter(b"Content-Type: text/plain; charset=klingon\r\nSubject: =?x?q\r\n\r\nqapla\xff")
    assert odd.text.startswith("qapla")
    assert (odd.html, odd.attachments, odd.unsubscribe) == ("", [], "")
    assert Letter(b"").headers == []
