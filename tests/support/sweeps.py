"""Single jobs of the sweep, by the names they have in its log."""

from tasks.periodic import PERIODIC, Run


def job(name: str) -> Run:
    """What the sweep does under this name."""
    return next(one.run for one in PERIODIC if one.name == name)
