"""What a line has besides its texts: what was typed becomes what is signed, the other way, and what the rulebook says of a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.errors import Usage
from g20desk.ledger import pieces
from g20desk.limits import Limits
from g20desk.network import text_rules
from g20desk.office.content import Content, Wording
from g20desk.office.form import LANG, LINE
from g20desk.office.quiet import NOT_BEFORE
from g20desk.office.relays import LOCK, plain, stands

if TYPE_CHECKING:
    from g20desk.desk.checking import Checking
    from g20desk.desk.desk import Desk
    from g20desk.desk.settling import Settled
    from g20desk.rulebook.whole import Whole

TAGS, DO, DONT = "c.tags", "c.do.", "c.dont."
# A line's pictures are fitted to no network: they are kept as they are, for print too, up to this.
KEPT = Limits(characters=0, picture_bytes=5_000_000, picture_pixels=24_000_000)


def settle(settled: Settled, desk: Desk, content: Content, line: Wording) -> None:
    """What a line has besides its texts, as it is signed. Raises Usage and Refused."""
    if content.to or content.poll is not None or not content.topic.strip():
        raise Usage("bad-line", "A line is words on a topic, for no account.", "Add: --topic T")
    texts = {text.lang: text.parts for text in content.texts}
    for text in content.texts:
        if text.network or text.warning or text.visibility:
            raise Usage("bad-line", f"A line says the same everywhere; in {text.lang} there is something for one network alone.",
                        "Leave out network, warning and visibility.")  # fmt: skip
    if len(texts) < len(content.texts):
        raise Usage("bad-line", "A line has one text in a language.", "Leave out the one that is not meant.")
    for lang, parts in texts.items():
        if not parts or not all(part.strip() for part in parts):
            raise Usage("no-text", f"The text in {lang} is empty.", "Write it, or leave the language out.")
    values = settled.values
    for lang, phrases in line.locks.items():
        if kept := _locked(lang, phrases, texts.get(lang, ())):
            values[f"{LOCK}{lang}"] = kept
    for lang, tags in line.tags.items():
        if lang:
            _check_lang(lang)
        if words := list(dict.fromkeys(map(tag, tags))):
            values[f"{TAGS}.{lang}" if lang else TAGS] = words
    for prefix, said in ((DO, line.do), (DONT, line.dont)):
        for lang, advice in said.items():
            _check_lang(lang)
            if kept := list(dict.fromkeys(" ".join(one.split()) for one in advice if one.strip())):
                values[f"{prefix}{lang}"] = [settled.ref(one.encode()) for one in kept]
    if line.until:
        values["c.until"] = line.until
    if line.source.strip():
        values["c.source"] = line.source.strip()
    if line.supersedes:
        values["c.supersedes"] = desk.lines.get(line.supersedes).id
    for picture in content.pictures:
        for lang, parts in texts.items():
            if not 1 <= picture.part <= len(parts):
                settled.find("STRUCT-04", f"A picture belongs to part {picture.part}; there are {len(parts)} in {lang}.",
                             lang=lang)  # fmt: skip


def _locked(lang: str, phrases: Iterable[str], parts: Iterable[str]) -> list[str]:
    """Phrases that are locked, as they are kept: white space counts for nothing in them. Raises Usage."""
    said = list(parts)
    for phrase in phrases:
        if not plain(phrase):
            raise Usage("no-phrase", "A locked phrase has words.", "Leave --lock out, or name one.")
        if not any(stands(phrase, part) for part in said):
            raise Usage("no-phrase", f"“{phrase}” does not stand in the text in {lang}.", "Lock what it says.")
    return list(dict.fromkeys(" ".join(phrase.split()) for phrase in phrases))


def _check_lang(lang: str) -> None:
    if not LANG.match(lang):
        raise Usage("bad-language", f"“{lang}” is no language tag.", "Use for example: en, fr, ar")


def tag(typed: str) -> str:
    """A hashtag without its sign, which every network links whole. Raises Usage."""
    word = typed.strip().lstrip("#＃")
    from g20desk.desk.checking import COMPARED  # the checker is slow to load

    for network in COMPARED:
        found = text_rules(network).entities(f"#{word}")
        if [(one.kind, one.text) for one in found] != [("hashtag", f"#{word}")]:
            raise Usage("bad-tag", f"“{typed}” is no hashtag on {network.capitalize()}.",
                        "Write letters and digits, with at least one letter and no space: G20SouthAfrica")  # fmt: skip
    return word


def checked(check: Checking, line: Whole, earlier: str = "") -> list[dict[str, Any]]:
    """What the rulebook says of each part of a line, which goes to no network by itself: findings with `lang` and `part`. Its
    pictures need alt texts in each language. `earlier`: the line whose place it takes, which it is to be like."""
    made = []
    for (lang, _), parts in line.texts.items():
        for number, part in enumerate(parts, 1):
            alts = [alt.get(lang, "") for alt in line.alts] if number == 1 else []
            found = check.wording(part, lang, line.kind, alts, number, {earlier})
            made += [{**one, "lang": lang, "part": number} for one in found]
    return made


def typed(desk: Desk, content: Mapping[str, Any]) -> Wording | None:
    """What a line has besides, as a person would write it; None for another message."""
    if content.get("c.kind") != LINE:
        return None
    words: Callable[[Any], str] = desk.messages.words

    def of(prefix: str) -> dict[str, tuple[str, ...]]:
        found = {name.removeprefix(prefix): said for name, said in content.items() if name.startswith(prefix)}
        return {lang: tuple(words(one) if pieces.is_ref(one) else one for one in said) for lang, said in found.items()}

    tags = {lang.removeprefix("."): said for lang, said in of(TAGS).items()}
    until, source, earlier = content.get("c.until", 0), content.get("c.source", ""), content.get("c.supersedes", "")
    return Wording(of(LOCK), until, source, earlier, tags, of(DO), of(DONT))


def shown(desk: Desk, content: Mapping[str, Any]) -> dict[str, Any] | None:
    """What a reader of a line is shown besides its texts: {"locks", "until", "source", "supersedes", "tags", "do", "dont",
    "not_before"}; None for another message. `tags` under "" are of all languages."""
    line = typed(desk, content)
    if line is None:
        return None
    listed = {name: {lang: list(said) for lang, said in getattr(line, name).items()} for name in LISTS}
    return {**listed, "until": iso(line.until) if line.until else None, "source": line.source,
            "supersedes": line.supersedes or None,
            "not_before": iso(content[NOT_BEFORE]) if NOT_BEFORE in content else None}  # fmt: skip


LISTS = ("locks", "tags", "do", "dont")
