"""Hangs up what was asked for, and takes the pictures."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from playwright.sync_api import Browser, Locator

from bot.blocks import Message
from mail.letters.letter import Letter
from tests.gallery.camera import Camera
from tests.gallery.catalogue import ROOMS
from tests.gallery.exhibits import Exhibit, Room
from tests.gallery.scene import Scene, scene
from tests.mail.samples import drafts, letters


def take(browser: Browser, folder: Path, wanted: Mapping[str, Collection[str]]) -> Iterator[Path]:
    """Pictures of these exhibits, by the room they are in: each is written, then named."""
    camera = Camera(browser)
    with scene(browser) as hall:
        for room in ROOMS:
            names = wanted.get(room.name, ())
            for view in room.views:
                if view.name in names:
                    yield from _view(hall, camera, view, room, folder / room.name)
            for name in room.letters:
                if f"letter-{name}" in names:
                    yield from _letter(hall, camera, name, room, folder / room.name)


def _view(hall: Scene, camera: Camera, view: Exhibit, room: Room, folder: Path) -> Iterator[Path]:
    with _hung(hall, view, phone=False) as seen:
        asks = seen.page.get_by_role("alertdialog")
        if view.pressed:
            seen.get_by_role("button", name=view.pressed, exact=True).click()
        yield camera.shoot(asks if view.pressed else seen, folder / f"{view.name}.png")
        if view.pressed:
            seen.page.keyboard.press("Escape")
    if view.name in room.phone:
        with _hung(hall, view, phone=True) as seen:
            yield camera.shoot(seen.page, folder / f"{view.name}-phone.png")


def _hung(hall: Scene, view: Exhibit, *, phone: bool) -> AbstractContextManager[Locator]:
    drawn = view.draw()
    if isinstance(drawn, Message):
        return hall.message(view.reader, drawn, phone=phone)
    show = hall.home if drawn["type"] == "home" else hall.modal
    return show(view.reader, drawn, phone=phone)


def _letter(hall: Scene, camera: Camera, name: str, room: Room, folder: Path) -> Iterator[Path]:
    letter: Letter = letters()[name]
    _, reader, _ = drafts()[name]
    assert reader.person.email, f"nobody can read {name}"
    with hall.letter(reader.person.email, reader.person.name, letter) as seen:
        yield camera.shoot(seen, folder / f"letter-{name}.png")
    if f"letter-{name}" in room.phone:
        yield camera.shoot_letter(letter.html, "light", folder / f"letter-{name}-phone.png")
    if name in room.dark:
        yield camera.shoot_letter(letter.html, "dark", folder / f"letter-{name}-dark.png")
