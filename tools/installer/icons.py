"""The program's icon for every system, drawn from one description: `python -m tools.installer.icons`. No library draws it, so
that it is the same everywhere; the files are kept, and a test holds them to this."""

from __future__ import annotations

import math
import struct
import zlib
from pathlib import Path

HERE = Path(__file__).parent / "icons"
TILE, SIGN = (0x2A, 0x4F, 0xB8), (0xFF, 0xFF, 0xFF)  # the accent and what stands on it, resources/theme.toml
DOTS = 10
# On macOS a tile leaves a margin within its picture: 824 of 1024; elsewhere it fills it.
MAC, WHOLE = 824 / 1024, 1.0
ICO = (16, 20, 24, 32, 40, 48, 64, 128, 256)
ICNS = (
    (b"icp4", 16), (b"icp5", 32), (b"ic11", 32), (b"ic12", 64), (b"ic07", 128), (b"ic13", 256), (b"ic08", 256), (b"ic14", 512),
    (b"ic09", 512), (b"ic10", 1024),
)  # fmt: skip


def circles(size: float, fills: float) -> list[tuple[float, float, float]]:
    """The sign's circles (x, y, radius) on a square picture: one in the middle, ten round it, as the window draws them."""
    middle, unit = size / 2, size * fills / 24 * 0.8
    ring = [(math.sin(math.tau * n / DOTS), -math.cos(math.tau * n / DOTS)) for n in range(DOTS)]
    return [
        (middle, middle, 3.6 * unit),
        *((middle + 9.7 * unit * x, middle + 9.7 * unit * y, 1.3 * unit) for x, y in ring),
    ]


def pixels(size: int, fills: float = WHOLE) -> bytes:
    """RGBA, row by row, edges softened by how much of a pixel is covered."""
    middle, half, corner = size / 2, size * fills / 2, size * fills * 0.225
    rows = [bytearray(4 * size) for _ in range(size)]
    for y in range(size):
        down = max(abs(y + 0.5 - middle) - (half - corner), 0.0)
        for x in range(size):
            across = max(abs(x + 0.5 - middle) - (half - corner), 0.0)
            rows[y][4 * x : 4 * x + 4] = bytes((*TILE, round(255 * _covered(math.hypot(across, down) - corner))))
    for cx, cy, radius in circles(size, fills):
        for y in range(max(0, int(cy - radius - 1)), min(size, int(cy + radius + 2))):
            for x in range(max(0, int(cx - radius - 1)), min(size, int(cx + radius + 2))):
                part = _covered(math.hypot(x + 0.5 - cx, y + 0.5 - cy) - radius)
                under = rows[y][4 * x : 4 * x + 3]
                mixed = (round(a + (b - a) * part) for a, b in zip(under, SIGN, strict=True))
                rows[y][4 * x : 4 * x + 3] = bytes(mixed)
    return b"".join(bytes(row) for row in rows)


def _covered(beyond: float) -> float:
    return min(1.0, max(0.0, 0.5 - beyond))


def png(size: int, fills: float = WHOLE) -> bytes:
    """The picture as a PNG without any date or text."""
    drawn = pixels(size, fills)
    lines = b"".join(b"\0" + drawn[4 * size * y : 4 * size * (y + 1)] for y in range(size))
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    )


def ico() -> bytes:
    """Windows: PNGs of all sizes in one container."""
    pictures = [png(size) for size in ICO]
    at = 6 + 16 * len(ICO)
    head = struct.pack("<HHH", 0, 1, len(ICO))
    for size, picture in zip(ICO, pictures, strict=True):
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), at)
        at += len(picture)
    return head + b"".join(pictures)


def icns() -> bytes:
    """macOS: the same, each under the name of its size."""
    drawn = {size: png(size, MAC) for _, size in ICNS}
    parts = b"".join(kind + struct.pack(">I", 8 + len(drawn[size])) + drawn[size] for kind, size in ICNS)
    return b"icns" + struct.pack(">I", 8 + len(parts)) + parts


def svg() -> str:
    """Linux: the description itself."""
    tile = "#{:02X}{:02X}{:02X}".format(*TILE)
    dots = "".join(
        f'  <circle cx="{x:.3f}" cy="{y:.3f}" r="{r:.3f}" fill="#FFFFFF"/>\n' for x, y, r in circles(256, WHOLE)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256">\n'
        f'  <rect width="256" height="256" rx="{256 * 0.225:.3f}" fill="{tile}"/>\n{dots}</svg>\n'
    )


def write(folder: Path = HERE) -> None:
    """All of them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "g20desk.svg").write_text(svg(), encoding="utf-8", newline="\n")
    (folder / "g20desk.png").write_bytes(png(256))
    (folder / "g20desk.ico").write_bytes(ico())
    (folder / "g20desk.icns").write_bytes(icns())


if __name__ == "__main__":
    write()
