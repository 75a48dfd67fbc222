"""Rules tried before anybody signs them: on a text, on their own examples, on the last messages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from g20desk.desk import rechecking
from g20desk.errors import Refused, Usage

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.rulebook.book import Rulebook
    from g20desk.rulebook.rule import Rule

LAST = 100


class Trying:
    """The part of `desk.rulebook` that signs nothing. Slow where files differ much: not for the window's own thread."""

    _desk: Desk
    current: Callable[[], Rulebook]
    files: Callable[[], dict[str, str]]

    def built(self, files: Mapping[str, str]) -> Rulebook:
        """The rulebook of files; only what differs from the one in force is held to its examples. Raises Usage that
        names the file, the rule and the line of what is not right."""
        from g20desk.desk import checking
        from g20desk.rulebook.amended import amended

        return checking.told(files, lambda: amended(files, self.current(), self.files(), checking.readers()))

    def edited(self, files: Mapping[str, str], rule: str, changes: Mapping[str, Any], file: str = "") -> dict[str, str]:
        """The files with one rule changed or added: values by key, None takes a key away, {"on": False} switches it
        off. What else stands in its file stays as it is, comments too. Raises Usage."""
        from g20desk.desk import checking
        from g20desk.rulebook.editing import edited

        return checking.told(files, lambda: edited(files, rule, changes, file))

    def next_id(self, files: Mapping[str, str], family: str) -> str:
        """An id for a new rule of a family. Raises Usage where none is left."""
        from g20desk.rulebook.editing import next_id

        made = next_id(files, family)
        if not made:
            raise Usage("family-full", f"All numbers of {family} are taken.", "Begin a family of another name.")
        return made

    def trial(
        self, files: Mapping[str, str], text: str, lang: str = "en", kind: str = "news", network: str = "x",
        only: str = "",
    ) -> list[dict[str, Any]]:  # fmt: skip
        """What rules in files say of a text; `only` one of them, also where it is off. Raises Usage as `built`."""
        from g20desk.desk.checking import Checking

        book = self.built(files)
        if only:
            book = _only(book, only)
        return list(Checking(lambda: book).text(text, network, lang, kind)["findings"])

    def examples(self, files: Mapping[str, str], rule: str) -> list[dict[str, Any]]:
        """A rule's examples and what it says of each: {"text", "bad", "holds", "findings", "why"}. The rule may be one
        that does not load for its examples. Raises Usage for another fault, Refused where there is no such rule."""
        from g20desk.desk import checking
        from g20desk.rulebook.amended import unheld
        from g20desk.rulebook.examples import judged

        book = checking.told(files, lambda: unheld(files, self.current(), self.files()))
        chosen = _only(book, rule).rules[0]

        def one(text: str, bad: bool) -> dict[str, Any]:
            found, why = judged(text, bad, chosen, book, checking.readers())
            return {"text": text, "bad": bad, "holds": not why, "findings": [f.as_json() for f in found], "why": why}

        return [*(one(text, True) for text in chosen.bad), *(one(text, False) for text in chosen.good)]

    def would_say(
        self, files: Mapping[str, str], last: int = LAST, cancelled: Callable[[], bool] = lambda: False,
        progress: Callable[[int, int], None] = lambda done, of: None,
    ) -> dict[str, Any]:  # fmt: skip
        """What files would newly say of the last messages that this person may read, and what they would no longer:
        {"messages", "new", "gone", "cancelled"}; a finding has its message_id, title and networks besides. Raises Usage
        as `built`."""
        from g20desk.rulebook.amended import apart

        now, then = apart(self.current(), self.built(files))
        made: dict[str, Any] = {"messages": 0, "new": [], "gone": [], "cancelled": False}
        rows = self._desk.messages.rows(limit=last)
        for number, row in enumerate(rows):
            if cancelled():
                return {**made, "cancelled": True}
            progress(number, len(rows))
            before, after = self._said(row.id, now), self._said(row.id, then)
            about = {"message_id": row.id, "title": row.title}
            made["new"] += [{**about, **found} for key, found in after.items() if key not in before]
            made["gone"] += [{**about, **found} for key, found in before.items() if key not in after]
            made["messages"] += 1
        return made

    def _said(self, message: str, book: Rulebook) -> dict[tuple[Any, ...], dict[str, Any]]:
        """What a book says of a message; what it says for several accounts once, with their networks."""
        from g20desk.desk.checking import Checking

        content = self._desk.messages.get(message).content
        made: dict[tuple[Any, ...], dict[str, Any]] = {}
        try:
            found = rechecking.said(self._desk, content, Checking(lambda: book))
        except Refused:
            return {}  # something of it was dropped from the record
        for one in found:
            where = ("lang", "part", "attachment", "rule", "start", "end", "level", "text")
            key = (*(one.get(k) for k in where), *(one.get("against") or {}).items())
            networks = {*made.get(key, {}).get("networks", ()), *([one["network"]] if "network" in one else [])}
            kept = {k: v for k, v in one.items() if k not in ("account", "network")}
            made[key] = {**kept, "networks": sorted(networks)}
        return made


def _only(book: Rulebook, id: str) -> Rulebook:
    """A rulebook of one rule, switched on. Raises Refused."""
    from g20desk.rulebook.book import Rulebook

    found = [replace(rule, on=True) for rule in book.rules if rule.id == id]
    if not found:
        raise Refused("unknown-id", f"There is no rule “{id}” in these files.", "See: g20desk rulebook list")
    return Rulebook(tuple(found), book.facts)


def matching(rules: Iterable[Rule], family: str, lang: str, search: str) -> list[Rule]:
    """Rules of a family, for a language, with these words in them."""
    wanted = search.casefold()
    return [
        rule
        for rule in rules
        if family in ("", rule.family) and (not lang or not rule.langs or lang in rule.langs) and wanted in _words(rule)
    ]


def _words(rule: Rule) -> str:
    said = (rule.id, rule.why, rule.source, rule.test, *rule.not_this, *rule.say_this, *rule.bad, *rule.good)
    return "\n".join(said).casefold()
