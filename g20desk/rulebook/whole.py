"""What holds over a message as a whole: along each thread, and between its languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from g20desk.rulebook import checker
from g20desk.rulebook.book import Rulebook
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

    def written(self) -> dict[Key, Sequence[str]]:
        """The texts in which something stands."""
        return {key: parts for key, parts in self.texts.items() if "".join(parts).strip()}


def findings(whole: Whole, book: Rulebook, today: str = "") -> list[Finding]:
    """The findings of threads, then those between languages. Each has `lang`, `part` (from 1), `against` where it is
    between languages, and `network` where it holds for the texts that go out there and not for all."""
    made, written = [], whole.written()
    for (lang, network), parts in written.items():
        if len(parts) > 1:
            made += [_on(f, lang, network) for f in checker.thread(parts, lang, whole.kind, book, today)]
    return made + _between(whole, written, book, today)


def _on(found: Finding, lang: str, network: str) -> Finding:
    return replace(found, where={**found.where, "lang": lang, **({"network": network} if network else {})})


def _between(whole: Whole, written: Mapping[Key, Sequence[str]], book: Rulebook, today: str) -> list[Finding]:
    """All languages once, each by the text that most accounts send; then each network on which one reads otherwise."""
    langs = list(dict.fromkeys(lang for lang, _ in written))
    wanted = [lang for _, carried in whole.accounts for lang in carried if lang not in langs] if langs else []
    usual = {lang: _usual(lang, written, whole) for lang in langs}
    made = _compared(whole, {**usual, **dict.fromkeys(wanted)}, written, "", book, today)
    for network in dict.fromkeys(network for network, _ in whole.accounts):
        carried = {lang for one, langs_ in whole.accounts if one == network for lang in langs_}
        here = {lang: _key(lang, network, written) for lang in langs if lang in carried}
        other = {lang for lang, key in here.items() if key != usual[lang]}
        if other:
            for found in _compared(whole, here, written, network, book, today):
                if {found.where["lang"], found.where["against"]["lang"]} & other:
                    made.append(found)
    return made


def _key(lang: str, network: str, written: Mapping[Key, Sequence[str]]) -> Key | None:
    """The text that an account of a network carries in a language."""
    return next((key for key in ((lang, network), (lang, "")) if key in written), None)


def _usual(lang: str, written: Mapping[Key, Sequence[str]], whole: Whole) -> Key:
    """The text that stands for a language: the common one, where it goes out or no other does."""
    goes = [_key(lang, network, written) for network, carried in whole.accounts if lang in carried]
    keys = [key for key in goes if key is not None] or [key for key in written if key[0] == lang]
    return (lang, "") if (lang, "") in keys else keys[0]


def _compared(
    whole: Whole, chosen: Mapping[str, Key | None], written: Mapping[Key, Sequence[str]], network: str,
    book: Rulebook, today: str,
) -> list[Finding]:  # fmt: skip
    texts = {lang: written[key] if key is not None else () for lang, key in chosen.items()}
    alts = {lang: [alt.get(lang, "") for alt in whole.alts] for lang in texts}
    found = checker.compare(texts, whole.kind, book, alts, today)
    return [
        _on(one, lang, network or (key[1] if (key := chosen[lang]) else "")) for lang in found for one in found[lang]
    ]
