"""How a desk comes into an office: an invitation out, a request back, an admission; by files or pasted text. For a new person, or
for a further device of one.

Nothing of it is secret. What keeps strangers out are the safety words, compared by voice before admitting.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from g20desk import policy
from g20desk.clock import Clock, SystemClock, iso
from g20desk.desk import seals
from g20desk.desk.acting import ADDRESS, HUB_KEY, PINNED, Proposal
from g20desk.desk.desk import Desk
from g20desk.desk.roll import INVITED
from g20desk.desk.ways import CERTIFICATE, preset_pin
from g20desk.errors import Refused, Usage
from g20desk.ledger import box_proofs, canonical, keys, secretstore
from g20desk.ledger.keys import DeviceKey
from g20desk.ledger.store import Store
from g20desk.office.acts import act_of
from g20desk.office.devices import may_add, proof_bytes
from g20desk.office.members import check_person, may_invite
from g20desk.office.state import Office, need
from g20desk.office.words import words

DAYS_MS = 86_400_000
LASTS = 14 * DAYS_MS
WORDS = 6
_HEX = re.compile("[0-9a-f]{64}")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Invitation:
    """For one person, once, until a time in milliseconds. It pins the keeper's key, a place and its running hash.
    `certificate`: the SHA-256 of the hub's, where that is pinned. `device`: it is for a further device of a person of the
    office."""

    office: str
    name: str
    rehearsal: bool
    hub: str
    certificate: str
    keeper: str
    place: int
    hash: str
    nonce: str
    person: str
    role: str
    government: str
    topic: str
    device: bool
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
    """The newcomer's answer: the invitation, the new desk's two keys, and a proof by each that it holds both."""

    invitation: dict[str, Any]
    sign: str
    box: str
    proof: str
    box_proof: str


@dataclass(frozen=True, slots=True)
class Admitted:
    """Who was let in, the safety words, and whose word is still missing, in words: empty where it counts. `proposal`: the act
    that waits for it."""

    name: str
    words: str
    waits_for: str
    proposal: str


def safety_words(office: str, sign: str, box: str, nonce: str) -> str:
    """What both sides say to each other: made from the office, the newcomer's keys and the invitation. Slowly, so that nobody
    who stands between them tries keys until theirs have the same words."""
    made = hashlib.scrypt(
        canonical.dumps([office, sign, box, nonce]), salt=canonical.tagged("safety", b""), n=1 << 14, r=8, p=1, dklen=32
    )
    return " ".join(words(made.hex(), WORDS))


def answer(key: DeviceKey, office: str, nonce: str) -> dict[str, str]:
    """A device's keys, with a proof by each, as acts and requests have them."""
    said = proof_bytes(office, nonce, key.device, key.box)
    return {
        "sign": key.device, "box": key.box, "proof": key.sign("joining", said).hex(),
        "box_proof": box_proofs.sign(key, "joining box", said).hex(),
    }  # fmt: skip


def invite(desk: Desk, person: str, role: str, government: str = "", topic: str = "") -> str:
    """An invitation for a new person, as text. Raises Refused without the right to it, or for a person that can't be."""
    office = desk.office
    check_person(person, role, government, office)
    _refuse_stranger(office, desk.device, role, government)
    return _invitation(desk, person, role, government, topic, False)


def invite_device(desk: Desk, name: str = "") -> str:
    """An invitation for a further device of this desk's person, as text; or, for a guardian, of a head. Raises Refused."""
    found = desk.people.named(name or desk.person.name)
    if not may_add(desk.office, desk.office.author(desk.device), found.id):
        raise Refused("no-right", "A further device is its person's own to add.", "Ask them.")
    return _invitation(desk, found.name, found.role, found.government, found.topic, True)


def _refuse_stranger(office: Office, device: str, role: str, government: str) -> None:
    by = office.author(device)
    if not may_invite(office, by, role, government):
        need(by, "head")


def _invitation(desk: Desk, person: str, role: str, government: str, topic: str, device: bool) -> str:
    office, now = desk.office, desk.clock.now_ms()
    place, running, _ = desk.store.last_place()
    made = Invitation(
        office.id, office.name, office.rehearsal, desk.store.meta(ADDRESS), desk.store.meta(CERTIFICATE),
        desk.store.meta("keeper"), place, running, secrets.token_hex(16), person, role, government, topic, device, now + LASTS, desk.device,
    )  # fmt: skip
    signature = desk.ledger.key(desk.device).sign("invitation", made.signed()).hex()
    noted = {"person": person, "role": role, "government": government, "topic": topic, "device": device, "made": now,
             "until": made.until}  # fmt: skip
    desk.store.set_meta(INVITED + made.nonce, json.dumps(noted))
    return json.dumps({**asdict(made), "signature": signature}, ensure_ascii=False)


