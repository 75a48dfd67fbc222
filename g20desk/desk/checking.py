"""The checker over the networks' own counting; needs no office."""

from __future__ import annotations

import contextlib
import functools
import json
import os
from collections.abc import Callable, Collection, Mapping, Sequence
from importlib import resources
from typing import Any, Protocol, TypeVar

from g20desk import folders
from g20desk.clock import SystemClock
from g20desk.desk.rule_files import sources
from g20desk.errors import Usage
from g20desk.network import text_rules
from g20desk.office.content import Content
from g20desk.rulebook import checker
from g20desk.rulebook.book import Entities, Rulebook
from g20desk.rulebook.reading import Span
from g20desk.rulebook.rule import BadRule, Finding
from g20desk.rulebook.whole import Whole, findings

NETWORKS = ("x", "bluesky", "mastodon", "rehearsal")
OLD_SECONDS = 30 * 86_400
COMPARED = ("x", "bluesky", "mastodon")
T = TypeVar("T")


def readers() -> dict[str, Entities]:
    """How each network reads a text."""
    return {name: text_rules(name).entities for name in COMPARED}


def built(files: Mapping[str, bytes]) -> Rulebook:
    """A rulebook from its files, each rule held to its examples. Raises BadRule."""
    from g20desk.rulebook.load import load

    texts = {name: data.decode("utf-8") for name, data in files.items()}
    rules = {name: text for name, text in texts.items() if name.startswith("rulebooks/")}
    return load(rules, {name: text for name, text in texts.items() if name not in rules}, readers())


def told(files: Mapping[str, str], make: Callable[[], T]) -> T:
    """What `make` makes of rule files; a rule that is not right as a Usage that says where it stands."""
    from g20desk.rulebook.editing import line_of

    try:
        return make()
    except BadRule as problem:
        line = line_of(files, problem)
        where = f"{problem.file}, line {line}" if line else problem.file
        rule = f", rule {problem.rule}" if problem.rule else ""
        raise Usage(
            "bad-rule", f"{where}{rule}: {problem.why}", "Mend the rule, then do it again.",
            file=problem.file, rule=problem.rule, line=line, why=problem.why,
        ) from problem  # fmt: skip


def built_of(files: Mapping[str, str]) -> Rulebook:
    """A rulebook from the texts of its files. Raises Usage that names file, rule and line of what is not right."""
    return told(files, lambda: built({name: text.encode() for name, text in files.items()}))


@functools.cache
def rulebook() -> Rulebook:
    """The rulebook that the program carries. Its compiled form is kept in the user's cache under a name made of all
    that it depends on, so that an old one is never taken for it; where it is missing or cannot be read, or written, the
    files are read."""
    from g20desk.rulebook.load import dump, fingerprint, restore

    files = sources()
    mark = fingerprint({**files, **engine()})
    kept = folders.cache() / f"rulebook-{mark}.json"
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        return restore(json.loads(kept.read_bytes()))
    book = built(files)
    with contextlib.suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        # Another version of the program may be at work beside this one: what it keeps is left to it.
        for old in kept.parent.glob("rulebook-*"):
            if SystemClock().now_ms() / 1000 - old.stat().st_mtime > OLD_SECONDS:
                old.unlink(missing_ok=True)
        new = kept.with_suffix(f".{os.getpid()}")
        new.write_text(json.dumps(dump(book, mark), ensure_ascii=False), encoding="utf-8")
        new.replace(kept)
    return book


def engine() -> dict[str, bytes]:
    """The code that a compiled form depends on."""
    here = resources.files("g20desk.rulebook")
    found = [*here.iterdir(), *here.joinpath("kinds").iterdir()]
    return {f"code/{file.name}": file.read_bytes() for file in found if file.name.endswith(".py")}


class Agreed(Protocol):
    """What an office agreed on, for its checker."""

    def standing(self, text: str, lang: str) -> list[Span]:
        """Where agreed words stand in a text, letter for letter."""
        ...

    def findings(self, text: str, lang: str, but: Collection[str] = ()) -> list[Finding]:
        """What a text says nearly as a line does, or otherwise; `but`: lines that it is not held against."""
        ...


