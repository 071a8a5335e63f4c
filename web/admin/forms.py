"""What pages read from the forms that staff send."""

from starlette.datastructures import FormData

MOST_DIGITS = 7


def text_in(form: FormData, name: str) -> str:
    """What was typed into a field; empty for a field that is not there, and for a file."""
    typed = form.get(name)
    return typed if isinstance(typed, str) else ""


def version_in(form: FormData, name: str) -> int:
    """A version that a page carries along; -1, which is none, for what no page of ours sends."""
    typed = text_in(form, name)
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS else -1
