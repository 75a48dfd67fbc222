"""From what was typed to what is signed: texts become pieces, posts get their finished payloads, pictures are fitted."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from g20desk.errors import Usage
from g20desk.ledger import body, canonical, pieces
from g20desk.network import Picture, text_rules
from g20desk.office.content import Content, PictureFile
from g20desk.office.members import Account

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

KINDS = ("news", "statement", "rebuttal", "condolence", "correction")
LANG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")


class Settled:
    """The values and pieces of one revision. Equal pieces and parts of `earlier` revisions keep their keys and salts."""

    def __init__(self, desk: Desk, content: Content, earlier: list[body.Parts]) -> None:
        self.data: dict[str, bytes] = {}
        self.values: dict[str, Any] = {}
        self.findings: list[dict[str, Any]] = []
        self._known = _known(desk, earlier)
        self._fill(desk, content)
        self.parts: dict[str, body.PartOfBody] = {}
        for name, value in self.values.items():
            for parts in earlier:
                if name in parts and parts[name].value == value:
                    self.parts[name] = parts[name]

    def _ref(self, data: bytes) -> pieces.Ref:
        ref = self._known.get(data) or pieces.refer(data)
        self._known[data] = ref
        self.data[ref["piece"]] = data
        return ref

    def _fill(self, desk: Desk, content: Content) -> None:
        if content.kind not in KINDS:
            raise Usage("unknown-kind", f"There is no kind “{content.kind}”.", f"Kinds: {', '.join(KINDS)}.")
        if not content.texts:
            raise Usage("no-text", "A message needs a text.", "Add: --text FILE")
        accounts = [desk.accounts.get(name) for name in dict.fromkeys(content.to)]
        self.values["c.kind"] = content.kind
        self.values["c.to"] = [[a.id, a.name, a.identity] for a in accounts]
        for text in content.texts:
            if not LANG.match(text.lang):
                raise Usage("bad-language", f"“{text.lang}” is no language tag.", "Use for example: en, fr, ar")
            name = f"c.text.{text.lang}" + (f".{text.network}" if text.network else "")
            self.values[name] = [self._ref(part.encode()) for part in text.parts]
        fitted = [fit(p, [text_rules(a.reads_as).LIMITS for a in accounts]) for p in content.pictures]
        for number, (source, picture) in enumerate(zip(content.pictures, fitted, strict=True)):
            self.values[f"c.picture.{number}"] = {
                "file": self._ref(picture.data), "original": self._ref(Path(source.path).read_bytes()),
                "mime": picture.mime, "width": picture.width, "height": picture.height, "part": source.part,
                "alt": {lang: self._ref(alt.encode()) for lang, alt in source.alt.items()},
            }  # fmt: skip
        for account in accounts:
            for lang in account.langs:
                self._post(desk, content, fitted, account, lang)

    def _post(self, desk: Desk, content: Content, fitted: list[Picture], account: Account, lang: str) -> None:
        text = content.text_for(lang, account.reads_as)
        if text is None:
            return
        rules = text_rules(account.reads_as)
        limit = account.limits.get("characters", rules.LIMITS.characters)
        parts = []
        for number, words in enumerate(text.parts, 1):
            chosen = [n for n, p in enumerate(content.pictures) if p.part == number]
            pictures = [
                Picture(
                    fitted[n].data, fitted[n].mime, _alt(content.pictures[n], lang), fitted[n].width, fitted[n].height
                )
                for n in chosen
            ]
            checked = desk.check.text(
                words, account.reads_as, lang, content.kind, [{"alt": p.alt} for p in pictures], limit
            )
            for found in checked["findings"]:
                self.findings.append({**found, "account": account.name, "lang": lang, "part": number})
            payload = canonical.dumps(rules.payload(words, lang, pictures, {}))
            parts.append({"payload": self._ref(payload), "pictures": chosen})
        key = f"c.post.{account.id[:16]}.{lang}"
        self.values[key] = {"account": account.id, "identity": account.identity, "lang": lang, "parts": parts}


def _alt(picture: PictureFile, lang: str) -> str:
    return picture.alt.get(lang) or picture.alt.get("en", "")


def _known(desk: Desk, earlier: list[body.Parts]) -> dict[bytes, pieces.Ref]:
    made: dict[bytes, pieces.Ref] = {}

    def walk(value: Any) -> None:
        if pieces.is_ref(value):
            data = pieces.get(desk.store, value)
            if data is not None:
                made.setdefault(data, value)
        elif isinstance(value, dict):
            for item in value.values():
                walk(item)
        elif isinstance(value, list):
            for item in value:
                walk(item)

    for parts in earlier:
        for name, part in parts.items():
            if name.startswith(body.CONTENT):
                walk(part.value)
    return made


def fit(source: PictureFile, limits: list[Any]) -> Picture:
    """The picture turned upright, without metadata, under every network's limit. Raises Usage for what is no picture."""
    from PIL import Image, ImageOps

    most = min((one.picture_bytes for one in limits), default=1_000_000)
    pixels = min((one.picture_pixels for one in limits), default=8_000_000)
    try:
        image: Any = ImageOps.exif_transpose(Image.open(source.path))
        image.load()
    except (OSError, Image.DecompressionBombError, ValueError) as error:
        raise Usage("bad-picture", f"{source.path} can't be read as a picture.", "Use a JPEG or PNG file.") from error
    flat = image.mode in ("RGB", "L") or image.getextrema()[-1] == (255, 255)
    image = image.convert("RGB" if flat else "RGBA")
    scale = min(1.0, (pixels / (image.width * image.height)) ** 0.5)
    if scale < 1:
        image = image.resize((int(image.width * scale), int(image.height * scale)))
    clean = Image.new(image.mode, image.size)
    clean.paste(image)
    file = io.BytesIO()
    clean.save(file, "PNG", optimize=True)
    mime = "image/png"
    quality = 92
    while len(file.getvalue()) > most:
        file, mime = io.BytesIO(), "image/jpeg"
        clean.convert("RGB").save(file, "JPEG", quality=quality)
        quality -= 8
        if quality < 40:
            quality = 85
            clean = clean.resize((max(1, clean.width * 3 // 4), max(1, clean.height * 3 // 4)))
    return Picture(file.getvalue(), mime, "", clean.width, clean.height)
