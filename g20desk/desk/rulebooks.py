"""The rulebook in force: read, tried, changed, proposed and adopted. What it is made of is signed into the record."""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from g20desk.desk.rule_drafts import Drafting
from g20desk.desk.rule_files import FOLDERS, program_files
from g20desk.desk.rule_history import Comparing
from g20desk.desk.trying import Trying, matching
from g20desk.errors import Refused, Usage
from g20desk.ledger import canonical, pieces
from g20desk.office.rulebooks import digest
from g20desk.office.state import RulebookTakenBack, RulebookVersion

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.rulebook.book import Rulebook
    from g20desk.rulebook.rule import Rule

COMPILED = "rulebook"
MOST_BYTES = 8_000_000
KEPT_READ = 24
Pin = dict[str, Any]


@dataclass(frozen=True, slots=True)
class InForce:
    """What this desk checks with. `trouble`: why that is not the newest version that the office adopted."""

    book: Rulebook
    version: int
    digest: str
    trouble: str = ""

    @property
    def pin(self) -> Pin:
        """As a revision and a submission name it."""
        return {"version": self.version, "digest": self.digest}


class Rulebooks(Trying, Drafting, Comparing):
    """`desk.rulebook`. Files are texts by name: `rulebooks/plain.toml`, `facts/members.toml`, `agreed/agreed.toml`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._now: tuple[int, InForce] | None = None
        self._read: dict[str, dict[str, str]] = {}

    def in_force(self) -> InForce:
        """The newest version that this desk can read; version 0 is what the program carries. Quick, once built."""
        versions = self._desk.office.rulebooks
        with self._lock:
            if self._now is None or self._now[0] != len(versions):
                self._now = len(versions), self._built(versions)
            return self._now[1]

    def pin(self) -> Pin:
        """Version and digest of what texts are checked with; without loading it where that is the program's own."""
        adopted = self._desk.office.rulebooks
        return self.in_force().pin if adopted else {"version": 0, "digest": program_digest()}

    def current(self) -> Rulebook:
        """The rulebook in force, ready to check with."""
        return self.in_force().book

    def files(self) -> dict[str, str]:
        """The files of the rulebook in force."""
        version = self.in_force().version
        return self._files(self._desk.office.rulebooks[version - 1]) if version else program_files()

    def rules(self, family: str = "", lang: str = "", search: str = "") -> list[Rule]:
        """The rules in force, those that are off too: of a family, for a language, with these words in them."""
        return matching(self.current().rules, family, lang, search)

    def rule(self, id: str) -> Rule:
        """One rule. Raises Refused."""
        found = next((rule for rule in self.current().rules if rule.id == id.upper()), None)
        if found is None:
            raise Refused("unknown-id", f"There is no rule “{id}”.", "See: g20desk rulebook list")
        return found

    def summary(self) -> dict[str, Any]:
        """`rulebook show` of the command line."""
        now, office = self.in_force(), self._desk.office
        families: dict[str, int] = {}
        for rule in now.book.rules:
            families[rule.family] = families.get(rule.family, 0) + 1
        ships = program_digest()
        return {
            **now.pin, "adopted": len(office.rulebooks), "rules": len(now.book.rules),
            "on": sum(rule.on for rule in now.book.rules), "families": dict(sorted(families.items())),
            "program": {"digest": ships, "same": ships == now.digest}, "trouble": now.trouble,
            "versions": [self._told(v) for v in office.rulebooks],
            "proposal": self._told(office.rulebook_proposed) if office.rulebook_proposed else None,
            "taken_back": self._taken_back(office.rulebook_taken_back) if office.rulebook_taken_back else None,
        }  # fmt: skip

    def proposed(self, prefix: str = "") -> tuple[RulebookVersion, dict[str, str]]:
        """The open proposal and its files. Raises Refused where there is none, or it is another one by now."""
        found = self._desk.office.rulebook_proposed
        if found is None or (prefix and (len(prefix) < 6 or not found.event.startswith(prefix))):
            raise Refused(
                "unknown-id", f"There is no open proposal {prefix}".rstrip() + ".", "See: g20desk rulebook show"
            )
        return found, self._files(found)

    def propose(self, files: Mapping[str, str], note: str) -> str:
        """Propose files as the next version; the proposal's id. Raises Usage for files that do not load."""
        if not note.strip():
            raise Usage("no-reason", "Say in a sentence what changes.", "Add: --note TEXT")
        checked(files)
        self.built(files)
        names = digest(dict(files))
        if names == self.in_force().digest:
            raise Usage("no-change", "These are the rules in force.", "Change a rule, then propose.")
        data = canonical.dumps(dict(files))
        whole, said = pieces.refer(data), pieces.refer(note.strip().encode())
        values = {"version": len(self._desk.office.rulebooks) + 1, "digest": names, "note": said, "files": whole}
        kept = {whole["piece"]: data, said["piece"]: note.strip().encode()}
        return self._desk.act("rulebook.adopted", values, pieces=kept)

    def adopt(self, prefix: str) -> Pin:
        """Sign an open proposal as the second person: {"version", "digest"}. Raises Refused, and Usage where this
        program can't read the proposed files."""
        found, files = self.proposed(prefix)
        book = self.built(files)
        values = {"version": found.version, "digest": found.digest, "note": found.note, "files": found.files}
        self._desk.act("rulebook.adopted", values)
        self._keep(InForce(book, found.version, found.digest))
        return {"version": found.version, "digest": found.digest}

    def withdraw(self, prefix: str, why: str) -> None:
        """Take an open proposal off the table: one's own, or as the head anybody's. Raises Refused, and Usage without a
        reason."""
        if not why.strip():
            raise Usage("no-reason", "A reason is needed.", "Add: --why TEXT")
        data = why.strip().encode()
        ref = pieces.refer(data)
        values = {"proposal": self.proposed(prefix)[0].event, "why": ref}
        self._desk.act("rulebook.withdrawn", values, pieces={ref["piece"]: data})

    def _taken_back(self, one: RulebookTakenBack) -> dict[str, Any]:
        told = self._told(one.proposal)
        return {
            **told, "taken_back_by": self._desk.office.people[one.by].name, "taken_back_at": one.at,
            "why": pieces.text(self._desk.store, one.why),
        }  # fmt: skip

    def _told(self, version: RulebookVersion) -> dict[str, Any]:
        people, store = self._desk.office.people, self._desk.store
        adopted_by = people[version.adopted_by].name if version.adopted_by else ""
        return {
            "id": version.event, "version": version.version, "digest": version.digest,
            "note": pieces.text(store, version.note), "by": people[version.by].name, "at": version.at,
            "adopted_by": adopted_by, "adopted_at": version.adopted_at or None,
        }  # fmt: skip

    def _files(self, version: RulebookVersion) -> dict[str, str]:
        """The files of a version. Raises Refused where they are not on this desk, or are not what its digest names."""
        if version.digest in self._read:
            return dict(self._read[version.digest])
        data = pieces.get(self._desk.store, version.files)
        if data is None:
            raise Refused(
                "withheld", f"The files of rulebook {version.version} are not on this desk.", "Wait for them."
            )
        try:
            found = canonical.loads(data)
            if canonical.digest("rulebook", data) == version.digest and all(isinstance(t, str) for t in found.values()):
                if len(self._read) >= KEPT_READ:
                    self._read.clear()
                self._read[version.digest] = found
                return dict(found)
        except (canonical.NotCanonical, AttributeError):
            pass
        raise Refused("other-digest", f"The files of rulebook {version.version} are not those that were signed.",
                      "Ask its author to propose anew.")  # fmt: skip

    def _built(self, versions: tuple[RulebookVersion, ...]) -> InForce:
        from g20desk.desk import checking

        trouble = ""
        for version in reversed(versions):
            try:
                kept = self._kept(version.digest)
                book = kept or checking.built_of(self._files(version))
            except (Refused, Usage) as problem:
                trouble = trouble or f"Rulebook {version.version} can't be used here: {problem.message}"
                continue
            made = InForce(book, version.version, version.digest, trouble)
            if kept is None:
                self._keep(made)
            return made
        return InForce(checking.rulebook(), 0, program_digest(), trouble)

    def _kept(self, names: str) -> Rulebook | None:
        """The compiled form that this desk keeps, in its encrypted store."""
        from g20desk.rulebook.load import restore

        try:
            kept = json.loads(self._desk.store.meta(COMPILED) or "{}")
        except ValueError:
            return None
        fits = isinstance(kept, dict) and kept.get("fingerprint") == _mark(names)
        return restore(kept) if fits else None

    def _keep(self, made: InForce) -> None:
        from g20desk.rulebook.load import dump

        try:
            self._desk.store.set_meta(COMPILED, json.dumps(dump(made.book, _mark(made.digest))))
        except Usage:
            pass  # a desk that can't be written builds it anew at each start


