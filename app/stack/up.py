"""`./ithaca up`: the whole stack in one terminal, until Ctrl-C."""

import asyncio
import signal
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.embedded import postgres
from app.errors import CommandError
from app.stack import plan as planning
from app.stack import record
from app.stack.child import Register
from app.stack.console import Console
from app.stack.plan import Choices, Plan
from app.stack.processes import STAGES, Processes
from app.stack.starting import Starting
from app.stack.supervisor import Supervisor

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run(environ: Mapping[str, str], choices: Choices, console: Console) -> int:
    """Run until asked to stop. Raises `CommandError` if it may not start; returns the exit code."""
    data = planning.folder(environ)
    with record.held(data):
        _clear(data, console)
        plan = planning.make(environ, data, choices)
        planning.check_ports(plan)
        try:
            return asyncio.run(_run(plan, console))
        finally:
            (data / record.CONNECTIONS).unlink(missing_ok=True)


def _clear(data: Path, console: Console) -> None:
    """Stop what a killed stack left behind."""
    left = Register(data).stop_orphans()
    if postgres.stop_orphan(data / "postgres") and "postgres" not in left:
        left.append("postgres")
    if left:
        console.say(f"Stopped what an earlier run had left: {', '.join(left)}.")


async def _run(plan: Plan, console: Console) -> int:
    """Start everything; when somebody asks, or a process cannot be kept running, stop everything."""
    supervisor = Supervisor(plan.data, console)
    asked = _stop_signals(supervisor)
    _header(plan, console)
    starting = asyncio.create_task(_start(plan, supervisor, console))
    waiting: set[asyncio.Future[Any]] = {starting, supervisor.broken, asyncio.create_task(asked.wait())}
    try:
        while not asked.is_set():
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for one in done:
                one.result()
    except CommandError as error:
        console.failure(str(error))
        return 1
    else:
        return 0
    finally:
        began = time.monotonic()
        console.say("Stopping…")
        starting.cancel()
        await asyncio.gather(starting, return_exceptions=True)
        await supervisor.stop(STAGES)
        console.say(f"Everything has stopped ({time.monotonic() - began:.1f} s).")


def _stop_signals(supervisor: Supervisor) -> asyncio.Event:
    """An event that Ctrl-C and its like set. The second time there is no more patience."""
    asked = asyncio.Event()

    def ask() -> None:
        if asked.is_set():
            supervisor.hurry()
        asked.set()

    for sign in STOP_SIGNALS:
        asyncio.get_running_loop().add_signal_handler(sign, ask)
    return asked


async def _start(plan: Plan, supervisor: Supervisor, console: Console) -> None:
    began = time.monotonic()
    await Starting(plan, Processes(plan), supervisor, console).everything()
    console.title(f"\nIthaca is ready ({time.monotonic() - began:.1f} s).\n")
    if plan.sandbox_port:
        console.say(f"  Slack sandbox  {plan.sandbox_url}")
    console.say(f"  Ithaca         {plan.public_url}")
    console.say(f"  Logs           {plan.data / 'logs'}\n\nCtrl-C stops everything.\n")


def _header(plan: Plan, console: Console) -> None:
    own = {
        "PostgreSQL": plan.cluster,
        "Redis": plan.broker,
        "Slack sandbox": plan.sandbox_port,
        "Socket Mode": plan.socket_mode,
    }
    parts = [name for name, server in own.items() if server] + ["web", "two workers", "beat"]
    console.title(f"Starting Ithaca: {', '.join(parts)}")
    console.say(f"Its data is in {plan.data}\n")
