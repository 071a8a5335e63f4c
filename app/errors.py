"""Failures that end a command with a sentence instead of a traceback."""


class CommandError(Exception):
    """What was asked for cannot be done; the message says why and what to do."""
