"""Relays on a desk: asking accounts to carry a line, adopting or declining, and how far what is out has drifted from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from g20desk.desk import relay_asking, relay_brief, relay_rounds, relay_showing
from g20desk.desk.reasons import reason
from g20desk.desk.relay_asking import Askable
from g20desk.desk.relay_brief import Brief
from g20desk.desk.relay_rounds import Ask
from g20desk.desk.relay_showing import Carrier
from g20desk.errors import Refused, Usage
from g20desk.ledger import views
from g20desk.office.content import Content, Text
from g20desk.office.form import RELAY
from g20desk.office.message import Message, Relay
from g20desk.office.relays import agreed
from g20desk.text import posts

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

SAME_MS = 1000
UNFIT = ("STRUCT-", "LENGTH-")


class Relays:
    """`desk.relays`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._last: tuple[object, list[Ask]] = (None, [])

    def ask(self, line: str, accounts: Sequence[str], until_ms: int = 0, why: str = "") -> list[dict[str, str]]:
        """Ask accounts to carry a line, all or none: [{"relay", "account"}]. Raises Refused."""
        from g20desk.desk.acting import Proposal

        desk, found = self._desk, self._desk.lines.agreed(line)
        chosen = [desk.accounts.get(name) for name in dict.fromkeys(accounts)]
        if not chosen:
            raise Usage("no-account", "Nobody is asked.", "Add: --to ACCOUNT")
        waits = {(one.line, one.account_id) for one in self.asks(out=False) if one.waits}
        twice = [one.name for one in chosen if (found.id, one.id) in waits]
        if twice and desk.person.role in relay_rounds.CHIEF:  # anybody else has no right to ask at all
            raise Refused(
                "asked-already", f"{twice[0]} is asked already.", "Take that back first: g20desk relay withdraw"
            )
        ref, kept = reason(why) if why.strip() else (None, {})
        values = {"line": found.stream, "digest": found.message.digest, "until": until_ms, "why": ref}
        ids = desk.act_all(
            *(Proposal("relay.asked", {**values, "account": one.id}, pieces=dict(kept)) for one in chosen)
        )
        return [{"relay": id, "account": one.name} for id, one in zip(ids, chosen, strict=True)]

    def get(self, prefix: str) -> tuple[str, Message, Relay]:
        """A relay by the beginning of its id: id, state, what was asked. Raises Refused."""
        matches = views.beginning(self._desk.store, "message", prefix) if len(prefix) >= 6 and prefix.isalnum() else []
        found = [(id, self._desk.ledger.folds.stream("message", id)[0]) for id in matches]
        relays = [(id, state) for id, state in found if isinstance(state, Message) and state.relay is not None]
        if len(relays) != 1:
            raise Refused("unknown-id", f"There is no one relay “{prefix}”.", "See: g20desk relay list")
        ((id, state),) = relays
        assert state.relay is not None
        return id, state, state.relay

    def adopt(
        self, prefix: str, text: str | None = None, lang: str = "", when_ms: int | None = None,
        texts: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        """Take a line on: as it is in each language that the account carries, or with this text in one language (the posts of a
        thread as they are typed), or with these `texts` per language; scheduled where a time is given: {"relay", "state",
        "findings"}. Raises Refused, Usage."""
        from g20desk.desk.settling import Settled

        desk = self._desk
        id, _, relay = self.get(prefix)
        account = desk.office.accounts[relay.account]
        words = {one: list(posts(said)) for one, said in (texts or {}).items() if said.strip()}
        words = words or self._words(relay, text, lang)
        line = desk.ledger.folds.stream("message", relay.stream)[0]
        written = tuple(Text(one, tuple(said)) for one, said in words.items())
        content = Content(RELAY, (account.name,), written, topic=line.content.get("c.topic", ""))
        made = Settled(desk, content, [])
        # The shared code is told, not enforced: these are a government's own words. What its network cannot take is refused.
        blocks = [f for f in made.findings if f["level"] == "block" and f["rule"].startswith(UNFIT)]
        if blocks:
            raise Refused(
                "blocking-finding", f"{blocks[0]['rule']}: {blocks[0]['message']}", "Change the text: --text FILE"
            )
        values = {name: one for name, one in made.values.items() if name.startswith("c.")} | {"words": words}
        acts: list[tuple[str, dict[str, Any]]] = [("relay.adopted", values)]
        if when_ms is not None:
            acts.append(
                ("message.scheduled", {"when": when_ms, "zone": "UTC", "together": False, "despite": [], "why": None})
            )
        if relay.line in desk.lines.superseded():
            raise Refused("superseded", "Another line took the place of this one.", "Carry that one: ask the office.")
        from g20desk.desk.acting import Proposal

        desk.act_all(
            *(Proposal(kind, body, id, pieces=made.pieces if kind == "relay.adopted" else {}) for kind, body in acts)
        )
        return {"relay": id, "state": self.show(id)["state"], "findings": made.findings}

    def _words(self, relay: Relay, text: str | None, lang: str) -> dict[str, list[str]]:
        line = self._desk.ledger.folds.stream("message", relay.stream)[0]
        texts = {name.removeprefix("c.text."): [self._desk.messages.words(ref) for ref in refs]
                 for name, refs in line.content.items() if name.startswith("c.text.")}  # fmt: skip
        langs = self._desk.office.accounts[relay.account].langs
        if text is not None:
            parts = list(posts(text))
            if not parts:
                raise Usage("no-text", "There is no text.", "Add: --text FILE")
            return {lang or next((one for one in langs if one in texts), langs[0]): parts}
        chosen = {one: said for one, said in texts.items() if one in langs and (not lang or one == lang)}
        if not chosen:
            raise Usage(
                "no-language", f"The line has no text in {', '.join(langs)}.", "Translate it: --text FILE --lang CODE"
            )
        return chosen

    def decline(self, prefix: str, why: str) -> None:
        """Do not carry a line, and say why."""
        ref, kept = reason(why)
        self._desk.act("relay.declined", {"why": ref}, self.get(prefix)[0], pieces=kept)

    def withdraw(self, prefix: str, why: str) -> None:
        """The office takes back what it asked, as long as nothing of it is out."""
        ref, kept = reason(why)
        self._desk.act("relay.withdrawn", {"why": ref}, self.get(prefix)[0], pieces=kept)

    def leave(self, prefix: str, why: str) -> None:
        """The office leaves as it is what an account made of a line, and says why. Raises Refused, Usage."""
        ref, kept = reason(why)
        self._desk.act("relay.left", {"why": ref}, self.get(prefix)[0], pieces=kept)

    def rows(self, open_only: bool = False) -> list[dict[str, Any]]:
        """All relays, the newest first, or those that still wait for a post to go out: as `show` has them without what each
        says; read off the views alone."""
        shown = relay_showing.rows(self._desk)
        return [one for one in shown if not open_only or one["state"] in ("asked", "adopted", "overdue")]

    def carriers(self, line: str, limit: int = -1) -> list[Carrier]:
        """Who was asked to carry a line, those first who carried it first, and what each says, marked against it."""
        return relay_showing.carriers(self._desk, line, limit)

    def waiting(self) -> list[Ask]:
        """What this person is asked to carry, and has not planned yet."""
        return [one for one in self.asks(out=False) if one.open and self._desk.person.id in one.theirs]

    def asks(self, out: bool = True) -> list[Ask]:
        """Who is asked to carry what, without reading any text; see `relay_rounds.asks`. One look at a screen asks more than once:
        for a second what was read stands while nothing was added."""
        desk = self._desk
        of = desk.store.last_place(), desk.tentative, desk.clock.now_ms() // SAME_MS
        if self._last[0] != of:
            self._last = of, relay_rounds.asks(desk)
        return [one for one in self._last[1] if out or one.state not in ("out", "drifted")]

    def askable(self, line: str) -> Askable:
        """Which accounts can be asked to carry a line, and why not, where nobody can. Raises Refused for an unknown line."""
        return relay_asking.askable(self._desk, line)

    def brief(self, prefix: str) -> Brief:
        """All that whoever may adopt it has to see, and what they can do. Raises Refused."""
        return relay_brief.brief(self._desk, *self.get(prefix))

    def show(self, prefix: str) -> dict[str, Any]:
        """A relay: {"relay", "line", "account", "government", "state", "locked_kept", "drift", "url", "why", "by", "texts",
        "diff", "marks"}. `drift` is the largest over its languages; a language that the line has no text in does not count."""
        return relay_showing.show(self._desk, *self.get(prefix))

    def stopped(self, state: Message) -> str:
        """Why nothing of a relay goes out any more; empty where it may, or where something is out."""
        relay, desk = state.relay, self._desk
        if relay is None or any(post.receipts for post in state.posts.values()):
            return ""
        if relay.withdrawn:
            return relay_rounds.TAKEN_BACK
        line = desk.ledger.folds.stream("message", relay.stream)[0]
        if not agreed(line, desk.clock.now_ms()) or line.digest != relay.digest:
            return relay_rounds.SAYS[relay_rounds.NOT_AGREED]
        return relay_rounds.SAYS[relay_rounds.SUPERSEDED] if relay.line in desk.lines.superseded() else ""
