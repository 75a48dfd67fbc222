"""What a proof pack says, for its reader: only from a pack that holds, and each thing with what it rests on."""

from __future__ import annotations

import hashlib
from typing import Any

from g20desk.clock import iso
from g20desk.ledger import body, event, pieces
from g20desk.office.message import Message
from g20desk.office.words import words
from g20desk.record import folding, withholding
from g20desk.record.pack import Withheld
from g20desk.record.verify import Verified, withheld

LATE = "It came after the end of its stage: the message is held."
SAFETY = 6  # words of an office, as `office show` says them


def faulty(fault: str) -> dict[str, Any]:
    """The report on a pack that does not hold: nothing in it is to be believed."""
    return {"verified": False, "faults": [fault]}


def report(found: Verified) -> dict[str, Any]:
    """Everything that a pack proves, and what it does not."""
    office, message = found.folded.now, found.folded.message
    content = folding.standing(found.folded, {one.event.id: one.parts for one in found.proved})
    return {
        "verified": True,
        "faults": [],
        "office": {"id": office.id, "name": office.name, "safety_words": " ".join(words(office.id, SAFETY))},
        "message": {
            "id": message.draft, "digest": message.digest, "words": words(message.digest) if message.digest else [],
            "kind": found.pack.claims["kind"], "state": found.pack.claims["state"],
        },
        "as_of": {"place": found.last.place, "at": iso(found.last.stamp)},
        "complete": found.complete,
        "made_by": _person(found, found.pack.by, found.last.place + 1),
        "authors": found.pack.claims["authors"],
        "texts": _texts(found, content),
        "pictures": _pictures(found, content),
        "route": (found.pack.claims["route"] or {}).get("name", ""),
        "stages": found.pack.claims["stages"],
        "released": found.pack.claims["released"],
        "decisions": _decisions(found, found.folded, found.pack.claims),
        "posts": found.pack.claims["posts"],
        "relay": _relay(found),
        "acts": _acts(found),
        "withheld": _withheld(found),
        "accused": _accused(found),
        "rests_on_word": _word(found),
        "not_proved": _not_proved(found),
    }  # fmt: skip


def _person(found: Verified, device: str, place: int) -> dict[str, str]:
    by = found.folded.office(place).author(device)
    return {"person": by.name, "role": by.role, "government": by.government, "device": device}


def _text(found: Verified, ref: Any) -> str | None:
    data = found.pack.pieces.get(ref["piece"])
    return None if data is None else data.decode("utf-8", "replace")


def _texts(found: Verified, content: body.Parts) -> list[dict[str, Any]]:
    made = []
    for name, part in content.items():
        if name.startswith("c.text."):
            lang, _, network = name.removeprefix("c.text.").partition(".")
            hidden = isinstance(part, Withheld)
            made.append({"part": name, "lang": lang, "network": network, "withheld": hidden,
                         "parts": None if hidden else [_text(found, ref) for ref in part.value]})  # fmt: skip
    return made


def _pictures(found: Verified, content: body.Parts) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for name, part in content.items():
        if name.startswith("c.picture."):
            value = part.value
            if isinstance(part, Withheld):
                made.append({"part": name, "withheld": True, "mime": None, "sha256": None, "alt": None})
                continue
            alt = {lang: _text(found, ref) for lang, ref in value["alt"].items()}
            made.append({"part": name, "withheld": False, "mime": value["mime"], "alt": alt,
                         "sha256": _sha256(found, value["file"])})  # fmt: skip
    return made


def _sha256(found: Verified, ref: Any) -> str:
    return hashlib.sha256(found.pack.pieces[ref["piece"]] or b"").hexdigest()


def _relay(found: Verified) -> dict[str, Any] | None:
    """What a relay proves: which account was asked, who took it on or declined, and the line as it stood just then (`now`: how it
    stands by now); None for another message. `locked`: the phrases that stand in what was taken on, per language."""
    claim = found.pack.claims.get("relay")
    relay = found.folded.message.relay
    if claim is None or relay is None:
        return None
    answers = {v.event.id: v for v in found.folded.of_message if v.event.id in (relay.adopted, relay.declined)}
    line, folded = claim["line"], found.folded.the_line
    parts = {one.event.id: one.parts for one in found.proved}
    content = next(
        (parts[v.event.id] for v in folded.of_message if body.content_digest(parts[v.event.id]) == relay.digest), {}
    )
    return {
        "account": claim["account"], "network": claim["network"], "owner": claim["owner"],
        "adopted": _answer(found, answers.get(relay.adopted)), "declined": _answer(found, answers.get(relay.declined)),
        "withdrawn": bool(relay.withdrawn), "locked": claim["locked"],
        "line": {
            "id": line["message"], "digest": relay.digest, "words": words(relay.digest), "state": line["state"],
            "now": claim["line_now"], "texts": _texts(found, content), "pictures": _pictures(found, content),
            "route": (line["route"] or {}).get("name", ""), "stages": line["stages"], "decisions": _decisions(found, folded, line),
        },
    }  # fmt: skip


