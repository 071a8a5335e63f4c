"""What the pages of weights and settings read from their forms."""

from starlette.datastructures import FormData

MOST_DIGITS = 7


def version_of(form: FormData, name: str) -> int:
    """A version that a page carries along; -1, which is none, for what no page of ours sends."""
    typed = str(form.get(name, ""))
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS else -1
