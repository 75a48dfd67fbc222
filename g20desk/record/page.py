"""A proof pack as a page that checks itself in a browser, without a network.

The page is the same for each pack but for the pack inside: a page that differs anywhere else is not ours to believe.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import tomllib
from importlib import resources

from g20desk.ledger import canonical
from g20desk.office.words import WORDS
from g20desk.record.pack import BadPack

START = b"<!doctype html>"
_BEFORE, _AFTER = b'<script type="application/json" id="pack">', b"</script>"


def page(pack: bytes) -> bytes:
    """The page around a pack."""
    before, after = _around()
    # Inside a script nothing but this sign can end it, or begin a comment.
    return before + pack.replace(b"<", b"\\u003c") + after


def is_page(data: bytes) -> bool:
    """Whether a file looks like a page."""
    return data[: len(START)].lower() == START


def inside(data: bytes) -> bytes:
    """The pack in a page that is just as this program makes it. Raises BadPack."""
    start = data.find(_BEFORE)
    end = data.find(_AFTER, start + len(_BEFORE)) if start >= 0 else -1
    if end < 0:
        raise BadPack("There is no proof pack in this page, or it was cut.")
    try:
        pack = canonical.dumps(canonical.parsed(data[start + len(_BEFORE) : end]))
    except canonical.NotCanonical as error:
        raise BadPack("The proof pack in this page is not whole: it was cut or changed.") from error
    if page(pack) != data:
        raise BadPack(
            "The page around the pack is not as this program makes it: what it shows is not to be believed. "
            "A page of another version is verified by that version."
        )
    return pack


@functools.cache
def _around() -> tuple[bytes, bytes]:
    """The page before and behind its pack."""
    folder = resources.files("resources").joinpath("proof")
    html, css, verify, draw = (
        folder.joinpath(name).read_text(encoding="utf-8") for name in ("page.html", "page.css", "verify.js", "page.js")
    )
    script = f"\n{verify}\nconst WORDS = {json.dumps(WORDS)};\n{draw}"
    style = f"\n{_colours()}{css}"
    made = html.replace("{script_hash}", _hash(script)).replace("{style_hash}", _hash(style))
    made = made.replace("{style}", style).replace("{script}", script)
    before, after = made.split("{pack}")
    return before.encode(), after.encode()


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _colours() -> str:
    """The tokens of the look, in light and in dark."""
    tokens = tomllib.loads(resources.files("resources").joinpath("theme.toml").read_text(encoding="utf-8"))
    light, dark = (
        " ".join(f"--{name}: {one[way]};" for name, one in tokens.items() if way in one) for way in ("light", "dark")
    )
    return (
        f":root {{ color-scheme: light dark; {light} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
        f"@media print {{ :root {{ color-scheme: light; {light} }} }}\n"
    )
