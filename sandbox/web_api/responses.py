"""The response URLs: five answers to one interaction, within half an hour."""

from __future__ import annotations

import time

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from sandbox.errors import SlackError
from sandbox.web_api.arguments import Arguments, read_arguments
from sandbox.web_api.content import POST_CHARACTERS, read_content
from sandbox.workspace.state import Workspace
from sandbox.workspace.triggers import ResponseUrl


class Responses:
    """Answers `/response/<secret>`."""

    def __init__(self, workspace: Workspace) -> None:
        self._w = workspace

    async def answer(self, request: Request) -> Response:
        """Show, replace or delete a message as the app asks."""
        begun, args = time.perf_counter(), Arguments({})
        response: Response
        try:
            args = await read_arguments(request)
            self._show(self._w.response_urls.use(request.path_params["secret"]), args)
            error, response = None, PlainTextResponse("ok")
        except SlackError as refused:
            error = refused.code
            gone = refused.code in ("expired_url", "used_url", "message_not_found")
            response = JSONResponse(refused.body, 404 if gone else 400)
        self._w.save()
        answer = bytes(response.body).decode()
        self._w.journal.write(
            "from_app",
            "response_url",
            begun=begun,
            status=response.status_code,
            request=args.given,
            answer=answer,
            error=error,
        )
        return response

    def _show(self, url: ResponseUrl, args: Arguments) -> None:
        w, channel = self._w, self._w.conversations.by_id[url.channel]
        if url.message and (args.flag("replace_original") or args.flag("delete_original")):
            private = w.messages.find_private(channel, url.message, url.person)
            original = private or w.messages.find(channel, url.message)
            owner = url.person if private else None
            if not original:
                raise SlackError("message_not_found")
            if args.flag("delete_original"):
                w.messages.remove(channel, original, owner)
            else:
                content = {"blocks": None, **read_content(args, POST_CHARACTERS)}
                w.messages.replace(channel, original, content, owner)
            return
        content = read_content(args, POST_CHARACTERS)
        if "thread_ts" in args:
            content["thread_ts"] = args.text("thread_ts")
        in_channel = args.text("response_type") == "in_channel"
        w.respond(channel, url.person, content, in_channel=in_channel)
