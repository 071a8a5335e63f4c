"""Where the rows behind a figure are."""

from urllib.parse import urlencode

from web.auth.pages import ADMIN


def rows_of(key: str, rules: str = "", **more: str) -> str:
    """The address of a list that shows the rows of these rules."""
    asked = ({"filter": rules} if rules else {}) | more
    return f"{ADMIN}/{key}/list" + (f"?{urlencode(asked)}" if asked else "")


OPEN = "state__in=searching,offered,waiting,staff"
RUNNING = "state__in=pending,active,paused"


def names(column: str, value: str) -> str:
    """The rule for rows whose column, a list of words with commas between, has this one among them."""
    ways = (("eq", value), ("startswith", f"{value}, "), ("endswith", f", {value}"), ("contains", f", {value}, "))
    return f"({' OR '.join(rule(column, operator, text) for operator, text in ways)})"


def rule(column: str, operator: str, text: str) -> str:
    """One rule of a filter, whatever signs its text has."""
    said = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'{column}__{operator}="{said}"'
