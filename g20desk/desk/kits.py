"""Kits of lines on a desk: what is agreed, with its proof, as a folder or as one page (`line kit`)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.desk import packing, pictures, rechecking
from g20desk.desk.checking import COMPARED
from g20desk.desk.whole_file import replacing
from g20desk.desk.whole_folder import replace_folder
from g20desk.desk.wordings import typed
from g20desk.errors import Refused, Usage
from g20desk.network import text_rules
from g20desk.office import handles
from g20desk.office.content import Wording
from g20desk.office.quiet import NOT_BEFORE
from g20desk.office.route import SILENCE
from g20desk.office.stages import voices
from g20desk.office.words import words
from g20desk.record import kit_files, kit_page, kit_words
from g20desk.record.folding import Folded as Proved
from g20desk.record.kit import Fit, Kit, Picture, Said, Stage
from g20desk.record.report import SAFETY
from g20desk.record.withholding import Wish

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.desk.messages import Folded

APPROVED = "approved"


def save(desk: Desk, prefix: str, path: Path, langs: Iterable[str] = (), draft: bool = False) -> dict[str, Any]:
    """The kit of an agreed line: a folder, or one page where the path ends as a page's does: {"line", "path", "files", "digest",
    "state", "agreed_at"}. `langs`: of these languages alone; `draft`: of a line that is not agreed, and each file says so. Raises
    Refused, Usage."""
    made = kit_of(desk, prefix, tuple(langs), draft)
    if path.suffix.lower() in packing.PAGES:
        files = {path.name: kit_page.page(made)}
        with replacing(path) as file:
            file.write(files[path.name])
    else:
        files = kit_files.files(made)
        replace_folder(path, files, is_kit)
    return {"line": made.line, "path": str(path), "files": list(files), "digest": made.digest, "state": made.state,
            "agreed_at": iso(made.agreed) if made.agreed else None}  # fmt: skip


def is_kit(folder: Path) -> bool:
    """Whether a folder is a kit and nothing else, with no file changed since."""
    sums = folder / kit_files.SUMS
    if not sums.is_file():
        return False
    said = kit_files.summed(sums.read_bytes())
    found = {one.relative_to(folder).as_posix(): one for one in folder.rglob("*") if not one.is_dir()}
    del found[kit_files.SUMS]
    return kit_files.PAGE in said and found.keys() == said.keys() and all(
        hashlib.sha256(one.read_bytes()).hexdigest() == said[name] for name, one in found.items()
    )  # fmt: skip


def kit_of(desk: Desk, prefix: str, langs: tuple[str, ...] = (), draft: bool = False) -> Kit:
    """All of a line's kit. Raises Refused, Usage."""
    found = desk.lines.get(prefix)
    state = desk.lines.word(found)
    if state != "agreed" and not draft:
        desk.lines.agreed(found.id)  # which says why not
    if state == "agreed":
        return _agreed(desk, found, langs)
    word, shown = kit_words.words()["en"]["not_agreed"], _pictures(desk, found.content, langs)
    digest = desk.messages.show(found.id)["digest"]
    marked = tuple(_stamped(one, word) for one in shown)
    return replace(_bare(desk, found, digest), texts=_texts(desk, found.content, langs), pictures=marked, state=state)


def _agreed(desk: Desk, found: Folded, langs: tuple[str, ...]) -> Kit:
    if desk.office.held("", str(found.content["c.topic"])):
        raise Refused("held", "A hold on this topic stands: nothing of it goes out.", "See: g20desk hold list")
    texts = _texts(desk, found.content, langs)
    unsaid = frozenset(_langs(found.content)) - {one.lang for one in texts}
    packed = packing.pack_message(desk, found.id, Wish(names=True, langs=unsaid))
    claims = packed.verified.pack.claims
    if claims["state"] != APPROVED or claims["digest"] != found.message.digest:
        raise Refused(
            "not-in-record", "That this line is agreed is not in the office's record yet.", "Run: g20desk sync"
        )
    agreed, stages = _signed_off(packed.verified.folded)
    return replace(
        _bare(desk, found, found.message.digest), texts=texts, pictures=_pictures(desk, found.content, langs),
        agreed=agreed, stages=stages, proof=packed.data,
    )  # fmt: skip


