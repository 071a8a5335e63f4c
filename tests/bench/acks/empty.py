"""What Ithaca's acknowledgements are compared with: a Bolt app that does nothing else, behind the same server.

`python -m tests.bench.acks.empty PORT SECRET SLACK_API_URL`
"""

import re
import sys

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from slack_bolt import Ack, App
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from slack_sdk import WebClient


def create_app(secret: str, slack_url: str) -> FastAPI:
    """One click handler, which acknowledges."""
    client = WebClient("xoxb-empty", base_url=slack_url, retry_handlers=[])
    bolt = App(name="empty", client=client, signing_secret=secret, token_verification_enabled=False)

    @bolt.action(re.compile(""))
    def clicked(ack: Ack) -> None:
        ack()

    app = FastAPI()

    @app.post("/slack/events")
    async def events(request: Request) -> Response:
        sent = to_bolt_request(request, await request.body())
        return to_starlette_response(await run_in_threadpool(bolt.dispatch, sent))

    @app.get("/readyz")
    def readyz() -> dict[str, str]:
        return {"status": "ok"}

    return app


if __name__ == "__main__":
    port, signing_secret, url = sys.argv[1:]
    uvicorn.run(create_app(signing_secret, url), port=int(port), log_level="error", access_log=False)
