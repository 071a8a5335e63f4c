"""Where the rows behind a figure are."""

from urllib.parse import urlencode

from web.auth.pages import ADMIN


def rows_of(key: str, rule: str = "", **more: str) -> str:
    """The address of a list that shows the rows of this rule."""
    asked = ({"filter": rule} if rule else {}) | more
    return f"{ADMIN}/{key}/list" + (f"?{urlencode(asked)}" if asked else "")
