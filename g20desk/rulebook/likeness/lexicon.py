"""The words that say the same, the opposite, or turn a sentence, in six languages: read from resources/likeness."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import repeat
from typing import Any, TypeVar

from g20desk.rulebook.reading import lowered

LANGS = ("en", "fr", "es", "ru", "ar", "zh")
NEGATION, MODAL, QUANTITY, UNIT, PARTICLE, NAME, PART = (
    "negation", "modal", "quantity", "unit", "particle", "name", "part",
)  # fmt: skip
_ENDS = {
    "en": ("ations", "ation", "ings", "ing", "edly", "ies", "ed", "es", "ly", "s", "e"),
    "fr": ("issements", "issement", "ements", "ement", "ations", "ation", "ees", "ee", "es", "er", "ent", "e", "s", "x"),
    "es": ("aciones", "acion", "mente", "os", "as", "es", "o", "a", "e", "s"),
    "ru": ("иями", "ями", "ами", "иях", "ого", "его", "ому", "ему", "ыми", "ими", "ией", "ах", "ях", "ов", "ев", "ей", "ой",
           "ый", "ий", "ая", "яя", "ое", "ее", "ые", "ие", "ых", "их", "ую", "юю", "ом", "ем", "ам", "ям", "ию", "ия", "ии",
           "а", "я", "о", "е", "у", "ю", "ы", "и", "ь", "й"),
    "ar": ("ات", "ون", "ين", "ها", "هم", "نا", "ه", "ي"),
}  # fmt: skip
_MOST_KEPT = 50_000
K = TypeVar("K")
T = TypeVar("T")
_BEGINS_AR = ("وال", "بال", "كال", "فال", "لل", "ال", "و", "ب", "ل", "ف")
_ARABIC = str.maketrans("أإآىة", "اااي\u0647")


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing said in many words. `negates`: it is the negation of another."""

    id: str
    kind: str = ""
    weight: float = 1.0
    against: frozenset[str] = frozenset()
    negates: str = ""


@dataclass(slots=True)
class Forms:
    """How one language says them: whole words as they stand and by stem, beginnings of words, and several words in a row by
    their first."""

    exact: dict[str, str] = field(default_factory=dict)
    stems: dict[str, str] = field(default_factory=dict)
    begins: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    particles: frozenset[str] = frozenset()
    longest: int = 0


@lru_cache(20_000)
def folded(word: str) -> str:
    """Small letters without accents and vowel signs; forms of one Arabic letter are one."""
    plain = unicodedata.normalize("NFD", lowered(word).translate(_ARABIC).replace("ё", "е"))
    bare = "".join(c for c in plain if not unicodedata.combining(c) or c == "\u0306")
    return unicodedata.normalize("NFC", bare)


@lru_cache(20_000)
def stem(word: str, lang: str) -> str:
    """What is left of a folded word without the endings of its language; a Chinese one as it is."""
    if lang == "ar":
        for begin in _BEGINS_AR:
            if word.startswith(begin) and len(word) - len(begin) >= 3:
                word = word[len(begin) :]
                break
    if lang == "en":
        word = word.removesuffix("'s").removesuffix("'")
        word = word.replace("isa", "iza").replace("ise", "ize").replace("isi", "izi")
        word = word[:-2] if word.endswith("mme") else word
    least = 3 if lang in ("ar", "ru") else 4
    for end in _ENDS.get(lang, ()):
        if word.endswith(end) and len(word) - len(end) >= least and not (end == "s" and word.endswith("ss")):
            word = word[: -len(end)]
            break
    return word[:-1] + "i" if lang == "en" and word.endswith("y") and len(word) > 4 else word


