"""What only a story shows: whole pages of the sandbox, pages behind links in mails, pages for staff."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from tests.gallery.stories import admin, cohorts, newcomer, pages, question_pages, staff


class Story(Protocol):
    """Played from beginning to end, on services of its own."""

    def __call__(self, folder: Path, *, whole: bool) -> None:
        """Put the pictures that the docs show into the folder; with `whole` also all others."""


BY_NAME: Mapping[str, Story] = {
    "newcomer": newcomer.play,
    "pages": pages.play,
    "question-pages": question_pages.play,
    "staff": staff.play,
    "admin": admin.play,
    "cohorts": cohorts.play,
}
