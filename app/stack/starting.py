"""The order in which a stack starts: what is needed first, and side by side what does not need each other."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from app.embedded import postgres
from app.errors import CommandError
from app.stack import record
from app.stack.console import Console
from app.stack.plan import Plan
from app.stack.probe import answers, asking, get
from app.stack.processes import Processes
from app.stack.supervisor import Supervisor

ASK_EVERY = 0.2
REMIND_EVERY = 30.0


@dataclass(frozen=True)
class Starting:
    """One start. Raises `CommandError` if a step fails."""

    plan: Plan
    processes: Processes
    supervisor: Supervisor
    console: Console

    async def everything(self) -> None:
        """Returns when a click would work."""
        await together(self._database(), self._broker(), self._slack())
        record.write(self.plan.data / record.CONNECTIONS, self.plan.connections)
        await together(self._people_and_web(), self._workers(), self._sockets())
        await self._ready()

    async def _database(self) -> None:
        if cluster := self.plan.cluster:
            opened = await asyncio.to_thread(postgres.prepare, cluster)
            if opened:
                places = ", ".join(str(folder) for folder in opened)
                self.console.step("postgres", f"runs under a user of its own, which may now pass {places}")
            await self.supervisor.keep(self.processes.postgres(cluster), asking(cluster.is_ready))
            self.console.step("postgres", f"ready on port {cluster.port}")
        await self.supervisor.run(self.processes.migrations())
        self.console.step("migrations", "done")

    async def _broker(self) -> None:
        if broker := self.plan.broker:
            broker.prepare()
            await self.supervisor.keep(self.processes.redis(broker), asking(broker.is_ready))
            self.console.step("redis", f"ready on port {broker.port}")

    async def _slack(self) -> None:
        if self.plan.sandbox_port:
            await self.supervisor.keep(self.processes.sandbox(), answers(self.plan.sandbox_url))
            self.console.step("sandbox", f"ready on port {self.plan.sandbox_port}")

    async def _people_and_web(self) -> None:
        """The page answers when there is somebody in it; meanwhile a worker loads the model."""
        if self.plan.seed:
            await self.supervisor.run(self.processes.seed())
            self.console.step("seed", "done")
        await self.supervisor.keep(self.processes.web(), answers(f"{self.plan.web_url}/healthz"))
        self.console.step("web", f"answers on port {self.plan.port}")

    async def _workers(self) -> None:
        for program in (self.processes.matching(), self.processes.delivery(), self.processes.beat()):
            await self.supervisor.keep(program)

    async def _sockets(self) -> None:
        if self.plan.socket_mode:
            connected = self.processes.connected
            connected.unlink(missing_ok=True)
            await self.supervisor.keep(self.processes.socket(), asking(connected.exists))
            self.console.step("socket", "connected to Slack")

    async def _ready(self) -> None:
        """Ask the web process, which knows what is still missing."""
        loop = asyncio.get_running_loop()
        remind = loop.time() + REMIND_EVERY
        while True:
            status, body = await asyncio.to_thread(get, f"{self.plan.web_url}/readyz")
            if status == 200:
                return
            if loop.time() > remind:
                self.console.step("web", f"not ready yet: {body.strip()[:200] or 'no answer'}")
                remind += REMIND_EVERY
            await asyncio.sleep(ASK_EVERY)


async def together(*steps: Coroutine[Any, Any, None]) -> None:
    """Take steps side by side; the first failure ends the others and is raised as it is."""
    try:
        async with asyncio.TaskGroup() as group:
            for step in steps:
                group.create_task(step)
    except* CommandError as failures:
        raise failures.exceptions[0] from None
