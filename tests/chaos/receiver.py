"""A Slack that keeps every post, and now and then loses its answer, refuses, limits, or takes its time.

What it was given is counted here, at the receiving end: by the id that each message carries as metadata.
"""

import json
import random
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

Json = dict[str, Any]
TAKING = ("chat.postMessage", "chat.update")
FAULTS = {
    "connection dropped, taken": 4,
    "connection dropped, not taken": 3,
    "500, taken": 4,
    "503, not taken": 3,
    "429": 4,
    "answered late": 4,
}
"""In a hundred calls. Calls that take nothing know only those that take nothing."""

USUAL_SECONDS, LATE_SECONDS = 0.03, 1.0


class Receiver(ThreadingHTTPServer):
    """Listens on a free port of this machine."""

    daemon_threads = True

    def __init__(self, seed: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self._random, self._lock = random.Random(seed), threading.Lock()
        self._messages: dict[str, list[Json]] = defaultdict(list)
        self.calls: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()
        self.calm = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/api/"

    def posts(self) -> Counter[str]:
        """How often each message was posted, by its id."""
        with self._lock:
            return Counter(
                str(message["metadata"]["event_payload"]["id"])
                for messages in self._messages.values()
                for message in messages
            )

    def fault(self, method: str) -> tuple[str, float]:
        """What goes wrong with this call, if anything does, and how long it takes."""
        with self._lock:
            self.calls[method] += 1
            seconds = min(self._random.expovariate(1 / USUAL_SECONDS), LATE_SECONDS)
            if self.calm:
                return "", seconds
            name = self._random.choices(("", *FAULTS), (100 - sum(FAULTS.values()), *FAULTS.values()))[0]
            if method not in TAKING and name.endswith(", taken"):
                name = ""
            if name:
                self.faults[name] += 1
            return name, LATE_SECONDS * self._random.random() if name == "answered late" else seconds

    def answer(self, method: str, args: dict[str, str]) -> Json:
        """Do what the method does."""
        with self._lock:
            match method:
                case "conversations.open":
                    return {"ok": True, "channel": {"id": "D" + args["users"].replace(",", "")}}
                case "conversations.history":
                    return {"ok": True, "messages": list(reversed(self._messages[args["channel"]]))}
                case "chat.postMessage":
                    return self._post(args)
                case "chat.update":
                    known = any(one["ts"] == args["ts"] for one in self._messages[args["channel"]])
                    return {"ok": True, **args} if known else {"ok": False, "error": "message_not_found"}
                case "auth.test":
                    return {"ok": True, "team_id": "T0CHAOS", "user_id": "U0ITHACA"}
                case "views.publish":
                    return {"ok": True}
                case _:
                    return {"ok": False, "error": "unknown_method"}

    def _post(self, args: dict[str, str]) -> Json:
        ts = f"{time.time():.6f}"
        message = {"ts": ts, "text": args["text"], "metadata": json.loads(args["metadata"])}
        self._messages[args["channel"]].append(message)
        return {"ok": True, "channel": args["channel"], "ts": ts}


class _Handler(BaseHTTPRequestHandler):
    server: Receiver
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        method = self.path.rpartition("/")[2]
        fault, seconds = self.server.fault(method)
        time.sleep(seconds)  # how long Slack takes: meanwhile its caller may be killed
        match fault:
            case "429":
                self._say(429, {"ok": False, "error": "ratelimited"})
            case "503, not taken":
                self._say(503, {})
            case "connection dropped, not taken":
                self._hang_up()
            case _:
                answer = self.server.answer(method, dict(parse_qsl(body, keep_blank_values=True)))
                if fault == "connection dropped, taken":
                    self._hang_up()
                else:
                    self._say(500 if fault == "500, taken" else 200, answer)

    def _say(self, status: int, answer: Json) -> None:
        body = json.dumps(answer).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            if status == 429:
                self.send_header("Retry-After", "1")
            self.end_headers()
            self.wfile.write(body)
        except OSError:  # the caller was killed
            self._hang_up()

    def _hang_up(self) -> None:
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        pass


@contextmanager
def receiving(seed: int) -> Iterator[Receiver]:
    """A receiver for the length of a block."""
    server = Receiver(seed)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
