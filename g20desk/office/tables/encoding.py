"""Which encoding a file's bytes are in: read off its first bytes or its form where that is certain, else by what makes
words. Pure."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from g20desk.errors import Usage

# What can be chosen. Names as they are known on the web; Python's own of each is looked up.
ENCODINGS = (
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "windows-1252", "windows-1251", "windows-1256", "gb18030", "windows-1250",
    "windows-1253", "windows-1254", "windows-1255", "iso-8859-1", "iso-8859-15", "koi8-r", "big5", "shift_jis",
    "euc-jp", "euc-kr", "mac-roman",
)  # fmt: skip
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
# Those that are told apart by their words where a file does not say what it is in.
_TRIED = ("windows-1252", "windows-1251", "windows-1256", "gb18030", "windows-1254", "shift_jis", "euc-kr")
_SCRIPTS = {
    "windows-1252": {"LATIN"}, "windows-1254": {"LATIN"}, "windows-1251": {"CYRILLIC"}, "windows-1256": {"ARABIC"},
    "gb18030": {"CJK"}, "shift_jis": {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"}, "euc-kr": {"HANGUL", "CJK"},
}  # fmt: skip
_FOREIGN, _ENDS = re.compile(r"[^\x00-\x7f]+"), re.compile(r"[\s,;|\"]")
_WORD = re.compile(r"[^\W\d_]+")
_USUAL = set("“”‘’„‚«»‹›–—…•·°§©®™€£¥¿¡ªº№،؛؟٪、。，；：！？（）「」『』《》【】・\u00a0\u200e\u200f\u202f\u3000\ufeff")
_RARE_IN_WEST = set("ðÐþÞýÝ")  # where Turkish letters were written
ENOUGH, SAMPLES, AROUND = 400, 6, 20


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, the encoding that it was read in, whether that is certain, words that are not plain ASCII, for a person to
    look at; and what those words are in other encodings that fit nearly as well."""

    encoding: str
    text: str
    certain: bool
    samples: tuple[str, ...]
    others: tuple[tuple[str, tuple[str, ...]], ...] = ()


def read(data: bytes, encoding: str = "") -> Reading:
    """The text in these bytes. Raises Usage for an encoding that is none, for bytes that are not in it, and where two
    encodings fit alike: which it is has to be said then."""
    if encoding:
        name = known(encoding)
        return Reading(encoding.lower(), _decoded(data, name), True, samples(_decoded(data, name)))
    for mark, name in _MARKS:
        if data.startswith(mark):
            text = _decoded(data, name)
            return Reading(name.removesuffix("-sig"), text, True, samples(text))
    zeros = _zeros(data)
    if zeros:
        text = _decoded(data, zeros)
        return Reading(zeros, text, False, samples(text))
    try:
        text = data.decode("utf-8")
        return Reading("utf-8", text, True, samples(text))
    except UnicodeDecodeError:
        return _told_apart(data)


def known(encoding: str) -> str:
    """Python's name of an encoding. Raises Usage."""
    try:
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError) as error:
        raise _unknown(encoding) from error
    if name not in {codecs.lookup(one).name for one in ENCODINGS} | {"utf-8-sig"}:
        raise _unknown(encoding)
    return "utf-8-sig" if name == "utf-8" else name


def _unknown(encoding: str) -> Usage:
    return Usage("bad-encoding", f"“{encoding}” is no encoding that is read here.", f"One of: {', '.join(ENCODINGS)}")


def samples(text: str) -> tuple[str, ...]:
    """Some words that are not plain ASCII, in their order."""
    made: dict[str, None] = {}
    for found in _FOREIGN.finditer(text):
        before = _ENDS.split(text[max(0, found.start() - AROUND) : found.start()])[-1]
        made[(before + found[0] + _ENDS.split(text[found.end() : found.end() + AROUND])[0])[:40]] = None
        if len(made) == SAMPLES:
            break
    return tuple(made)


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode(name).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Usage("not-in-encoding", f"Line {line} holds bytes that are not in {name}.",
                    "Choose another: --encoding E, or save the file as UTF-8.") from error  # fmt: skip


def _zeros(data: bytes) -> str:
    """UTF-16 without a mark, by its zero bytes: in most of them every other byte of plain signs is zero."""
    head = data[:4096]
    if b"\0" not in head or len(head) < 2:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return "utf-16-le" if odd > even else "utf-16-be"


def _told_apart(data: bytes) -> Reading:
    found: list[tuple[float, str, str]] = []
    for name in _TRIED:
        try:
            text = data.decode(codecs.lookup(name).name)
        except UnicodeDecodeError:
            continue
        found.append((worth(text, name), name, text))
    if not found:
        raise Usage("bad-encoding", "The file is in no encoding that is known here.", "Save it as UTF-8.")
    best, name, text = max(found, key=lambda one: one[0])
    alike = [
        (other, samples(said)) for score, other, said in found if said != text and score > 0 and score >= 0.8 * best
    ]
    if best <= 0 or alike:
        fits = alike if best > 0 else [(other, samples(said)) for _, other, said in found if other != name]
        words = "; ".join(f"{one}: {', '.join(said[:3])}" for one, said in ((name, samples(text)), *fits))
        raise Usage("unsure-encoding", f"The file can be read in more than one way. {words}",
                    f"Say which: --encoding {name}")  # fmt: skip
    rest = tuple((other, samples(said)) for score, other, said in found if said != text and score > 0)
    return Reading(name, text, False, samples(text), rest)


def worth(text: str, encoding: str) -> float:
    """How much a text looks like words of the scripts that an encoding is used for."""
    score = 0.0
    odd = [sign for sign in text if ord(sign) > 127 and not sign.isalpha() and sign not in _USUAL]
    score -= sum(5.0 if unicodedata.category(sign) in ("Cc", "Co", "Cn") else 1.0 for sign in odd[:ENOUGH])
    for word in _foreign(text):
        score += 1.0 if _likely(word, encoding) else -2.0
    return score


def _foreign(text: str) -> Iterable[str]:
    made: dict[str, None] = {}
    for found in _WORD.finditer(text):
        if not found[0].isascii():
            made[found[0]] = None
            if len(made) == ENOUGH:
                break
    return made


def _likely(word: str, encoding: str) -> bool:
    scripts = _SCRIPTS[encoding]
    letters = [sign for sign in word if ord(sign) > 127]
    of = {unicodedata.name(sign, "").split(" ")[0].removesuffix("WIDTH") for sign in letters}
    if scripts == {"LATIN"}:
        western = encoding == "windows-1252" and _RARE_IN_WEST & set(word)
        few = len(letters) * 2 <= len(word) + 1
        return of == scripts and few and not western and _cased(word)
    if not of <= scripts or len(letters) < len(word):
        return False
    return _cased(word) if scripts == {"CYRILLIC"} else encoding != "gb18030" or _common(word)


def _cased(word: str) -> bool:
    """Whether capitals stand where they do: nowhere, at the start, or everywhere."""
    return word.islower() or word.isupper() or word[1:].islower() or not word[1:]


def _common(word: str) -> bool:
    """Whether most of a Chinese word is of the first level of GB 2312, the 3,755 signs in daily use. Korean syllables fall into
    the first rows of that level alone, where a Chinese phrase hardly stays."""
    signs = [sign.encode("gb18030") for sign in word]
    level = [one for one in signs if len(one) == 2 and 0xB0 <= one[0] <= 0xD7 and one[1] >= 0xA1]
    return len(level) * 5 >= len(word) * 4 and (len(word) < 4 or any(one[0] > 0xC8 for one in signs))
