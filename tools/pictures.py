"""The pictures of docs/ out of those that `demo --shots` takes: `python tools/pictures.py SHOTS`. Small, since everybody fetches them."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
# Each picture, and the shot that it is made of: its screen, then light, dark or arabic.
PICTURES = {
    "today": "today-light",
    "one-voice": "one-voice-light",
    "sign-off": "sign-off-silence-light",
    "composer": "composer-light",
    "calendar": "calendar-light",
    "unknown": "messages-light",
    "routes": "office-routes-light",
    "handover": "office-handover-done-light",
    "relay": "relay-light",
}
COLOURS = 144


def main(shots: Path) -> None:
    """Write each with fewer colours."""
    from PIL import Image

    for name, shot in PICTURES.items():
        made = Image.open(shots / f"{shot}.png").convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        made.save(IMAGES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
