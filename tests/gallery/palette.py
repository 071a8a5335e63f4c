"""Pictures of pages as small PNG files: 256 colours are enough for text, lines and a few emoji."""

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

MOST = 256
SIGNATURE = b"\x89PNG\r\n\x1a\n"
INDEXED, EIGHT_BITS = 3, 8

Pixels = NDArray[np.uint8]


def small_png(pixels: Pixels) -> bytes:
    """A PNG with a palette, of an array of height, width and red, green, blue.

    Where there are more colours than fit, those that share their upper bits become the one most seen among them, with
    fewer bits until they fit: plain areas keep their exact colour.
    """
    height, width, _ = pixels.shape
    colours, places, counts = np.unique(_as_numbers(pixels), return_inverse=True, return_counts=True)
    kept = _most_seen(colours, counts)
    palette, into = np.unique(kept, return_inverse=True)
    rows = into[places].astype(np.uint8).reshape(height, width)
    lines = np.hstack([np.zeros((height, 1), np.uint8), rows])  # each line begins with its filter: none
    shades = np.stack([palette >> 16, palette >> 8 & 255, palette & 255], axis=1).astype(np.uint8)
    header = struct.pack(">IIBBBBB", width, height, EIGHT_BITS, INDEXED, 0, 0, 0)
    parts = (b"IHDR", header), (b"PLTE", shades.tobytes()), (b"IDAT", zlib.compress(lines.tobytes(), 9)), (b"IEND", b"")
    return SIGNATURE + b"".join(_chunk(name, body) for name, body in parts)


def _as_numbers(pixels: Pixels) -> NDArray[np.int64]:
    red, green, blue = (pixels[..., place].astype(np.int64).ravel() for place in range(3))
    return red << 16 | green << 8 | blue


def _most_seen(colours: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each colour the one that stands for it."""
    order = np.argsort(-counts, kind="stable")
    for bits in range(8, 0, -1):
        mask = 0x010101 * (0xFF << (8 - bits) & 0xFF)
        groups, first, of = np.unique(colours[order] & mask, return_index=True, return_inverse=True)
        if len(groups) <= MOST:
            break
    kept = np.empty_like(colours)
    kept[order] = colours[order][first][of]
    return kept


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