def join(folder: Path, text: str, clock: Clock | None = None) -> tuple[str, str]:
    """Make a desk in a new or empty folder that waits to be admitted: the request as text, and the safety words. Raises
    Usage for a folder that is not empty, and for a text that is no invitation, or one that is over; Refused where the
    administrator names another hub."""
    found = _read(Invitation, text, "invitation")
    now = (clock or SystemClock()).now_ms()
    _check(found, now)
    if found.hub:
        policy.hold("hub.address", found.hub.rstrip("/"))
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
            CERTIFICATE: found.certificate or (preset_pin(found.hub) if found.hub else ""),
            PINNED: f"{found.place} {found.hash}", f"device/{found.person}": device.device,
        }.items():  # fmt: skip
            store.set_meta(about, value)
    store.close()
    (folder / "desk.json").write_text(json.dumps({"desk": name, "rehearsal": found.rehearsal}))
    request = Request(json.loads(text), **answer(device, found.office, found.nonce))
    return json.dumps(asdict(request), ensure_ascii=False), safety_words(
        found.office, device.device, device.box, found.nonce
    )


def words_of(desk: Desk, text: str) -> tuple[str, str]:
    """Whom a request is from, as it says, and the safety words to compare with them. Raises Refused, Usage."""
    request, found = _request(desk, text)
    return found.person, safety_words(found.office, request.sign, request.box, found.nonce)


def admit(desk: Desk, text: str, said: str | None = None) -> Admitted:
    """Take in who sent a request, or lay that before those whose word is missing. With `said`, refuses where the safety words
    differ. Raises Refused, Usage."""
    request, found = _request(desk, text)
    office, own = desk.office, desk.office.author(desk.device)
    shown = safety_words(office.id, request.sign, request.box, found.nonce)
    compare(shown, said)
    keys_ = {name: getattr(request, name) for name in ("sign", "box", "proof", "box_proof")}
    values = {**keys_, "nonce": found.nonce, "until": found.until}
    if found.device:
        person = desk.people.named(found.person)
        share = desk.guardians.share_for(request.sign, request.box) if own.person == person.id else ""
        kind, values = "device.added", {**values, "person": person.id, "share": share}
    else:
        kind = "member.admitted"
        values |= {"name": found.person, "role": found.role, "government": found.government, "topic": found.topic}
    # What still waits for others is not said to a hub; on a guardian's word alone it waits.
    counts = not act_of(kind, office.fold)(**values).lacks(office, (desk.device,)) or own.person == values.get("person")
    made = Proposal(kind, values, clear=seals.clear([(request.sign, found.role == "head")] if counts else []))
    shares = desk.guardians.passing(request.sign, request.box) if not counts and own.role != "head" else []
    ids = desk.act_all(made, *shares, *desk.people.wraps(request.sign))
    return Admitted(found.person, shown, *desk.people.waiting(ids[0]))


def compare(shown: str, said: str | None) -> None:
    """Refuse safety words that differ from those that the newcomer said; None: nobody asked."""
    if said is not None and said.split() != shown.split():
        raise Refused(
            "safety-words", "The safety words differ: this request is not from who it should be.",
            f"It says: {shown}. Don't admit it; invite anew over another way.",
        )  # fmt: skip


def _request(desk: Desk, text: str) -> tuple[Request, Invitation]:
    """A request, and the invitation that it answers. Raises Refused, Usage."""
    request = _read(Request, text, "request")
    found = _read(Invitation, json.dumps(request.invitation), "invitation")
    _check(found, desk.clock.now_ms())
    office = desk.office
    if found.office != office.id:
        raise Refused("wrong-office", "This request is for another office.", "Ask for the right one.")
    by = office.author(found.by)
    person = office.named(found.person)
    allowed = (
        may_add(office, by, person.id if person else "") if found.device
        else may_invite(office, by, found.role, found.government)
    )  # fmt: skip
    if not by.person or not allowed:
        raise Refused("no-right", "Whoever signed this invitation may not invite.", "Invite anew.")
    return request, found


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
