"""TMX 1.4: what translation memories are exchanged in. No entity, no document type, no text that is none. Pure."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from g20desk.office.agreed import LONGEST, MOST_UNITS, Unit, why_not
from g20desk.office.form import LANG

DEEPEST = 32
CODES = ("bpt", "ept", "ph", "it", "ut")
INLINE = (*CODES, "hi", "sub")
PROPS = ("summit", "year", "paragraph", "basis", "topic")
PROP = "x-g20desk-"
ENCODINGS = {"utf-8": "utf-8", "us-ascii": "utf-8", "ascii": "utf-8", "utf-16": "utf-16", "iso-8859-1": "latin-1"}
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_MARKS = ((codecs.BOM_UTF32_LE, ""), (codecs.BOM_UTF32_BE, ""), (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
          (codecs.BOM_UTF16_BE, "utf-16-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))  # fmt: skip
_SPACE = re.compile(r"[ \t\r\n]+")


class BadTmx(ValueError):
    """A file that is not taken: where, and why."""

    def __init__(self, line: int, column: int, why: str) -> None:
        super().__init__(why)
        self.line, self.column, self.why = line, column, why


def decoded(data: bytes) -> str:
    """The text of a file: UTF-8, or UTF-16, as its first bytes say. Raises BadTmx."""
    mark, name = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    declared = _DECLARED.match(data[:300]) if name == "utf-8" else None
    if declared is not None:
        name = ENCODINGS.get(declared[1].decode().lower(), "")
        name = "" if name == "utf-16" else name
    if not name:
        raise BadTmx(1, 1, "it is in an encoding that is not taken: save it as UTF-8 or UTF-16")
    skip = 0 if mark.startswith((b"<", b"\0<")) else len(mark)
    try:
        return data[skip:].decode(name)
    except UnicodeDecodeError as error:
        before = data[skip : skip + error.start].decode(name, "replace")
        line = before.count("\n") + 1
        raise BadTmx(line, len(before.rpartition("\n")[2]) + 1, f"there are bytes that are no {name}") from error


def read(data: bytes) -> list[Unit]:
    """The units of a file, inline codes left out. Raises BadTmx, with line and column."""
    text = decoded(data)
    taking = _Taking(expat.ParserCreate(encoding="utf-8"))
    try:
        taking.parser.Parse(text.encode("utf-8"), True)
    except expat.ExpatError as error:
        raise BadTmx(error.lineno, error.offset + 1, f"this is no XML: {expat.errors.messages[error.code]}") from error
    return taking.units


@dataclass
class _Taking:
    """One reading of a file: where the parser is, and what it has come by."""

    parser: Any
    units: list[Unit] = field(default_factory=list)
    path: list[str] = field(default_factory=list)
    unit: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    lang: str = ""
    said: list[str] | None = None
    prop: str = ""
    size: int = 0

    def __post_init__(self) -> None:
        parser = self.parser
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self.begins, self.ends
        parser.CharacterDataHandler = self.says
        parser.StartDoctypeDeclHandler = lambda *_: self.no("it has a document type (<!DOCTYPE …>): take that line out")
        parser.EntityDeclHandler = lambda *_: self.no("it declares entities: take them out")
        parser.ExternalEntityRefHandler = lambda *_: self.no("it names something outside itself")
        parser.SkippedEntityHandler = lambda *_: self.no("it names an entity")

    def no(self, why: str) -> Any:
        """Refuse it here."""
        raise BadTmx(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1, why)

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        """An element."""
        if not self.path and name != "tmx":
            self.no("this is no TMX file: it begins with another element")
        if len(self.path) >= DEEPEST:
            self.no("it is nested too deep")
        if "seg" in self.path and name not in INLINE:
            self.no(f"<{name}> has no place in a text")
        if "seg" not in self.path:
            self._outside(name, attributes)
        self.path.append(name)

    def _outside(self, name: str, attributes: dict[str, str]) -> None:
        if name == "tu":
            self.unit, self.texts = {"id": attributes.get("tuid", "")[:200]}, {}
            if len(self.units) >= MOST_UNITS:
                self.no(f"it has more than {MOST_UNITS} texts")
        elif name == "tuv":
            self.lang = language(attributes.get("xml:lang") or attributes.get("lang", ""))
            if not self.lang:
                self.no("a text says no language (xml:lang), or none that there is")
            if self.lang in self.texts:
                self.no(f"there are two texts in “{self.lang}” of one unit")
        elif name == "seg":
            if self.path[-1] != "tuv":
                self.no("<seg> stands in a <tuv>")
            self.said, self.size = [], 0
        elif name == "prop":
            self.prop, self.said, self.size = attributes.get("type", ""), [], 0

    def says(self, text: str) -> None:
        """Text, where it is wanted: not the codes of another program's own."""
        if self.said is not None and not any(one in CODES for one in self.path):
            self.size += len(text)
            if self.size > 2 * LONGEST:
                self.no(f"a text is longer than {LONGEST} signs")
            self.said.append(text)

    def ends(self, name: str) -> None:
        """An element is over."""
        self.path.pop()
        if name == "seg":
            said = _SPACE.sub(" ", "".join(self.said or ())).strip(" ")
            self.said = None
            if said and (why := why_not(said)):
                self.no(why)
            if said:
                self.texts[self.lang] = said
        elif name == "prop" and "seg" not in self.path:
            said, self.said = "".join(self.said or ()).strip(), None
            if self.prop.startswith(PROP) and self.path[-1:] == ["tu"] and self.prop.removeprefix(PROP) in PROPS:
                self.unit[self.prop.removeprefix(PROP)] = said[:200]
        elif name == "tu" and self.texts:
            year = self.unit.pop("year", "")
            self.units.append(
                Unit(
                    self.texts,
                    year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else 0,
                    **self.unit,
                )
            )


def language(name: str) -> str:
    """A language as we write it: small letters, its region as it was; empty where it is none."""
    first, dash, rest = name.strip().replace("_", "-").partition("-")
    made = f"{first.lower()}{dash}{rest}"
    return made if LANG.match(made) else ""


def write(units: Iterable[Unit], version: str, srclang: str = "*all*") -> bytes:
    """A file of all units, in UTF-8. `version`: this program's."""
    made = [
        '<?xml version="1.0" encoding="UTF-8"?>', '<tmx version="1.4">',
        f'  <header creationtool="g20desk" creationtoolversion={quoteattr(version)} segtype="block" o-tmf="g20desk" '
        f'adminlang="en" srclang={quoteattr(srclang)} datatype="plaintext"/>',
        "  <body>",
    ]  # fmt: skip
    for one in units:
        made.append(f"    <tu tuid={quoteattr(_kept(one.id))}>" if one.id else "    <tu>")
        for name in PROPS:
            if value := getattr(one, name):
                made.append(f'      <prop type="{PROP}{name}">{escape(_kept(str(value)))}</prop>')
        made += [
            f'      <tuv xml:lang="{lang}"><seg>{escape(_kept(text))}</seg></tuv>' for lang, text in one.texts.items()
        ]
        made.append("    </tu>")
    return "\n".join([*made, "  </body>", "</tmx>", ""]).encode("utf-8")


def _kept(text: str) -> str:
    """Without what no XML holds."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)
