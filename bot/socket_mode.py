"""Socket Mode: the service opens WebSockets to Slack, and needs no address that Slack can reach."""

import logging
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_bolt.adapter.socket_mode.internals import run_bolt_app
from slack_sdk import WebClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot import payloads
from core.config import Settings
from core.trace import following

log = logging.getLogger(__name__)
AT_ONCE = 32  # envelopes, each handled by a thread
BUFFER = 64 * 1024


class Socket(SocketModeHandler):
    """Takes Slack's envelopes from one connection, which it opens anew whenever Slack or the network ends it.

    What needs no answer is acknowledged before it is handled.

    Slack sends each envelope over one of the app's connections, ten at the most: more processes share the work.
    """

    def __init__(self, app: App, settings: Settings) -> None:
        token = settings.slack_app_token.get_secret_value()
        super().__init__(
            app,
            token,
            logger=logging.getLogger("slack_sdk.socket_mode"),
            web_client=WebClient(token, base_url=settings.slack_api_url, retry_handlers=[]),
            receive_buffer_size=BUFFER,
            concurrency=AT_ONCE,
        )

    def handle(self, client: Any, req: SocketModeRequest) -> None:
        """Pass an envelope on, if it is one of Slack's; another one stays unanswered."""
        try:
            payloads.check(req.payload)
        except payloads.BadPayload as error:
            log.warning("an envelope could not be read: %s", error)
            return
        with following():
            if payloads.wants_answer(req.payload):
                super().handle(client, req)
            else:
                client.send_socket_mode_response(SocketModeResponse(envelope_id=req.envelope_id))
                run_bolt_app(self.app, req)
