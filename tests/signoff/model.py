"""Sign-off as one would explain it to a diplomat, written from the text of the design alone, to compare the fold with.

It is slow and obvious on purpose: it keeps the list of what happened and counted, and answers every question by reading that
list anew. What is in quotation marks is the text that the lines below it say again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from tests.signoff.model_office import SPEAK, STOP, Fact, OfficeModel, kept


@dataclass(frozen=True)
class Stage:
    """A stage that opened, as it stands: since the fact with this number, until when; who is asked, by voice; who was heard
    since; what broke it; the number of the fact with which it was complete."""

    number: int
    rule: dict[str, Any]
    since: int
    due: int | None
    asked: dict[str, tuple[str, ...]]
    heard: dict[str, str]
    broken: str = ""
    done: int | None = None

    @property
    def silence(self) -> bool:
        return bool(self.rule["mode"] == "silence")


@dataclass(frozen=True)
class Release:
    """An emergency release: the acts of the two, who they are, until when the second may join and until when it is good."""

    said: dict[str, Any]
    proposed: str
    by: tuple[str, ...]
    roles: tuple[str, ...]
    join: int
    authors: tuple[str, ...]
    event: str = ""
    until: int = 0
    reviewed: bool = False

    @property
    def what(self) -> tuple[Any, ...]:
        return self.said["template"], self.said["digest"], self.said["slots"]


class Model(OfficeModel):
    """What happened to a message, by stages."""

    def left(self, n: int, stage: Stage, voice: str) -> list[str]:
        """ "the people of a stage are fixed when it opens (who retires falls out, nobody is added)". Who is something else by
        now has no right to it at the place of what they say."""
        people = self.people(n)
        return [
            one
            for one in stage.asked[voice]
            if self.fits(n, stage.rule["who"], people[one]) and people[one].voice == voice
        ]

    def voice_in(self, n: int, stage: Stage, person: str, when: int) -> str:
        """The voice of a stage that somebody speaks with: their own, or that of a liaison whose deputy they are."""
        if person in self.authors(n):
            return ""
        own = [voice for voice in stage.asked if person in self.left(n, stage, voice)]
        people = self.people(n)
        lent = [
            voice for voice in stage.asked for one in self.left(n, stage, voice)
            if people[one].role in SPEAK and self.deputy(n, one, when) == person
        ]  # fmt: skip
        return [*own, *lent, ""][0]

    # The stages.

    @kept
    def stages(self, n: int) -> list[Stage]:
        """Those that opened, in order: each opens with the act with which the one before it was complete."""
        sub, route = self.submission(n), self.route(n)
        found: list[Stage] = []
        if sub is None or route is None:
            return found
        since: int | None = sub
        for number, rule in enumerate(route["stages"]):
            assert since is not None
            found.append(self.stage(n, number, rule, since))
            since = found[-1].done
            if since is None:
                break
        return found

    def stage(self, n: int, number: int, rule: dict[str, Any], since: int) -> Stage:
        until = None
        for i, fact in self.kinds(n, "signoff.reopened", since=since):  # the head lays the same text before all again
            if fact.note["stage"] == number:
                since, until = i, fact.said["until"]
        opened = self.facts[since]
        # "A deadline starts at the stamp of the act that opened the stage; a tentative one has none."
        due = None if opened.stamp is None else until or opened.stamp + rule["within"]
        for _, fact in self.kinds(n, "signoff.extended", since=since):
            if fact.note["stage"] == number:
                due = fact.said["until"]
        heard: dict[str, str] = {}
        for _, fact in self.kinds(n, "signoff.decided", "comment.made", since=since):
            if fact.note.get("stage") == number and fact.note.get("voice") and not fact.note.get("late stage"):
                heard[fact.note["voice"]] = fact.id
        made = Stage(number, rule, since, due, self.asked(since + 1, rule["who"]), heard)
        broken, done = "", None
        if made.silence:
            # "An objection or an amendment stamped up to the deadline breaks it".
            said = self.voices(n, made)
            broken = next((one.id for one in said if one.said["answer"] in STOP), "")
            # "Silence is complete only by a closing act that counts".
            done = next((i for i, f in self.kinds(n, "signoff.closed", since=since) if f.note["stage"] == number), None)
        else:
            # A decision completes it; the next one does, where somebody who was waited for fell out.
            said = [i for i in range(since, n) if i == since or self.facts[i].kind == "signoff.decided"]
            done = next((i for i in said if self.complete(i + 1, made)), None)
        return Stage(number, rule, since, due, made.asked, heard, broken, done)

    def voices(self, n: int, stage: Stage) -> list[Fact]:
        """What counts in a stage: said in it, by the same version of the route, on exactly this content ("Going back to
        exactly the earlier content makes the earlier decisions count again"), by somebody who is not its author, and not set
        aside by a reopening."""
        route, digest, authors = self.facts[self.submission(n) or 0].said["route"], self.digest(n), self.authors(n)
        found = []
        for i, fact in self.kinds(n, "signoff.decided"):
            note = fact.note
            if (note["route"], note["stage"], fact.said["digest"]) != (route, stage.number, digest) or note["late"]:
                continue
            aside = any(
                f.note["stage"] == stage.number and f.note["route"] == route and f.said["digest"] == digest
                for _, f in self.kinds(n, "signoff.reopened", since=i)
            )
            if note["voice"] in stage.asked and note["person"] not in authors and not aside:
                found.append(fact)
        return found

    def latest(self, n: int, stage: Stage) -> dict[str, Fact]:
        return self.by_voice(self.voices(n, stage))

    @staticmethod
    def by_voice(said: list[Fact]) -> dict[str, Fact]:
        """ "its latest voice before the stage ends"; "one person counts once whatever their roles and devices": what they said
        with another voice before falls."""
        found: dict[str, Fact] = {}
        for fact in said:
            found = {voice: one for voice, one in found.items() if one.note["person"] != fact.note["person"]}
            found[fact.note["voice"]] = fact
        return found

    def complete(self, n: int, stage: Stage) -> bool:
        """ "explicit: each must approve. An objection or a request for changes by someone of the open stage stops it until that
        person decides again"; "how many (all, any, n)"."""
        latest = self.latest(n, stage)
        if any(one.said["answer"] in STOP for one in latest.values()):
            return False
        if stage.rule["need"]:
            return len({one.note["of"] or voice for voice, one in latest.items()}) >= stage.rule["need"]
        missing = [voice for voice in stage.asked if voice not in latest and self.left(n, stage, voice)]
        return bool(latest) and not missing

    # How it stands.

    def plain(self, n: int) -> dict[str, Fact]:
        """ "With no route adopted, one approval by a head, officer or liaison who is not an author"."""
        return self.by_voice([
            fact for _, fact in self.kinds(n, "signoff.decided")
            if fact.note["route"] == "" and fact.said["digest"] == self.digest(n) and fact.note["person"] not in self.authors(n)
        ])  # fmt: skip

    def standing(self, n: int) -> str:
        last = (self.releases(n) or [None])[-1]
        if last is not None and last.event and last.said["digest"] == self.digest(n):
            return "approved"  # how long it may go out is asked when it is sent
        return self.signed(n)

    def signed(self, n: int) -> str:
        if self.route(n) is None:
            said = [one.said["answer"] for one in self.plain(n).values()]
            return "objected" if any(one in STOP for one in said) else "approved" if "approve" in said else "open"
        stages = self.stages(n)
        if all(one.done is not None for one in stages):
            return "approved"
        last = stages[-1]
        stopped = (
            bool(last.broken)
            if last.silence
            else any(one.said["answer"] in STOP for one in self.latest(n, last).values())
        )
        return "objected" if stopped else "open"

    def frozen(self, n: int) -> bool:
        """ "all are told at once and the text is frozen until the head reopens"."""
        stages = self.stages(n)
        return bool(stages) and bool(stages[-1].broken) and stages[-1].done is None

    def late(self, n: int) -> dict[str, bool]:
        """Late objections to the content as it is, and whether two people lifted them."""
        found = {}
        for _, fact in self.kinds(n, "signoff.decided"):
            if fact.note["late"] and fact.said["digest"] == self.digest(n):
                lifts = {
                    f.note["person"]
                    for _, f in self.kinds(n, "signoff.objection_lifted")
                    if f.said["objection"] == fact.id
                }
                found[fact.id] = len(lifts) >= 2
        return found

    # In an emergency.

    @kept
    def releases(self, n: int) -> list[Release]:
        """ "two named roles together, for pre-cleared templates, within a time box"; "a review afterwards stays open until
        done"."""
        found: list[Release] = []
        for i, fact in self.kinds(n, "message.released", "signoff.reviewed"):
            if fact.kind == "signoff.reviewed":
                found = [replace(one, reviewed=one.reviewed or one.event == fact.said["release"]) for one in found]
                continue
            within = self.templates(i)[fact.said["template"]]["within"]
            person, role = fact.note["person"], fact.note["role"]
            if self.waiting(found, fact):
                first = found.pop()
                found.append(replace(
                    first, by=(*first.by, person), roles=(*first.roles, role), event=fact.id, until=fact.when + within,
                ))  # fmt: skip
            else:
                authors = tuple(self.authors(i))
                found.append(Release(fact.said, fact.id, (person,), (role,), fact.when + within, authors))
        return found

    @staticmethod
    def waiting(found: list[Release], fact: Fact) -> bool:
        """Whether a first of two waits for this."""
        last = found[-1] if found else None
        what = (fact.said["template"], fact.said["digest"], fact.said["slots"])
        return last is not None and not last.event and fact.when <= last.join and last.what == what

    def templates(self, n: int) -> dict[str, dict[str, Any]]:
        """Those in force."""
        found: dict[str, dict[str, Any]] = {}
        for _, fact in self.kinds(n, "template.adopted", "template.withdrawn"):
            if fact.kind == "template.adopted":
                found = {key: one for key, one in found.items() if one["name"] != fact.said["name"]} | {
                    fact.id: fact.said
                }
            else:
                found.pop(fact.said["template"], None)
        return found
