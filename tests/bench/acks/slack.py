"""A Slack that takes everything at once: `python -m tests.bench.acks.slack PORT`."""

import json
import sys
from collections.abc import Mapping
from itertools import count
from typing import Any
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

TEAM, BOT = "T0BENCH", "U0ITHACA"
_numbers = count(1)


async def answer(request: Request) -> JSONResponse:
    """Say that it is done."""
    asked = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
    return JSONResponse({"ok": True, **_facts(request.path_params.get("method", ""), asked)})


def _facts(method: str, asked: Mapping[str, str]) -> dict[str, Any]:
    match method:
        case "auth.test":
            return {"team_id": TEAM, "user_id": BOT, "bot_id": "B0ITHACA", "url": "https://bench.slack.com/"}
        case "conversations.open":
            return {"channel": {"id": "D" + asked.get("users", "")}}
        case "conversations.list":
            return {"channels": []}
        case "chat.postMessage" | "chat.update":
            return {"channel": asked.get("channel", ""), "ts": f"{next(_numbers)}.000000"}
        case "views.open" | "views.publish":
            return {"view": {"id": "V0", **json.loads(asked.get("view", "{}"))}}
        case _:
            return {}


app = Starlette(
    routes=[
        Route("/readyz", answer),
        Route("/response/{number}", answer, methods=["POST"]),
        Route("/api/{method}", answer, methods=["GET", "POST"]),
    ]
)

if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), log_level="error", access_log=False)
