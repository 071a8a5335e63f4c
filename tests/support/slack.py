"""A Slack that does what a test tells it: takes messages, loses answers, refuses."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from bot.gateway import Failure, Meaning

Json = dict[str, Any]


class ScriptedSlack:
    """Conversations with messages. `upcoming` holds what goes wrong with the next calls of a method."""

    def __init__(self) -> None:
        self.messages: dict[str, list[Json]] = defaultdict(list)
        self.calls: list[tuple[str, Json]] = []
        self.upcoming: dict[str, list[Failure | Callable[[], None]]] = defaultdict(list)

    def fail(self, method: str, failure: Failure, *, accepted: bool = False) -> None:
        """The next call of this method fails; with `accepted` after Slack has done its work."""
        failure.args = (failure.code, accepted)
        self.upcoming[method].append(failure)

    def call(self, method: str, **args: Any) -> Json:
        self.calls.append((method, args))
        trouble = self.upcoming[method].pop(0) if self.upcoming[method] else None
        if isinstance(trouble, Failure):
            trouble.method = method
        if isinstance(trouble, Failure) and trouble.args[1:] != (True,):
            raise trouble
        answer: Json = getattr(self, f"_{method.replace('.', '_')}")(args)
        if isinstance(trouble, Failure):
            raise trouble
        if trouble:
            trouble()
        return answer

    def called(self, method: str) -> list[Json]:
        """The arguments of all calls of a method."""
        return [args for name, args in self.calls if name == method]

    def posted(self) -> list[Json]:
        """Every message that can be read now."""
        return [message for messages in self.messages.values() for message in messages]

    def _auth_test(self, _: Json) -> Json:
        return {"team_id": "T0TEST", "user_id": "U0BOT", "bot_id": "B0BOT"}

    def _conversations_open(self, args: Json) -> Json:
        return {"channel": {"id": f"D-{args['users']}"}}

    def _conversations_list(self, _: Json) -> Json:
        return {"channels": [{"id": "C0ADMINS", "name": "mentorship-admins", "is_member": True}]}

    def _conversations_history(self, args: Json) -> Json:
        return {"messages": list(reversed(self.messages[args["channel"]]))}

    def _chat_postMessage(self, args: Json) -> Json:  # noqa: N802 - Slack's name
        ts = f"{len(self.calls)}.000000"
        self.messages[args["channel"]].append({"ts": ts, **args})
        return {"channel": args["channel"], "ts": ts}

    def _views_publish(self, _: Json) -> Json:
        return {}

    def _chat_update(self, args: Json) -> Json:
        for message in self.messages[args["channel"]]:
            if message["ts"] == args["ts"]:
                message.update(text=args["text"], blocks=args["blocks"])
                return {"channel": args["channel"], "ts": args["ts"]}
        raise Failure(Meaning.NO_UPDATE, "message_not_found")

    def _chat_delete(self, args: Json) -> Json:
        standing = self.messages[args["channel"]]
        for message in standing:
            if message["ts"] == args["ts"]:
                standing.remove(message)
                return {"channel": args["channel"], "ts": args["ts"]}
        raise Failure(Meaning.NO_UPDATE, "message_not_found")
