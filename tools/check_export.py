#!/usr/bin/env python3
"""Checks an export of a g20desk record, knowing nothing of g20desk: the standard library and PyNaCl.

    python3 check_export.py FILE.jsonl

docs/ledger.md says what the lines are. The first line that does not hold is named, and the exit code is 1. What a signer
alone is to blame for (a `seen` that nobody knows, a foreign ring) does not make the record false: it is remarked on.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nacl.bindings
import nacl.exceptions

HEX = re.compile(r"[0-9a-f]{64}\Z")
SALT = re.compile(r"[0-9a-f]{32}\Z")
KIND = re.compile(r"[a-z]+\.[a-z_]+\Z")
FIRST = {"format", "office", "keeper", "events", "places"}
LINE = {"event", "header", "signature", "body", "place", "stamp", "hash", "receipt", "pieces"}
MAY_BE_EMPTY = {"office", "ring", "stream", "prev", "seen"}
HEADER = {"v", "kind", "at", "seq", "after", "device", "chain", "body_digest", *MAY_BE_EMPTY}
LARGEST, DEEPEST, MOST_AFTER = 2**53 - 1, 32, 64


class Broken(Exception):
    """What does not hold."""


class First(Broken):
    """It is the first line that does not hold."""


def tagged(purpose: str, data: bytes) -> bytes:
    """A tag that names purpose and version, then the bytes: what is signed or hashed."""
    return f"g20desk {purpose} 0\n".encode() + data


def digest(purpose: str, data: bytes) -> str:
    return hashlib.sha256(tagged(purpose, data)).hexdigest()


def plain(value: Any, depth: int = 0) -> bool:
    """Whether a value is within the ledger's part of JSON."""
    if depth > DEEPEST:
        return False
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return "".join(value if isinstance(value, dict) else ()).isascii() and all(plain(v, depth + 1) for v in inner)
    if isinstance(value, int) and not isinstance(value, bool):
        return abs(value) <= LARGEST
    return value is None or isinstance(value, bool | str)


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise Broken("a key stands twice")
    return dict(pairs)


def written(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def read(data: bytes, what: str) -> Any:
    """A value from bytes that are exactly its canonical ones."""
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=once)
        if not plain(value) or written(value) != data:
            raise Broken(f"{what}: not in canonical form")
    except (ValueError, RecursionError) as error:
        raise Broken(f"{what}: not in canonical form") from error
    return value


def verify(key: str, purpose: str, data: bytes, signature: Any) -> None:
    try:
        need(len(signature) == 128 and bytes.fromhex(signature).hex() == signature, f"{purpose} signature")
        nacl.bindings.crypto_sign_open(bytes.fromhex(signature) + tagged(purpose, data), bytes.fromhex(key))
    except (nacl.exceptions.CryptoError, ValueError, TypeError) as error:
        raise Broken(f"{purpose} signature") from error


def need(holds: object, what: str) -> None:
    if not holds:
        raise Broken(what)


def is_hex(value: Any) -> bool:
    return isinstance(value, str) and HEX.match(value) is not None


def checked_header(text: Any) -> dict[str, Any]:
    """A header whose every field has its form."""
    head = read(str(text).encode(), "header")
    need(isinstance(head, dict) and set(head) == HEADER, "header fields")
    for name, value in head.items():
        if name in ("v", "at", "seq"):
            holds = type(value) is int and value >= 0
        elif name == "kind":
            holds = isinstance(value, str) and len(value) <= 64 and KIND.match(value) is not None
        elif name == "after":
            holds = isinstance(value, list) and len(value) <= MOST_AFTER and all(map(is_hex, value))
            holds = holds and value == sorted(set(value))
        else:
            holds = is_hex(value) or (value == "" and name in MAY_BE_EMPTY)
        need(holds, f"header field {name}")
    return dict(head)


def checked_body(text: Any) -> tuple[dict[str, Any], str]:
    """A body's parts and its digest, from the digest of each part."""
    parts = read(str(text).encode(), "body")
    need(isinstance(parts, dict) and parts, "body")
    digests = {}
    for name, pair in parts.items():
        need(isinstance(pair, list) and len(pair) == 2, f"part {name}")
        need(isinstance(pair[0], str) and SALT.match(pair[0]), f"part {name}")
        digests[name] = digest("part", written([name, *pair]))
    return parts, digest("body", written(digests))


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
        data = bytes(shown["text"].encode() if "text" in shown else base64.b64decode(shown["base64"], validate=True))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Broken("piece") from error
    try:
        again = {"text": data.decode("utf-8")}
    except UnicodeDecodeError:
        again = {"base64": base64.b64encode(data).decode()}
    need(shown == again, "piece")
    return data


