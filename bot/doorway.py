"""Where Slack's requests come in: signature over the raw body first, then its shape, then Bolt."""

import logging
from collections.abc import Callable

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request, Response
from redis import Redis, RedisError
from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from slack_sdk.signature import SignatureVerifier
from starlette.background import BackgroundTask

from bot import payloads

log = logging.getLogger(__name__)
MOST_BYTES = 1_000_000
CLICKS_AT_ONCE = 20
FORMS_AT_ONCE = 12  # of their own: who has pressed a form's button waits, and looks at it
DAY = 24 * 3600


def router(app: App, signing_secret: str) -> APIRouter:
    """The endpoint for everything Slack sends."""
    verifier = SignatureVerifier(signing_secret)
    clicks, forms = CapacityLimiter(CLICKS_AT_ONCE), CapacityLimiter(FORMS_AT_ONCE)
    routes = APIRouter()

    async def dispatch(sent: BoltRequest, limiter: CapacityLimiter) -> BoltResponse:
        return await to_thread.run_sync(app.dispatch, sent, limiter=limiter)

    @routes.post("/slack/events", include_in_schema=False)
    async def events(request: Request) -> Response:
        """Verify, take apart, hand over. 401 for a bad signature, 400 for a body that is none of Slack's.

        What needs no answer is acknowledged here, before any thread or lock is waited for.
        """
        raw = b""
        async for chunk in request.stream():
            raw += chunk
            if len(raw) > MOST_BYTES:
                return Response("too large", 413)
        if not _is_signed(verifier, request, raw):
            log.warning("a request to /slack/events was not signed by Slack, or is too old")
            return Response("not signed by Slack, or too old", 401)
        try:
            body = payloads.parsed(raw, request.headers.get("content-type", ""))
            payloads.check(body)
        except payloads.BadPayload as error:
            log.warning("a signed request could not be read: %s", error)
            return Response("not a request of Slack's", 400)
        sent = to_bolt_request(request, raw)
        if payloads.wants_answer(body):
            return to_starlette_response(await dispatch(sent, forms))
        return Response(background=BackgroundTask(dispatch, sent, clicks))

    return routes


def _is_signed(verifier: SignatureVerifier, request: Request, raw: bytes) -> bool:
    timestamp = request.headers.get("x-slack-request-timestamp", "")
    signature = request.headers.get("x-slack-signature", "")
    try:
        return verifier.is_valid(raw, timestamp, signature)
    except (TypeError, ValueError):  # letters in the timestamp, other scripts in the signature, a body that is no text
        return False


def once_a_day(redis_url: str) -> Callable[[str], bool]:
    """Whether an event's id is new: Slack sends again what it believes lost, and Bolt does not notice.

    Without Redis every id counts as new: what events do may be done twice.
    """
    redis = Redis.from_url(redis_url, socket_connect_timeout=0.5, socket_timeout=0.5)

    def first_time(event_id: str) -> bool:
        try:
            return bool(redis.set(f"event:{event_id}", 1, nx=True, ex=DAY)) if event_id else True
        except RedisError as error:
            log.warning("cannot tell repeated events: %s", error.__class__.__name__)
            return True

    return first_time
