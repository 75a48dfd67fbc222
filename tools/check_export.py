#!/usr/bin/env python3
"""Checks an export of a g20desk record, knowing nothing of g20desk: the standard library and PyNaCl.

    python3 check_export.py FILE.jsonl

docs/ledger.md says what the lines are. The first that does not hold is named, and the exit code is 1. What only accuses a
signer (a `seen` that nobody knows, a foreign ring) does not make the record false: it is remarked on.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nacl.bindings
import nacl.exceptions

HEX, SALT, RULES = re.compile(r"[0-9a-f]{64}\Z"), re.compile(r"[0-9a-f]{32}\Z"), 3  # the newest version of the rules
FIRST, BARE = {"format", "office", "events", "places"}, ("stamp", "hash", "receipt", "head", "head_signature")
LINE = set("event header signature body head head_signature clear place stamp hash receipt pieces".split())  # noqa: SIM905
INT, ID, MAYBE = "(0|[1-9][0-9]{0,15})", '"([0-9a-f]{64})"', '"((?:[0-9a-f]{64})?)"'
IDS = r'\[((?:"[0-9a-f]{64}"(?:,"[0-9a-f]{64}"){0,%d})?)\]'
HEADER = {
    "after": IDS % 63, "at": INT, "body_digest": ID, "chain": ID, "device": ID, "kind": r'"((?=.{,64}")[a-z]+\.[a-z_]+)"',
    "office": MAYBE, "prev": MAYBE, "ring": MAYBE, "seen": MAYBE, "seq": INT, "stream": MAYBE, "v": INT,
}  # fmt: skip
HEAD = {
    "chain": ID, "clear": MAYBE, "device": ID, "epoch": ID, "event": ID, "nonce": '"([0-9a-f]{24})"', "office": ID,
    "pieces": IDS % 4095, "prev": MAYBE, "ring": ID, "sealed": ID, "seq": INT, "suite": INT, "v": INT,
}  # fmt: skip
LARGEST, DEEPEST = 2**53 - 1, 32


class Broken(Exception):
    """What does not hold, and whether it is the first line that does not, whatever line shows it."""


def tagged(purpose: str, data: bytes) -> bytes:
    return f"g20desk {purpose} 1\n".encode() + data


def digest(purpose: str, data: bytes) -> str:
    return hashlib.sha256(tagged(purpose, data)).hexdigest()


def plain(value: Any, depth: int = 0) -> bool:
    """Whether a value is within the ledger's part of JSON."""
    if isinstance(value, dict | list):
        inner, names = (value.values(), "".join(value)) if isinstance(value, dict) else (value, "")
        return (depth < DEEPEST or not value) and names.isascii() and all(plain(v, depth + 1) for v in inner)
    if isinstance(value, int) and not isinstance(value, bool):
        return abs(value) <= LARGEST
    return value is None or isinstance(value, bool | str)


def written(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def read(data: bytes, what: str) -> Any:
    """A value from bytes that are exactly its canonical ones."""
    try:
        value = json.loads(data.decode("utf-8"))
        if plain(value) and written(value) == data:
            return value
    except (ValueError, RecursionError):
        pass
    return need(False, f"{what}: not in canonical form")


def signed(key: str, purpose: str, data: bytes, signature: Any) -> bool:
    try:
        nacl.bindings.crypto_sign_open(bytes.fromhex(signature) + tagged(purpose, data), bytes.fromhex(key))
        return len(signature) == 128 and bytes.fromhex(signature).hex() == signature
    except (nacl.exceptions.CryptoError, ValueError, TypeError):
        return False


def need(holds: object, what: str, first: bool = False) -> Any:
    if not holds:
        raise Broken(what, first)


def is_hex(value: Any) -> bool:
    return isinstance(value, str) and HEX.match(value) is not None


def checked(text: Any, form: dict[str, str], what: str) -> dict[str, Any]:
    """A header or a head: canonical JSON of exactly these fields, each of its form."""
    found = re.fullmatch("{" + ",".join(f'"{name}":{form[name]}' for name in form) + "}", str(text))
    need(found and str(text).isascii(), what)
    made: dict[str, Any] = dict(zip(form, found.groups() if found else (), strict=True))
    for name in made:
        if form[name] == INT:
            made[name] = int(made[name])
            need(made[name] <= LARGEST, f"{what} {name}")
        elif name in ("after", "pieces"):
            made[name] = made[name][1:-1].split('","') if made[name] else []
            need(made[name] == sorted(set(made[name])), f"{what} {name}")
    return made


def checked_body(text: Any) -> tuple[dict[str, Any], str]:
    """A body's parts and its digest, from the digest of each part."""
    parts = read(str(text).encode(), "body")
    need(isinstance(parts, dict) and parts, "body")
    for name, pair in parts.items():
        salted = isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str) and SALT.match(pair[0])
        need(salted, f"part {name}")
    return parts, digest("body", written({name: digest("part", written([name, *parts[name]])) for name in parts}))