@dataclass
class Check:
    """What has been read so far."""

    office: str = ""
    keeper: str = ""
    stated: tuple[int, int] = (0, 0)
    lines: int = 0
    events: int = 0
    places: int = 0
    stamp: int = 0
    running: str = ""
    missing: set[str] = field(default_factory=set)
    hashes: set[str] = field(default_factory=lambda: {""})
    ids: set[str] = field(default_factory=set)
    rings: dict[str, str] = field(default_factory=dict)
    ends: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)
    ended: bool = False

    def first(self, value: Any) -> None:
        need(isinstance(value, dict) and set(value) == FIRST, "first line")
        need(value["format"] == 0 and type(value["format"]) is int, "format")
        need(is_hex(value["office"]) and is_hex(value["keeper"]), "office or keeper")
        need(all(type(value[n]) is int for n in ("events", "places")), "first line")
        self.office, self.keeper = value["office"], value["keeper"]
        self.stated = value["events"], value["places"]
        self.running = digest("order", written([self.office]))

    def line(self, value: Any) -> None:
        need(isinstance(value, dict) and set(value) == LINE, "line fields")
        head = checked_header(value["header"])
        raw = value["header"].encode()
        verify(head["device"], "event", raw, value["signature"])
        event = digest("event", raw)
        need(value["event"] == event, "event id")
        parts, of_body = checked_body(value["body"])
        need(of_body == head["body_digest"], "body digest")
        end = self.ends.get((head["device"], head["chain"]), (0, ""))
        need(end == (head["seq"] - 1, head["prev"]), "the device's chain")
        self.ends[head["device"], head["chain"]] = (head["seq"], event)
        self.order(value, head, event)
        self.pieces(value["pieces"], [part[1] for part in parts.values()])
        self.blame(head, event)
        self.ids.add(event)
        self.hashes.add(self.running)
        self.events += 1

    def order(self, value: dict[str, Any], head: dict[str, Any], event: str) -> None:
        """Place, stamp, running hash and the keeper's receipt; a tentative event has none, and comes last."""
        place, stamp = value["place"], value["stamp"]
        if not self.events:
            need(head["kind"] == "office.founded" and not head["office"] and not head["stream"], "founding event")
            if event != self.office or head["device"] != self.keeper:
                raise First("the office or its keeper is not that of the founding event")
        if place is None:
            need(self.events and stamp is None and value["hash"] is None and value["receipt"] is None, "place")
            return
        need(type(place) is int and place == self.places + 1 == self.events + 1, "place")
        need(type(stamp) is int and stamp >= self.stamp, "stamp")
        running = digest("order", written([self.office, place, self.running, event, stamp]))
        need(value["hash"] == running, "running hash")
        verify(self.keeper, "receipt", written([self.office, place, running, stamp]), value["receipt"])
        self.places, self.stamp, self.running = place, stamp, running

    def pieces(self, given: Any, values: list[Any]) -> None:
        refs = [ref for ref in references(values) if ref["piece"] not in self.shown]
        need(isinstance(given, dict) and set(given) == {ref["piece"] for ref in refs}, "pieces")
        for name, shown in given.items():
            if shown is None:
                self.missing.add(name)
                continue
            data = piece_bytes(shown)
            keys = [ref["key"] for ref in refs if ref["piece"] == name and ref["size"] == len(data)]
            need(name in (digest("piece", bytes.fromhex(key) + data) for key in keys), f"piece {name[:12]}")
            self.shown.add(name)
        self.missing -= self.shown

    def blame(self, head: dict[str, Any], event: str) -> None:
        """What accuses the event's author alone."""
        stream = head["stream"] or event
        ring = self.rings.setdefault(stream, head["ring"]) if stream == event else self.rings.get(stream)
        for holds, what in (
            (ring is not None, "its stream is not known"),
            (ring in (None, "", head["ring"]), "it is not in the ring of its stream"),
            (not self.events or head["office"] == self.office, "it was signed for another office"),
            (head["seen"] in self.hashes, "it has seen a hash that is not of this order"),
            (set(head["after"]) <= self.ids, "what it comes after is not here before it"),
            (head["v"] == 0, "it is of another version"),
        ):
            if not holds:
                self.remarks.append(f"line {self.lines}, by its signer's own fault: {what}")


def check(path: Path) -> tuple[str, Check]:
    """The first fault, or nothing, and what was read."""
    seen, whole, place = Check(), hashlib.sha256(), ""
    try:
        with path.open("rb") as file:
            for number, data in enumerate(file, 1):
                seen.lines, place = number, f", place {number - 1}" if number > 1 else ""
                need(not seen.ended, "more after the end")
                need(data.endswith(b"\n"), "the line is not whole")
                value = read(data[:-1], "line")
                if isinstance(value, dict) and "end" in value:
                    place = ""
                    finish(seen, value, whole.hexdigest())
                elif number == 1:
                    seen.first(value)
                else:
                    place = f", place {value.get('place')}" if isinstance(value, dict) else place
                    seen.line(value)
                whole.update(data)
        seen.lines += 1
        need(seen.ended, "the export ends too early")
    except First as fault:
        return f"line 1: {fault}", seen
    except Broken as fault:
        return f"line {seen.lines}{place}: {fault}", seen
    return "", seen


def finish(seen: Check, value: dict[str, Any], sha256: str) -> None:
    need(set(value) == {"end", "lines", "sha256"} and value["end"] is True, "last line")
    need(type(value["lines"]) is int and value["lines"] == seen.lines - 1, "the number of lines")
    if seen.stated != (seen.events, seen.places):
        raise First("the number of events or places")
    need(value["sha256"] == sha256, "the digest of the file")
    seen.ended = True


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    fault, seen = check(Path(sys.argv[1]))
    holds = f"Holds: {seen.events} events, {seen.places} placed; {len(seen.shown)} pieces, {len(seen.missing)} not held"
    print(*seen.remarks, fault or f"{holds}; newest hash {seen.running}", sep="\n")
    return 1 if fault else 0


if __name__ == "__main__":
    sys.exit(main())
