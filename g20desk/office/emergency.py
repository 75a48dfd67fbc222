"""Emergency release: a text that was cleared beforehand but for some words goes out by the word of two people, within a time, and
is looked at afterwards.

A template's text stands in its act, since the fold compares with it. Whoever fills its slots is the text's author, and not one
of the two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.ledger.event import HEX
from g20desk.office.fold import Author, Then, act
from g20desk.office.form import LANG
from g20desk.office.message import Message, Release
from g20desk.office.redaction import check_whole
from g20desk.office.signoff import check_open
from g20desk.office.stages import standing
from g20desk.office.state import Office, need
from g20desk.office.template import SLOT, Template, filled
from g20desk.office.vouching import backers, settle

RELEASERS = ("head", "officer", "liaison", "presidency")
MOST_TEXT, MOST_SLOT, MOST_TEMPLATES = 20_000, 200, 200
MINUTE, DAY = 60_000, 86_400_000
# What a message made from a template may hold besides its texts; everything else was not cleared.
BESIDES = ("c.kind", "c.to", "c.topic", "c.note")


@act("template.adopted", since=2)
class TemplateAdopted:
    """A text is cleared for emergencies: by the head and by somebody who speaks for a government. `texts`: per language the
    posts of a thread, with slots as {place}; `slots`: how many characters each may take at most; `accounts`: by id, empty for
    all official ones; `roles`: of the two who release it; `within`: how long they have, and how long it may go out then, in
    milliseconds."""

    name: str
    kind: str
    texts: dict[str, list[str]]
    slots: dict[str, int]
    accounts: list[str]
    roles: list[str]
    within: int

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        if by.role != "liaison" or not by.government:
            need(by, "head")
        self._check(state)
        return settle(state, then, by, self)

    def lacks(self, state: Office, devices: Sequence[str]) -> str:
        """Whose word is missing."""
        who = backers(state, devices)
        if not any(one.role == "head" for one in who):
            return "the head"
        return "" if any(one.role == "liaison" and one.government for one in who) else "a liaison"

    def done(self, state: Office, event: str, devices: Sequence[str]) -> Office:
        """The office with the template in force, in the place of an earlier one of this name."""
        self._check(state)
        made = Template(
            event, self.name, self.kind, {lang: tuple(parts) for lang, parts in self.texts.items()}, dict(self.slots),
            tuple(self.accounts), tuple(self.roles), self.within, tuple(one.person for one in backers(state, devices)),
        )  # fmt: skip
        kept = {id: one for id, one in state.templates.items() if one.name != self.name}
        return replace(state, templates={**kept, event: made})

    def _check(self, state: Office) -> None:
        if not 0 < len(self.name.strip()) <= 120 or not 0 < len(self.kind) <= 200:
            raise Refused("malformed", "A template has a name and a kind.")
        if not self.texts or not all(LANG.match(lang) and parts for lang, parts in self.texts.items()):
            raise Refused("malformed", "A template has a text in a language.")
        if any(not 0 < len(part) <= MOST_TEXT for parts in self.texts.values() for part in parts):
            raise Refused("malformed", "A template's texts are not empty, and not too long.")
        if len({len(parts) for parts in self.texts.values()}) > 1:
            raise Refused("malformed", "A template has as many posts in each language.")
        if not all(SLOT.fullmatch(f"{{{name}}}") and 0 < most <= MOST_SLOT for name, most in self.slots.items()):
            raise Refused("malformed", f"A slot has a name in small letters and takes 1 to {MOST_SLOT} characters.")
        for parts in self.texts.values():
            found = {name for part in parts for name in SLOT.findall(part)}
            if found != set(self.slots) or any(set("{}") & set(SLOT.sub("", part)) for part in parts):
                raise Refused("malformed", "The slots that a text has are those that the template names.")
        if len(self.roles) != 2 or not set(self.roles) <= set(RELEASERS):
            raise Refused("malformed", f"Two roles release a template, of: {', '.join(RELEASERS)}.")
        if not MINUTE <= self.within <= DAY:
            raise Refused("malformed", "An emergency lasts a minute to a day.")
        if any(one not in state.accounts for one in self.accounts):
            raise Refused("unknown-account", "There is no such account.")
        if len(state.templates) >= MOST_TEMPLATES:
            raise Refused("too-many", "There are too many templates.", "Withdraw some first.")


@act("template.withdrawn", since=2)
class TemplateWithdrawn:
    """The head, or anybody who speaks for a government, takes a template out of use."""

    template: str

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head", "liaison")
        if not HEX.match(self.template) or self.template not in state.templates:
            raise Refused("unknown-template", "There is no such template in force.", "See: g20desk template list")
        return replace(state, templates={id: one for id, one in state.templates.items() if id != self.template})


def check_filled(office: Office, template: Template, content: Mapping[str, Any], slots: Mapping[str, Any]) -> None:
    """Refuse a content that is more than a template with its slots filled, on accounts that it is cleared for. `slots`: per
    language. The text of each post is in the same digest; the desks of the two compare it."""
    other = Refused("not-template", "This message says something else than its template.", "Make it from the template.")
    if content["c.kind"] != template.kind:
        raise other
    langs = [name.removeprefix("c.text.") for name in content if name.startswith("c.text.")]
    if set(langs) != set(slots) or not set(langs) <= set(template.texts):
        raise other
    if any(name not in BESIDES and not name.startswith(("c.text.", "c.post.")) for name in content):
        raise other
    for account, *_ in content["c.to"]:
        found = office.accounts.get(account)
        if found is None or (account not in template.accounts if template.accounts else found.owner != "official"):
            raise Refused("other-account", "This template is not cleared for one of the accounts.")
    for lang in langs:
        if not isinstance(slots[lang], dict) or not all(isinstance(one, str) for one in slots[lang].values()):
            raise Refused("malformed", "Slots are filled with words.")
        refs, texts = content[f"c.text.{lang}"], filled(template, lang, slots[lang])
        same = len(refs) == len(texts) and all(
            ref["piece"] == pieces.piece_id(ref["key"], text.encode()) for ref, text in zip(refs, texts, strict=True)
        )
        if not same:
            raise other


@act("message.released", since=2)
class Released:
    """The first of two people proposes that a filled template goes out without sign-off; a second person, in the other role,
    releases it. `slots`: what stands in them, per language."""

    digest: str
    template: str
    slots: dict[str, dict[str, Any]]
    why: pieces.Ref

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        check_open(state, by, self.digest)
        template = then.office.templates.get(self.template)
        if template is None:
            raise Refused("unknown-template", "There is no such template in force.", "See: g20desk template list")
        if by.role not in template.roles:
            raise Refused("no-right", f"This template is released by: {', '.join(template.roles)}.")
        first = state.release
        runs = first is not None and first.digest == self.digest and then.at <= first.until
        without = standing(replace(state, release=None))
        if runs or without == "approved":
            raise Refused("agreed-already", "This message is signed off.", "Schedule it.")
        if without == "objected":
            raise Refused("objected", "Somebody stopped this text: an emergency does not pass over that.",
                          "Settle it with them, or write another text.")  # fmt: skip
        check_whole(then.office, state.content)
        check_filled(then.office, template, state.content, self.slots)
        said = (template.id, self.digest, self.slots)
        waits = first is not None and not first.event and then.at <= first.join_until
        if first is None or not waits or (first.template, first.digest, first.slots) != said:
            made = Release(*said, then.event.id, (by.person,), (by.role,), then.at + template.within_ms, state.authors)
            return replace(state, release=made, earlier=state.unreviewed)
        if by.person in first.by:
            raise Refused("second-person", "A second person releases this.", "Ask a colleague.")
        if sorted((*first.roles, by.role)) != sorted(template.roles):
            raise Refused("no-right", f"The second of the two is: {_other(template.roles, first.roles)}.")
        made = replace(
            first, by=(*first.by, by.person), roles=(*first.roles, by.role), until=then.at + template.within_ms,
            event=then.event.id,
        )  # fmt: skip
        return replace(state, release=made)


def _other(roles: Sequence[str], said: Sequence[str]) -> str:
    rest = list(roles)
    rest.remove(said[0])
    return rest[0]


@act("signoff.reviewed", since=2)
class Reviewed:
    """What came of looking at an emergency release afterwards, by somebody who neither wrote nor released it: `finding` is
    "in order" or "misuse"."""

    release: str
    finding: str
    why: pieces.Ref

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        need(by, "head", "officer", "liaison")
        found = next((one for one in (*state.earlier, state.release) if one and one.event == self.release), None)
        if found is None or not found.event:
            raise Refused("unknown-id", "There is no such emergency release.")
        if found.reviewed:
            raise Refused("reviewed-already", "This release was reviewed.")
        if self.finding not in ("in order", "misuse"):
            raise Refused("malformed", "A review finds a release “in order”, or “misuse”.")
        if by.person in (*state.authors, *found.authors, *found.by):
            raise Refused("author", "Who wrote or released it does not review it.", "Ask a colleague.")
        if found is state.release:
            return replace(state, release=replace(found, reviewed=then.event.id))
        return replace(state, earlier=tuple(one for one in state.earlier if one is not found))
