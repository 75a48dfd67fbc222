"""Templates for emergencies on a desk: adopting one, filling one, and what stands in the slots of a message made from one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.desk import payloads, possible
from g20desk.desk.routes import account_ids, as_duration, duration, names_in
from g20desk.errors import Refused, Usage
from g20desk.office.content import Content, Text
from g20desk.office.emergency import check_filled
from g20desk.office.message import Message
from g20desk.office.state import Office
from g20desk.office.template import SLOT, Template, filled
from g20desk.office.vouching import may_join

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

_KNOWN = {"name", "kind", "accounts", "roles", "within", "slots", "text"}
USUAL_SLOT = 60


class Templates:
    """`desk.templates`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def adopt(self, value: Mapping[str, Any]) -> str:
        """Lay a template, as a file has it, before those who clear it: whose word is missing, empty where it is in force.
        Raises Refused, Usage."""
        event = self._desk.act("template.adopted", body_of(value, self._desk.office))
        return self._desk.people.waiting(event)[0]

    def withdraw(self, name: str) -> None:
        """Take a template out of use."""
        self._desk.act("template.withdrawn", {"template": named(self._desk.office, name).id})

    def fill(self, name: str, to: tuple[str, ...], slots: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
        """Begin a message from a template; `slots` per language (empty: for all). What `messages.new` answers. Raises Refused."""
        found = named(self._desk.office, name)
        made = {lang: filled(found, lang, {**slots.get("", {}), **slots.get(lang, {})}) for lang in found.texts}
        texts = tuple(Text(lang, tuple(parts)) for lang, parts in made.items())
        return self._desk.messages.new(Content(found.kind, to, texts))

    def against(self, value: Mapping[str, Any]) -> str:
        """Why this person could not lay a template before the others now; empty where they could. Nothing is signed."""
        try:
            return possible.in_office(self._desk, "template.adopted", body_of(value, self._desk.office))
        except Usage as problem:
            return problem.message

    def preview(self, name: str, slots: Mapping[str, Mapping[str, str]]) -> dict[str, list[str] | Refused]:
        """What a template says with its slots filled, per language, or why it can't be filled so. `slots`: per language."""
        found, made = named(self._desk.office, name), dict[str, list[str] | Refused]()
        for lang in found.texts:
            try:
                made[lang] = filled(found, lang, slots.get(lang, {}))
            except Refused as refusal:
                made[lang] = refusal
        return made

    def as_file(self, name: str) -> dict[str, Any]:
        """A template in force as a file has it, to be written anew."""
        one, office = named(self._desk.office, name), self._desk.office
        return {
            "name": one.name, "kind": one.kind, "slots": dict(one.slots), "roles": list(one.roles),
            "accounts": [office.accounts[a].name for a in one.accounts], "within": as_duration(one.within_ms),
            "text": [{"lang": lang, "parts": list(parts)} for lang, parts in one.texts.items()],
        }  # fmt: skip

    def proposed(self) -> list[dict[str, Any]]:
        """Those that wait for a second person: as `rows`, with `waits_for` in words, `second` (whether this person's word would
        change that), `takes_back` (whether they may take it off the table) and `until` in milliseconds."""
        office, now = self._desk.office, self._desk.clock.now_ms()
        return [
            {"id": one.id, "name": one.act.name, "kind": one.act.kind, "texts": dict(one.act.texts),
             "slots": dict(one.act.slots), "accounts": [office.accounts[a].name for a in one.act.accounts],
             "roles": list(one.act.roles), "within_ms": one.act.within,
             "by": [office.author(device).name for device in one.devices], "until": one.until,
             "waits_for": one.act.lacks(office, one.devices), "second": may_join(office, one, self._desk.device),
             "takes_back": self._desk.person.role == "head" or office.devices.get(one.devices[0]) == self._desk.person.id}
            for one in office.proposals.values() if one.kind == "template.adopted" and one.until >= now
        ]  # fmt: skip

    def rows(self) -> list[dict[str, Any]]:
        """The templates in force."""
        office = self._desk.office
        return [
            {"id": one.id, "name": one.name, "kind": one.kind, "texts": {lang: list(t) for lang, t in one.texts.items()},
             "slots": dict(one.slots), "accounts": [office.accounts[a].name for a in one.accounts],
             "roles": list(one.roles), "within_ms": one.within_ms, "by": [office.people[p].name for p in one.by]}
            for one in office.templates.values()
        ]  # fmt: skip


def named(office: Office, name: str) -> Template:
    """A template in force. Raises Refused."""
    found = next((one for one in office.templates.values() if name in (one.name, one.id)), None)
    if found is None:
        raise Refused("unknown-template", f"There is no template “{name}”.", "See: g20desk template list")
    return found


def body_of(value: Mapping[str, Any], office: Office) -> dict[str, Any]:
    """The body of an adoption from a file's values: `text` is a list of {lang, text | parts}; a slot that `slots` does not name
    takes some sixty characters. Raises Usage for what can't be read."""
    unknown = set(value) - _KNOWN
    if unknown:
        raise Usage("bad-file", f"“{sorted(unknown)[0]}” is not known.", f"Known: {', '.join(sorted(_KNOWN))}.")
    texts: dict[str, list[str]] = {}
    for one in value.get("text", []):
        parts = one.get("parts", [one["text"]] if "text" in one else None) if isinstance(one, dict) else None
        if (
            not isinstance(parts, list)
            or not all(isinstance(p, str) for p in parts)
            or not isinstance(one.get("lang"), str)
        ):
            raise Usage("bad-file", "A text has a lang, and text or parts.", "See: g20desk template adopt --help")
        texts[one["lang"]] = parts
    slots = value.get("slots", {})
    if not isinstance(slots, dict) or not all(type(most) is int for most in slots.values()):
        raise Usage("bad-file", "“slots” says how many characters each takes.", "Write: slots = { place = 40 }")
    used = {name for parts in texts.values() for part in parts for name in SLOT.findall(part)}
    if not isinstance(value.get("name"), str) or not isinstance(value.get("kind", "news"), str):
        raise Usage("bad-file", "A template has a name and a kind.", "See: g20desk template adopt --help")
    return {
        "name": value["name"], "kind": value.get("kind", "news"), "texts": texts,
        "slots": {name: USUAL_SLOT for name in sorted(used)} | slots,
        "accounts": account_ids(names_in(value, "accounts"), office),
        "roles": names_in(value, "roles") or ["head", "officer"], "within": duration(str(value.get("within", "PT1H"))),
    }  # fmt: skip


def slots_in(desk: Desk, template: Template, content: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """What stands in the slots of a message, per language. Raises Refused where it is not made from the template."""
    made = {}
    for name, refs in content.items():
        if not name.startswith("c.text."):
            continue
        lang = name.removeprefix("c.text.")
        found: dict[str, str] = {}
        for part, ref in zip(template.texts.get(lang, ()), refs, strict=False):
            met = _pattern(part).fullmatch(desk.messages.words(ref))
            if met is None:
                raise Refused("not-template", "This message says something else than its template.",
                              "Make it from the template.")  # fmt: skip
            found |= met.groupdict()
        made[lang] = found
    return made


def made_from(desk: Desk, message: Message) -> tuple[Template, dict[str, dict[str, str]]] | None:
    """The template in force that a message is made from, with what stands in its slots; None for none."""
    if not message.submission:
        return None
    for one in desk.office.templates.values():
        try:
            slots = slots_in(desk, one, message.content)
            check_filled(desk.office, one, message.content, slots)
        except Refused:
            continue
        return one, slots
    return None


def _pattern(part: str) -> re.Pattern[str]:
    seen: set[str] = set()

    def slot(name: str) -> str:
        again = name in seen
        seen.add(name)
        return f"(?P={name})" if again else f"(?P<{name}>.+?)"

    pieces = SLOT.split(part)
    return re.compile("".join(slot(one) if n % 2 else re.escape(one) for n, one in enumerate(pieces)))


def shown(desk: Desk, message: Message) -> dict[str, Any] | None:
    """An emergency release as `message show` has it: by whom, until when a second person may join or it may go out."""
    found = message.release
    if found is None or found.digest != message.digest:
        return None
    template = desk.office.templates.get(found.template)
    return {
        "template": template.name if template else "", "by": [desk.office.people[one].name for one in found.by],
        "released": bool(found.event), "until": iso(found.until or found.join_until), "reviewed": bool(found.reviewed),
    }  # fmt: skip


def check_payloads(desk: Desk, content: dict[str, Any]) -> None:
    """Refuse to release posts that say something else than the text that was compared with the template."""
    if found := payloads.differing(desk, content):
        raise Refused("not-template", f"On {found[0]['account']} the post says something else than the text.",
                      "Make the message from the template.")  # fmt: skip
