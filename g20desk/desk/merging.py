"""Versions of a draft that were written apart: what they go on from, and where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.desk import linking, polls, wordings
from g20desk.errors import Refused
from g20desk.office import merging, wording
from g20desk.office.content import PIECE, Content, PictureFile, Text
from g20desk.office.drafts import Revision
from g20desk.office.merging import Merging, Name, Place
from g20desk.office.quiet import NOT_BEFORE

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.desk.messages import Folded


@dataclass(frozen=True, slots=True)
class Version:
    """A revision with its author's name and time."""

    revision: str
    person: str
    at: str


@dataclass(frozen=True, slots=True)
class Apart:
    """Two versions and the one that both go on from; `left`: how many more were written apart, to be merged after."""

    message: str
    was: Version
    versions: tuple[Version, Version]
    left: int
    merging: Merging

    @property
    def heads(self) -> tuple[str, str]:
        """The revisions that are merged."""
        first, second = self.versions
        return first.revision, second.revision

    def as_json(self) -> dict[str, Any]:
        """For machines: each part in which they differ, as runs of words that stand and places."""
        parts = [
            {"part": merging.called(name), "runs": [_run(one) for one in runs]}
            for name, runs in self.merging.parts.items()
        ]
        return {
            "message": self.message, "was": _version(self.was), "versions": [_version(one) for one in self.versions],
            "left": self.left, "parts": parts, "decide": [merging.called(name) for name in self.merging.conflicts()],
        }  # fmt: skip


def _version(one: Version) -> dict[str, str]:
    return {"revision": one.revision, "person": one.person, "at": one.at}


def _run(one: str | Place) -> dict[str, Any]:
    if isinstance(one, str):
        return {"same": one}
    return {"was": one.was, "first": one.first, "second": one.second, "agreed": one.agreed, "by": one.by}


def apart(desk: Desk, found: Folded) -> Apart:
    """The first two of the versions that were written apart. Raises Refused where there is but one, or they are for others
    to read."""
    draft = found.draft
    if not draft.heads:
        raise Refused("no-right", "Drafts are for the office's own staff.")
    if len(draft.heads) < 2:
        raise Refused("one-version", "This draft has one version: there is nothing to merge.")
    first, second = draft.heads[:2]
    base = merging.ancestor({one.id: one.base for one in draft.revisions.values()}, first, second)
    contents = [typed(desk, draft.revisions[one]) for one in (base, first, second)]
    was, one, two = (_said(found, revision) for revision in (base, first, second))
    return Apart(found.id, was, (one, two), len(draft.heads) - 2, merging.begin(*contents))


def beside(desk: Desk, found: Folded, content: Content, base: Sequence[str]) -> Apart:
    """What this person typed on an earlier revision, and the newest one, which came in meanwhile."""
    draft = found.draft
    newest = draft.heads[-1]
    was = next((one for one in base if one in draft.revisions), found.id)
    first = typed(desk, draft.revisions[newest])
    now = merging.begin(typed(desk, draft.revisions[was]), first, content)
    return Apart(found.id, _said(found, was), (_said(found, newest), Version("", desk.person.name, "")), 0, now)


def _said(found: Folded, revision: str) -> Version:
    verdict = next(v for v in found.draft_verdicts if v.event.id == revision)
    return Version(revision, verdict.by.name, iso(verdict.event.header.at))


def diff(desk: Desk, found: Folded, old: str, new: str) -> dict[str, list[tuple[str, str]]]:
    """What changed between two revisions: for each part that did, runs of (same|removed|added, words). Raises Refused."""
    before, after = (merging.flat(typed(desk, _revision(found, one))) for one in (old, new))
    made = {}
    for name in sorted({*before, *after}, key=lambda name: (merging.ORDER.index(name[0]), name)):
        one, two = before.get(name, ""), after.get(name, "")
        if one != two and name[0] != "order":
            made[merging.called(name)] = _runs(name, one, two)
    return made


def _runs(name: Name, one: str, two: str) -> list[tuple[str, str]]:
    if name[0] in merging.WORDS:
        return wording.diff(one, two)
    said = (("removed", _label(name, one)), ("added", _label(name, two)))
    return [(how, words) for how, words in said if words]


def _label(name: Name, value: str) -> str:
    """A part that is no wording, for people."""
    return iso(int(value)) if name[0] in ("until", "not_before") and value else str(merging.label(name, value))


def _revision(found: Folded, prefix: str) -> Revision:
    chosen = [r for r in found.draft.revisions.values() if len(prefix) >= 6 and r.id.startswith(prefix)]
    if len(chosen) != 1:
        raise Refused("unknown-id", f"There is no one revision “{prefix}”.", "See: g20desk message show")
    return chosen[0]


def typed(desk: Desk, revision: Revision) -> Content:
    """A revision as it was typed, for going on."""
    words = desk.messages.words
    names = [to[1] for to in revision.content["c.to"]]
    texts, pictures = [], []
    for name, value in revision.content.items():
        _, what, *rest = name.split(".")
        if what == "text":
            own = name.removeprefix("c.text.")
            parts = tuple(words(ref) for ref in value)
            warning = words(revision.content.get(f"c.warning.{own}"))
            seen = str(revision.content.get(f"c.visibility.{own}", ""))
            texts.append(Text(rest[0], parts, rest[1] if rest[1:] else "", warning, seen))
        elif what == "picture":
            original = revision.originals[int(rest[0])]["piece"]
            alt = {lang: words(ref) for lang, ref in value["alt"].items()}
            pictures.append((int(rest[0]), PictureFile(PIECE + original, alt, value["part"])))
    note = words(revision.content["c.note"]) if "c.note" in revision.content else ""
    kind, topic = revision.content["c.kind"], revision.content.get("c.topic", "")
    return Content(
        kind, tuple(names), tuple(texts), tuple(p for _, p in sorted(pictures, key=lambda one: one[0])), note, topic,
        revision.content.get(NOT_BEFORE, 0), **{how: linking.named(revision.content.get(f"c.{how}")) for how in linking.HOW},
        poll=polls.typed(desk, revision.content), line=wordings.typed(desk, revision.content),
    )  # fmt: skip
