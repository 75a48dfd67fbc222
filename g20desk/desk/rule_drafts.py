"""Changes to rules that a person has not proposed yet: kept on this desk, rule by rule, so that they go with whatever
rulebook is in force by then."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from g20desk.errors import Usage
from g20desk.settings_file import known

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.rulebook.book import Rulebook
    from g20desk.rulebook.rule import Rule

KEPT = "rulebook-draft"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """`edits`: keys of rules that are to be set, None to take one away. `homes`: the files of rules that are new.
    `files`: whole files that are new or other, before the edits."""

    edits: Mapping[str, Row] = field(default_factory=dict)
    homes: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.edits or self.files)

    def with_edit(self, rule: str, changes: Row, home: str = "") -> RuleDraft:
        """With this for a rule in place of what was there; without it, where nothing changes."""
        edits = {id: one for id, one in self.edits.items() if id != rule} | ({rule: changes} if changes else {})
        homes = {id: name for id, name in self.homes.items() if id != rule} | ({rule: home} if home and changes else {})
        return replace(self, edits=edits, homes=homes)

    def with_edits(self, edits: Mapping[str, Row]) -> RuleDraft:
        """With these for several rules that are there already; without those where nothing changes."""
        return replace(self, edits={id: one for id, one in {**self.edits, **edits}.items() if one})

    def with_file(self, name: str, text: str | None) -> RuleDraft:
        """With this file, or without it."""
        files = {one: said for one, said in self.files.items() if one != name}
        return replace(self, files=files if text is None else {**files, name: text})


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule as it is shown and edited: what it says with the draft's changes, and what it said without its own edit;
    None for one that the draft adds. `before`: what is in force."""

    id: str
    file: str
    row: Row
    base: Row | None
    before: Rule | None
    changed: bool

    @property
    def family(self) -> str:
        """The word before the number."""
        return self.id.partition("-")[0]


