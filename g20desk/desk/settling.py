"""From what was typed to what is signed: texts become pieces, pictures are fitted, posts get their finished payloads."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from g20desk.desk.pictures import fit
from g20desk.errors import Refused, Usage
from g20desk.ledger import body, canonical, pieces
from g20desk.network import Picture, text_rules
from g20desk.office.content import PIECE, Content, PictureFile, Text
from g20desk.office.state import Account

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

KINDS = ("news", "statement", "rebuttal", "condolence", "correction")
LANG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")
NETWORKS = ("", "x", "bluesky", "mastodon")


class Settled:
    """The values, pieces and findings of one revision. What is equal to a part of an `earlier` revision takes over
    its keys and salt, so that equal content has an equal digest. Raises Usage and Refused for what can't be signed."""

    def __init__(self, desk: Desk, content: Content, earlier: list[body.Parts]) -> None:
        self.pieces: dict[str, bytes] = {}
        self.values: dict[str, Any] = {}
        self.findings: list[dict[str, Any]] = []
        self._desk = desk
        self._earlier = earlier
        self._known = _known(desk, earlier)
        self._fill(content)
        self.values["findings"] = self._ref(json.dumps(self.findings, ensure_ascii=False).encode())

    @property
    def parts(self) -> dict[str, body.PartOfBody]:
        """The earlier parts whose salts are taken over."""
        return {
            name: parts[name]
            for name, value in self.values.items()
            for parts in self._earlier
            if name in parts and parts[name].value == value
        }

    def _ref(self, data: bytes) -> pieces.Ref:
        ref = self._known.get(data) or pieces.refer(data)
        self._known[data] = ref
        self.pieces[ref["piece"]] = data
        return ref

    def _fill(self, content: Content) -> None:
        if content.kind not in KINDS:
            raise Usage("unknown-kind", f"There is no kind “{content.kind}”.", f"Kinds: {', '.join(KINDS)}.")
        if not content.texts:
            raise Usage("no-text", "A message needs a text.", "Add: --text FILE")
        accounts = [self._desk.accounts.get(name) for name in dict.fromkeys(content.to)]
        if not accounts:
            self._find("STRUCT-01", "Choose at least one account.")
        self.values["c.kind"] = content.kind
        self.values["c.to"] = [[a.id, a.name, a.identity] for a in accounts]
        if content.topic:
            self.values["c.topic"] = content.topic
        if content.note.strip():
            self.values["c.note"] = self._ref(content.note.encode())
        for text in content.texts:
            self._text(text)
        self.values["originals"] = []
        fitted = [self._picture(n, p, accounts) for n, p in enumerate(content.pictures)]
        for account in accounts:
            carried = [lang for lang in account.langs if self._post(content, fitted, account, lang)]
            if not carried:
                names = ", ".join(account.langs)
                self._find(
                    "STRUCT-02", f"{account.name} carries {names}; there is no text in it.", account=account.name
                )

    def _find(self, rule: str, message: str, **more: Any) -> None:
        found = {"rule": rule, "level": "block", "start": 0, "end": 0, "text": "", "message": message}
        self.findings.append({**found, "suggestion": None, **more})

    def _text(self, text: Text) -> None:
        if not LANG.match(text.lang):
            raise Usage("bad-language", f"“{text.lang}” is no language tag.", "Use for example: en, fr, ar")
        if text.network not in NETWORKS:
            raise Usage("unknown-network", f"There is no network “{text.network}”.", "Use x, bluesky or mastodon.")
        if any("\ud800" <= letter <= "\udfff" or letter == "\0" for part in text.parts for letter in part):
            raise Usage("bad-text", "The text holds characters that are none.", "Type or paste it again.")
        name = f"c.text.{text.lang}" + (f".{text.network}" if text.network else "")
        self.values[name] = [self._ref(part.encode()) for part in text.parts]

    def _picture(self, number: int, source: PictureFile, accounts: list[Account]) -> Picture:
        original = self._original(source)
        limits = [text_rules(a.reads_as).LIMITS for a in accounts]
        made = self._fitted_before(original, limits) or fit(original, limits, source.path)
        self.values[f"c.picture.{number}"] = {
            "file": self._ref(made.data), "mime": made.mime, "width": made.width, "height": made.height,
            "part": source.part,
            "alt": {lang: self._ref(alt.encode()) for lang, alt in sorted(source.alt.items())},
        }  # fmt: skip
        self.values["originals"].append(self._ref(original))
        return made

    def _original(self, source: PictureFile) -> bytes:
        if source.path.startswith(PIECE):
            found = pieces.get(self._desk.store, {"piece": source.path.removeprefix(PIECE)})
            if found is None:
                raise Refused("withheld", "A picture of this message was dropped from the record.", "Add it again.")
            return found
        try:
            return Path(source.path).read_bytes()
        except OSError as error:
            raise Usage("no-file", f"{source.path} can't be read: {error.strerror}.", "Check the path.") from error

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
        text = content.text_for(lang, account.reads_as)
        if text is None:
            return False
        rules = text_rules(account.reads_as)
        limit = account.limits.get("characters", rules.LIMITS.characters)
        parts = []
        for number, words in enumerate(text.parts, 1):
            chosen = [n for n, p in enumerate(content.pictures) if p.part == number]
            pictures = [_with_alt(fitted[n], content.pictures[n], lang) for n in chosen]
            checked = self._desk.check.text(
                words, account.reads_as, lang, content.kind, [{"alt": p.alt} for p in pictures], limit
            )
            where = {"account": account.name, "network": account.reads_as, "lang": lang, "part": number}
            self.findings += [{**found, **where} for found in checked["findings"]]
            if len(chosen) > rules.LIMITS.pictures:
                self._find("STRUCT-03", f"{account.name} takes {rules.LIMITS.pictures} pictures a post.", **where)
            payload = canonical.dumps(rules.payload(words, lang, pictures, {}))
            parts.append({"payload": self._ref(payload), "pictures": chosen})
        for one in content.pictures:
            if not 1 <= one.part <= len(text.parts):
                says = f"A picture belongs to part {one.part}; on {account.name} there are {len(text.parts)} in {lang}."
                self._find("STRUCT-04", says, account=account.name, network=account.reads_as, lang=lang)
        key = f"c.post.{account.id[:16]}.{lang}"
        self.values[key] = {"account": account.id, "identity": account.identity, "lang": lang, "parts": parts}
        return True


def _with_alt(fitted: Picture, source: PictureFile, lang: str) -> Picture:
    alt = source.alt.get(lang, "")
    return Picture(fitted.data, fitted.mime, alt, fitted.width, fitted.height)


def _known(desk: Desk, earlier: list[body.Parts]) -> dict[bytes, pieces.Ref]:
    made: dict[bytes, pieces.Ref] = {}
    for parts in earlier:
        for part in parts.values():
            for ref in pieces.refs(part.value):
                data = pieces.get(desk.store, ref)
                if data is not None:
                    made.setdefault(data, ref)
    return made
