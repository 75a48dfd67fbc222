"""Bytes from outside: files are read up to a size, pictures by their own reader alone, and none that unpacks without end."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from g20desk import reading
from g20desk.cli import message_file, toml_file, writing
from g20desk.desk import Desk, pictures, routes, rule_files
from g20desk.desk.cards import _not_too_many
from g20desk.desk.fetching import NotFetched
from g20desk.errors import Usage
from g20desk.limits import Limits
from g20desk.office.content import Content, PictureFile, Text

ROOT = Path(__file__).parents[2]
ENDLESS = Path("/dev/zero")
LIMITS = [Limits(0, picture_bytes=1_000_000, picture_pixels=1_000_000)]
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/hostname"/></svg>'
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n(%pipe%id) (r) file\n"


def bytes_of(form: str) -> bytes:
    """A small picture."""
    file = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(file, form)
    return file.getvalue()


def bomb(side: int) -> bytes:
    """A PNG of some bytes that says to have side times side pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_is_known_by_its_first_bytes(form: str) -> None:
    assert pictures.kind(bytes_of(form)) == form
    assert pictures.fit(bytes_of(form), LIMITS, "shot").width == 4


@pytest.mark.parametrize(
    "data",
    [SVG, EPS, b"", b"\x89PNG", *map(bytes_of, ("BMP", "TIFF", "PPM", "ICO", "TGA", "PDF"))],
    ids=["svg", "eps", "nothing", "cut", "bmp", "tiff", "ppm", "ico", "tga", "pdf"],
)
def test_other_kinds_are_not_even_opened(data: bytes) -> None:
    with pytest.raises(Usage) as no:
        pictures.fit(data, LIMITS, "shot.png")
    assert no.value.code == "bad-picture"
    with pytest.raises(NotFetched):
        _not_too_many(data)


@pytest.mark.parametrize("side", [10_001, 13_000, 30_000])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch, side: int
) -> None:
    monkeypatch.setattr("PIL.PngImagePlugin.PngImageFile.load", lambda self: pytest.fail("unpacked"))
    with pytest.raises(Usage) as no:
        pictures.fit(bomb(side), LIMITS, "shot.png")
    assert no.value.code == "bad-picture"


@pytest.mark.skipif(not ENDLESS.exists(), reason="a system without devices as files")
@pytest.mark.parametrize(
    "read",
    [
        pytest.param(lambda desk: routes.read(ENDLESS), id="a route"),
        pytest.param(lambda desk: rule_files.read([ENDLESS], {}), id="rules"),
        pytest.param(lambda desk: toml_file.TomlFile(ENDLESS, ""), id="a line"),
        pytest.param(lambda desk: message_file.load(ENDLESS), id="a message"),
        pytest.param(lambda desk: writing.read(str(ENDLESS)), id="a text"),
        pytest.param(lambda desk: desk.library.read(ENDLESS), id="agreed wording"),
        pytest.param(lambda desk: desk.importing.look(ENDLESS, None), id="a table"),
        pytest.param(
            lambda desk: desk.messages.new(
                Content("news", ("G20 X",), (Text("en", ("Growth.",)),), (PictureFile(str(ENDLESS), "x"),))
            ),
            id="a picture",
        ),
    ],
)
def test_a_file_without_end_is_refused_and_fills_no_memory(desk: Desk, read: Callable[[Desk], object]) -> None:
    with pytest.raises(Usage) as no:
        read(desk)
    assert no.value.code == "too-large"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The officer's, of a rehearsal office."""
    folder = tmp_path_factory.mktemp("outside") / "o"
    Desk.rehearse(folder).store.close()
    return Desk.open(folder, "Officer")


def test_a_file_of_just_the_size_is_taken(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(10))
    assert reading.read(tmp_path / "a", 10) == bytes(10)
    with pytest.raises(Usage) as no:
        reading.read(tmp_path / "none", 10)
    assert no.value.code == "no-file"


# Where people name files, or drop them.
TAKING = (
    "g20desk/desk/routes.py", "g20desk/desk/importing.py", "g20desk/desk/agreed_sets.py", "g20desk/desk/settling.py", "g20desk/cli/toml_file.py",
    "g20desk/cli/message_file.py", "g20desk/cli/writing.py", "g20desk/cli/releases.py", "ui/composer/picturing.py",
)  # fmt: skip


@pytest.mark.parametrize("file", TAKING)
def test_what_takes_files_reads_them_in_the_one_place(file: str) -> None:
    source = (ROOT / file).read_text("utf-8")
    assert "reading.read(" in source and not re.search(r"\.read_(bytes|text)\(", source)
