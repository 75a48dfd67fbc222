"""How a person's desk comes into an office: an invitation out, a request back, an admission; by files or pasted text.

Nothing of it is secret. What keeps strangers out are the safety words, compared by voice before admitting.
"""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from g20desk.clock import Clock, SystemClock, iso
from g20desk.desk import seals
from g20desk.desk.acting import ADDRESS, HUB_KEY, PINNED, Proposal
from g20desk.desk.desk import Desk
from g20desk.desk.roll import INVITED
from g20desk.errors import Refused, Usage
from g20desk.ledger import canonical, keys, secretstore
from g20desk.ledger.keys import DeviceKey
from g20desk.ledger.store import Store
from g20desk.office.members import check_person, proof_bytes
from g20desk.office.state import need
from g20desk.office.words import words

DAYS_MS = 86_400_000
LASTS = 14 * DAYS_MS
WORDS = 6
_HEX = re.compile("[0-9a-f]{64}")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Invitation:
    """For one person, once, until a time in milliseconds. It pins the keeper's key, a place and its running hash."""

    office: str
    name: str
    rehearsal: bool
    hub: str
    keeper: str
    place: int
    hash: str
    nonce: str
    person: str
    role: str
    government: str
    topic: str
    until: int
    by: str
    signature: str = ""

    def signed(self) -> bytes:
        """What its author signs, under the purpose `invitation`."""
        value = asdict(self)
        del value["signature"]
        return canonical.dumps(value)


@dataclass(frozen=True, slots=True)
class Request:
    """The newcomer's answer: the invitation, the new desk's two keys, and the proof that it holds the first."""

    invitation: dict[str, Any]
    sign: str
    box: str
    proof: str


def safety_words(office: str, sign: str, box: str, nonce: str) -> str:
    """What both sides say to each other: made from the office, the newcomer's keys and the invitation."""
    return " ".join(words(canonical.digest("safety", canonical.dumps([office, sign, box, nonce])), WORDS))


def invite(desk: Desk, person: str, role: str, government: str = "", topic: str = "") -> str:
    """An invitation as text. Raises Refused without the right to admit, or for a person that can't be."""
    office = desk.office
    need(office.author(desk.device), "head")
    check_person(person, role, government, office)
    place, running, _ = desk.store.last_place()
    now = desk.clock.now_ms()
    made = Invitation(
        office.id, office.name, office.rehearsal, desk.store.meta(ADDRESS), desk.store.meta("keeper"), place, running,
        secrets.token_hex(16), person, role, government, topic, now + LASTS, desk.device,
    )  # fmt: skip
    signature = desk.ledger.key(desk.device).sign("invitation", made.signed()).hex()
    noted = {"person": person, "role": role, "government": government, "topic": topic, "device": False, "made": now,
             "until": made.until}  # fmt: skip
    desk.store.set_meta(INVITED + made.nonce, json.dumps(noted))
    return json.dumps({**asdict(made), "signature": signature}, ensure_ascii=False)


def join(folder: Path, text: str, clock: Clock | None = None) -> tuple[str, str]:
    """Make a desk in a new or empty folder that waits to be admitted: the request as text, and the safety words. Raises
    Usage for a folder that is not empty, and for a text that is no invitation, or one that is over."""
    found = _read(Invitation, text, "invitation")
    now = (clock or SystemClock()).now_ms()
    _check(found, now)
    if folder.exists() and any(folder.iterdir()):
        raise Usage("folder-taken", f"{folder} is not empty.", "Choose a new folder.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = secrets.token_hex(8)
    kept = secretstore.choose(folder, name, found.rehearsal)
    key, device = secrets.token_bytes(32), DeviceKey.fresh()
    kept.set("store", key.hex())
    kept.set(f"device/{device.device}", device.to_text())
    store = Store(folder / "ledger.db", key, create=True)
    with store.write():
        for about, value in {
            "office": found.office, HUB_KEY: found.keeper, "person": found.person, ADDRESS: found.hub,
            PINNED: f"{found.place} {found.hash}", f"device/{found.person}": device.device,
        }.items():  # fmt: skip
            store.set_meta(about, value)
    store.close()
    (folder / "desk.json").write_text(json.dumps({"desk": name, "rehearsal": found.rehearsal}))
    proof = device.sign("joining", proof_bytes(found.office, found.person, device.device, device.box)).hex()
    request = Request(json.loads(text), device.device, device.box, proof)
    return json.dumps(asdict(request), ensure_ascii=False), safety_words(
        found.office, device.device, device.box, found.nonce
    )


def admit(desk: Desk, text: str, said: str | None = None) -> tuple[str, str]:
    """Take in who sent a request: their name, and the safety words. With `said`, refuses where these differ. Raises
    Refused, Usage."""
    request = _read(Request, text, "request")
    found = _read(Invitation, json.dumps(request.invitation), "invitation")
    _check(found, desk.clock.now_ms())
    office = desk.office
    if found.office != office.id:
        raise Refused("wrong-office", "This request is for another office.", "Ask for the right one.")
    if office.author(found.by).role != "head":
        raise Refused("no-right", "Whoever signed this invitation may not invite.", "Invite anew.")
    shown = safety_words(office.id, request.sign, request.box, found.nonce)
    if said is not None and said.split() != shown.split():
        raise Refused(
            "safety-words", "The safety words differ: this request is not from who it should be.",
            f"It says: {shown}. Don't admit it; invite anew over another way.",
        )  # fmt: skip
    values = {
        "name": found.person, "role": found.role, "government": found.government, "topic": found.topic,
        "sign": request.sign, "box": request.box, "proof": request.proof, "nonce": found.nonce, "until": found.until,
    }  # fmt: skip
    admitted = Proposal("member.admitted", values, clear=seals.clear([(request.sign, found.role == "head")]))
    desk.act_all(admitted, *desk.people.wraps(request.sign))
    return found.person, shown


def _check(found: Invitation, now: int) -> None:
    try:
        keys.verify(found.by, "invitation", found.signed(), bytes.fromhex(found.signature))
    except (keys.BadSignature, ValueError) as error:
        raise Usage("bad-invitation", "This invitation was changed on its way.", "Ask for a new one.") from error
    if now > found.until:
        raise Usage("invitation-over", f"This invitation was good until {iso(found.until)}.", "Ask for a new one.")


def _read(cls: type[T], text: str, what: str) -> T:
    wrong = Usage("bad-file", f"This is no {what}.", f"Give the file as it was made, whole: an {what}.")
    try:
        value = json.loads(text)
        names = {f.name: f.type for f in fields(cls)}  # type: ignore[arg-type]
        kinds = {"str": str, "int": int, "bool": bool}
        if value.keys() != names.keys() or not all(
            type(value[name]) is kinds.get(str(kind), dict) for name, kind in names.items()
        ):
            raise wrong
        made = cls(**value)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise wrong from error
    ids = [value[name] for name in ("office", "keeper", "hash", "by", "sign", "box") if name in value]
    if not all(_HEX.fullmatch(one) for one in ids):
        raise wrong
    return made
