"""How well a checker finds the faults of this corpus: precision and recall for each family.

Run from the command line, with any function `check(text, lang, kind, network, attachments) -> findings`:

    python tests/corpus/measure.py MODULE:FUNCTION [--half tune|aside|all] [--threads MODULE:FUNCTION]
                                                   [--pairs MODULE:FUNCTION] [--show] [--least 0.9 0.8]
    python tests/corpus/measure.py --verify

A finding is a mapping or an object with `rule`, `level`, `start`, `end` and, on alt text, `attachment`.
README.md says what counts as true and as false. Needs the standard library only.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
HALVES = ("tune", "aside")
GRAVE = ("block", "warn")

Item = dict[str, Any]
Check = Callable[..., Iterable[Any]]


@dataclass(frozen=True)
class Found:
    """A finding, whatever it came as."""

    rule: str
    level: str
    start: int
    end: int
    attachment: int | None

    @property
    def family(self) -> str:
        return self.rule.split("-")[0]


@dataclass
class Score:
    """What happened in one family or language."""

    faults: int = 0
    found: int = 0
    beyond: int = 0  # of `faults`: those that no row of rules.tsv names
    beyond_found: int = 0
    true: int = 0
    false: int = 0
    other_level: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.true / (self.true + self.false) if self.true + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.faults if self.faults else 1.0

    @property
    def recall_listed(self) -> float:
        """Without the faults that are named nowhere in rules.tsv."""
        listed = self.faults - self.beyond
        return (self.found - self.beyond_found) / listed if listed else 1.0


@dataclass
class Measure:
    """The scores of one run."""

    families: dict[str, Score]
    languages: dict[str, Score]
    total: Score
    clean: int = 0
    clean_disturbed: int = 0
    advice_on_clean: int = 0

    def below(self, precision: float = 0.9, recall: float = 0.8) -> list[str]:
        """One sentence for each family that misses an aim."""
        return [
            f"{name}: precision {score.precision:.0%}, recall {score.recall:.0%}"
            for name, score in sorted(self.families.items())
            if score.precision < precision or score.recall < recall
        ]


def load(half: str = "all", *, official: bool = True) -> list[Item]:
    """The items of a half, single texts, threads and pairs; with the clean official messages, unless told otherwise."""
    names = [name for h in HALVES if half in (h, "all") for name in HERE.glob(f"*.{h}.jsonl")]
    if official:
        names.append(HERE / "clean_official.jsonl")
    return [json.loads(line) for name in sorted(names) for line in name.read_text(encoding="utf-8").splitlines()]


def measure(items: Iterable[Item], check: Check, threads: Check | None = None, pairs: Check | None = None) -> Measure:
    """Run the checks. Items with `parts` go to `threads(parts, lang, kind, network)`, those with `pair` to
    `pairs(pair, kind, network)`, and are left out where there is no such function."""
    result = Measure(defaultdict(Score), defaultdict(Score), Score())
    for item in items:
        if "parts" in item:
            if threads:
                judge(item, threads(item["parts"], item["lang"], item["kind"], item["network"]), result)
        elif "pair" in item:
            if pairs:
                judge(item, pairs(item["pair"], item["kind"], item["network"]), result)
        else:
            alts = item.get("attachments", [])
            judge(item, check(item["text"], item["lang"], item["kind"], item["network"], alts), result)
    return result


def judge(item: Item, findings: Iterable[Any], result: Measure) -> None:
    """Enter one item's findings."""
    found = [as_found(finding) for finding in findings]
    disturbed = False
    for one in found:
        met = [fault for fault in item["faults"] if meets(one, fault)]
        for score in (result.families[one.family], result.languages[item["lang"]], result.total):
            if met:
                score.true += 1
                score.other_level += all(one.level != fault["level"] for fault in met)
            elif one.level in GRAVE and one.family not in item.get("also", []):
                score.false += 1
                score.wrong.append(f"{item['id']} {one.rule} {one.start}-{one.end}")
        disturbed |= one.level in GRAVE
        result.advice_on_clean += item["clean"] and one.level not in GRAVE
    result.clean += item["clean"]
    result.clean_disturbed += item["clean"] and disturbed
    for fault in item["faults"]:
        hit = any(meets(one, fault) for one in found)
        beyond = bool(fault.get("beyond"))
        for score in (result.families[fault["family"]], result.languages[item["lang"]], result.total):
            score.faults += 1
            score.found += hit
            score.beyond += beyond
            score.beyond_found += beyond and hit
            if not hit:
                score.missed.append(f"{item['id']} {fault['family']} {fault.get('text', '')[:60]!r}")


