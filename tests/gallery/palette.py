"""Pictures of pages as small PNG files: 256 colours are enough for text, lines and a few emoji."""

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

MOST, POPULAR = 256, 192
"""Colours in a palette; of these, how many are there because many points have them."""
SIGNATURE = b"\x89PNG\r\n\x1a\n"
INDEXED, EIGHT_BITS = 3, 8

Pixels = NDArray[np.uint8]
Numbers = NDArray[np.int64]


def small_png(pixels: Pixels) -> bytes:
    """A PNG with a palette, of an array of height, width and red, green, blue.

    Where there are more colours than fit, the most seen stay as they are, others stand for those like them, and every
    point takes the nearest: plain areas, text and soft shadows keep their look.
    """
    height, width, _ = pixels.shape
    colours, places, counts = np.unique(_as_numbers(pixels), return_inverse=True, return_counts=True)
    palette = colours if len(colours) <= MOST else _palette(colours[np.argsort(-counts, kind="stable")])
    into = _nearest(colours, palette)
    rows = into[places].astype(np.uint8).reshape(height, width)
    lines = np.hstack([np.zeros((height, 1), np.uint8), rows])  # each line begins with its filter: none
    shades = _parts(palette).astype(np.uint8)
    header = struct.pack(">IIBBBBB", width, height, EIGHT_BITS, INDEXED, 0, 0, 0)
    parts = (b"IHDR", header), (b"PLTE", shades.tobytes()), (b"IDAT", zlib.compress(lines.tobytes(), 9)), (b"IEND", b"")
    return SIGNATURE + b"".join(_chunk(name, body) for name, body in parts)


def _as_numbers(pixels: Pixels) -> Numbers:
    red, green, blue = (pixels[..., place].astype(np.int64).ravel() for place in range(3))
    return red << 16 | green << 8 | blue


def _palette(colours: Numbers) -> Numbers:
    """Of colours, the most seen first: these, and of the others one for each group that shares its upper bits."""
    popular, others = colours[:POPULAR], colours[POPULAR:]
    for bits in range(8, 0, -1):
        _, first = np.unique(others & (0x010101 * (0xFF << (8 - bits) & 0xFF)), return_index=True)
        if len(first) <= MOST - POPULAR:
            break
    return np.concatenate([popular, others[first]])


def _nearest(colours: Numbers, palette: Numbers) -> Numbers:
    """For each colour the place of the nearest in the palette."""
    each, kept = _parts(colours), _parts(palette)
    distances = (kept**2).sum(axis=1) - 2 * each @ kept.T  # less each colour's own square, which changes no order
    nearest: Numbers = distances.argmin(axis=1)
    return nearest


def _parts(colours: Numbers) -> NDArray[np.float64]:
    return np.stack([colours >> 16, colours >> 8 & 255, colours & 255], axis=1).astype(np.float64)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
