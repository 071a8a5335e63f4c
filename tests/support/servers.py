"""Servers for tests, and a port that nobody uses."""

from app.embedded.scratch import postgres, redis
from app.stack.ports import free_port

__all__ = ["free_port", "postgres", "redis"]
