"""Where networks differ: what one makes of a hashtag, mention or link, what another does, and what was meant.

A way out is offered only after every network was asked and reads it alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from string import ascii_lowercase
from typing import Any, NamedTuple
from urllib.parse import quote

from g20desk.rulebook.facts import Facts
from g20desk.rulebook.kinds import Hit, test
from g20desk.rulebook.needs import WIDE
from g20desk.rulebook.reading import Reading, Span, within
from g20desk.rulebook.rule import Rule

_ANY = re.compile(r"[#＃@]|://|\w\.\w")
_TOKEN = re.compile(r"[#＃][^\s#＃，。、；：！？「」《》]{1,200}")
_TRAIL = re.compile(r"[^\w]{1,40}\Z")
_DIGITS = re.compile(r"[#＃]\d{1,40}\Z")
_SWALLOWED = re.compile(
    r"[#＃][A-Za-z0-9_]{2,40}(?P<rest>[\u0600-\u06ff\u3040-\u30ff\uac00-\ud7a3]\w{0,80}|[\u3400-\u9fff]{6,80})\Z"
)
_JOINED = re.compile(r"[\w]{2,40}\.[A-ZÀ-ÞА-Я][a-zà-ÿа-я]{1,20}\Z")
_MOST_ASKED = 60
_HOST = re.compile(r"(?i)https?://[^/?#]{1,260}")


class Difference(NamedTuple):
    """What is read otherwise, where, and whether on the network in hand."""

    kind: str
    start: int
    end: int
    here: bool
    fix: str | None
    note: str


def differences(reading: Reading) -> list[Difference]:
    """All of a text, found once."""
    if differences not in reading.memo:
        asked = reading.networks and _ANY.search(reading.text)
        reading.memo[differences] = sorted(_Compared(reading).all(), key=lambda d: d.start) if asked else []
    found: list[Difference] = reading.memo[differences]
    return found


class _Compared:
    def __init__(self, reading: Reading) -> None:
        self.reading, self.text, self.asked = reading, reading.text, 0
        self.read: dict[str, dict[int, Any]] = {
            name: {e.start: e for e in ask(self.text)} for name, ask in reading.networks.items()
        }

    def all(self) -> Iterator[Difference]:
        yield from self._tags()
        yield from self._mentions()
        yield from self._links()

    def _got(self, kind: str, start: int) -> dict[str, str]:
        found = {name: at.get(start) for name, at in self.read.items()}
        return {name: e.text if e is not None and e.kind == kind else "" for name, e in found.items()}

    def _tags(self) -> Iterator[Difference]:
        for match in _TOKEN.finditer(self.text):
            start = match.start()
            if within(self.reading.links, start) or self.text[max(0, start - 1) : start] == "&":
                continue
            raw = _TRAIL.sub("", match[0])
            if len(raw) < 2 or _DIGITS.match(raw):
                continue
            got = self._got("hashtag", start)
            rest = _SWALLOWED.match(raw)
            end = start + max(len(raw), *map(len, got.values()))
            if all(v == raw for v in got.values()) and not rest:
                continue
            # A hyphen or apostrophe in a tag has its own rule where all networks but one cut there.
            fix, span = self._tag_fix(start, start + len(raw), raw, rest)
            wrong = {n for n, v in got.items() if v != raw} or set(got)
            if rest is None and _meant(raw) != raw:
                wrong = {n for n, v in got.items() if v != _meant(raw)} | {
                    n for n in got if "-" in raw and got[n] != raw
                }
            if wrong:
                yield self._made("tag", *(span or (start, end)), wrong, fix, got)

    def _tag_fix(self, start: int, end: int, raw: str, rest: re.Match[str] | None) -> tuple[str | None, Span | None]:
        before, after = self.text[max(0, start - 1) : start], self.text[end : end + 1]
        tries: list[tuple[str, Span]] = []
        space = " " if before and not before.isspace() else ""
        follow = " " if after and not after.isspace() and after.isalnum() else ""
        if before in ("(", "（", "[") and after in (")", "）", "]"):
            tries.append((raw, (start - 1, end + 1)))
        if rest is not None:
            head = raw[: rest.start("rest")]
            tries.append((f"{space}{head} {rest['rest']}", (start, end)))
        elif "-" in raw:
            tries.append((space + raw.replace("-", ""), (start, end)))
        elif _meant(raw) != raw:
            tries.append((raw[1:], (start, end)))
        tries += [(f"{space}{raw}{follow}", (start, end))]
        for made, span in tries:
            tag = made.strip().split(" ")[0]
            wanted = tag if tag[0] in "#＃" else ""
            if made != self.text[slice(*span)] and self._alike(span, made, "hashtag", made.index(tag), wanted):
                return made, span
        return None, None

    def _alike(self, span: Span, made: str, kind: str, at: int, wanted: str) -> bool:
        """Whether all networks read `wanted` at a place of what is put there; some words around go with it."""
        self.asked += 1
        if self.asked > _MOST_ASKED:
            return False
        begin = max(0, span[0] - 80)
        if begin:
            begin = next((n + 1 for n in range(begin, span[0]) if self.text[n].isspace()), span[0])
        text = self.text[begin : span[0]] + made + self.text[span[1] : span[1] + 80]
        place = span[0] - begin + at
        for ask in self.reading.networks.values():
            found = next((e for e in ask(text) if e.start == place and e.kind == kind), None)
            if (found.text if found else "") != wanted:
                return False
        return True

    def _mentions(self) -> Iterator[Difference]:
        for start, end in self.reading.mentions:
            raw, got = self.text[start:end], self._got("mention", start)
            wrong = {n for n, v in got.items() if v != raw}
            if wrong:
                yield self._made("mention", start, end, wrong, None, got)

    def _links(self) -> Iterator[Difference]:
        bare = {
            e.start: e for at in self.read.values() for e in at.values() if e.kind == "link" and "://" not in e.text
        }
        for start, entity in sorted(bare.items()):
            if self.reading.mentions and within(self.reading.mentions, start):
                continue
            yield from self._bare(start, entity.end)
        for start, end in self.reading.links:
            if start in bare:
                continue
            raw, got = self.text[start:end], self._got("link", start)
            wrong = {n for n, v in got.items() if v != raw}
            if wrong:
                yield self._made("link", start, end, wrong, self._link_fix(start, end, raw), got)

    def _bare(self, start: int, end: int) -> Iterator[Difference]:
        word, got = self.text[start:end], self._got("link", start)
        if _JOINED.match(word):
            head, _, tail = word.rpartition(".")
            yield self._made("dot", start, end, {n for n, v in got.items() if v}, f"{head}. {tail}", got)
            return
        fix = f"https://{word}"
        wrong = {n for n, v in got.items() if v != word}
        if wrong:
            good = self._alike((start, end), fix, "link", 0, fix)
            yield self._made("link", start, end, wrong, fix if good else None, got)

    def _link_fix(self, start: int, end: int, raw: str) -> str | None:
        found = _HOST.match(raw)
        if found is None or (not raw.isascii() and not found[0].isascii()):
            return None
        made = found[0] + quote(raw[found.end() :], safe="/?#&=%:@!$'()*+,;~-._[]")
        if made != raw and self._alike((start, end), made, "link", 0, made):
            return made
        spaced = f"{raw} "
        return spaced if self._alike((start, end), spaced, "link", 0, raw) else None

    def _made(
        self, kind: str, start: int, end: int, wrong: Iterable[str], fix: str | None, got: dict[str, str]
    ) -> Difference:
        names = sorted(wrong)
        here = self.reading.network in names
        return Difference(kind, start, end, here, fix, "; ".join(f"{n.capitalize()}: {_read(got[n])}" for n in names))


def _read(found: str) -> str:
    return f"“{found}”" if found else "no link"


def _meant(raw: str) -> str:
    """A tag up to an apostrophe or another mark inside it."""
    found = re.match(r"[#＃][\w\u200c]{1,200}", raw)
    return found[0] if found else raw


def _hits(reading: Reading, kind: str, here: bool) -> Iterator[Hit]:
    for d in differences(reading):
        if d.kind == kind and d.here == here:
            yield Hit(d.start, d.end, d.fix, note=d.note)


# An address has a scheme, or a letter right after a full stop.
_LINKED = ("://", "www.", WIDE, ".0", *(f".{letter}" for letter in ascii_lowercase))
_SIGNS = {"tag": ("#", "＃"), "mention": ("@",), "link": _LINKED}


def _register(kind: str, here: bool, name: str) -> None:
    def found(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
        return _hits(reading, kind, here)

    where = (
        "this network reads otherwise than it was"
        if here
        else "another network reads otherwise than this one, as it was"
    )
    found.__doc__ = f"A {_NAMES[kind]} that {where} meant."
    test(name, *_SIGNS[kind])(found)


_NAMES = {"tag": "hashtag", "mention": "mention", "link": "link"}
for _kind in _NAMES:
    _register(_kind, True, f"{_kind}-here")
    _register(_kind, False, f"{_kind}-elsewhere")


@test("joined-by-a-dot", *_LINKED)
def joined_by_a_dot(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """A full stop without a space that makes an address of two sentences, on any network."""
    return (Hit(d.start, d.end, d.fix, note=d.note) for d in differences(reading) if d.kind == "dot")
