"""Small pieces of plain English, as views know them."""

from core.words import count, day, listed, moment, place_or_time, span, upper_first

__all__ = ["count", "day", "listed", "moment", "place_or_time", "span", "upper_first"]
