"""Text in the cells of spreadsheets: what would be calculated there begins with a quotation mark in our files."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet calculate, or takes a line apart: https://owasp.org/www-community/attacks/CSV_Injection."""


def harmless(text: str) -> str:
    """The text as it may stand in a cell. What a spreadsheet would calculate begins with a quotation mark."""
    return f"'{text}" if text.startswith(FORMULA) else text


def as_written(cell: str) -> str:
    """The text that a cell stands for: without the quotation mark that `harmless` put there."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell
