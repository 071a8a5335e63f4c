"""To a person who asked staff for what is kept about them."""

from datetime import timedelta

from core.links import Purpose
from core.privacy_words import KEPT, WHO_SEES
from mail.letters.parts import Button, Buttons, Draft, Paragraph, Reader, SmallPrint

LINK_LASTS = timedelta(days=3)
WHY = "You get this because you asked the programme's staff for your data."


def own_data_letter(reader: Reader) -> Draft:
    """The data are on a page: a letter may be read by others."""
    read = reader.links.url(Purpose.OWN_DATA, reader.person.id, reader.person.id, reader.now + LINK_LASTS)
    return Draft(
        subject="What Ithaca keeps about you",
        parts=(
            Paragraph("You asked for what Ithaca keeps about you. It is on a page that is yours alone."),
            Buttons((Button("Export my data", read, main=True),)),
            Paragraph(f"{KEPT} {WHO_SEES}"),
            SmallPrint("Please do not pass this letter on: whoever has the link can read the page for three days."),
        ),
        why=WHY,
        thread=f"privacy.{reader.person.id}",
    )
