"""A mentorship that good answers suggest, by letter."""

from core.links import Purpose
from core.services.suggestions import SuggestionView
from core.suggestion_words import answered, how, suggests
from mail.letters.parts import Button, Buttons, Draft, Paragraph, Part, Reader
from mail.text import one_line

WHY = "You get this because you asked quick questions and rated the answers."
OPEN, OVER = "open", "over"


def suggestion_letter(reader: Reader, seen: SuggestionView) -> Draft:
    """To the student: who, why, and a page to ask them on, or not."""
    name = one_line(seen.mentor_name)
    return Draft(
        subject=f"{name} could be your mentor",
        parts=_open(reader, seen, name) if seen.is_open else (Paragraph(answered(seen, name)),),
        why=WHY,
        thread=f"suggestion.{seen.suggestion_id}",
        standing=OPEN if seen.is_open else OVER,
    )


def _open(reader: Reader, seen: SuggestionView, name: str) -> tuple[Part, ...]:
    link = reader.link(Purpose.SUGGESTION, seen.suggestion_id)
    return (
        Paragraph(f"{suggests(name)} {how(name)}"),
        Buttons((Button("Ask them to be my mentor", link, main=True), Button("No thanks", link))),
    )