def _bare(desk: Desk, found: Folded, digest: str) -> Kit:
    content, office = found.content, desk.office
    return Kit(
        office.name, tuple(words(office.id, SAFETY)), found.id, digest, tuple(words(digest)), content["c.topic"], (),
        source=content.get("c.source", ""), until=content.get("c.until", 0),
        not_before=content.get(NOT_BEFORE, 0),
    )  # fmt: skip


def _langs(content: Mapping[str, Any]) -> list[str]:
    return kit_words.ordered(name.removeprefix("c.text.") for name in content if name.startswith("c.text."))


def _texts(desk: Desk, content: Mapping[str, Any], wished: tuple[str, ...]) -> tuple[Said, ...]:
    """The line in each language that is wished for, all where none is. Raises Usage, and Refused for a text that is not here."""
    langs = _langs(content)
    if missing := [lang for lang in wished if lang not in langs]:
        raise Usage("bad-language", f"This line has no text in {missing[0]}.", f"It has: {', '.join(langs)}.")
    line = typed(desk, content) or Wording({})
    made = []
    for lang in (one for one in langs if not wished or one in wished):
        parts = tuple(rechecking.data_of(desk, ref).decode() for ref in content[f"c.text.{lang}"])
        tags = tuple(dict.fromkeys((*line.tags.get("", ()), *line.tags.get(lang, ()))))
        fits = tuple(_fit(desk, network, parts, tags) for network in COMPARED)
        advice = (line.locks.get(lang, ()), line.do.get(lang, ()), line.dont.get(lang, ()))
        made.append(Said(lang, parts, *advice, tags, fits))
    return tuple(made)


def _fit(desk: Desk, network: str, parts: tuple[str, ...], tags: tuple[str, ...]) -> Fit:
    """The posts on a network: with its own handles, and the hashtags behind the last one where there is room."""
    rules = text_rules(network)
    most = rules.LIMITS.characters
    posts = [handles.written(part, network, desk.handles.rows()).text for part in parts]
    said = {one.text.casefold() for post in posts for one in rules.entities(post) if one.kind == "hashtag"}
    further = [f"#{tag}" for tag in tags if f"#{tag}".casefold() not in said]
    tagged = f"{posts[-1]}\n\n{' '.join(further)}"
    if further and rules.fits(tagged, most):
        posts[-1] = tagged
    return Fit(network, tuple(posts), tuple(map(rules.count, posts)), most, all(rules.fits(one, most) for one in posts))


def _pictures(desk: Desk, content: Mapping[str, Any], wished: tuple[str, ...]) -> tuple[Picture, ...]:
    """The pictures in their order, with what they show in the languages that are wished for."""
    numbers = sorted(int(name.removeprefix("c.picture.")) for name in content if name.startswith("c.picture."))
    made = []
    for number in numbers:
        about = content[f"c.picture.{number}"]
        alt = {
            lang: rechecking.data_of(desk, ref).decode()
            for lang, ref in about["alt"].items()
            if not wished or lang in wished
        }
        data = rechecking.data_of(desk, about["file"])
        made.append(Picture(data, about["mime"], about["width"], about["height"], alt, about["part"]))
    return tuple(made)


def _stamped(picture: Picture, word: str) -> Picture:
    made = pictures.stamped(picture.data, word)
    return replace(picture, data=made.data, mime=made.mime, width=made.width, height=made.height)


def _signed_off(folded: Proved) -> tuple[int, tuple[Stage, ...]]:
    """When the line was agreed, and how each stage of its sign-off ended, as its proof has it."""
    message, people = folded.message, folded.now.people
    stamps = {one.event.id: one.event.stamp or 0 for one in folded.of_message}
    stages, last = [], message.release.event if message.release else ""
    for number in range(max(1, len(message.stages))):
        opened = message.stages[number] if message.stages else None
        name = opened.stage.name if opened else ""
        if opened and opened.stage.mode == SILENCE:
            stages.append(Stage(name, until=opened.due or 0))
        else:
            said = {key: one for key, one in voices(message, number).items() if one.answer == "approve"}
            governments = {one.government for one in said.values() if one.government}
            others = sum(1 for key, one in said.items() if key in people and not one.government)
            stages.append(Stage(name, tuple(sorted(governments)), others))
            last = max((one.event for one in said.values()), key=lambda event: stamps.get(event, 0), default=last)
        last = opened.done if opened and opened.done else last
    return stamps[last], tuple(stages)
