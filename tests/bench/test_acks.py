"""Clicks as the measurement sends them, and how it reads its clock."""

from urllib.parse import parse_qs

from slack_sdk.signature import SignatureVerifier

from bot import payloads
from bot.routes import CLICKS as HANDLED
from tests.bench.acks.clicking import Answered, Target, click
from tests.bench.acks.run import CLICKS


def test_a_click_is_signed_and_read_as_one_of_slacks() -> None:
    sent = Target(1234, "a secret").request(click("U1", CLICKS[0], "v", "http://127.0.0.1:1/response/1"))
    head, _, body = sent.partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
    stamp, signature = headers["X-Slack-Request-Timestamp"], headers["X-Slack-Signature"]
    assert SignatureVerifier("a secret").is_valid(body, stamp, signature)
    assert set(parse_qs(body.decode())) == {"payload"}
    read = payloads.click(payloads.parsed(body, headers["Content-Type"]))
    assert (read.account.user_id, read.action_id, read.value) == ("U1", CLICKS[0], "v")
    assert set(CLICKS) <= HANDLED.keys()


def test_percentiles_are_of_the_nearest_rank() -> None:
    answered = Answered(took=[float(one) for one in range(100, 0, -1)])
    assert [answered.percentile(share) for share in (0.5, 0.99, 1.0)] == [50.0, 99.0, 100.0]
    assert Answered().percentile(0.99) == 0.0