def _mark(names: str) -> str:
    """What a compiled form was made by and of: another program may know other tests."""
    from g20desk.desk import checking
    from g20desk.rulebook.load import fingerprint

    return f"{fingerprint(checking.engine())} {names}"


@functools.cache
def program_digest() -> str:
    """The digest of what the program carries."""
    return digest(program_files())


def checked(files: Mapping[str, str]) -> None:
    """Refuse names and texts that can't be signed as a rulebook. Raises Usage."""
    help_ = "Files are rulebooks/NAME.toml, facts/NAME.toml and agreed/NAME.toml."
    for name, text in files.items():
        folder, _, file = name.partition("/")
        plain = file.removesuffix(".toml").replace("-", "").replace("_", "")
        if folder not in FOLDERS or not file.endswith(".toml") or not (plain.isascii() and plain.isalnum()):
            raise Usage("bad-file", f"“{name}” is no file of a rulebook.", help_)
        if any("\ud800" <= c <= "\udfff" or c == "\0" for c in text):
            raise Usage("bad-file", f"{name} holds characters that are none.", "Save it as UTF-8.")
    if not any(name.startswith("rulebooks/") for name in files):
        raise Usage("bad-file", "There are no rules among these files.", help_)
    if sum(len(text) for text in files.values()) > MOST_BYTES:
        raise Usage(
            "too-large", f"A rulebook has {MOST_BYTES // 1_000_000} million characters at most.", "Leave files out."
        )
