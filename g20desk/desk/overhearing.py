"""What accounts of governments post of themselves, beside the agreed lines: read on request, listed where it may have to do with
one, judged by a person. Nobody is accused by it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from g20desk.asking import reading_price
from g20desk.clock import iso
from g20desk.desk import costs, listening, strays
from g20desk.desk.reasons import reason
from g20desk.errors import Refused, Unreachable, Usage
from g20desk.ledger import pieces, views
from g20desk.network import NotNow, Rejected, Unknown
from g20desk.office.overheard import ALIKE, ANSWERS, Heard

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.desk.library import Source
    from g20desk.desk.listening import Said
    from g20desk.office.message import Message
    from g20desk.office.state import Account
    from g20desk.rulebook.likeness.index import Index
    from g20desk.rulebook.likeness.judging import Likeness

DAY_MS = 86_400_000
BACK_MS = 7 * DAY_MS
# Posts read of an account at once; where each is paid for, far fewer.
MOST, MOST_PAID = 100, 20
LINES_A_POST = 3
LISTENED = "listened/"
# What a network may still bring in late, or what was edited since.
MARGIN_MS = 3_600_000


class Overheard:
    """`desk.overheard`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def accounts(self, names: Sequence[str] = ()) -> list[Account]:
        """The accounts of governments that are read: those named, else all but where each post that is read costs. Raises Refused,
        Usage."""
        if names:
            found = [self._desk.accounts.get(name) for name in dict.fromkeys(names)]
            if own := next((one for one in found if one.owner == "official"), None):
                raise Usage("own-account", f"{own.name} is the office's own.", "Name accounts of governments.")
            return found
        listed = [one for one in self._desk.office.accounts.values() if not one.removed and one.owner != "official"]
        return [one for one in listed if one.network not in listening.PAID]

    def listen(self, names: Sequence[str] = (), since_ms: int | None = None) -> dict[str, Any]:
        """Read what accounts of governments posted, and list what may have to do with a line that stood then: {"accounts":
        [{"account", "network", "posts", "more", "listed", "cost", "why"}], "listed": ids}; `posts`: as many were read; `more`: whether
        older ones were left unread; `cost`: in US dollars, None where it is free; `why`: where one could not be read. Raises
        Refused, and Unreachable where none could be."""
        if not self._desk.messages.staff:
            raise Refused("no-right", "Only the office's staff list posts beside lines.")
        lines = self._desk.library.lines()
        index, made, ids = self._desk.likeness.index(lines), [], []
        for account in self.accounts(names):
            try:
                said, many = self._read(account, since_ms)
            except (Rejected, NotNow, Unknown) as no:
                made.append(_told(account, 0, 0, no.why))
                continue
            new = [id for one in said for id in self._list(account, one, index, lines)]
            made.append(_told(account, many, len(new), ""))
            ids += new
        if made and all(one["why"] for one in made):
            raise Unreachable(
                "not-read", f"{made[0]['account']} could not be read: {made[0]['why']}.", "Try again later."
            )
        return {"accounts": made, "listed": ids}

    def _read(self, account: Account, since_ms: int | None) -> tuple[list[Said], int]:
        """What an account posted since it was last read, or since a time, without what went out through the office; and how many
        posts were read."""
        now, name = self._desk.clock.now_ms(), f"{LISTENED}{account.id[:32]}"
        last = int(self._desk.store.meta(name) or 0)
        since = max(last - MARGIN_MS, now - BACK_MS) if since_ms is None else since_ms
        found, many = listening.recent(self._desk, account, since, _most(account))
        if since_ms is None or since_ms <= last:
            self._desk.store.set_meta(name, str(now))
        known = strays.out(self._desk, account.id, since)
        return [one for one in found if not known & set(one.ids)], many

    def _list(self, account: Account, said: Said, index: Index, lines: Mapping[str, Source]) -> list[str]:
        made = []
        for found in self._alike(account, said, index, lines)[:LINES_A_POST]:
            line, digest = self._desk.lines.get(found.agreed.id), hashlib.sha256(said.text.encode()).hexdigest()
            state: Message = line.message
            if any((one.account, one.remote, one.digest) == (account.id, said.id, digest) for one in state.heard):
                continue
            why = "\n".join(dict.fromkeys(one.sentence for one in found.reasons)) or found.verdict
            text, ref = pieces.refer(said.text.encode()), pieces.refer(why.encode())
            values = {
                "account": account.id, "remote": said.id, "url": said.url, "at": said.at_ms, "digest": digest,
                "lang": said.lang or account.langs[0], "verdict": found.verdict, "against": state.digest, "text": text, "why": ref,
            }  # fmt: skip
            kept = {text["piece"]: said.text.encode(), ref["piece"]: why.encode()}
            made.append(self._desk.act("likeness.listed", values, line.stream, pieces=kept))
        return made

    def _alike(self, account: Account, said: Said, index: Index, lines: Mapping[str, Source]) -> list[Likeness]:
        """The lines that stood when it was posted and that it may have to do with, each once, the most alike first; without those
        that it carries word for word, unless it says otherwise beside them."""
        best: dict[str, Likeness] = {}
        langs = [said.lang] if said.lang else list(account.langs)
        for found in (one for lang in langs for one in index.find(said.text, lang)):
            known = best.get(found.agreed.id)
            worse = known is not None and (known.verdict in ALIKE or found.verdict not in ALIKE)
            if not worse and self._desk.likeness.stood(found.agreed.id, lines, said.at_ms):
                best[found.agreed.id] = found
        return sorted((one for one in best.values() if one.verdict in ALIKE), key=lambda one: -one.score)

    def rows(self, line: str = "", open_only: bool = False) -> list[dict[str, Any]]:
        """Posts that were listed beside lines, or beside one, the newest first: {"id", "line", "topic", "wording", "account",
        "government", "network", "url", "posted_at", "lang", "text", "verdict", "reasons", "listed_at", "by", "answer", "why",
        "judged_by", "judged_at"}; `wording`: the line's, in that language where it has one; `answer`: None where nobody judged it.
        Raises Refused."""
        found = [self._desk.lines.get(line).stream] if line else self._streams()
        made = [self._row(state, one) for state in map(self._state, found) for one in state.heard]
        made = [one for one in made if not open_only or one["answer"] is None]
        return sorted(made, key=lambda one: one["posted_at"], reverse=True)

    def _streams(self) -> list[str]:
        return [row.stream for row in views.newest(self._desk.store, "message", saying='"heard": [')]

    def _state(self, stream: str) -> Message:
        found: Message = self._desk.ledger.folds.stream("message", stream)[0]
        return found

    def get(self, prefix: str) -> dict[str, Any]:
        """A listed post by the beginning of its id. Raises Refused."""
        found = [one for one in self.rows() if len(prefix) >= 6 and one["id"].startswith(prefix)]
        if len(found) != 1:
            raise Refused("unknown-id", f"There is no one listed post “{prefix}”.", "See: g20desk line heard")
        return found[0]

    def judge(self, prefix: str, answer: str, why: str = "") -> None:
        """Say what a listed post is: carries, differs, unrelated, or left as it is; the last two need no reason. Raises Refused,
        Usage."""
        if answer not in ANSWERS:
            raise Usage("bad-answer", f"There is no answer “{answer}”.", f"Use one of: {', '.join(ANSWERS)}.")
        row = self.get(prefix)
        ref, kept = reason(why) if why.strip() or answer in ("carries", "differs") else (None, {})
        values = {"listed": row["id"], "answer": answer, "why": ref}
        self._desk.act("likeness.judged", values, self._desk.lines.get(row["line"]).stream, pieces=kept)

    def _row(self, state: Message, one: Heard) -> dict[str, Any]:
        desk, judged = self._desk, one.judgement
        words, account = desk.messages.words, desk.office.accounts[one.account]
        return {
            "id": one.event, "line": state.draft, "topic": state.content.get("c.topic", ""),
            "wording": self._wording(state, one.lang), "account": account.name,
            "government": account.owner.partition(":")[2], "network": account.reads_as, "url": one.url,
            "posted_at": iso(one.at), "lang": one.lang, "text": words(one.text), "verdict": one.verdict,
            "reasons": words(one.why).split("\n"), "listed_at": iso(one.listed), "by": desk.office.people[one.by].name,
            "answer": judged.answer if judged else None, "why": words(judged.why) if judged else "",
            "judged_by": desk.office.people[judged.person].name if judged else None,
            "judged_at": iso(judged.at) if judged else None,
        }  # fmt: skip

    def _wording(self, state: Message, lang: str) -> str:
        names = [name for name in state.content if name.startswith("c.text.")]
        wanted = f"c.text.{lang}" if f"c.text.{lang}" in names else "c.text.en" if "c.text.en" in names else names[0]
        return " ".join(self._desk.messages.words(ref) for ref in state.content[wanted])


def _most(account: Account) -> int:
    return MOST_PAID if account.network in listening.PAID else MOST


def _told(account: Account, posts: int, listed: int, why: str) -> dict[str, Any]:
    price, _ = reading_price(account.network, own=False)
    return {
        "account": account.name, "network": account.reads_as, "posts": posts, "more": posts >= _most(account), "listed": listed,
        "cost": costs.dollars(posts * price) if price else None, "why": why,
    }  # fmt: skip
