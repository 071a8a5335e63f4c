"""Everything that people see hangs in the gallery, and the docs show what hangs there."""

import inspect
import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

import numpy as np
import pytest

import bot.views
import mail.letters
from app.environment import ROOT
from app.errors import CommandError
from bot.blocks import Message
from mail.letters.parts import Draft
from tests.gallery.catalogue import ROOMS
from tests.gallery.exhibits import Room
from tests.gallery.palette import SIGNATURE, small_png
from tests.gallery.run import DOCS, rooms, tales
from tests.gallery.stories import BY_NAME
from tests.mail import claim_samples, meeting_samples, question_samples, samples
from tests.support.block_limits import message_faults, view_faults

FRONT = ROOT / "docs" / "gallery.md"
PICTURE = re.compile(r"!\[[^\]]+\]\(([^)]+)\)")
WHOLE_VIEWS = ("_modal", "_view", "_home")
"""How the names of functions end that draw a modal or a Home tab; others draw parts of them."""
PARTS = {"bot.views.commands.command_list"}  # what all helps are made with
HANG_IT = "shown(…) in a room of tests/gallery/catalogue draws it of a sample; then run ./ithaca gallery"
WRITE_IT = "add a sample to drafts() in tests/mail, and its name to a room of tests/gallery/catalogue"


def functions(package: ModuleType) -> Iterator[tuple[str, object, object]]:
    """The public functions of a package's modules: name, function, what it returns."""
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        module = import_module(found.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == found.name and not name.startswith("_"):
                yield f"{found.name}.{name}", function, function.__annotations__["return"]


def test_every_message_modal_and_home_tab_hangs_in_the_gallery() -> None:
    hung = {view.view for room in ROOMS for view in room.views}
    whole = {
        name: function
        for name, function, returned in functions(bot.views)
        if name not in PARTS and (returned is Message or name.endswith(WHOLE_VIEWS))
    }

    assert len(whole) > 90
    assert sorted(name for name, function in whole.items() if function not in hung) == [], HANG_IT


def test_every_letter_hangs_in_the_gallery() -> None:
    hung = {name for room in ROOMS for name in room.letters}
    used = [vars(each).values() for each in (samples, claim_samples, meeting_samples, question_samples)]
    without = [
        name
        for name, function, returned in functions(mail.letters)
        if returned is Draft and not any(function in names for names in used)
    ]

    assert without == [], WRITE_IT
    assert sorted(set(samples.letters()) ^ hung) == [], WRITE_IT


@pytest.mark.parametrize("room", ROOMS, ids=[room.name for room in ROOMS])
def test_slack_takes_what_hangs_there(room: Room) -> None:
    for view in room.views:
        drawn = view.draw()
        faults = message_faults(drawn.text, drawn.blocks) if isinstance(drawn, Message) else view_faults(drawn)
        assert not faults, view.name


@pytest.mark.parametrize("room", ROOMS, ids=[room.name for room in ROOMS])
def test_the_docs_show_what_hangs_there_and_nothing_else(room: Room) -> None:
    again = f"run ./ithaca gallery {room.name}"
    files = list(room.files())
    pictures = {f"{room.name}/{name}.png" for name in files}

    assert len(pictures) == len(files), "two of one name"
    assert set(PICTURE.findall((DOCS / f"{room.name}.md").read_text(encoding="utf-8"))) == pictures, again
    assert {f"{room.name}/{path.name}" for path in (DOCS / room.name).iterdir()} == pictures, again
    assert f"(gallery/{room.name}.md)" in FRONT.read_text(encoding="utf-8"), "docs/gallery.md leads to every room"


def test_the_docs_show_every_picture_of_a_story() -> None:
    linked = set(PICTURE.findall(FRONT.read_text(encoding="utf-8")))

    assert linked == {f"gallery/stories/{path.name}" for path in (DOCS / "stories").iterdir()}
    assert all(f"`stories/{name}`" in FRONT.read_text(encoding="utf-8") for name in BY_NAME)


def test_a_name_is_a_room_or_something_in_it_or_a_story() -> None:
    assert rooms(["offers/decline-form", "stories"]) == {"offers": {"decline-form"}}
    assert rooms(["rooms"]) == {room.name: room.exhibits for room in ROOMS}
    assert list(tales(["offers", "stories"])) == list(BY_NAME)
    assert tales(["stories/pages"]) == ["pages"]
    for wrong in ("kitchen", "offers/teapot"):
        with pytest.raises(CommandError, match=f"Nothing in the gallery is called {wrong}"):
            rooms([wrong])
    with pytest.raises(CommandError, match="No story is called ghost"):
        tales(["stories/ghost"])


@pytest.mark.parametrize("colours", [2, 256, 5000])
def test_a_small_picture_has_a_palette_that_fits(colours: int) -> None:
    pixels = np.zeros((60, 100, 3), np.uint8)
    pixels[:50].reshape(-1, 3)[:colours] = np.random.default_rng(1).integers(0, 255, (colours, 3))
    made = small_png(pixels)

    assert made.startswith(SIGNATURE)
    length = int.from_bytes(made[33:37], "big")  # of the palette, which follows the signature and the header
    assert made[37:41] == b"PLTE"
    assert length <= 256 * 3
    assert b"\x00\x00\x00" in made[41 : 41 + length], "a plain area keeps its colour"
