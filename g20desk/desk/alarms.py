"""Alarms: what somebody has to be told, found anew each time from the record and from what this desk knows.

An alarm is over when what it tells of is over. A desk tells each person of each alarm once; who was told, who has seen
it, and what was left as it is, stays on the desk. Names, ids and what happened stand in an alarm: never a text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from g20desk.desk import own_acts, waiting
from g20desk.desk.alarm import ASKED, KINDS, LATE, LEAVABLE, Alarm
from g20desk.desk.roll import about
from g20desk.errors import Refused
from g20desk.ledger import views
from g20desk.office.form import RELAY
from g20desk.office.passing import may_publish
from g20desk.office.state import HOLDERS, Account
from g20desk.office.vouching import may_join

if TYPE_CHECKING:
    from g20desk.desk.attending import Trouble
    from g20desk.desk.desk import Desk
    from g20desk.office.reaching import Notice

ENDED = ("unknown", "refused", "missed", "altered")
LATE_MS = 120_000
SOON_MS = 14 * 86_400_000
KEPT_MS = 30 * 86_400_000
SEEN, LEFT = "seen", "left"
MOST_REASONS = 40
STRAYS = "stray/"


def _id(*about: object) -> str:
    """The same for the same thing on every desk and at every time."""
    return hashlib.sha256("/".join(map(str, about)).encode()).hexdigest()[:16]


def desk_troubles(desk: Desk) -> Iterator[Trouble]:
    """What keeps a desk from its office's record and needs a person."""
    from g20desk.desk.attending import KEPT_BACK, WAITS

    return (one for one in desk.attending.troubles() if one.code not in (KEPT_BACK, *WAITS))


def _of_post(kind: str, post: views.PostRow, accounts: dict[str, Account], at: int, why: str) -> Alarm:
    name = f"{post.id[:16]}.{post.key}"
    return Alarm(_id(kind, name, at), kind, at, post.id, name, accounts[post.account].name, why=why)


def _of_notice(one: Notice) -> Alarm:
    return Alarm(one.id[:16], LATE.get(one.what, one.what), one.at, one.message,
                 code=RELAY if one.message_kind == RELAY else "")  # fmt: skip


