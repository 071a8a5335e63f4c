"""Where the rows behind a figure are."""

from urllib.parse import urlencode

from web.auth.pages import ADMIN


def rows_of(key: str, rule: str = "", **more: str) -> str:
    """The address of a list that shows the rows of this rule."""
    asked = ({"filter": rule} if rule else {}) | more
    return f"{ADMIN}/{key}/list" + (f"?{urlencode(asked)}" if asked else "")


OPEN = "state__in=searching,offered,waiting,staff"
RUNNING = "state__in=pending,active,paused"


def names(column: str, value: str) -> str:
    """The rule for rows whose column, a list of words with commas between, has this one among them."""
    said = value.replace("\\", "\\\\").replace('"', '\\"')
    ways = f'{column}__eq="{said}"', f'{column}__startswith="{said}, "', f'{column}__endswith=", {said}"'
    return f'({" OR ".join(ways)} OR {column}__contains=", {said}, ")'
