"""The other half of the model: whether what somebody does counts, by the text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.signoff.model import Model, Stage
from tests.signoff.model_office import DECIDE, HOUR, SPEAK, STAFF, STOP, Fact, No, Person

DAY = 24 * HOUR


class Judge(Model):
    """Told of everything in its order; says of each whether it counts, and keeps what does."""

    def tell(self, fact: Fact) -> str:
        """Why it does not count; empty where it does."""
        n = len(self.facts)
        try:
            person = self.author(n, fact.device) if n else None
            rule = getattr(self, "_" + fact.kind.replace(".", "_"), None)
            note = rule(n, fact, person) if rule is not None else {}
        except No as no:
            return str(no)
        self.facts.append(replace(fact, note={"person": person.id if person else fact.id, **(note or {})}))
        return ""

    @staticmethod
    def need(holds: Any, why: str) -> None:
        if not holds:
            raise No(why)

    # Acts of the office's stream that sign-off is made of; the rest of it is told only where it counted.

    def _route_adopted(self, n: int, fact: Fact, by: Person) -> None:
        self.need(by.role == "head", "adopted by the head")
        for stage in fact.said["stages"]:
            self.need(stage["who"] != "governments:troika" or self.troika(n), "nobody said which the troika is")
            kind, _, rest = stage["who"].partition(":")
            self.need(kind != "person" or not self.people(n)[rest].retired, "this person is gone")
            self.need(stage["mode"] == "explicit" or stage["within"] >= self.least(n), "a short silence")

    def least(self, n: int) -> int:
        """ "a UTC deadline (at least the office's minimum)"."""
        said = [f.said["least_ms"] for _, f in self.kinds(n, "silence.minimum_set")]
        return int(said[-1]) if said else 4 * HOUR

    def _deputy_named(self, n: int, fact: Fact, by: Person) -> dict[str, Any]:
        said, people = fact.said, self.people(n)
        self.need(by.role == "liaison" and by.government, "a liaison names a deputy")
        other = people.get(said["person"])
        self.need(
            other and not other.retired and other.role in DECIDE and other.id != by.id, "a deputy is somebody else"
        )
        self.need(
            said["since"] <= said["until"] <= said["since"] + 366 * DAY and fact.when <= said["until"],
            "from a time to a later one",
        )
        assert other is not None
        # "Nobody is the voice of two governments."
        self.need(other.role not in SPEAK or other.government in ("", by.government), "speaks for another government")
        for one in people.values():
            if one.role in SPEAK and one.government != by.government and not one.retired:
                self.need(
                    not self.stands_in(n, one.id, other.id, said["since"], said["until"]),
                    "deputy of another government",
                )
        return {"liaison": by.id}

    def stands_in(self, n: int, liaison: str, person: str, since: int, until: int) -> bool:
        """Whether somebody is named a liaison's deputy for any time between two times."""
        named = [(i, f) for i, f in self.kinds(n, "deputy.named", "deputy.ended") if f.note["liaison"] == liaison]
        i, last = named[-1] if named else (0, None)
        return (
            last is not None and last.kind == "deputy.named" and last.said["person"] == person and not self.fell(i, n, liaison)
            and max(since, last.said["since"]) <= min(until, last.said["until"])
        )  # fmt: skip

    def _deputy_ended(self, n: int, fact: Fact, by: Person) -> dict[str, Any]:
        self.need(by.id == fact.said["liaison"] or by.role == "head", "the liaison's, or the head's")
        liaison = fact.said["liaison"]
        named = [(i, f) for i, f in self.kinds(n, "deputy.named", "deputy.ended") if f.note["liaison"] == liaison]
        self.need(
            named and named[-1][1].kind == "deputy.named" and not self.fell(named[-1][0], n, liaison), "nobody is named"
        )
        return {"liaison": liaison}

    # A message's stream.

    def _message_submitted(self, n: int, fact: Fact, by: Person) -> dict[str, Any]:
        said = fact.said
        self.need(by.role in STAFF, "the staff writes")
        self.need(self.submission(n) is None, "it is submitted")
        # "a submission that attests a blocking finding does not count unless someone entitled overrides it with a reason".
        self.need(not said["overrides"] or by.role in ("head", "officer"), "not entitled to override")
        self.need(all(one in said["overrides"] for one in said["blocking"]), "a blocking finding")
        authors = {by.id, *(self.whose(n, device) for device in said["revisions"])}
        self.need("" not in authors, "a revision by somebody outside the office")
        in_force: dict[str, Fact] = {}
        for _, one in self.kinds(n, "route.adopted", "route.withdrawn"):
            if one.kind == "route.adopted":
                in_force[one.said["name"]] = one
            else:
                in_force = {name: f for name, f in in_force.items() if f.id != one.said["route"]}
        made_for = [f.id for f in in_force.values() if said["content"] in f.said["kinds"]]
        named = {f.id for f in in_force.values()} | {""}
        self.need(said["route"] in (made_for or named), "a message goes by a route that is made for it")
        # What the stages are is asked of a list in which it already stands.
        after = Model([*self.facts, replace(fact, note={"authors": tuple(sorted(authors)), "person": by.id})])
        for stage in (after.route(n + 1) or {"stages": []})["stages"]:
            self.can_end(after, n + 1, stage)
        return {"authors": tuple(sorted(authors))}

    def can_end(self, after: Model, n: int, stage: dict[str, Any]) -> None:
        """ "A stage whose only deciders are authors is refused at submitting, saying so." So is one that can't end."""
        self.need(stage["mode"] == "explicit" or stage["within"] >= self.least(n - 1), "a short silence")
        asked = after.asked(n, stage["who"])
        self.need(asked, "only authors, or nobody, could decide")
        self.need(stage["mode"] == "silence" or self.most(after, n, asked) >= stage["need"], "too few to decide")
        kind, _, rest = stage["who"].partition(":")
        # "each must approve": each one that is named.
        if kind == "governments" and stage["mode"] == "explicit" and not stage["need"] and rest != "all":
            named = after.troika(n) if rest == "troika" else rest.split(",")
            self.need(all(one in asked for one in named if one), "nobody speaks for one of them")

    @staticmethod
    def most(after: Model, n: int, asked: dict[str, tuple[str, ...]]) -> int:
        """How many could count: people whom one government sends are one."""
        people = after.people(n)
        return len({people[those[0]].government or voice for voice, those in asked.items()})

    def _message_withdrawn(self, n: int, fact: Fact, by: Person) -> None:
        self.need(by.role in STAFF, "the staff's")
        self.need(self.submission(n) is not None, "nothing to withdraw")
        self.need(not self.frozen(n) or by.role == "head", "frozen")

    def _comment_made(self, n: int, fact: Fact, by: Person) -> dict[str, Any]:
        self.need(by.role in DECIDE, "no voice in this office")
        self.need(any(True for _ in self.kinds(n, "message.submitted")), "not submitted")
        stages = self.stages(n)
        if stages and stages[-1].done is None and (voice := self.voice_in(n, stages[-1], by.id, fact.when)):
            return {"stage": stages[-1].number, "voice": voice}
        return {}

    def _signoff_decided(self, n: int, fact: Fact, by: Person) -> dict[str, Any]:
        said = fact.said
        stops = said["answer"] in STOP
        self.need(by.role in DECIDE, "no voice in this office")
        self.need(self.submission(n) is not None, "not submitted")
        # "A decision names the digest of what was on screen … Change one character and earlier decisions no longer count."
        self.need(said["digest"] == self.digest(n), "another text")
        self.need(by.id not in self.authors(n), "an author")
        self.need(stops or not said["amendment"], "an amendment without an objection")
        if self.route(n) is None:
            self.need(said["answer"] != "no-objection", "no silence")
            lent = self.speaks_for(n, by.id, fact.when)
            self.need(by.role in ("head", "officer", "liaison") or lent, "no voice")
            return {
                "route": "",
                "stage": 0,
                "late": False,
                "voice": by.voice if by.role in DECIDE[:3] else lent,
                "of": "",
            }
        route = self.facts[self.submission(n) or 0].said["route"]
        stages = self.stages(n)
        if not self.voice_in(
            n, stages[-1], by.id, fact.when
        ):  # who was waited for may have left: then it opens the next one
            nothing = {"route": route, "stage": -1, "voice": "", "late": False, "person": by.id, "of": ""}
            stages = Model([*self.facts, replace(fact, note=nothing)]).stages(n + 1)
        if stages[-1].done is None and (voice := self.voice_in(n, stages[-1], by.id, fact.when)):
            late = self.in_open(stages[-1], fact)
            first = stages[-1].asked[voice]
            of = by.government if by.id in first else self.people(n)[first[0]].government
            return {"route": route, "stage": stages[-1].number, "late": late, "voice": voice, "of": of}
        # It is not their turn: their stage is over, or not open yet.
        for stage in stages:
            if stage.done is not None and (voice := self.voice_in(n, stage, by.id, fact.when)):
                self.need(stops, "the stage is over")
                return {"route": route, "stage": stage.number, "late": True, "late stage": True, "voice": voice}
        raise No("not asked, or not yet")

    def in_open(self, stage: Stage, fact: Fact) -> bool:
        """Whether what is said in the stage that is open is late. Raises No where it does not count there."""
        stops = fact.said["answer"] in STOP
        if not stage.silence:
            # "“No objection” said aloud is kept apart from silence, and from approval."
            self.need(fact.said["answer"] != "no-objection", "each is asked")
            return False
        # "nothing the same government says later mends it … the text is frozen until the head reopens".
        self.need(stops or not stage.broken, "frozen")
        # "An objection stamped after the deadline is late".
        over = stage.due is not None and fact.when > stage.due and not stage.broken
        self.need(stops or not over, "the silence is over")
        return over

    def open_silence(self, n: int, fact: Fact) -> Stage:
        self.need(self.submission(n) is not None and fact.said["digest"] == self.digest(n), "another text")
        stages = self.stages(n)
        self.need(stages and stages[-1].done is None, "no stage is open")
        return stages[-1]

    def _signoff_closed(self, n: int, fact: Fact, by: Person) -> dict[str, Any]:
        self.need(by.role in ("officer", "head", "publisher"), "not entitled")
        stage = self.open_silence(n, fact)
        self.need(stage.silence and not stage.broken, "no silence that can end")
        # "stamped past the deadline, its author's own clock within 2 minutes of the stamp, listing for each government the
        # newest act seen from it since the text went round, and naming those not heard from at all".
        # (One without a stamp folds by its author's clock, as all that is tentative, until the keeper has placed it.)
        self.need(stage.due is not None and fact.when > stage.due, "not over")
        self.need(fact.stamp is None or abs(fact.at - fact.stamp) <= 120_000, "a wrong clock")
        self.need(fact.said["heard"] == stage.heard, "not all was seen")
        self.need(fact.said["unheard"] == sorted(set(stage.asked) - set(stage.heard)), "not all are named")
        self.need(any(self.left(n, stage, voice) for voice in stage.asked), "nobody is left who could object")
        return {"stage": stage.number}

    def _signoff_reopened(self, n: int, fact: Fact, by: Person) -> dict[str, Any]:
        self.need(by.role == "head", "the head reopens")
        stage = self.open_silence(n, fact)
        self.need(stage.broken, "nothing was broken")
        until = fact.said["until"]
        self.need(until is None or until >= fact.when + self.least(n), "a short silence")
        return {"stage": stage.number, "route": self.facts[self.submission(n) or 0].said["route"]}

    def _signoff_extended(self, n: int, fact: Fact, by: Person) -> dict[str, Any]:
        self.need(by.role == "head", "the head extends")
        stage = self.open_silence(n, fact)
        self.need(not stage.broken, "frozen")
        self.need(stage.due is not None and fact.said["until"] > max(stage.due, fact.when), "not longer")
        assert stage.due is not None
        self.need(not stage.silence or fact.when <= stage.due, "the silence is over")
        return {"stage": stage.number}

    def _signoff_objection_lifted(self, n: int, fact: Fact, by: Person) -> None:
        """ "the message is held until two people lift it with a reason"."""
        self.need(by.role in ("head", "officer", "liaison", "presidency"), "not entitled")
        which = fact.said["objection"]
        self.need(any(f.id == which and f.note["late"] for _, f in self.kinds(n, "signoff.decided")), "nothing to lift")
        lifts = [f.note["person"] for _, f in self.kinds(n, "signoff.objection_lifted") if f.said["objection"] == which]
        self.need(len(lifts) < 2 and by.id not in lifts, "lifted, or to be lifted by a second person")

    def _message_released(self, n: int, fact: Fact, by: Person) -> dict[str, Any]:
        said = fact.said
        sub = self.submission(n)
        self.need(sub is not None and said["digest"] == self.digest(n), "not submitted, or another text")
        assert sub is not None
        # "who fills the slots is the author and not one of the two".
        self.need(by.id not in self.authors(n), "an author")
        template = self.templates(n).get(said["template"])
        self.need(template, "no such template")
        assert template is not None
        self.need(by.role in template["roles"], "not one of the two roles")
        released = self.releases(n)
        last = released[-1] if released else None
        runs = last is not None and last.said["digest"] == said["digest"] and fact.when <= last.until
        self.need(not runs and self.signed(n) == "open", "agreed already, or somebody stopped it")
        # "pre-cleared templates": the text is that of the template, its slots filled as this act says.
        (text,) = template["texts"]["en"]
        laid = self.facts[sub].said
        self.need(
            laid["content"] == template["kind"] and laid["text"] == text.format(**said["slots"]["en"]), "another text"
        )
        if last is not None and self.waiting(released, fact):
            self.need(by.id not in last.by, "a second person")
            self.need(sorted((*last.roles, by.role)) == sorted(template["roles"]), "the other role")
        return {"role": by.role}

    def _signoff_reviewed(self, n: int, fact: Fact, by: Person) -> None:
        self.need(by.role in ("head", "officer", "liaison"), "not entitled")
        which = [one for one in self.releases(n) if one.event == fact.said["release"]]
        self.need(which and not which[0].reviewed, "nothing to review")
        self.need(by.id not in (*which[0].by, *which[0].authors, *self.authors(n)), "who wrote or released it")
