"""Relays on a desk: asking accounts to carry a line, adopting or declining, and how far what is out has drifted from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.desk import relay_brief, relay_rounds
from g20desk.desk.reasons import reason
from g20desk.desk.relay_brief import Brief
from g20desk.desk.relay_rounds import Ask
from g20desk.desk.settling import Settled
from g20desk.errors import Refused, Usage
from g20desk.ledger import views
from g20desk.office import drift
from g20desk.office.content import Content, Text
from g20desk.office.form import RELAY
from g20desk.office.message import Message, Relay
from g20desk.office.relays import agreed, missing
from g20desk.publishing import compare
from g20desk.text import posts

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

UNFIT = ("STRUCT-", "LENGTH-")


TAKEN_BACK = "The office took this back."
NOT_AGREED = "The line is not agreed any more: its post does not go out."
SUPERSEDED = "Another line took the place of this one: its post does not go out."


class Relays:
    """`desk.relays`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._drifted: dict[str, tuple[int, bool]] = {}

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
        desk = self._desk
        id, _, relay = self.get(prefix)
        account = desk.office.accounts[relay.account]
        words = {one: list(posts(said)) for one, said in (texts or {}).items() if said.strip()}
        words = words or self._words(relay, text, lang)
        line = desk.ledger.folds.stream("message", relay.stream)[0]
        written = tuple(Text(one, tuple(said)) for one, said in words.items())
        content = Content(RELAY, (account.name,), written, topic=line.content["c.topic"])
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

    def rows(self, open_only: bool = False) -> list[dict[str, Any]]:
        """All relays, the newest first; or those that still wait for a post to go out."""
        found = views.newest(self._desk.store, "message", saying=relay_rounds.MARK)
        shown = [self.show(row.id) for row in found if row.value.get("relay")]
        return [one for one in shown if not open_only or one["state"] in ("asked", "adopted", "overdue")]

    def asks(self, out: bool = True) -> list[Ask]:
        """What this desk knows of who is asked to carry what, without reading any text; see `relay_rounds.asks`."""
        return relay_rounds.asks(self._desk, out)

    def brief(self, prefix: str) -> Brief:
        """All that whoever may adopt it has to see, and what they can do. Raises Refused."""
        return relay_brief.brief(self._desk, *self.get(prefix))

    def drifted(self, row: views.Row) -> bool:
        """Whether what is out has drifted; found once for each state of a row."""
        known = self._drifted.get(row.id)
        if known is None or known[0] != row.updated:
            known = self._drifted[row.id] = (row.updated, self.show(row.id)["state"] == "drifted")
        return known[1]

    def show(self, prefix: str) -> dict[str, Any]:
        """A relay: {"relay", "line", "account", "government", "state", "locked_kept", "drift", "url", "why", "by", "texts",
        "diff"}. `drift` is the largest over its languages; a language that the line has no text in does not count."""
        desk = self._desk
        id, state, relay = self.get(prefix)
        line = desk.ledger.folds.stream("message", relay.stream)[0]
        account = desk.office.accounts[relay.account]
        pairs = [(self._said(line, lang), " ".join(said), lang) for lang, said in relay.words.items()]
        both = [(wanted, said, lang) for wanted, said, lang in pairs if wanted]
        lost = missing(line.content, relay.words)
        changed = any(drift.broken(wanted, said) for wanted, said, _ in both) or bool(lost)
        altered = any(compare.altered(post.standing) for post in state.posts.values())
        out = [post for post in state.posts.values() if post.receipts]
        return {
            "relay": id, "line": relay.line, "account": account.name, "government": account.owner.partition(":")[2],
            "state": self._state(state, relay, changed or altered), "locked_kept": not lost and not altered,
            "drift": round(max((drift.drift(wanted, said) for wanted, said, _ in both), default=0.0), 4),
            "url": out[0].receipts[0]["url"] if out else None,
            "why": desk.messages.words(relay.why) or self.stopped(state) or self._why(state),
            "until": iso(relay.until) if relay.until else None, "by": desk.office.people[relay.by].name,
            "texts": {lang: list(said) for lang, said in relay.words.items()},
            "diff": {lang: drift.diff(wanted, said) for wanted, said, lang in both},
        }  # fmt: skip

    def _said(self, line: Message, lang: str) -> str:
        return " ".join(self._desk.messages.words(ref) for ref in line.content.get(f"c.text.{lang}", ()))

    def _state(self, state: Message, relay: Relay, changed: bool) -> str:
        if relay.withdrawn or relay.declined:
            return "withdrawn" if relay.withdrawn else "declined"
        if any(post.receipts for post in state.posts.values()):
            return "drifted" if changed else "carried"
        if relay.until and relay.until < self._desk.clock.now_ms():
            return "overdue"
        lapsed = self._desk.office.passing.lapsed(relay.account, state.cleared)
        return "adopted" if relay.adopted and not lapsed else "asked"

    def stopped(self, state: Message) -> str:
        """Why nothing of a relay goes out any more; empty where it may, or where something is out."""
        relay, desk = state.relay, self._desk
        if relay is None or any(post.receipts for post in state.posts.values()):
            return ""
        if relay.withdrawn:
            return TAKEN_BACK
        line = desk.ledger.folds.stream("message", relay.stream)[0]
        if not agreed(line, desk.clock.now_ms()) or line.digest != relay.digest:
            return NOT_AGREED
        return SUPERSEDED if relay.line in desk.lines.superseded() else ""

    def _why(self, state: Message) -> str:
        altered = next((p.standing for p in state.posts.values() if compare.altered(p.standing)), "")
        return compare.sentence(altered) if altered else next((p.why for p in state.posts.values() if p.why), "")
