"""SHA256SUMS, and the icons: files that others read."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

from PIL import Image

from tools.installer import icons, sums


def test_sums_are_sorted_by_name_and_are_what_coreutils_checks(tmp_path: Path):
    for name in ("b.deb", "a.json", "ä.txt"):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "inner").mkdir()
    text = sums.write(tmp_path).read_text(encoding="utf-8")
    assert [line.split("  ")[1] for line in text.splitlines()] == ["a.json", "b.deb", "ä.txt"]
    assert sums.write(tmp_path).read_text(encoding="utf-8") == text, "its own sum is not in it"
    if shutil.which("sha256sum"):
        check = ["sha256sum", "--check", "--strict", sums.FILE]
        assert subprocess.run(check, cwd=tmp_path, capture_output=True, check=False).returncode == 0
        (tmp_path / "b.deb").write_bytes(b"another")
        assert subprocess.run(check, cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_the_kept_icons_are_what_is_drawn():
    with Image.open(icons.HERE / "g20desk.ico") as kept:
        assert kept.info["sizes"] == {(size, size) for size in icons.ICO}
        kept.size = (32, 32)
        assert kept.convert("RGBA").tobytes() == icons.pixels(32)
    with Image.open(icons.HERE / "g20desk.icns") as kept:
        assert {size * scale for size, _, scale in kept.info["sizes"]} == {16, 32, 64, 128, 256, 512, 1024}
        assert kept.icns.getimage((32, 32, 1)).convert("RGBA").tobytes() == icons.pixels(32, icons.MAC)


def test_a_picture_is_what_was_drawn_and_holds_nothing_else():
    made = icons.png(24)
    with Image.open(io.BytesIO(made)) as read:
        assert read.convert("RGBA").tobytes() == icons.pixels(24) and read.info == {}
    assert icons.png(24) == made


def test_the_kept_drawing_is_the_description():
    assert (icons.HERE / "g20desk.svg").read_text(encoding="utf-8") == icons.svg()
