"""What is asked before it is signed: each act in words, and what becomes of it."""

from __future__ import annotations

from typing import Any

from ui.rules.acts import Acts
from ui.rules.changes import Changes
from ui.rules.presenter import RulesPresenter
from ui.texts import t
from ui.widgets.chrome import Notice
from ui.widgets.sign_bar import SignBar


class Questions:
    """They stand in place of the acts."""

    def __init__(self, bar: SignBar, acts: Acts, present: RulesPresenter, changes: Changes, notice: Notice) -> None:
        self.notice = notice
        self.bar, self.acts, self.present, self.changes = bar, acts, present, changes

    def _ask(self, *asked: Any) -> None:
        self.acts.hide()
        self.bar.confirm(*asked)

    def begin(self) -> None:
        """A new rule."""
        if why := self.present.may_edit():
            self.notice.say(why)
            return
        entry = self.present.entries.get(self.present.id)
        given = self.present.filter.family or (entry.family if entry else "HOUSE")
        self._ask(
            "plus", t("Which family does the new rule belong to?"),
            t("2 to 10 capital letters: one there is, or one of the office's own, for example HOUSE."), t("Begin"),
            self.present.begin, t("Family"), True, given,
        )  # fmt: skip

    def drop(self) -> None:
        """None of one's changes."""
        self._ask("trash-2", t("Drop all your changes?"), t("They were never proposed, and are not kept."), t("Drop them"),
                  lambda _: self.changes.drop())  # fmt: skip

    def propose(self) -> None:
        """One's changes."""
        version, n = self.present.now.summary.get("adopted", 0) + 1, self.present.now.changes
        self._ask(
            "send",
            t("Propose your change as version {v}?", v=version) if n == 1
            else t("Propose {n} changes as version {v}?", n=n, v=version),
            t("A second person adopts it; the head is one of the two. Until then nothing changes."), t("Sign: propose"),
            self.changes.propose, t("What changes, in one sentence"), True,
        )  # fmt: skip

    def adopt(self) -> None:
        """What somebody else proposed."""
        about = self.changes.now.about
        self._ask(
            "circle-check", t("Adopt version {v}, which {who} proposed?", v=about["version"], who=about["by"]),
            t("From then on texts are checked with it. What was checked before keeps its version."), t("Sign: adopt"),
            lambda _: self.changes.adopt(),
        )  # fmt: skip

    def withdraw(self) -> None:
        """One's own proposal, or as the head anybody's."""
        about = self.changes.now.about
        own = about["by"] == self.present.ctx.facts.person.name
        said = t("Withdraw what you proposed?") if own else t("Decline what {who} proposed?", who=about["by"])
        self._ask("undo-2", said, t("It stays on record with your reason, and can be proposed anew."),
                  t("Sign: withdraw") if own else t("Sign: decline"), self.changes.withdraw, t("Why, in one sentence"), True)  # fmt: skip
