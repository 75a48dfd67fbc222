"""One message's whole life, whose packs the tests make, read and spoil."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from g20desk.desk import Desk, packing
from g20desk.errors import Refused
from g20desk.ledger import canonical
from g20desk.ledger.keys import DeviceKey
from g20desk.office.content import Content, PictureFile, Text
from g20desk.record import pack, report, verify
from g20desk.record.withholding import Wish

EN = "We met in Rome </script><script>alert(1)</script> &amp; <b>agreed</b>."
FR = "Nous nous sommes réunis à Rome."
AR = "التقينا في روما واتفقنا على خفض الديون."
ZH = "我们在罗马会晤并达成一致。"
EARLIER, REASON, COMMENT = "We meet in Milan.", "Rome is not named.", "The Arabic reads well."
HOLD, NOTE = "A rumour is going round.", "Please answer by noon."
ALT = {"en": "Ministers at a table", "fr": "Des ministres à table"}


@dataclass(frozen=True)
class Story:
    """The desk's folder, and the message."""

    folder: Path
    message: str

    def desk(self, person: str = "Officer") -> Desk:
        return Desk.open(self.folder, person)

    @functools.lru_cache(32)  # noqa: B019 - a story lasts as long as the tests
    def pack(self, person: str = "Officer", **wish: Any) -> bytes:
        return packing.pack_message(self.desk(person), self.message, Wish(**wish)).data

    def spoilt(self, change: Callable[[dict[str, Any]], Any], person: str = "Officer", **wish: Any) -> bytes:
        """A pack that its own maker changed and signed again: the worst that a member can do."""
        value = json.loads(self.pack(person, **wish))
        del value["signature"]
        change(value)
        key = self.key(person)
        return pack.signed(value, key.sign("proof pack", canonical.dumps(value)))

    @functools.lru_cache(8)  # noqa: B019
    def key(self, person: str) -> DeviceKey:
        desk = self.desk(person)
        return desk.ledger.key(desk.device)


def told(folder: Path) -> Story:
    """An office in which a text was objected to, changed, agreed and posted."""
    Desk.found(folder, "G20", "Ada Head", rehearsal=True)
    head, officer, brazil, india = (
        Desk.open(folder, who) for who in ("Ada Head", "Officer", "Liaison Brazil", "Liaison India")
    )
    head.accounts.add("rehearsal", name="Practice", owner="official", like="bluesky", langs=("en", "fr"))
    head.people.admit_here("Passing Guest", "expert", "")
    head.holds.place(HOLD, account="G20 X")
    picture = folder.parent / "picture.png"
    Image.new("RGB", (40, 30), "navy").save(picture)
    texts = tuple(Text(lang, (text,)) for lang, text in (("fr", FR), ("ar", AR), ("zh", ZH)))
    pictures = (PictureFile(str(picture), ALT),)
    made = officer.messages.new(Content("news", ("Practice",), (Text("en", (EARLIER,)), *texts), pictures, NOTE))
    _submit(officer, made)
    india.messages.decide(made["message"], "object", made["digest"], REASON)
    made = officer.messages.revise(
        made["message"], Content("news", ("Practice",), (Text("en", (EN,)), *texts), pictures, NOTE)
    )
    _submit(officer, made)
    india.messages.decide(made["message"], "comment", made["digest"], COMMENT)
    try:
        officer.messages.decide(made["message"], "approve", made["digest"])
    except Refused as no:
        assert no.code == "author"
    brazil.messages.decide(made["message"], "approve", made["digest"])
    head.people.retire("Passing Guest", "Gone home.")
    officer.messages.schedule(made["message"], officer.clock.now_ms())
    officer.publish.once()
    assert officer.messages.show(made["message"])["state"] == "sent"
    # Something else goes on behind it.
    other = officer.messages.new(Content("news", ("Practice",), (Text("en", ("Another text altogether.",)),)))
    officer.messages.submit(other["message"])
    return Story(folder, made["message"])


def _submit(officer: Desk, made: dict[str, Any]) -> None:
    blocks = {f["rule"]: "Said so." for f in made["findings"] if f["level"] == "block"}
    officer.messages.submit(made["message"], "", blocks)


def fault(data: bytes) -> str:
    """What does not hold in a pack; empty where all does."""
    try:
        verify.verify(data)
    except pack.BadPack as bad:
        return str(bad)
    return ""


def reported(data: bytes) -> dict[str, Any]:
    """The report on a pack that holds."""
    return report.report(verify.verify(data))
