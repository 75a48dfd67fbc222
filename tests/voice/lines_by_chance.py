"""An office by chance whose people write lines: see `test_against_model.py`."""

from __future__ import annotations

from typing import Any

from tests.signoff.chance import Chance
from tests.signoff.model_office import HOUR
from tests.signoff.paper import REF
from tests.voice import chance as wording
from tests.voice.paper import NOTHING, VoicePaper

LANDS = ("ZA", "IT", "BR")
PEOPLE = (
    ("officer", "", 0), ("officer", "", 0), ("liaison", "BR", 0), ("presidency", "ZA", 0), ("presidency", "ZA", 4),
    ("presidency", "IT", 0), ("liaison", "ZA", 4), ("analyst", "", 0), ("publisher", "", 0), ("officer", "ZA", 0),
)  # fmt: skip
OWNERS = ("official", "presidency:ZA", "presidency:ZA", "member:IT", "member:BR", "member:ZA")


class Lines(Chance):
    """People, accounts and lines; what is done with relays is `day.py`'s."""

    paper: VoicePaper  # type: ignore[assignment]

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.paper = VoicePaper()
        self.devices = {0: self.paper.office.id}
        self.drafts: list[tuple[int, str]] = []  # who began it, and the stream that it opened

    def begin(self) -> None:
        self.people()
        if self.rarely(2):
            within = self.one((5 * HOUR, 24 * HOUR))
            stages = [{"name": "S", "who": self.one(("role:liaison", "governments:all")), "need": 1, "within": within,
                       "mode": self.one(("explicit", "silence"))}]  # fmt: skip
            self.office("route.adopted", name="A", kinds=["line"], topics=[], accounts=[], stages=stages)

    def people(self) -> None:
        """Who is in the office, and its accounts."""
        for role, land, by in PEOPLE:
            self.admit(role, land, by=by)
        self.further(4)
        self.office("presidency.named", government="ZA", before="BR", after="IT")
        for owner in OWNERS:
            self.account(owner)

    def account(self, owner: str) -> None:
        land = owner.partition(":")[2]
        by = self.of_land(land) if land and self.rarely(2) else 0
        self.office("account.added", by, name=f"{owner} {len(self.paper.office.accounts)}", network="rehearsal", like="x", owner=owner, server="", handle="h",
                    identity=f"did:plc:{len(self.paper.office.accounts)}", langs=["en"], grace_ms=0, limits={}, software="")  # fmt: skip

    # Who and what there is.

    def person(self) -> str:
        return self.one(list(self.paper.office.people))

    def usually(self, right: Any, *wrong: Any, of: int = 8) -> Any:
        return right if not wrong or not self.rarely(of) else self.one(wrong)

    def staff(self) -> int:
        return self.someone("officer", "officer", "head") if not self.rarely(10) else self.anyone()

    def lines(self) -> list[str]:
        return list(self.paper.model.messages)

    def relays(self) -> list[str]:
        return list(self.paper.model.relays)

    def some(self, streams: list[str]) -> str:
        return self.one(streams[-3:] if streams and not self.rarely(3) else streams or [NOTHING])

    def going(self, relay: str) -> bool:
        """Whether something can still come of a relay."""
        model, said = self.paper.model, self.paper.model.relays[relay][0].said
        last = model.answer(model.relays[relay])
        stands = model.agreed(said["line"], said["digest"], self.paper.now)
        return stands and not model.gone(said["account"]) and (last is None or last.kind != "relay.withdrawn")

    def relay(self) -> tuple[str, int]:
        """A relay, and somebody of its government, mostly."""
        asked = self.paper.model.relays
        going = [one for one in asked if self.going(one)]
        relays = self.one(going) if going and not self.rarely(6) else self.some(self.relays())
        if relays not in asked or self.rarely(16):
            return self.usually(relays, *self.lines(), of=4), self.anyone()
        owner = self.paper.office.accounts[asked[relays][0].said["account"]].owner
        land, office = owner.partition(":")[2], self.paper.office
        own = [n for n, person in self.devices.items()
               if person in office.people and (office.people[person].role, office.people[person].government) == ("presidency", land)]  # fmt: skip
        return relays, self.one(own or list(self.devices))

    def skew(self) -> int:
        return self.one((0, 0, 500, -HOUR))

    # Lines.

    def submit(self, new: bool = False) -> None:
        lines, paper = self.lines(), self.paper
        by = self.someone("officer", "head") if new else self.staff()
        ended = [one for one in self.drafts if one[1] in lines and paper.state(one[1]).withdrawn]
        if new or not ended or self.rarely(3):
            draft, drafter, stream = len(self.drafts), self.usually(by, self.anyone()), ""
        else:
            drafter, stream = self.one(ended)
            draft = self.drafts.index((drafter, stream))
        earlier = paper.state(self.some(lines)).draft if self.rarely(5) else ""
        until = paper.now + self.one((1, HOUR, 30 * HOUR)) if self.rarely(3) else 0
        content = wording.line(self.random, earlier, until)
        if self.rarely(4):
            content["c.not_before"] = paper.now + self.one((1, 60_000, HOUR))
        if stream and not self.rarely(3):
            content = paper.state(stream).content
        if self.rarely(15):
            content = self.one(({**content, "c.kind": "relay"}, {**content, "c.to": [[NOTHING, "X", "x"]]}, {**content, "c.lock.pt": ["x"]},
                                {"c.kind": "news", "c.to": [], "c.topic": "debt"}))  # fmt: skip
        content = {
            name: value for name, value in content.items() if content["c.kind"] == "line" or "c.lock" not in name
        }
        content = {
            name: value
            for name, value in content.items()
            if content["c.kind"] == "line" or name not in ("c.until", "c.supersedes")
        }
        route = next((one.id for one in paper.office.routes.values()), "") if content["c.kind"] == "line" else ""
        made = paper.line(by, drafter, draft, content, stream, self.usually(route, NOTHING, of=20), self.skew())
        if not stream:
            self.drafts.append((drafter, made.event.id))

    def decide(self, new: bool = False) -> None:
        stream = (
            self.lines()[-1]
            if new and self.lines()
            else self.some(self.lines() if not self.rarely(10) else self.relays())
        )
        state = self.paper.state(stream)
        by = self.someone("liaison") if new or not self.rarely(4) else self.anyone()
        answer = (
            self.one(("approve", "approve", "approve", "approve", "object", "no-objection")) if not new else "approve"
        )
        self.paper.acts("signoff.decided", by, self.skew(), stream=stream, digest=self.usually(state.digest or NOTHING, NOTHING, of=20),
                        answer=answer, why=REF, amendment=None)  # fmt: skip

    def close(self) -> None:
        stream = self.some(self.lines())
        state = self.paper.state(stream)
        last = state.stages[-1] if state.stages else None
        if last is not None and last.due is not None and not self.rarely(4):
            self.paper.now = max(self.paper.now, last.due + 1)
        heard = dict(last.heard) if last else {}
        unheard = sorted({seat.key for seat in last.seats} - set(heard)) if last else []
        self.paper.acts(
            "signoff.closed", self.staff(), stream=stream, digest=state.digest or NOTHING, heard=heard, unheard=unheard
        )

    def lift(self) -> None:
        streams = [one for one in self.lines() if self.paper.state(one).late]
        stream = self.some(streams or self.lines())
        late = list(self.paper.state(stream).late) or [NOTHING]
        for by in (self.someone("head"), self.someone("officer")) if self.rarely(2) else (self.anyone(),):
            self.paper.acts("signoff.objection_lifted", by, stream=stream, objection=self.one(late), why=REF)

    def lately(self) -> None:
        """What a route with stages asks for besides."""
        if self.paper.office.routes:
            self.one((self.close, self.lift))()

    def withdraw(self) -> None:
        stream = self.some(self.lines() if not self.rarely(5) else self.relays())
        self.paper.acts("message.withdrawn", self.staff(), stream=stream, why=REF)
