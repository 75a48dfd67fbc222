"""Looking for known words in bytes, in every encoding in which they usually hide, compressed ones included."""

from __future__ import annotations

import base64
import json
import quopri
import re
import zlib
from collections.abc import Iterable, Iterator
from urllib.parse import quote

LEAST = 6  # bytes: fewer turn up by chance
FEW = 200  # forms: more are looked for in one pass
_ZLIB, _GZIP = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda"), b"\x1f\x8b\x08"
_MOST = 1 << 22  # of one compressed run
_NOTHING = re.compile(rb"\0{256,}")


def forms(word: str | bytes) -> dict[str, bytes]:
    """A word as it may hide, by the name of the encoding. Bytes are looked for as such, in hex and in base64."""
    made: dict[str, bytes] = {}
    if isinstance(word, str):
        made |= {f"as typed, {code}": word.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")}
        for code in ("latin-1", "cp1252", "cp1256", "gb18030", "koi8-r"):
            try:
                made[code] = word.encode(code)
            except UnicodeEncodeError:
                continue
        made["lower case"], made["upper case"] = word.casefold().encode(), word.upper().encode()
        made["json"] = json.dumps(word)[1:-1].encode()
        made["percent"] = quote(word, safe="").encode()
        made["percent, lower case"] = re.sub(rb"%..", lambda one: one[0].lower(), made["percent"])
        made["form"] = made["percent"].replace(b"%20", b"+")
        made["xml"] = word.encode("ascii", "xmlcharrefreplace")
    raw = word.encode() if isinstance(word, str) else word
    made["bytes"] = raw
    made["quoted-printable"] = quopri.encodestring(raw).replace(b"=\n", b"")
    made["hex"], made["hex, upper case"] = raw.hex().encode(), raw.hex().upper().encode()
    for shift in range(3):
        # Without the ends, which depend on what stands beside.
        whole = base64.b64encode(b"\0" * shift + raw)
        inner = whole[4 if shift else 0 : len(whole) - (4 if (shift + len(raw)) % 3 else 0)]
        made[f"base64 at {shift}"] = inner
        made[f"base64url at {shift}"] = inner.translate(bytes.maketrans(b"+/", b"-_"))
    return {name: one for name, one in made.items() if len(one) >= LEAST}


def unpacked(data: bytes) -> Iterator[bytes]:
    """What was compressed with zlib or gzip, wherever it begins."""
    starts = [(at.start(), 15) for head in _ZLIB for at in re.finditer(re.escape(head), data)]
    starts += [(at.start(), 31) for at in re.finditer(re.escape(_GZIP), data)]
    for at, window in starts:
        opener = zlib.decompressobj(window)
        try:
            made = opener.decompress(data[at : at + _MOST], _MOST)
        except zlib.error:
            continue
        if len(made) >= LEAST:
            yield made


def found(words: Iterable[str | bytes], data: bytes) -> list[tuple[str | bytes, str]]:
    """The words that are in the data, each with the encoding."""
    looked = [_NOTHING.sub(b"\0" * 256, data)]
    looked += unpacked(looked[0])
    wanted = [(word, name, form) for word in words for name, form in forms(word).items()]
    made = []
    for number, one in enumerate(looked):
        for word, name in dict.fromkeys(_in_one_pass(wanted, one) if len(wanted) > FEW else _one_by_one(wanted, one)):
            made.append((word, name if number == 0 else f"compressed, {name}"))
    return made


_Wanted = list[tuple[str | bytes, str, bytes]]


def _one_by_one(wanted: _Wanted, data: bytes) -> Iterator[tuple[str | bytes, str]]:
    return ((word, name) for word, name, form in wanted if form in data)


def _in_one_pass(wanted: _Wanted, data: bytes) -> Iterator[tuple[str | bytes, str]]:
    """By their beginnings: what it costs hangs on the data alone."""
    beginning: dict[bytes, _Wanted] = {}
    for one in wanted:
        beginning.setdefault(one[2][:LEAST], []).append(one)
    for at in range(len(data) - LEAST + 1):
        if data[at : at + LEAST] in beginning:
            for word, name, form in beginning[data[at : at + LEAST]]:
                if data.startswith(form, at):
                    yield word, name