def references(value: Any) -> Iterator[dict[str, Any]]:
    """The references to pieces inside a value."""
    its = value if isinstance(value, dict) and set(value) == {"piece", "key", "size"} else {}
    if its and is_hex(its["piece"]) and is_hex(its["key"]) and type(its["size"]) is int and its["size"] >= 0:
        yield its
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from references(item)


def piece_bytes(shown: Any) -> bytes:
    """What a piece holds: text where it is UTF-8, base64 only where it is not."""
    try:
        if set(shown) == {"text"}:
            return bytes(shown["text"].encode())
        data = base64.b64decode(shown["base64"], validate=True)
        mangled = "\ufffd" in data.decode("utf-8", "replace")
        need(mangled and shown == {"base64": base64.b64encode(data).decode()}, "piece")
        return data
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Broken("piece", False) from error


class Check:
    """What has been read so far."""

    def __init__(self) -> None:
        self.office = self.keeper = self.running = ""
        self.lines = self.events = self.places = self.stamp = 0
        self.stated, self.tentative, self.ended = (0, 0), False, False
        self.missing, self.shown, self.ids, self.hashes = set[str](), set[str](), set[str](), {""}
        self.rings: dict[str, str] = {}
        self.ends: dict[tuple[str, str], tuple[int, str]] = {}
        self.remarks: list[str] = []
        self.half: tuple[dict[str, Any], str] | None = None  # the first of two acts that name a keeper for a lost one

    def first(self, value: Any) -> None:
        need(isinstance(value, dict) and set(value) == FIRST and is_hex(value["office"]), "first line")
        need(all(type(value[n]) is int for n in FIRST - {"office"}) and value["format"] == 1, "format")
        self.office, self.stated = value["office"], (value["events"], value["places"])
        self.running = digest("order", written([self.office]))

    def line(self, value: Any) -> None:
        need(isinstance(value, dict) and set(value) == LINE and is_hex(value["event"]), "line fields")
        header, parts = self.event(value) if value["header"] is not None else (None, {})
        head = header if header and value["place"] is None else self.head(value, header)
        end = self.ends.get((head["device"], head["chain"]), (0, ""))
        need(end == (head["seq"] - 1, head["prev"]), "the device's chain")
        self.ends[head["device"], head["chain"]] = (head["seq"], value["event"])
        handing = parts if header is not None and header["kind"] == "order.handed_over" else {}
        self.order(value, head, {name: part[1] for name, part in handing.items()})
        self.pieces(value["pieces"], [part[1] for part in parts.values()])
        if header is not None:
            self.blame(header, value["event"])
        self.ids.add(value["event"])
        self.hashes.add(self.running)

    def event(self, value: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        header = checked(value["header"], HEADER, "header")
        need(signed(header["device"], "event", value["header"].encode(), value["signature"]), "event signature")
        need(value["event"] == digest("event", value["header"].encode()), "event id")
        parts, of_body = checked_body(value["body"])
        need(of_body == header["body_digest"], "body digest")
        self.events += 1
        return header, parts

    def head(self, value: dict[str, Any], header: dict[str, Any] | None) -> dict[str, Any]:
        """The head of the envelope, and that it is this event's."""
        head = checked(value["head"], HEAD, "head")
        by = head["device"]
        need(signed(by, "envelope", value["head"].encode(), value["head_signature"]), "envelope signature")
        clear = str(value["clear"]).encode()
        need(head["clear"] == (digest("clear", clear) if clear else ""), "what is in the clear")
        need(head["event"] == value["event"], "the envelope is another event's")
        need(head["office"] == self.office, "the envelope is another office's", first=not self.places)
        need(header or value["signature"] is value["body"] is None, "an event without its header")
        same = ("device", "chain", "seq", "prev", *(("ring",) if header and header["office"] else ()))
        need(not header or all(head[name] == header[name] for name in same), "the envelope shows another event")
        return head

    def order(self, value: dict[str, Any], head: dict[str, Any], said: dict[str, Any]) -> None:
        """Place, stamp, running hash and the keeper's receipt; a tentative event has none, and comes last."""
        place, stamp = value["place"], value["stamp"]
        if not self.places:
            founding = place == 1 and value["event"] == self.office and value["header"] is not None
            need(founding, "the office is not that of the founding event", first=True)
            self.keeper = head["device"]
        if place is None:
            self.tentative = all(value[n] is None for n in BARE[: 5 if value["header"] else 3])
            return need(self.tentative and isinstance(value["clear"], str), "place")
        need(type(place) is int and place == self.places + 1 and not self.tentative, "place")
        need(type(stamp) is int and self.stamp <= stamp <= LARGEST, "stamp")
        signed = digest("placed", value["head"].encode() + bytes.fromhex(value["head_signature"]))
        running = digest("order", written([self.office, place, self.running, signed, stamp]))
        need(value["hash"] == running, "running hash")
        self.receipt(written([self.office, place, running, stamp]), value["receipt"], head["device"], said)
        self.places, self.stamp, self.running = place, stamp, running

    def receipt(self, data: bytes, receipt: Any, device: str, said: dict[str, Any]) -> None:
        """The keeper's signature, and who keeps the order from the next place on. Where a keeper was lost, two acts by two
        devices name the next one, and are signed by that already; who they were an export can't say."""
        first, self.half = self.half, None
        need(first is None or (first[0] == said and first[1] != device), "a hand-over by one device")
        fits = set(said) == {"key", "address", "place", "hash"} and (first or said["place"] == self.places)
        named = said["key"] if fits and is_hex(said["key"]) else ""
        lost = first or (named and device != self.keeper and not signed(self.keeper, "receipt", data, receipt))
        need(signed(named if lost else self.keeper, "receipt", data, receipt), "receipt signature")
        self.half = (said, device) if lost and not first else None
        self.keeper = named if named and (first or device == self.keeper) else self.keeper

    def pieces(self, given: Any, values: list[Any]) -> None:
        refs = [ref for ref in references(values) if ref["piece"] not in self.shown]
        need(isinstance(given, dict) and set(given) == {ref["piece"] for ref in refs}, "pieces")
        for name, shown in given.items():
            data = piece_bytes(shown) if shown is not None else b""
            keys = [ref["key"] for ref in refs if ref["piece"] == name and ref["size"] == len(data)]
            is_it = name in (digest("piece", bytes.fromhex(key) + data) for key in keys)
            need(shown is None or is_it, f"piece {name[:12]}")
            (self.missing if shown is None else self.shown).add(name)
        self.missing -= self.shown

    def blame(self, head: dict[str, Any], event: str) -> None:
        """What accuses the event's author alone."""
        stream = head["stream"] or event
        ring = self.rings.setdefault(stream, head["ring"]) if stream == event else self.rings.get(stream)
        for holds, what in (
            (ring is not None, "its stream is not known"),
            (ring in (None, "", head["ring"]), "it is not in the ring of its stream"),
            (event == self.office or head["office"] == self.office, "it was signed for another office"),
            (head["seen"] in self.hashes, "it has seen a hash that is not of this order"),
            (set(head["after"]) <= self.ids, "what it comes after is not here before it"),
            (1 <= head["v"] <= RULES, "it is of another version of the rules"),
        ):
            if not holds:
                self.remarks.append(f"line {self.lines}, by its signer's own fault: {what}")

    def last(self, value: dict[str, Any], sha256: str) -> None:
        need(set(value) == {"end", "lines", "sha256"} and value["end"] is True, "last line")
        need(type(value["lines"]) is int and value["lines"] == self.lines - 1, "the number of lines")
        need(self.stated == (self.events, self.places), "the number of events or places", first=True)
        need(value["sha256"] == sha256, "the digest of the file")
        self.ended = True


def check(path: Path) -> tuple[str, Check]:
    """The first fault, or nothing, and what was read."""
    seen, whole, place = Check(), hashlib.sha256(), ""
    try:
        with path.open("rb") as file:
            for seen.lines, data in enumerate(file, 1):
                place = f", place {seen.lines - 1}" if seen.lines > 1 else ""
                need(not seen.ended and data.endswith(b"\n"), "more after the end" if seen.ended else "it is not whole")
                value = read(data[:-1], "line")
                if isinstance(value, dict) and "end" in value:
                    place = ""
                    seen.last(value, whole.hexdigest())
                elif seen.lines == 1:
                    seen.first(value)
                else:
                    place = f", place {value.get('place')}" if isinstance(value, dict) else place
                    seen.line(value)
                whole.update(data)
        seen.lines += 1
        need(seen.ended, "the export ends too early")
    except Broken as fault:
        what, first = fault.args
        return f"line 1: {what}" if first else f"line {seen.lines}{place}: {what}", seen
    return "", seen


def main() -> int:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    fault, seen = check(Path(sys.argv[1]))
    holds = f"Holds: {seen.events} events, {seen.places} placed; {len(seen.shown)} pieces, {len(seen.missing)} not held"
    print(*seen.remarks, fault or f"{holds}; newest hash {seen.running}", sep="\n")
    return 1 if fault else 0


if __name__ == "__main__":
    sys.exit(main())
