"""`./ithaca gallery`: pictures of every message, modal, Home tab and letter, and of the stories around them."""

import argparse
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from app.environment import ROOT
from app.errors import CommandError
from tests.gallery import guide, stories
from tests.gallery.catalogue import ROOMS
from tests.gallery.pages import page
from tests.support.browsers import chromium

DOCS = ROOT / "docs" / "gallery"
ALL_ROOMS, ALL_STORIES = "rooms", "stories"


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Take what the arguments name: without names every room, since stories take long."""
    del environ  # nothing that runs is asked: rooms are made of samples, stories bring services of their own
    folder, names = arguments.out or DOCS, arguments.names or [ALL_ROOMS]
    wanted, told = rooms(names), tales(names)
    if wanted:
        show(folder, wanted, whole=ALL_ROOMS in names)
    for name in told:
        _say(f"{ALL_STORIES}/{name}")
        stories.BY_NAME[name](folder / ALL_STORIES, whole=arguments.out is not None)
    return 0


def rooms(names: Sequence[str]) -> Mapping[str, Collection[str]]:
    """What these names stand for, by room: all, one room (`offers`), or one thing in it (`offers/decline-form`).

    Raises `CommandError` for a name that nothing has.
    """
    everything = {room.name: room.exhibits for room in ROOMS}
    found: dict[str, set[str]] = {}
    for name in names:
        room, _, exhibit = name.partition("/")
        if room == ALL_ROOMS:
            return everything
        if room == ALL_STORIES:
            continue
        if exhibit not in everything.get(room, ()) and (exhibit or room not in everything):
            known = ", ".join((ALL_ROOMS, *everything, ALL_STORIES))
            raise CommandError(f"Nothing in the gallery is called {name}. There are: {known}.")
        found.setdefault(room, set()).update({exhibit} if exhibit else everything[room])
    return found


def tales(names: Sequence[str]) -> Sequence[str]:
    """The stories among these names: all (`stories`), or one (`stories/pages`). Raises `CommandError` for no story."""
    asked = [name.removeprefix(f"{ALL_STORIES}/") for name in names if name.partition("/")[0] == ALL_STORIES]
    unknown = [name for name in asked if name not in (ALL_STORIES, *stories.BY_NAME)]
    if unknown:
        raise CommandError(f"No story is called {unknown[0]}. There are: {', '.join(stories.BY_NAME)}.")
    return list(stories.BY_NAME) if ALL_STORIES in asked else asked


def show(folder: Path, wanted: Mapping[str, Collection[str]], *, whole: bool) -> None:
    """Pictures of these, and the page of every room; with `whole` nothing else stays in their folders."""
    taken = set()
    with chromium() as browser:
        for path in guide.take(browser, folder, wanted):
            _say(str(path.relative_to(folder)))
            taken.add(path)
    for room in ROOMS:
        (folder / f"{room.name}.md").write_text(page(room), encoding="utf-8")
        old = set((folder / room.name).glob("*.png")) - taken if whole else set()
        for path in old:
            path.unlink()
    size = sum(path.stat().st_size for path in taken)
    views, letters = (sum(len(getattr(room, kind)) for room in ROOMS) for kind in ("views", "letters"))
    _say(f"{len(taken)} pictures, {size / 1e6:.1f} MB, of {views} views and {letters} letters, in {folder}")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
