"""Ports: whether one is free, who holds it, and which one a server of this folder had last time."""

import os
import socket
from pathlib import Path

import psutil

from app.errors import CommandError
from app.stack import record

LOOPBACK = "127.0.0.1"
FILE = "ports.json"


def is_free(port: int, host: str = LOOPBACK) -> bool:
    """Whether a server could listen there now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def remembered(data: Path, name: str) -> int:
    """The port this server had before, if it is still free; otherwise another, kept from now on."""
    kept = record.read(data / FILE)
    port = kept.get(name)
    if isinstance(port, int) and is_free(port):
        return port
    kept[name] = free_port()
    record.write(data / FILE, kept)
    return int(kept[name])


def demand(port: int, host: str, what: str, option: str) -> None:
    """Raise `CommandError` unless this port can be had."""
    if is_free(port, host):
        return
    other = f"choose another port with `./ithaca up {option} {port + 10}`"
    if port < 1024 and os.geteuid() != 0:
        raise CommandError(f"{what} may not listen on port {port}, which only root may use: {other}.")
    raise CommandError(f"{what} needs port {port}, which {holder(port)} holds: stop that, or {other}.")


def holder(port: int) -> str:
    """Who listens on this port, as far as the system tells us."""
    try:
        listening = [c for c in psutil.net_connections("tcp") if c.status == psutil.CONN_LISTEN]
        pid = next((c.pid for c in listening if c.laddr and c.laddr.port == port and c.pid), None)
        return f"{psutil.Process(pid).name()} (process {pid})" if pid else "another program"
    except psutil.Error:
        return "another program"
