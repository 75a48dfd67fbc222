"""Which words of a text are not right, once it is known what a dictionary and the office's lists say. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

import regex

from g20desk.rulebook.reading import Reading
from g20desk.rulebook.rule import Finding, Rule
from g20desk.rulebook.scripts import near
from g20desk.rulebook.spellwords import Word, base, parts, script

RULE, LEVEL = "SPELL-01", "advise"
WHY = "This word is in no dictionary and in no list of the office."
_SIGNS = {
    0x2019: "'", 0x2018: "'", 0x2BC: "'", 0xFF07: "'", 0x2010: "-", 0x2011: "-",
    **dict.fromkeys([0xAD, 0x640, *range(0x200B, 0x2010), 0x2060, *range(0x2066, 0x206A), 0xFEFF]),
}  # fmt: skip
_VOWELS = dict.fromkeys([*range(0x610, 0x61B), *range(0x64B, 0x653), *range(0x656, 0x660), 0x670, *range(0x6D6, 0x6ED)])
# Elided before an apostrophe.
_ELIDED = {
    "fr": regex.compile("[ldjmtsnc]|(?:jus|lors|puis|quoi|pres)?qu|entr"),
    "it": regex.compile("[ldcsmtvn]|(?:d|n)?ell|all|dall|sull|un|quest|quell"),
    "ca": regex.compile("[ldnmst]"),
}
# Written before a hyphen, in one language or another; dictionaries know few of them by themselves.
_BEFORE = regex.compile(
    "anti|apr[eè]s|arrière|auto|avant|bi|bien|bio|centro|co|contre|counter|de|[eé]co|ex|extra|franco|g[eé]o|hydro|ibero|ill"
    "|infra|inter|intra|latino|macro|m[eé]ga|m[eé]ta|micro|mid|mini|mono|multi|n[eé]o|neuro|non|off|over|pan|para|post|pr[eé]"
    "|pro|pseudo|quasi|r[eé]|self|semi|social|socio|sous|sub|sud|super|sur|t[eé]l[eé]|trans|tri|ultra|un|under|vice|well"
    "|анти|вице|вне|евро|кибер|контр|макро|медиа|меж|микро|мини|мульти|нано|не|нео|пост|про|псевдо|само|северо|супер|транс"
    "|ультра|экс|эко|юго"
)
_WRITTEN = regex.compile(r"\p{L}[\p{L}\p{M}'’\-]*+")
Known = Callable[[str], bool]


def plain(word: str, lang: str) -> str:
    """A word as dictionaries write it: composed letters, one apostrophe, one hyphen; no invisible signs, no vowel marks
    of Arabic, no stress of Russian."""
    said = unicodedata.normalize("NFC", word.translate(_SIGNS))
    if script(lang) == "Arabic":
        return said.translate(_VOWELS)
    return said.replace("\u0301", "") if script(lang) == "Cyrillic" else said


def questions(found: Iterable[Word], lang: str) -> set[str]:
    """All that has to be looked up to judge these words."""
    return {plain(one.text, lang) for word in found for one in (word, *parts(word))}


def misspelt(text: str, found: Sequence[Word], lang: str, known: Known) -> list[Word]:
    """Those that are not right; of a joined word the part that is not. A quotation of which most is unknown is taken
    for one in another language and left alone. `known` answers for a word as `plain` writes it."""
    wrong = [one for word in found for one in _wrong(word, lang, known)]
    if not wrong:
        return []
    for start, end in Reading(text, lang).quoted:
        inside = [word for word in found if start <= word.start < end]
        bad = [word for word in wrong if start <= word.start < end]
        if len(inside) > 1 and len(bad) * 2 > len(inside):
            wrong = [word for word in wrong if word not in bad]
    return wrong


def _wrong(word: Word, lang: str, known: Known) -> list[Word]:
    if known(plain(word.text, lang)):
        return []
    pieces = parts(word)
    right = [_right(one, lang, known, n < len(pieces) - 1) for n, one in enumerate(pieces)]
    if not any(right) or not _apart(plain(word.text, lang), lang):
        return [] if pieces and all(right) else [word]
    made: list[Word] = []
    for n, one in enumerate(pieces):
        if not right[n] and made and not right[n - 1]:  # what stands together is wrong together
            made[-1] = Word(made[-1].start, one.end, word.text[made[-1].start - word.start : one.end - word.start])
        elif not right[n]:
            made.append(one)
    return made


def _apart(said: str, lang: str) -> bool:
    """Whether the parts of a word can be judged one by one: an apostrophe separates words in some languages only."""
    return "'" not in said or base(lang) in _ELIDED or said.endswith("'s")


def _right(part: Word, lang: str, known: Known, joins: bool) -> bool:
    said = plain(part.text, lang)
    fronts = (_BEFORE, _ELIDED.get(base(lang), _BEFORE)) if joins else ()
    return len(said) < 2 or any(front.fullmatch(said.lower()) for front in fronts) or known(said)


class Names:
    """Words that are right whatever a dictionary says: of a language, or (under "") of all."""

    def __init__(self, listed: Mapping[str, Iterable[str]]) -> None:
        self._words = {base(lang): _single(texts, lang) for lang, texts in listed.items()}
        self._forms = {lang: _written(words) for lang, words in self._words.items()}

    def accept(self, said: str, lang: str) -> bool:
        """Whether a word, as `plain` writes it, is in a list. Arabic may be written with its particles."""
        own, all_ = self._forms.get(base(lang), frozenset()), self._forms.get("", frozenset())
        return any(form in own or form in all_ for form in (said, *(_bare(said) if base(lang) == "ar" else ())))

    def near(self, said: str, lang: str) -> list[str]:
        """The words that one letter put, dropped, replaced or exchanged makes of this one."""
        if len(said) < 4:
            return []
        listed = self._words.get(base(lang), frozenset()) | self._words.get("", frozenset())
        return sorted(one for one in listed if len(one) > 3 and one != said and near(one, said, 1))


def _single(texts: Iterable[str], lang: str) -> frozenset[str]:
    """Each word of the texts, and the parts of those that a hyphen or an apostrophe joins."""
    made: set[str] = set()
    for text in texts:
        for match in _WRITTEN.finditer(text):
            said = plain(match[0].strip("'’-"), lang)
            made |= {one for one in {said, *said.replace("'", "-").split("-")} if len(one) > 1}
    return frozenset(made)


def _written(words: Iterable[str]) -> frozenset[str]:
    """Also as a sentence begins, and in capitals."""
    return frozenset(form for one in words for form in (one, one.upper(), one[0].upper() + one[1:]))


def _bare(word: str) -> set[str]:
    """An Arabic word without what is written against its front: and, so; with, as, to; the."""
    fronts = {word}
    for particles in ("وف", "بكل", ("ال", "لل")):
        fronts |= {w[1 if isinstance(particles, str) else 2 :] for w in fronts if w.startswith(tuple(particles))}
    return {w for one in fronts - {word} for w in (one, f"ال{one}") if len(w) > 2}


def terms(rules: Iterable[Rule], lang: str) -> list[str]:
    """What the rulebook itself puts into texts of a language; what it puts into all of them is English."""
    mine = base(lang)
    ours = (rule for rule in rules if rule.kind == "substitution")
    return [say for rule in ours for say in rule.say_this if (mine in rule.langs if rule.langs else mine == "en")]


def findings(text: str, wrong: Iterable[Word], fixes: Mapping[str, Sequence[str]]) -> list[Finding]:
    """Advice on each of them: the best correction, and all of them under `suggestions`; with the apostrophe that the
    text uses."""
    made = []
    for word in wrong:
        ours = [fix.replace("'", "’") if "’" in text else fix for fix in fixes.get(word.text, ())]
        best = ours[0] if ours else None
        made.append(Finding(RULE, LEVEL, word.start, word.end, word.text, WHY, best, None, {"suggestions": ours}))
    return made