def _answer(found: Verified, one: Any) -> dict[str, Any] | None:
    """Who answered a relay, and where."""
    if one is None:
        return None
    by = _person(found, one.event.header.device, one.event.place)
    return {**by, "at": iso(one.event.stamp or 0), "place": one.event.place, "reason": _reason(found, one.act)}


def _decisions(found: Verified, folded: folding.Folded, said: Any) -> list[dict[str, Any]]:
    message = folded.message
    made = []
    for one in folded.of_message:
        if one.event.header.kind != folding.DECIDED or one.act is None:
            continue
        id = one.event.id
        name, role, government = said["by"][id]
        why = one.why or ("" if said["decisions"][id] else _why_not(message, id, one.act))
        made.append({
            "person": name, "role": role, "government": government, "device": one.by.device,
            "decision": one.act.answer, "at": iso(one.event.stamp or 0), "place": one.event.place, "digest": one.act.digest,
            "counts": said["decisions"][id], "why": why, "reason": _reason(found, one.act),
        })  # fmt: skip
    return made


def _why_not(message: Message, event: str, act: Any) -> str:
    """Why a decision that was rightly given does not carry the text."""
    if act.answer == "comment":
        return "A comment decides nothing."
    if event in message.late:
        lifted = message.late[event].lifted
        return "It came after the end of its stage; two people lifted it." if lifted else LATE
    if event in message.set_aside:
        return "The head reopened the silence."
    return "The text changed since." if act.digest != message.digest else "A later decision took its place."


def _reason(found: Verified, act: Any) -> str | None:
    """What the person said, where it is shown."""
    why = getattr(act, "why", None) or getattr(act, "text", None)
    return _text(found, why) if pieces.is_ref(why) else None


def _overtaken(act: Any, digest: str) -> str:
    if act.answer == "comment":
        return "A comment decides nothing."
    return "The text changed since." if act.digest != digest else "A later decision took its place."


def _acts(found: Verified) -> list[dict[str, Any]]:
    """Each act of the message, in order."""
    return [
        {"place": v.event.place, "at": iso(v.event.stamp or 0), "kind": v.event.header.kind, "event": v.event.id,
         "person": v.by.name, "role": v.by.role, "government": v.by.government, "counts": v.counts, "why": v.why,
         "said": _reason(found, v.act)}
        for v in found.folded.of_message
    ]  # fmt: skip


def _accused(found: Verified) -> list[str]:
    """Acts that contradict this history: their authors' devices lie, or somebody rewrote it."""
    return [
        f"Place {one.event.place}, {one.event.header.kind} by {_person(found, one.event.header.device, one.event.place or 0)['person']}: "
        "its author had seen another history of the office than this one."
        for one in found.accused
    ]


def _withheld(found: Verified) -> list[dict[str, Any]]:
    return [{"place": act.event.place, "kind": act.event.header.kind, "part": name} for act, name, _ in withheld(found)]


def _word(found: Verified) -> list[str]:
    """What is so only if the pack's maker tells the truth, in plain words."""
    hidden = list(withheld(found))
    told = [
        (act, name)
        for act, name, part in hidden
        if not withholding.form_only(part.value) and (act.event.header.kind, name) not in withholding.SEALED
    ]
    names = [one for one in told if (one[0].event.header.kind, one[1]) in withholding.NAMES]
    made = []
    if found.hidden:
        made.append(
            f"{found.hidden} of {found.last.place} places in the record are not shown. That no act on this message, and none "
            "on the office's people that would change a verdict, stands there is the maker's word."
        )
    if hidden and len(hidden) > len(told):
        made.append(
            f"{len(hidden) - len(told)} withheld parts hold texts or pictures and nothing else, of the right form."
        )
    if names:
        made.append(f"{len(names)} people's names are withheld: no two people of the office have the same one.")
    if bare := _by_kind_alone(found):
        made.append(f"Acts of the office that are shown by their kind alone change no verdict: {', '.join(bare)}.")
    for act, name in told:
        if (act, name) not in names:
            made.append(f"What place {act.event.place} says in “{name}” is as the maker tells it, without its texts.")
    return made


def _by_kind_alone(found: Verified) -> list[str]:
    """The kinds of the office's own acts of which only the header is shown, but for those that never touch a verdict."""
    kinds = set()
    for entry in found.pack.entries:
        if entry.event is not None and entry.event.parts is None:
            header = event.decode(entry.event.header)
            if header.stream == found.pack.office and folding.noun(header.kind) not in folding.HARMLESS:
                kinds.add(header.kind)
    return sorted(kinds)


def _not_proved(found: Verified) -> list[str]:
    """What no pack can prove."""
    office = found.folded.now
    made = [
        f"That the office is the one you mean: compare its safety words with those it publishes: "
        f"{' '.join(words(office.id, SAFETY))}.",
        f"What came after place {found.last.place}, {iso(found.last.stamp)}.",
        "That the networks show what the office says it posted: look at the addresses.",
    ]
    if found.complete:
        return made
    return [*made, "That every act on this message is shown: a pack made with --complete shows it of every place."]