def as_found(finding: Any) -> Found:
    """From a mapping or an object."""
    if isinstance(finding, Mapping):
        get = finding.get
    else:

        def get(name: str) -> Any:
            return getattr(finding, name, None)

    return Found(str(get("rule")), str(get("level")), int(get("start") or 0), int(get("end") or 0), get("attachment"))


def meets(one: Found, fault: Mapping[str, Any]) -> bool:
    """The same family, the same text, and ranges that overlap; an empty range meets all of its text. Faults of threads
    and pairs have no range."""
    if one.family != fault["family"]:
        return False
    if "start" not in fault:
        return True
    if one.attachment != fault.get("attachment"):
        return False
    start, end = fault["start"], fault["end"]
    if start == end or one.start == one.end:
        return True
    return one.start < end and start < one.end


def table(result: Measure) -> str:
    """The families, then the languages, then all."""
    head = f"{'':<10}{'faults':>7}{'found':>7}{'false':>7}{'level':>7}{'precision':>11}{'recall':>8}{'listed':>8}"
    rows = [head]
    for group in (result.families, result.languages, {"all": result.total}):
        rows.append("-" * len(head))
        rows += [
            f"{name:<10}{s.faults:>7}{s.found:>7}{s.false:>7}{s.other_level:>7}"
            f"{s.precision:>11.1%}{s.recall:>8.1%}{s.recall_listed:>8.1%}"
            for name, s in sorted(group.items())
        ]
    rows.append(
        f"{result.clean} clean texts: {result.clean_disturbed} with a block or warn; "
        f"{result.advice_on_clean} pieces of advice on them."
    )
    return "\n".join(rows)


def faults_of_the_corpus() -> Iterator[str]:
    """What is wrong with the files themselves: ranges, ids, halves."""
    seen: dict[str, str] = {}
    for path in sorted(HERE.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            if item["id"] in seen:
                yield f"{path.name}: {item['id']} also stands in {seen[item['id']]}"
            seen[item["id"]] = path.name
            if item["clean"] == bool(item["faults"]):
                yield f"{path.name}: {item['id']} is neither clean nor faulty"
            for fault in item["faults"]:
                if "start" not in fault:
                    continue
                of = item["text"] if "attachment" not in fault else item["attachments"][fault["attachment"]]["alt"]
                if of[fault["start"] : fault["end"]] != fault["text"]:
                    yield f"{path.name}: {item['id']} has a range that is not its text"
    for kind in ("family", "lang"):
        halves = {half: {item[kind] for item in load(half, official=False)} for half in HALVES}
        for value in halves["tune"] ^ halves["aside"]:
            yield f"{kind} {value} stands in one half only"


def named(words: str | None) -> Check | None:
    """`module:function`."""
    if words is None:
        return None
    module, _, function = words.partition(":")
    sys.path.insert(0, str(Path.cwd()))
    found: Check = getattr(import_module(module), function)
    return found


def main(words: list[str] | None = None) -> int:
    """Print the table. 1 if an aim of --least is missed or the corpus is faulty."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("check", nargs="?", metavar="MODULE:FUNCTION")
    parser.add_argument("--half", choices=[*HALVES, "all"], default="all")
    parser.add_argument("--threads", metavar="MODULE:FUNCTION")
    parser.add_argument("--pairs", metavar="MODULE:FUNCTION")
    parser.add_argument("--show", action="store_true", help="each fault missed and each false finding")
    parser.add_argument("--least", nargs=2, type=float, metavar=("PRECISION", "RECALL"))
    parser.add_argument("--verify", action="store_true", help="check the corpus, not a checker")
    asked = parser.parse_args(words)
    if asked.verify:
        wrong = list(faults_of_the_corpus())
        print("\n".join(wrong) or f"{len(load())} items, all in order.")
        return int(bool(wrong))
    check = named(asked.check)
    if check is None:
        parser.error("MODULE:FUNCTION is missing")
    result = measure(load(asked.half), check, named(asked.threads), named(asked.pairs))
    print(table(result))
    if asked.show:
        print("\nMissed:", *result.total.missed, "\nFalse:", *result.total.wrong, sep="\n")
    below = result.below(*asked.least) if asked.least else []
    print(*(f"Below the aim: {line}" for line in below), sep="\n", end="\n" if below else "")
    return int(bool(below))


if __name__ == "__main__":
    sys.exit(main())