class Lexicon:
    """All concepts, and how each language says them. `members`: names of members by language, in one order."""

    def __init__(self, tables: Iterable[Mapping[str, Any]], members: Mapping[str, Sequence[str]] | None = None) -> None:
        self.concepts: dict[str, Concept] = {}
        self.langs: dict[str, Forms] = {lang: Forms() for lang in LANGS}
        # What texts have asked for: they say the same words over and over.
        self._words: dict[tuple[str, str], str] = {}
        self._heads: dict[tuple[str, str], list[tuple[tuple[str, ...], str]]] = {}
        for table in tables:
            for id, row in table.items():
                if isinstance(row, str):
                    self.langs[id].particles |= {folded(word) for word in row.split()}
                else:
                    self._concept(id, row)
        for lang, names in (members or {}).items():
            for number, name in enumerate(names):
                id = f"member-{number}"
                self.concepts.setdefault(id, Concept(id, NAME))
                self._form(lang, name.replace(" ", "_"), id)

    def _concept(self, id: str, row: Mapping[str, Any]) -> None:
        self.concepts[id] = Concept(
            id, str(row.get("kind", "")), float(row.get("weight", 1.0)), frozenset(row.get("against", ())),
            str(row.get("negates", "")),
        )  # fmt: skip
        for lang in LANGS:
            for written in str(row.get(lang, "")).split():
                self._form(lang, written, id)

    def _form(self, lang: str, written: str, id: str) -> None:
        forms = self.langs.get(lang)
        if forms is None:
            return
        if lang == "zh":
            forms.exact.setdefault(written, id)
            forms.longest = max(forms.longest, len(written))
            return
        words = [one for one in folded(written).replace("-", "_").replace("'", "'_").split("_") if one]
        if len(words) > 1:
            forms.rows.setdefault(_head(words[0], lang), []).append((tuple(words), id))
            forms.rows[_head(words[0], lang)].sort(key=lambda row: -len(row[0]))
        elif words[0].endswith("*"):
            forms.begins.setdefault(words[0][:-1], id)
        else:
            forms.exact.setdefault(words[0], id)
            forms.stems.setdefault(stem(words[0], lang), id)

    def word(self, word: str, lang: str) -> str:
        """The concept that a folded word says; empty where none is known."""
        if (lang, word) not in self._words:
            _bounded(self._words)[lang, word] = self._word(word, lang)
        return self._words[lang, word]

    def _word(self, word: str, lang: str) -> str:
        forms = self.langs.get(lang)
        if forms is None:
            return ""
        if found := forms.exact.get(word):
            return found
        if word in forms.particles:
            return ""
        if found := forms.stems.get(stem(word, lang)):
            return found
        bare = stem(word, lang) if lang == "ar" else word
        return next((forms.begins[bare[:end]] for end in range(len(bare), 1, -1) if bare[:end] in forms.begins), "")

    def row(self, words: Sequence[str], at: int, lang: str) -> tuple[str, int]:
        """The concept that several words in a row say from a place on, and how many they are; empty where none is known."""
        best: tuple[str, int] = "", 0
        for wanted, id in self._rows(words[at], lang):
            there = words[at : at + len(wanted)]
            if best[1] < len(wanted) == len(there) and all(map(_says, there, wanted, repeat(lang))):
                best = id, len(wanted)
        return best

    def _rows(self, word: str, lang: str) -> list[tuple[tuple[str, ...], str]]:
        """The rows that a word may begin."""
        if (lang, word) not in self._heads:
            forms = self.langs.get(lang)
            heads = dict.fromkeys((word, _head(word, lang), *_starts(word)))
            found = [row for head in heads for row in forms.rows.get(head, ())] if forms is not None else []
            _bounded(self._heads)[lang, word] = found
        return self._heads[lang, word]

    def particle(self, word: str, lang: str) -> bool:
        """Whether a folded word only carries a sentence."""
        forms = self.langs.get(lang)
        return forms is not None and word in forms.particles


def _bounded(kept: dict[K, T]) -> dict[K, T]:
    """What is kept, emptied where it has grown over all bounds."""
    if len(kept) >= _MOST_KEPT:
        kept.clear()
    return kept


def _head(word: str, lang: str) -> str:
    return word if word.endswith("*") else stem(word, lang)


def _starts(word: str) -> list[str]:
    return [f"{word[:end]}*" for end in range(3, len(word) + 1)]


def _says(word: str, wanted: str, lang: str) -> bool:
    if wanted.endswith("*"):
        return word.startswith(wanted[:-1])
    return word == wanted or stem(word, lang) == stem(wanted, lang)


def read(files: Mapping[str, str], members: Mapping[str, Sequence[str]] | None = None) -> Lexicon:
    """From the texts of resources/likeness, in the order of their names' importance: what turns a sentence comes first."""
    order = ("operators", "opposites", "topics", "particles")
    tables = {name.rpartition("/")[2].removesuffix(".toml"): tomllib.loads(text) for name, text in files.items()}
    return Lexicon([tables[name] for name in order if name in tables], members)
