"""Rulebooks beside each other: proposed, adopted, the program's own, one's own changes; what each rule comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from g20desk.desk import possible
from g20desk.desk.rule_drafts import RuleDraft
from g20desk.desk.rule_files import program_files
from g20desk.errors import Refused

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.office.state import Office, RulebookVersion
    from g20desk.rulebook.book import Rulebook
    from g20desk.rulebook.code import Code
    from g20desk.rulebook.comparing import Compared

DRAFT, PROPOSED, TAKEN_BACK, PROGRAM = "draft", "proposed", "taken-back", "program"


class Comparing:
    """The part of `desk.rulebook` that looks at several rulebooks."""

    _desk: Desk
    current: Callable[[], Rulebook]
    files: Callable[[], dict[str, str]]
    draft: Callable[[], RuleDraft]
    draft_files: Callable[[RuleDraft], dict[str, str]]
    _files: Callable[[RulebookVersion], dict[str, str]]

    def code(self) -> Code:
        """The shared code as it is in force: each principle and the rules that serve it. Raises Usage."""
        from g20desk.desk import checking
        from g20desk.rulebook import code

        files = self.files()
        return checking.told(files, lambda: code.read(files.get(code.FILE, ""), self.current().rules))

    def files_of(self, which: str) -> dict[str, str]:
        """The files of “proposed”, “taken-back”, “program”, “draft” or of a version by its number. Raises Refused."""
        office = self._desk.office
        if which == DRAFT:
            return self.draft_files(self.draft())
        if which == PROGRAM or which == "0":
            return program_files()
        found = office.rulebook_proposed if which == PROPOSED else None
        if which == TAKEN_BACK and office.rulebook_taken_back is not None:
            found = office.rulebook_taken_back.proposal
        if which.isdecimal() and int(which) <= len(office.rulebooks):
            found = office.rulebooks[int(which) - 1]
        if found is None:
            raise Refused("unknown-id", f"There is no rulebook “{which}”.", "See: g20desk rulebook show")
        return self._files(found)

    def compare(self, which: str) -> Compared:
        """What that one says otherwise, rule by rule: a version against the one before it, all else against the one in
        force. Raises Refused, and Usage where one of them can't be read."""
        before = self.files_of(str(int(which) - 1)) if which.isdecimal() and which != "0" else self.files()
        return self.compared(before, self.files_of(which))

    def compared(self, before: Mapping[str, str], after: Mapping[str, str]) -> Compared:
        """What some files say otherwise than others. Raises Usage."""
        from g20desk.desk import checking
        from g20desk.rulebook.comparing import compared

        return checking.told(after, lambda: compared(before, after))

    def since(self, rule: str) -> int:
        """The version since which a rule has said what it says now; 0: as the program carries it."""
        from g20desk.rulebook.comparing import one, same
        from g20desk.rulebook.rule import BadRule

        versions = self._desk.office.rulebooks[: self.in_force().version]
        now = next((r for r in self.current().rules if r.id == rule), None)
        held = len(versions)
        try:
            while held and same(one(self.files_of(str(held - 1)), rule), now):
                held -= 1
        except (Refused, BadRule):
            pass  # an older version is not here, or can't be read any more: it is at least as old as the one after it
        return held

    in_force: Callable[[], Any]

    def can(self) -> dict[str, str]:
        """For edit, propose, adopt and withdraw an empty string, or why not: tried in the acts, decided nowhere else."""
        office = self._desk.office
        free = replace(office, rulebook_proposed=None)
        ref = {"piece": "0" * 64, "key": "0" * 64, "size": 0}
        new = {"version": len(office.rulebooks) + 1, "digest": "0" * 64, "note": ref, "files": ref}
        found = office.rulebook_proposed
        none = "" if found else "Nothing is proposed."
        same = {} if found is None else {
            "version": found.version, "digest": found.digest, "note": found.note, "files": found.files,
        }  # fmt: skip
        return {
            "edit": self._tried(free, "rulebook.adopted", new), "propose": self._tried(office, "rulebook.adopted", new),
            "adopt": none or self._tried(office, "rulebook.adopted", same),
            "withdraw": none or self._tried(office, "rulebook.withdrawn", {"proposal": found and found.event, "why": ref}),
        }  # fmt: skip

    def _tried(self, office: Office, kind: str, values: dict[str, Any]) -> str:
        return possible.in_office(self._desk, kind, values, office)
