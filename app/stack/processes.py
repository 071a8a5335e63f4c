"""The processes of a stack: how each is started, known to be ready, and stopped."""

import os
import signal
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from app.embedded import postgres
from app.embedded.postgres import Cluster
from app.embedded.redis import Broker
from app.environment import ROOT
from app.stack import log
from app.stack.child import Program
from app.stack.plan import Plan

STAGES = (("web", "socket", "beat"), ("matching", "delivery"), ("sandbox", "redis"), ("postgres",))
"""The order in which they stop: first who takes work in, last who keeps it."""

NICE = 5

INT, TERM, QUIT = signal.SIGINT, signal.SIGTERM, signal.SIGQUIT


@dataclass(frozen=True)
class Processes:
    """Makes the programs of one plan."""

    plan: Plan

    def postgres(self, cluster: Cluster) -> Program:
        """SIGINT ends connections and writes all; SIGQUIT leaves the rest to recovery at the next start."""
        environ = postgres.environment() | {"ITHACA_DATA": str(self.plan.data)}
        return Program(
            name="postgres",
            command=cluster.command(),
            environ=environ,
            log=self._log("postgres"),
            stop=((INT, 5.0), (QUIT, 2.0)),
            hurried=QUIT,
            orphaned=INT,
            account=cluster.account,
        )

    def redis(self, broker: Broker) -> Program:
        """Nothing in it is worth waiting for."""
        environ = {"PATH": os.environ.get("PATH", os.defpath), "ITHACA_DATA": str(self.plan.data)}
        return Program("redis", broker.command(), environ, self._log("redis"), stop=((TERM, 1.5),))

    def sandbox(self) -> Program:
        """The stand-in for Slack, and for a mail server unless there is a real one."""
        mailboxes = ["--mailboxes"] if self.plan.mailboxes else []
        return self._own("sandbox", "sandbox", "--app-url", self.plan.web_url, *mailboxes, patience=4.0)

    def migrations(self) -> Program:
        """Brings the database to the newest revision."""
        return self._own("migrations", "migrate")

    def seed(self) -> Program:
        """Sample people."""
        return self._own("seed", "seed")

    def web(self) -> Program:
        """Answers what it has taken in, for up to five seconds."""
        return self._own("web", "web", "--host", self.plan.host, "--port", str(self.plan.port), patience=6.0)

    @property
    def connected(self) -> Path:
        """Is there once the socket process is connected to Slack."""
        return self.plan.data / "socket.connected"

    def socket(self) -> Program:
        """Takes Slack's requests over sockets; finishes those it has taken in."""
        return self._own("socket", "socket", "--ready", str(self.connected), patience=6.0)

    def matching(self) -> Program:
        """The worker with the model. It computes for long, so it stands back for those who answer people."""
        return replace(self._own("matching", "worker", "--queues", "matching"), niceness=NICE)

    def delivery(self) -> Program:
        """The worker for all that is short."""
        return self._own("delivery", "worker", "--queues", "delivery,default")

    def beat(self) -> Program:
        """The clock."""
        return self._own("beat", "beat", patience=1.5)

    def _own(self, name: str, *arguments: str, patience: float = 3.0) -> Program:
        """One of our own commands, on the stack's connections."""
        environ = dict(self.plan.variables) | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
        if not environ.get("ITHACA_MODEL"):
            environ.setdefault("HF_HUB_OFFLINE", "1")
        command = [sys.executable, "-P", "-m", "app", *arguments]
        return Program(name, command, environ, self._log(name), stop=((TERM, patience),))

    def _log(self, name: str) -> Path:
        return log.file_for(self.plan.data / "logs", name)