class Checking:
    """`desk.check`, with the rulebook in force in an office and what that agreed on; without one, with the rulebook of the
    program."""

    def __init__(
        self,
        book: Callable[[], Rulebook] | None = None,
        today: Callable[[], str] = lambda: "",
        agreed: Agreed | None = None,
    ) -> None:
        self._book, self._today, self._agreed = book or rulebook, today, agreed

    def _rules(
        self, text: str, lang: str, kind: str, network: str, readers: Mapping[str, Entities], today: str, part: int,
        but: Collection[str] = (),
    ) -> list[Finding]:  # fmt: skip
        """What the rules say of a text, which leave alone what was agreed; and what was agreed of it."""
        standing = self._agreed.standing(text, lang) if self._agreed else ()
        found = checker.findings(text, lang, kind, self._book(), network, readers, today, part == 1, standing)
        return [*found, *(self._agreed.findings(text, lang, but) if self._agreed else ())]

    def text(
        self,
        text: str,
        network: str = "x",
        lang: str = "en",
        kind: str = "news",
        attachments: Sequence[Mapping[str, Any]] = (),
        limit: int | None = None,
        today: str = "",
        part: int = 1,
    ) -> dict[str, Any]:
        """What `check --jsonl` prints for one text, the `part` (from 1) of a thread. `today` (`2026-11-25`) leaves out rules that are no longer
        valid; in an office it is the desk's own day. Raises Usage for an unknown network."""
        if network not in NETWORKS:
            raise Usage("unknown-network", f"There is no network “{network}”.", f"Known: {', '.join(NETWORKS)}.")
        today = today or self._today()
        read_as = "bluesky" if network == "rehearsal" else network
        rules, book = text_rules(read_as), self._book()
        most = limit or rules.LIMITS.characters
        count, fits = rules.count(text), rules.fits(text, most)
        entities = rules.entities(text)
        asked = {**readers(), read_as: lambda t: entities if t is text else rules.entities(t)}
        found = [
            *checker.length(text, fits, count, most, network.capitalize()),
            *self._rules(text, lang, kind, read_as, asked, today, part),
            *checker.alt_texts([a.get("alt") for a in attachments], rules.LIMITS.alt, book, lang, kind, text, today),
        ]
        return {
            "length": count,
            "limit": most,
            "fits": fits,
            "entities": [{"kind": e.kind, "text": e.text, "start": e.start, "end": e.end} for e in entities],
            "findings": [f.as_json() for f in found],
        }

    def wording(
        self, text: str, lang: str, kind: str, alts: Sequence[str] = (), part: int = 1, but: Collection[str] = ()
    ) -> list[dict[str, Any]]:
        """What the rules say of a text that goes to no network by itself, the `part` (from 1) of a thread, and of the alt texts
        of its pictures. `but`: lines that it is not held against."""
        book, today = self._book(), self._today()
        most = min(text_rules(name).LIMITS.alt for name in COMPARED)
        found = [
            *self._rules(text, lang, kind, "", readers(), today, part, but),
            *checker.alt_texts(alts, most, book, lang, kind, text, today),
        ]
        return [one.as_json() for one in found]

    def message(self, content: Content, network: str = "x", today: str = "") -> dict[str, Any]:
        """A message without an office: {"texts": what `text` says of each part, with its lang, network and part;
        "findings": what `whole` says}. A text for all networks is read as on `network`."""
        listed = []
        for text in content.texts:
            for number, part in enumerate(text.parts, 1):
                alts = [{"alt": p.alt.get(text.lang, "")} for p in content.pictures if p.part == number]
                there = text.network or network
                where = {"lang": text.lang, "network": there, "part": number}
                listed.append({**where, **self.text(part, there, text.lang, content.kind, alts, None, today, number)})
        langs = list(dict.fromkeys(text.lang for text in content.texts))
        goes = [(there, langs) for there in dict.fromkeys([network, *(t.network for t in content.texts if t.network)])]
        texts = {(text.lang, text.network): text.parts for text in content.texts}
        whole = Whole(content.kind, texts, [p.alt for p in content.pictures], goes)
        return {"texts": listed, "findings": self.whole(whole, today)}

    def thread(
        self, parts: Sequence[str], lang: str = "en", kind: str = "news", today: str = ""
    ) -> list[dict[str, Any]]:
        """What holds between the parts of a thread: findings with `part`, from 1."""
        return [f.as_json() for f in checker.thread(parts, lang, kind, self._book(), today or self._today())]

    def compare(
        self,
        texts: Mapping[str, Sequence[str]],
        kind: str = "news",
        alts: Mapping[str, Sequence[str]] | None = None,
        today: str = "",
    ) -> dict[str, list[dict[str, Any]]]:
        """What each language says otherwise than the original: `{lang: findings}`, each with `part`, and with
        `against`, the counterpart's place. `texts` holds the parts of every language that is wanted; none where it is
        missing."""
        found = checker.compare(texts, kind, self._book(), alts, today or self._today())
        return {lang: [f.as_json() for f in listed] for lang, listed in found.items()}

    def whole(self, message: Whole, today: str = "") -> list[dict[str, Any]]:
        """What holds along the threads of a message and between its languages: findings with `lang`, `part`, `against`
        where they are between languages, and `network` where they are not of all."""
        return [f.as_json() for f in findings(message, self._book(), today or self._today())]
