"""The tests that a rule can name. Each gets what its scope is about, the rule and the facts, and yields hits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from g20desk.rulebook.facts import Facts
from g20desk.rulebook.needs import Needs


class Hit(NamedTuple):
    """A place and what to put there; in a thread the part; between languages what differs, and its place in the first
    (`there`). A place that is empty: it is missing."""

    start: int
    end: int
    fix: str | None = None
    part: int = 0
    note: str = ""
    there: tuple[int, int] | None = None


Test = Callable[[Any, Any, Any], Iterable[Hit]]
TESTS: dict[str, Test] = {}
NEEDS: dict[str, Needs] = {}


KNOWN: dict[str, Callable[[Facts], Iterable[str]]] = {}


def test(
    name: str, *needs: str, also: Sequence[str] = (), known: Callable[[Facts], Iterable[str]] | None = None
) -> Callable[[Test], Test]:
    """Registers a test under the name that rule files use. One of `needs` stands in every text that it hits, one of `also`,
    and one of what the facts give for `known`."""

    def register(found: Test) -> Test:
        TESTS[name], NEEDS[name] = found, tuple(runs for runs in (needs, tuple(also)) if runs)
        if known is not None:
            KNOWN[name] = known
        return found

    return register


def says(name: str) -> str:
    """What a test looks for, in a sentence; empty for one that is not known."""
    return " ".join((TESTS[name].__doc__ or "").split()) if name in TESTS else ""


def _all() -> None:
    from importlib import import_module

    for name in (
        "metrics",
        "structures",
        "language",
        "dates",
        "tags",
        "registries",
        "locked",
        "threads",
        "counterparts",
        "parity",
        "renderings",
        "networks",
    ):
        import_module(f"{__name__}.{name}")


_all()