class Alarms:
    """`desk.alarms`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._ends: dict[str, tuple[str, int | None]] = {}

    def standing(self) -> list[Alarm]:
        """All that stand now for this person, the gravest first, then the oldest."""
        found = sorted(self._all(), key=lambda alarm: (KINDS.index(alarm.kind), alarm.at, alarm.id))
        kept = self._kept()
        return [replace(a, seen=k.get(SEEN, 0), left=k.get(LEFT, 0)) for a in found for k in [kept.get(a.id, {})]]

    def of(self, message: str) -> list[Alarm]:
        """Those that stand for a message."""
        return [alarm for alarm in self.standing() if alarm.message == message]

    def asked(self) -> list[Alarm]:
        """What this person is asked for, the most urgent first: a notice each, and nothing that went wrong."""
        kept = self._kept()
        found = (_of_notice(one) for one in self._desk.asked.mine() if one.what in ASKED)
        return [replace(a, seen=kept.get(a.id, {}).get(SEEN, 0)) for a in found]

    def fresh(self, teller: str, besides: Collection[Alarm] = ()) -> tuple[list[Alarm], list[Alarm]]:
        """All that stand, and those of them and of `besides` that this teller ("window", "publisher") is to tell this person
        of now, for the first time on this desk."""
        found, kept = self.standing(), self._kept()
        new = [alarm for alarm in (*found, *besides) if teller not in kept.get(alarm.id, {})]
        self._mark([alarm.id for alarm in new], teller)
        return found, new

    def see(self, prefixes: Collection[str]) -> None:
        """This person has seen these; they stand all the same. Raises Refused for an unknown id."""
        self._mark([alarm.id for alarm in self._found(prefixes)], SEEN)

    def leave(self, prefixes: Collection[str]) -> None:
        """This person leaves these as they are: nothing more is to be done. Raises Refused for one that only ends when
        something is done."""
        found = self._found(prefixes)
        for alarm in found:
            if alarm.kind not in LEAVABLE:
                raise Refused("not-over", f"{alarm.sentence()} This ends only when something is done.",
                              "See: g20desk message show")  # fmt: skip
        own_acts.read(self._desk.ledger, [alarm.act for alarm in found if alarm.act])
        self._mark([alarm.id for alarm in found], SEEN, LEFT)

    def _found(self, prefixes: Collection[str]) -> list[Alarm]:
        """The one that stands for each beginning of an id."""
        standing, made = [*self.standing(), *self.asked()], []
        for prefix in prefixes:
            matches = [a for a in standing if a.id.startswith(prefix)] if len(prefix) >= 6 else []
            if len(matches) != 1:
                raise Refused("unknown-id", f"There is no one alarm “{prefix}”.", "See: g20desk alarm list")
            made.append(matches[0])
        return made

    def _all(self) -> Iterator[Alarm]:
        office, me = self._desk.office, self._desk.office.author(self._desk.device)
        mine = {a.id: a for a in office.accounts.values() if may_publish(me, a)}
        if mine:
            yield from self._of_posts(mine)
            yield from self._overdue(mine)
        for act in own_acts.uncounted(self._desk.ledger, self._desk.person.name):
            yield Alarm(_id("uncounted", act.event), "uncounted", act.at, act.message, code=act.kind, act=act.event,
                        why=act.why)  # fmt: skip
        for notice in self._desk.asked.mine():
            if notice.what not in ASKED:
                yield _of_notice(notice)
        trouble, since = self._desk.mail.trouble_since()
        if trouble:
            yield Alarm(_id("mail", since), "mail", since, why=trouble)
        for found in desk_troubles(self._desk):
            yield Alarm(_id("record", found.code, found.at), "record", found.at, code=found.code)
        for account in mine.values():
            if not account.removed:
                yield from self._of_account(account)
                yield from self._strays(account)
        for wish in office.proposals.values():
            if wish.until >= self._desk.clock.now_ms() and may_join(office, wish, self._desk.device):
                yield Alarm(_id("waits", wish.id), "waits", wish.at, why=about(office, wish)[1])
        for hold in office.holds.values() if me.role in HOLDERS else ():
            if not hold.lifted and hold.by != me.person:
                name = office.accounts[hold.account].name if hold.account else ""
                yield Alarm(_id("hold", hold.id), "hold", hold.at, account=name, topic=bool(hold.topic))

    def _of_posts(self, mine: dict[str, Account]) -> Iterator[Alarm]:
        store = self._desk.store
        for post in views.posts_in(store, ENDED):
            row = views.get(store, "message", post.id) if post.account in mine else None
            if row is not None:
                since, why = row.value["posts"][post.key][2:] or (0, "")
                yield _of_post(post.state, post, mine, since or row.updated, why)

    def _overdue(self, mine: dict[str, Account]) -> Iterator[Alarm]:
        """Posts that should be out: nobody publishes, or something keeps them back. A hold in force tells itself."""
        desk, late, reasons = self._desk, self._desk.clock.now_ms() - LATE_MS, 0
        for post in views.posts_in(desk.store, (*waiting.OPEN, "sending")):
            row = views.get(desk.store, "message", post.id) if post.account in mine else None
            at = row.value["planned"] if row is not None else None
            if row is None or at is None or at > late:
                continue
            hold = desk.office.held(post.account, row.value.get("topic", ""), row.value.get("cleared", ()))
            if hold is not None and not hold.lifted:
                continue
            reasons += 1
            why = self._why(row.stream, post.key) if reasons <= MOST_REASONS else ""
            yield _of_post("overdue", post, mine, at, why)

    def _why(self, stream: str, key: str) -> str:
        message = self._desk.ledger.folds.stream("message", stream)[0]
        return waiting.says(self._desk, message, message.posts[key])

    def _of_account(self, account: Account) -> Iterator[Alarm]:
        from g20desk.desk.account_client import NO_CREDIT, SIGN_IN, Keeping

        if account.network == "rehearsal":
            return
        kept = Keeping(self._desk, account.id)
        (state, why), at = kept.trouble(), kept.trouble_at()
        kind = {SIGN_IN: "sign-in", NO_CREDIT: "no-credit"}.get(state)
        if kind:
            yield Alarm(_id(kind, account.id, at), kind, at, account=account.name, why=why)
            return
        now, ends = self._desk.clock.now_ms(), self._sign_in_ends(account, kept.fingerprint())
        if ends is None:
            return
        after = self._planned_after(account, ends)
        if after or ends < now + SOON_MS:
            why = f"{after} posts are planned for later." if after != 1 else "A post is planned for later."
            yield Alarm(_id("sign-in-ends", account.id, ends), "sign-in-ends", ends, account=account.name,
                        why=why if after else "")  # fmt: skip

    def _strays(self, account: Account) -> Iterator[Alarm]:
        if not self._desk.store.meta(f"{STRAYS}{account.id[:32]}"):
            return
        from g20desk.desk import strays  # with what reads networks: most desks never found any

        for one in strays.standing(self._desk, account):
            yield Alarm(_id("stray", account.id, one.id), "stray", one.at, account=account.name, why=one.url)

    def _sign_in_ends(self, account: Account, fingerprint: str) -> int | None:
        """When it ends; the keyring is asked once for each secret."""
        known = self._ends.get(account.id)
        if known is None or known[0] != fingerprint:
            known = self._ends[account.id] = (fingerprint, self._desk.accounts.ends(account))
        return known[1]

    def _planned_after(self, account: Account, when: int) -> int:
        found = views.posts_near(self._desk.store, account.id, when, 2**62)
        return sum(post.state in waiting.OPEN for post in found)

    def _name(self, id: str = "") -> str:
        return f"alarm/{self._desk.person.id[:16]}/{id}"

    def _kept(self) -> dict[str, dict[str, int]]:
        start = len(self._name())
        return {name[start:]: json.loads(said) for name, said in self._desk.store.metas(self._name()).items()}

    def _mark(self, ids: Collection[str], *what: str) -> None:
        """Write down that this was done with these, and forget what is long over."""
        if not ids:
            return
        now, kept = self._desk.clock.now_ms(), self._kept()
        with self._desk.store.write() as db:
            for id in ids:
                self._desk.store.set_meta(self._name(id), json.dumps(dict.fromkeys(what, now) | kept.get(id, {})))
            for id, stamps in kept.items():
                if id not in ids and max(stamps.values()) < now - KEPT_MS:
                    db.execute("delete from meta where name = ?", (self._name(id),))
        if SEEN in what:
            self._desk.announce(frozenset(("alarm", id) for id in ids))