class Drafting:
    """The part of `desk.rulebook` that keeps what is not proposed yet."""

    _desk: Desk
    current: Callable[[], Rulebook]
    files: Callable[[], dict[str, str]]

    def draft(self) -> RuleDraft:
        """What this person has not proposed yet."""
        kept = self._desk.store.meta(f"{KEPT}/{self._desk.person.id}")
        return known(RuleDraft, json.loads(kept)) if kept else RuleDraft()

    def keep_draft(self, draft: RuleDraft) -> None:
        """Keep it on this desk; an empty one is forgotten."""
        said = {"edits": draft.edits, "homes": draft.homes, "files": draft.files}
        kept = json.dumps(said, ensure_ascii=False) if draft else ""
        self._desk.store.set_meta(f"{KEPT}/{self._desk.person.id}", kept)

    def draft_files(self, draft: RuleDraft) -> dict[str, str]:
        """The files in force with the draft's changes. They may not load yet. Raises Usage where a file can't be read."""
        from g20desk.desk import checking
        from g20desk.rulebook.editing import edited_all

        files = {**self.files(), **draft.files}
        return checking.told(files, lambda: edited_all(files, draft.edits, draft.homes))

    def entries(self, draft: RuleDraft) -> list[Entry]:
        """Every rule in force, in the draft's files and in its edits, by id; a change that does not load yet is shown
        as far as it can be."""
        from g20desk.rulebook.editing import USUAL

        made = {rule.id: _entry(rule, rule) for rule in self.current().rules}
        for rule in self._of_files(draft):
            made[rule.id] = _entry(rule, made[rule.id].before if rule.id in made else None)
        for id, changes in draft.edits.items():
            old = made.get(id)
            said = {
                **(old.row if old else USUAL),
                **{k: v if v is not None else USUAL.get(k) for k, v in changes.items()},
            }
            home = old.file if old else draft.homes.get(id, "")
            made[id] = Entry(id, home, said, old.base if old else None, old.before if old else None, True)
        return sorted(made.values(), key=lambda entry: entry.id)

    def _of_files(self, draft: RuleDraft) -> list[Rule]:
        """The rules of the draft's own files; those of a file that can't be read are told when it is proposed."""
        from g20desk.rulebook import schema
        from g20desk.rulebook.rule import BadRule

        made: list[Rule] = []
        for name, text in draft.files.items():
            try:
                made += schema.read(name, text) if name.startswith("rulebooks/") else []
            except BadRule:
                continue
        known = {rule.id: rule for rule in self.current().rules}
        return [rule for rule in made if known.get(rule.id) != rule]

    def wanted(self, draft: RuleDraft, rule: str, row: Row, home: str = "") -> RuleDraft:
        """The draft with a rule that says what `row` says; its edit holds only what differs."""
        from g20desk.rulebook.editing import row as said

        found = next((one for one in (*self._of_files(draft), *self.current().rules) if one.id == rule), None)
        if found is None:
            return draft.with_edit(rule, row, home or draft.homes.get(rule, ""))
        base = said(found)
        return draft.with_edit(rule, {key: value for key, value in row.items() if base[key] != value})

    def begun(self, draft: RuleDraft, family: str, lang: str = "en") -> tuple[str, dict[str, Any]]:
        """The id of a new rule of a family, and a row to be filled in. Raises Usage."""
        from g20desk.desk.rule_files import checked_family
        from g20desk.rulebook.editing import USUAL

        if not family:
            raise Usage("bad-family", "A rule belongs to a family.", "Use 2 to 10 capital letters, for example HOUSE.")
        texts = {**self.files(), **draft.files, "": "\n".join(draft.edits)}
        row = {**USUAL, "kind": "substitution", "level": "advise", "lang": [lang], "principle": 1}
        return self.next_id(texts, checked_family(family)), row

    next_id: Callable[[Mapping[str, str], str], str]

    def taken_over(self, draft: RuleDraft, files: Mapping[str, str]) -> RuleDraft:
        """The draft with what these files say otherwise than those in force; a rule that they leave out is switched off.
        Raises Usage."""
        from g20desk.desk import checking
        from g20desk.rulebook.comparing import compared
        from g20desk.rulebook.editing import row

        whole = checking.told(files, lambda: self._all_new(files))
        rest = {name: text for name, text in files.items() if name not in whole}
        found = checking.told(files, lambda: compared(self.files(), rest))
        for name in whole:
            draft = draft.with_file(name, files[name])
        for change in found.files:
            if change.after:
                draft = draft.with_file(change.name, change.after)
        for one in found.rules:
            if one.after is not None:
                draft = self.wanted(draft, one.id, row(one.after), one.after.file)
            elif one.before is not None and one.before.on:
                draft = self.wanted(draft, one.id, {**row(one.before), "on": False})
        return draft

    def _all_new(self, files: Mapping[str, str]) -> set[str]:
        """The rule files that none in force is called like, and that hold no rule that is in force."""
        from g20desk.rulebook import schema

        names, ids = self.files(), {rule.id for rule in self.current().rules}
        new = [name for name in files if name.startswith("rulebooks/") and name not in names]
        return {name for name in new if not ids & {rule.id for rule in schema.read(name, files[name])}}

    def taken_in(self, draft: RuleDraft, name: str, text: str) -> RuleDraft:
        """The draft with an imported file under a name that no other file has. Raises Usage where its rules are there
        already, or where it does not load."""
        file = f"rulebooks/{name}.toml"
        if file in self.files():
            raise Usage("file-taken", f"There is a file {name} in force.", "Choose another family.")
        made = draft.with_file(file, text)
        self.built({**self.files(), file: text})
        return made

    built: Callable[[Mapping[str, str]], Rulebook]


def _entry(rule: Rule, before: Rule | None) -> Entry:
    from g20desk.rulebook.editing import row

    said = row(rule)
    return Entry(rule.id, rule.file, said, said, before, rule is not before)
