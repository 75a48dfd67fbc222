"""From what was typed to what is signed: texts become pieces, pictures are fitted, posts get their finished payloads."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from g20desk import reading
from g20desk.desk import films, linking, polls, wordings
from g20desk.desk.films import Film, moves
from g20desk.desk.films import fit as fit_film
from g20desk.desk.pictures import fit
from g20desk.desk.rendering import Rendering, takes
from g20desk.errors import Refused, Usage
from g20desk.ledger import body, pieces
from g20desk.network import Picture
from g20desk.office.content import PIECE, Content, PictureFile, Text
from g20desk.office.form import LINE, RELAY, VISIBILITIES
from g20desk.office.quiet import NOT_BEFORE
from g20desk.office.state import Account
from g20desk.rulebook.whole import Whole

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

KINDS = ("news", "statement", "rebuttal", "condolence", "correction")
LANG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")
NETWORKS = ("", "x", "bluesky", "mastodon")


class Settled:
    """The values, pieces and findings of one revision. What is equal to a part of an `earlier` revision takes over
    its keys and salt, so that equal content has an equal digest. `reach`: whether pages and networks may be asked for cards and mentions; without, it says only
    how the message is made. Raises Usage and Refused for what can't be signed."""

    def __init__(self, desk: Desk, content: Content, earlier: list[body.Parts], *, reach: bool = True) -> None:
        self.pieces: dict[str, bytes] = {}
        self.values: dict[str, Any] = {}
        self.findings: list[dict[str, Any]] = []
        self._desk = desk
        self._reach = reach
        self._earlier = earlier
        self._known = _known(desk, earlier)
        self.films: dict[bytes, Film] = {}
        self._rendering = Rendering(desk, self, reach)
        self.values["rulebook"] = desk.rulebook.in_force().pin
        self._fill(content)
        self.values["findings"] = self.ref(json.dumps(self.findings, ensure_ascii=False).encode())

    @property
    def parts(self) -> dict[str, body.PartOfBody]:
        """The earlier parts whose salts are taken over."""
        return {
            name: parts[name]
            for name, value in self.values.items()
            for parts in self._earlier
            if name in parts and parts[name].value == value
        }

    def ref(self, data: bytes) -> pieces.Ref:
        """The reference to a piece; that of an equal piece of an earlier revision where there is one."""
        ref = self._known.get(data) or pieces.refer(data)
        self._known[data] = ref
        self.pieces[ref["piece"]] = data
        return ref

    def _fill(self, content: Content) -> None:
        if content.kind not in KINDS and (content.kind, content.line is not None) not in ((LINE, True), (RELAY, False)):
            raise Usage("unknown-kind", f"There is no kind “{content.kind}”.", f"Kinds: {', '.join(KINDS)}.")
        if not content.texts:
            raise Usage("no-text", "A message needs a text.", "Add: --text FILE")
        accounts = [self._desk.accounts.get(name) for name in dict.fromkeys(content.to)]
        if self._reach:
            accounts = [self._desk.accounts.up_to_date(account) for account in accounts]
        if content.line is not None:
            wordings.settle(self, self._desk, content, content.line)
        elif not accounts:
            self.find("STRUCT-01", "Choose at least one account.")
        self.values["c.kind"] = content.kind
        self.values["c.to"] = [[a.id, a.name, a.identity] for a in accounts]
        if content.topic:
            self.values["c.topic"] = content.topic
        if content.not_before:
            self.values[NOT_BEFORE] = content.not_before
        if content.corrects and content.replies:
            raise Usage("two-replies", "A message replies to one message only.", "Correct it, or reply to it.")
        for how in linking.HOW:
            if typed := getattr(content, how):
                self.values[f"c.{how}"] = linking.target(self._desk, typed)
        polls.settle(self, content)
        if content.note.strip():
            self.values["c.note"] = self.ref(content.note.encode())
        for text in content.texts:
            self._text(text)
        self.values["originals"] = []
        fitted = [self._picture(n, p, accounts) for n, p in enumerate(content.pictures)]
        for account in accounts:
            carried = [lang for lang in account.langs if self._post(content, fitted, account, lang)]
            if not carried:
                names = ", ".join(account.langs)
                self.find("STRUCT-02", f"{account.name} carries {names}; there is no text in it.", account=account.name)
        texts = {(text.lang, text.network): text.parts for text in reversed(content.texts)}
        goes = [(account.reads_as, account.langs) for account in accounts]
        whole = Whole(content.kind, texts, [p.alt for p in content.pictures], goes)
        if content.line is not None:
            self.findings += wordings.checked(self._desk.check, whole, self.values.get("c.supersedes", ""))
        self.findings += self._desk.check.whole(whole)

    def find(self, rule: str, message: str, **more: Any) -> None:
        """A finding that no rule makes; it blocks unless its `level` says otherwise."""
        found = {"rule": rule, "level": "block", "start": 0, "end": 0, "text": "", "message": message}
        self.findings.append({**found, "suggestion": None, **more})

    def _text(self, text: Text) -> None:
        if not LANG.match(text.lang):
            raise Usage("bad-language", f"“{text.lang}” is no language tag.", "Use for example: en, fr, ar")
        if text.network not in NETWORKS:
            raise Usage("unknown-network", f"There is no network “{text.network}”.", "Use x, bluesky or mastodon.")
        if any(
            "\ud800" <= letter <= "\udfff" or letter == "\0" for part in (*text.parts, text.warning) for letter in part
        ):
            raise Usage("bad-text", "The text holds characters that are none.", "Type or paste it again.")
        if text.visibility not in ("", *VISIBILITIES):
            known = ", ".join(VISIBILITIES)
            raise Usage("bad-visibility", f"There is no visibility “{text.visibility}”.", f"Use one of: {known}.")
        name = text.lang + (f".{text.network}" if text.network else "")
        self.values[f"c.text.{name}"] = [self.ref(part.encode()) for part in text.parts]
        if text.warning.strip():
            self.values[f"c.warning.{name}"] = self.ref(text.warning.encode())
        if text.visibility not in ("", VISIBILITIES[0]):
            self.values[f"c.visibility.{name}"] = text.visibility

    def _picture(self, number: int, source: PictureFile, accounts: list[Account]) -> Picture:
        original = self._original(source)
        made = self._film(original, source) or self._still(original, source, accounts)
        self.values[f"c.picture.{number}"] = {
            "file": self.ref(made.data), "mime": made.mime, "width": made.width, "height": made.height,
            "part": source.part, **({"ms": made.ms} if made.ms else {}),
            "alt": {lang: self.ref(alt.encode()) for lang, alt in sorted(source.alt.items())},
        }  # fmt: skip
        self.values["originals"].append(self.ref(original))
        return made

    def _film(self, original: bytes, source: PictureFile) -> Picture | None:
        """A moving picture without what else is in its file; None for a still one."""
        if not moves(original):
            return None
        made, film = fit_film(original, Path(source.path).name)
        self.films[made.data] = film
        return made

    def _still(self, original: bytes, source: PictureFile, accounts: list[Account]) -> Picture:
        limits = [takes(a) for a in accounts] if self.values["c.kind"] != LINE else [wordings.KEPT]
        return self._fitted_before(original, limits) or fit(original, limits, source.path)

    def _original(self, source: PictureFile) -> bytes:
        if source.path.startswith(PIECE):
            found = pieces.get(self._desk.store, {"piece": source.path.removeprefix(PIECE)})
            if found is None:
                raise Refused("withheld", "A picture of this message was dropped from the record.", "Add it again.")
            return found
        return reading.read(Path(source.path), films.MOST, "Make it smaller.")

    def _fitted_before(self, original: bytes, limits: list[Any]) -> Picture | None:
        """The fitted picture of an earlier revision, where it fits still: another version may fit otherwise."""
        ref = self._known.get(original)
        for parts in self._earlier if ref is not None else ():
            for number, one in enumerate(parts["originals"].value):
                if one != ref:
                    continue
                about = parts[f"c.picture.{number}"].value
                data = pieces.get(self._desk.store, about["file"])
                area = about["width"] * about["height"]
                if data is not None and all(len(data) <= x.picture_bytes and area <= x.picture_pixels for x in limits):
                    return Picture(data, about["mime"], "", about["width"], about["height"])
        return None

    def _post(self, content: Content, fitted: list[Picture], account: Account, lang: str) -> bool:
        if not self._rendering.post(content, fitted, account, lang):
            return False
        text = content.text_for(lang, account.reads_as)
        total = len(text.parts) if text else 0
        for one in content.pictures:
            if not 1 <= one.part <= total:
                says = f"A picture belongs to part {one.part}; on {account.name} there are {total} in {lang}."
                self.find("STRUCT-04", says, account=account.name, network=account.reads_as, lang=lang)
        if content.poll is not None and content.poll.part > total:
            says = f"The poll belongs to part {content.poll.part}; on {account.name} there are {total} in {lang}."
            self.find("STRUCT-15", says, account=account.name, network=account.reads_as, lang=lang)
        return True


def _known(desk: Desk, earlier: list[body.Parts]) -> dict[bytes, pieces.Ref]:
    made: dict[bytes, pieces.Ref] = {}
    for parts in earlier:
        for part in parts.values():
            for ref in pieces.refs(part.value):
                data = pieces.get(desk.store, ref)
                if data is not None:
                    made.setdefault(data, ref)
    return made
