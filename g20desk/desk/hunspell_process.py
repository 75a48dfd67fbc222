"""The process that holds the dictionaries: a question a line on standard input, an answer a line on standard output.

Apart from the desk's own process, since hunspell keeps Python's lock while it looks for corrections, is not safe to use
from several threads, and reads files that anyone may have written. It ends when its input does.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

TRIED = 200


class Unusable(ValueError):
    """A dictionary that can't be used; the code says why."""


def serve(source: BinaryIO, out: BinaryIO) -> None:
    """Answer until the input ends."""
    held: dict[str, Any] = {}
    for line in source:
        try:
            answer = _answer(json.loads(line), held)
        except Unusable as problem:
            answer = {"error": str(problem)}
        out.write(json.dumps(answer).encode() + b"\n")
        out.flush()


def _answer(asked: dict[str, Any], held: dict[str, Any]) -> dict[str, Any]:
    if asked["aff"] not in held:
        held[asked["aff"]] = load(asked["aff"], asked["dic"])
    book = held[asked["aff"]]
    if "suggest" in asked:
        return {"suggestions": suggestions(book, asked["suggest"], asked["most"])}
    return {"known": [spells(book, word) for word in asked["words"]]}


def load(aff: str, dic: str) -> Any:
    """A dictionary. Raises Unusable where hunspell is missing, or does not know the dictionary's own words: it says
    nothing of files that it could not read."""
    try:
        from hunspell import Hunspell, HunspellFilePathError
    except ImportError:
        raise Unusable("no-hunspell") from None
    where = Path(aff)
    try:
        if Path(dic) != where.with_suffix(".dic"):
            raise Unusable("damaged")
        book = Hunspell(where.stem, hunspell_data_dir=str(where.parent), system_encoding="UTF-8")
        with open(dic, "rb") as file:
            first = list(itertools.islice(file, 1, TRIED))
        own = [word for line in first if (word := _word(line, encoding(aff)))]
    except (OSError, HunspellFilePathError, LookupError, UnicodeError):
        raise Unusable("unreadable") from None
    if not any(_written(book, word) for word in own):
        raise Unusable("damaged")
    return book


def _written(book: Any, word: str) -> bool:
    try:
        return bool(book.spell(word))
    except UnicodeEncodeError:
        return False


def encoding(aff: str) -> str:
    """The encoding that a dictionary says it has."""
    with open(aff, "rb") as file:
        for line in itertools.islice(file, 2_000):
            if line.lstrip(b"\xef\xbb\xbf").startswith(b"SET"):
                return line.split()[1].decode("ascii", "replace").lower().replace("microsoft-", "")
    return "iso8859-1"


def _word(line: bytes, how: str) -> str:
    word = line.strip().replace(b"\\/", b"\0").partition(b"/")[0].replace(b"\0", b"/")
    return word.decode(how, "ignore").partition("\t")[0].strip()


def spells(book: Any, word: str) -> bool:
    """Whether a dictionary knows a word; one that its letters can't write is none of its business."""
    try:
        return bool(book.spell(word))
    except UnicodeEncodeError:
        return True


def suggestions(book: Any, word: str, most: int) -> list[str]:
    """What it would write instead, the likeliest first."""
    try:
        made: Sequence[str] = book.suggest(word)
    except UnicodeEncodeError:
        return []
    return list(_distinct(made, word))[:most]


def _distinct(made: Iterable[str], word: str) -> Iterable[str]:
    return dict.fromkeys(one for one in made if one and one != word)
