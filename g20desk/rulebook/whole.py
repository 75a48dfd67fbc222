"""What holds over a message as a whole: along each thread, and between its languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from g20desk.rulebook import checker
from g20desk.rulebook.book import Rulebook
from g20desk.rulebook.joined import original
from g20desk.rulebook.rule import Finding

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Whole:
    """A message: the parts of its texts by language and network (empty: all networks), the alt texts of each picture by
    language, and for each account that it goes to the network and the languages that it carries."""

    kind: str
    texts: Mapping[Key, Sequence[str]]
    alts: Sequence[Mapping[str, str]] = ()
    accounts: Sequence[tuple[str, Sequence[str]]] = ()

    def written(self, key: Key) -> bool:
        """Whether something stands in a text."""
        return bool("".join(self.texts.get(key, ())).strip())

    def key(self, lang: str, network: str) -> Key | None:
        """The text that an account of a network carries in a language; None where there is none."""
        return next((key for key in ((lang, network), (lang, "")) if self.written(key)), None)

    def networks(self, lang: str) -> list[str]:
        """The networks on which an account carries a language; with no account at all, those of its own texts."""
        carrying = [network for network, langs in self.accounts if lang in langs]
        if not self.accounts:
            carrying = [network for one, network in self.texts if one == lang]
        return list(dict.fromkeys(carrying))

    def going(self) -> dict[str, list[Key]]:
        """The texts that go out, by language, the common one first."""
        made: dict[str, list[Key]] = {}
        for lang in dict.fromkeys(lang for lang, _ in self.texts):
            found = {key for network in self.networks(lang) if (key := self.key(lang, network)) is not None}
            if found:
                made[lang] = sorted(found)
        return made

    def original(self) -> str:
        """The language that the others are held against; empty where nothing goes out."""
        return original({lang: self.texts[keys[0]] for lang, keys in self.going().items()})


def findings(whole: Whole, book: Rulebook, today: str = "") -> list[Finding]:
    """The findings of threads, then those between languages. Each has `lang` and `part` (from 1), `against` where it is
    between languages; both have `network` where they mean what goes out there and not the common text."""
    made, going, first = [], whole.going(), whole.original()
    for lang, network in (key for keys in going.values() for key in keys):
        if len(parts := whole.texts[lang, network]) > 1:
            made += [_on(f, lang, network) for f in checker.thread(parts, lang, whole.kind, book, today)]
    wanted = [lang for _, langs in whole.accounts for lang in langs] if first else []
    for lang in dict.fromkeys([*going, *wanted]):
        for pair in _pairs(whole, going, first, lang) if lang != first else ():
            made += _compared(whole, pair, first, lang, book, today)
    return made


class Pair(NamedTuple):
    """The original's text and another language's (None: it is missing), each with the network that it is meant for."""

    first: Key
    other: Key | None
    there: str = ""
    here: str = ""


def _pairs(whole: Whole, going: Mapping[str, list[Key]], first: str, lang: str) -> list[Pair]:
    """Which texts stand beside each other: those on each network that carries both languages; where none does, those
    that stand for them. On a network where a language is carried and not written, it is missing."""
    usual = going[first][0]
    if lang not in going:
        return [Pair(usual, None)]
    met: dict[tuple[Key, Key], str] = {}
    missing = []
    for network in whole.networks(lang):
        one, other = whole.key(first, network), whole.key(lang, network)
        if other is None:
            missing.append(Pair(one or usual, None, network, network))
        elif one is not None and network in whole.networks(first):
            met.setdefault((one, other), network if one[1] or other[1] else "")
    if not met:
        other = going[lang][0]
        return [*missing, Pair(usual, other, usual[1], other[1])]
    return [*missing, *(Pair(one, other, network, network) for (one, other), network in met.items())]


def _compared(whole: Whole, pair: Pair, first: str, lang: str, book: Rulebook, today: str) -> list[Finding]:
    texts = {first: whole.texts[pair.first], lang: whole.texts[pair.other] if pair.other else ()}
    alts = {one: [alt.get(one, "") for alt in whole.alts] for one in texts}
    made = []
    for found in checker.compare(texts, whole.kind, book, alts, today)[lang]:
        against = {**found.where["against"], **({"network": pair.there} if pair.there else {})}
        made.append(_on(replace(found, where={**found.where, "against": against}), lang, pair.here))
    return made


def _on(found: Finding, lang: str, network: str) -> Finding:
    return replace(found, where={**found.where, "lang": lang, **({"network": network} if network else {})})
