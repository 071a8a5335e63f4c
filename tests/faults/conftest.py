"""One stack for all faults: web, two workers, beat, PostgreSQL, Redis, and a sandbox for Slack and mail."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.scene import Scene, playing
from tests.support.stacks import running


@pytest.fixture(scope="package")
def shared_scene() -> Iterator[Scene]:
    """Not in a folder of pytest's: each session that starts shuts those to PostgreSQL's account, which starts again."""
    with (
        tempfile.TemporaryDirectory(prefix="ithaca-faults-") as folder,
        running(Path(folder).resolve() / "data", "--no-seed") as stack,
        playing(stack) as scene,
    ):
        yield scene


@pytest.fixture
def scene(shared_scene: Scene) -> Iterator[Scene]:
    """The stack, in which nothing has happened yet."""
    shared_scene.begin()
    yield shared_scene
    shared_scene.goes_well()
