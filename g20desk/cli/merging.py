"""`message merge` and `message diff`: versions that were written apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from g20desk.cli.output import JSON, Where, say
from g20desk.cli.writing import drafted, typed, written
from g20desk.errors import Refused, Usage

if TYPE_CHECKING:
    from g20desk.desk.merging import Apart
    from g20desk.office.merging import Merging, Name, Place

# Which parts of a message an option writes anew.
OPTIONS = {
    "kind": ("kind",), "to": ("to",), "image": ("picture", "at", "alt", "order"), "not_before": ("not_before",),
    "corrects": ("corrects",), "replies_to": ("replies",), "quotes": ("quotes",), "poll": ("poll",), "poll_for": ("poll",),
}  # fmt: skip


@click.command("merge")
@click.argument("id")
@click.option(
    "--take", multiple=True, metavar="PART=REV", help="Of a part, the version of this revision: fr=ab12cd, kind=ab12cd."
)
@written
@click.pass_obj
def message_merge(where: Where, /, id: str, take: tuple[str, ...], as_json: bool, **given: Any) -> int:
    """Make one revision of two that were written apart. What one person alone changed is taken over, and said; what both
    changed is to be decided: by --text, --from and the other options, or part by part with --take. Without any of these: print
    the merge, and leave with 1 where something is to be decided."""
    messages = where.desk().messages
    apart = messages.apart(id)
    written_anew = any(value for name, value in given.items() if name != "lang")
    if not take and not written_anew:
        value = apart.as_json()
        say(value, as_json, _shown(apart))
        return 1 if value["decide"] else 0
    now = apart.merging
    anew = _anew(given, now)
    for one in take:
        _take(apart, one)
    taken = [name for name in now.take_single() if given["source"] is None and name not in anew]
    undecided = [name for name in now.conflicts() if given["source"] is None and name not in anew]
    if undecided:
        first, second = apart.versions
        names = ", ".join(map(_called, undecided))
        raise Refused(
            "undecided", f"Both {first.person} and {second.person} changed: {names}.",
            f"Write it anew, or add: --take {_called(undecided[0])}={first.revision[:8]} (or {second.revision[:8]})",
        )  # fmt: skip
    content = typed(**given, before=now.content()) if written_anew else now.content()
    made = messages.merge(id, content, apart.heads)
    words = [f"Taken over, as one of them alone changed it: {', '.join(map(_called, taken))}."] if taken else []
    if apart.left:
        words.append(f"{apart.left} more written apart: merge again.")
    say({**made, "taken": [_called(name) for name in taken]}, as_json, "\n".join([drafted(made), *words]))
    return 0


def _anew(given: dict[str, Any], now: Merging) -> set[Name]:
    """The parts that the options write anew."""
    kinds = {kind for option, kinds in OPTIONS.items() if given[option] for kind in kinds}
    own = {"text": given["text"], "warning": given["warning"], "visibility": given["visibility"]}
    exact = {(kind, given["lang"], "") for kind, value in own.items() if value is not None}
    return {name for name in now.parts if name[0] in kinds or name in exact}


def _take(apart: Apart, said: str) -> None:
    """A part from one of the versions. Raises Usage."""
    part, _, revision = said.partition("=")
    which = [n for n, head in enumerate(apart.heads, 1) if len(revision) >= 6 and head.startswith(revision)]
    names = [name for name in apart.merging.parts if _called(name) == part]
    if len(which) != 1 or len(names) != 1:
        parts = ", ".join(map(_called, apart.merging.parts))
        revisions = " or ".join(head[:8] for head in apart.heads)
        raise Usage("no-part", f"“{said}” names no part and version.", f"PART is one of {parts}; REV is {revisions}.")
    apart.merging.take(names[0], which[0])


def _called(name: Name) -> str:
    from g20desk.office import merging

    return merging.called(name)


def _shown(apart: Apart) -> str:
    first, second = apart.versions
    lines = [
        f"Both go on from {apart.was.revision[:8]} ({apart.was.person}, {apart.was.at}):",
        *(f"  {n}: {one.revision[:8]} ({one.person}, {one.at})" for n, one in enumerate((first, second), 1)),
        "[-taken out-] {+put in+} by one of them or by both alike; <<1: … | 2: …>> is to be decided.",
        "",
    ]
    for name, runs in apart.merging.parts.items():
        said = [one if isinstance(one, str) else _marked(name, one) for one in runs]
        lines.append(f"{_called(name)}: {''.join(said)}")
    if apart.left:
        lines.append(f"{apart.left} more written apart, to be merged after.")
    conflicts = apart.merging.conflicts()
    end = f"To be decided: {', '.join(map(_called, conflicts))}." if conflicts else "Nothing is to be decided."
    return "\n".join([*lines, "", end, f"g20desk message merge {apart.message[:12]} --text FILE"])


def _marked(name: Name, place: Place) -> str:
    from g20desk.office import merging

    was, one, two = (str(merging.label(name, words)) for words in (place.was, place.first, place.second))
    if not place.agreed and place.by == 3:
        return f"<<1: {one} | 2: {two}>>" if not was else f"<<1: {one} | 2: {two} | before: {was}>>"
    new = two if place.by == 2 else one
    who = "" if place.agreed else f" ({place.by})"
    return (f"[-{was}-]" if was else "") + (f"{{+{new}+}}" if new else "") + who


@click.command("diff")
@click.argument("id")
@click.argument("old")
@click.argument("new")
@JSON
@click.pass_obj
def message_diff(where: Where, id: str, old: str, new: str, as_json: bool) -> None:
    """What changed between two revisions, word by word: [-removed-] {+added+}."""
    changes = where.desk().messages.diff(id, old, new)
    say(changes, as_json, changed(changes))


def changed(changes: Mapping[str, Sequence[tuple[str, str]]]) -> str:
    """What changed, part by part, for people."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    words = [f"{text}: " + "".join(marks[how].format(what) for how, what in runs) for text, runs in changes.items()]
    return "\n".join(words) or "Nothing changed."
