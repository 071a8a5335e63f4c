"""Python's collector of cycles, told what lasts: hooks of pytest."""

import gc

OBJECTS = 20_000
"""New ones before the young are looked through; 700 by default. Tests make many, and most go by themselves."""


def pytest_collection_finish() -> None:
    """What is imported and collected by now stays to the end, so nobody looks through it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS, *gc.get_threshold()[1:])
