"""Writes every letter as HTML, text and pictures: `python -m tests.mail.gallery FOLDER`.

Without a folder it takes the pictures of docs/gallery.md anew, of a few letters, on a phone and at a desk.
"""

import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, ViewportSize

from app.environment import ROOT
from tests.mail.samples import letters
from tests.support.browsers import chromium

PHONE, DESK = ViewportSize(width=360, height=740), ViewportSize(width=800, height=600)
PLACE = ROOT / "docs" / "screenshots"
ColorScheme = Literal["light", "dark"]
SCHEMES: tuple[ColorScheme, ...] = ("light", "dark")
SHOWN = (
    "offer",
    "offer-question",
    "introduction-to-student",
    "check-in",
    "status-offered",
    "meeting-invitation",
    "goals-proposed",
    "keepsake",
    "question-referred",
    "question-claimed-to-mentor",
    "question-reminder",
    "question-answered",
    "own-data",
)


def main() -> None:
    """Every letter into a folder, or those of the gallery into docs."""
    with chromium() as browser:
        if len(sys.argv) > 1:
            everything(browser, Path(sys.argv[1]))
        else:
            for name in SHOWN:
                picture(browser, letters()[name].html, PHONE, "light", PLACE / f"letter-{name}.png")
            picture(browser, letters()["offer"].html, DESK, "light", PLACE / "letter-offer-desk.png")
            for name in ("offer", "question-referred"):
                picture(browser, letters()[name].html, PHONE, "dark", PLACE / f"letter-{name}-dark.png")


def everything(browser: Browser, folder: Path) -> None:
    """HTML, text, and four pictures of each: narrow and wide, light and dark."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, letter in letters().items():
        (folder / f"{name}.html").write_text(letter.html, encoding="utf-8")
        (folder / f"{name}.txt").write_text(f"{letter.subject}\n\n{letter.text}", encoding="utf-8")
        for width, size in (("phone", PHONE), ("desk", DESK)):
            for scheme in SCHEMES:
                picture(browser, letter.html, size, scheme, folder / f"{name}-{width}-{scheme}.png")


def picture(browser: Browser, html: str, size: ViewportSize, scheme: ColorScheme, path: Path) -> None:
    """The whole letter, as tall as it is."""
    context = browser.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    page.set_content(html)
    page.screenshot(path=path, full_page=True)
    context.close()


if __name__ == "__main__":
    main()
