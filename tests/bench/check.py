"""The whole rulebook over messages, beside proselint and alex on the same texts; and a keystroke in six languages."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from g20desk.desk.checking import Checking, rulebook
from tests.bench.measuring import Figure, clocked

MESSAGES, AIM, KEYSTROKE, LOADED = 2_000, 10, 0.010, 0.100
PROSELINT, ALEX = "proselint==0.16.0", "alex@11.0.1"
RIVALS = Path(__file__).with_name("rivals")
CORPUS = Path(__file__).parents[1] / "corpus"


def english(number: int, first: int = 0) -> list[str]:
    """Messages of two or three sentences of the corpus, clean and faulty; others from another `first` on."""
    files = [*sorted(CORPUS.glob("[A-Z]*.jsonl")), CORPUS / "clean_official.jsonl"]
    items = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    texts = [item["text"] for item in items if item["lang"] == "en" and "text" in item and len(item["text"]) < 300]
    return [
        f"{texts[n % len(texts)]} {texts[(n * 7 + n // len(texts) + 3) % len(texts)]}"
        for n in range(first, first + number)
    ]


def home() -> Path:
    """Where the rivals are installed, for the bench alone."""
    cache = os.environ.get("G20DESK_DEV_CACHE") or Path.home() / ".cache" / "g20desk-dev"
    return Path(cache) / "bench-rivals"


def proselint() -> list[str]:
    """The command that runs proselint on a file; installs it on first use."""
    place = home() / PROSELINT
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not (place / "ready").exists():
        venv.EnvBuilder(clear=True, with_pip=True).create(place)
        subprocess.run([python, "-m", "pip", "install", "--quiet", PROSELINT], check=True, stdout=sys.stderr)
        (place / "ready").touch()
    return [str(python), str(RIVALS / "with_proselint.py")]


def alex() -> list[str]:
    """The same for alex."""
    place, node, npm = home() / ALEX, shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise FileNotFoundError("no node and npm")
    if not (place / "ready").exists():
        place.mkdir(parents=True, exist_ok=True)
        (place / "package.json").write_text("{}")
        subprocess.run([npm, "install", "--silent", "--no-audit", ALEX], cwd=place, check=True, stdout=sys.stderr)
        (place / "ready").touch()
    return [node, str(RIVALS / "with_alex.mjs")]


def rival(command: Callable[[], list[str]], texts: list[str]) -> dict[str, Any]:
    """What a rival says of the texts. Raises OSError or CalledProcessError where it can't be had."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "texts.json"
        file.write_text(json.dumps(texts), encoding="utf-8")
        asked = [*command(), str(file), str(home() / ALEX)]
        done = subprocess.run(asked, check=True, capture_output=True, text=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def ours(texts: list[str]) -> tuple[float, int]:
    """Seconds and findings: all rules, each network's own counting and links with it."""
    desk = Checking()
    for text in english(20, len(texts) * 9):
        desk.text(text)
    found: list[int] = []
    took = clocked(lambda: found.extend(len(desk.text(text)["findings"]) for text in texts))
    return took, sum(found)


def run(messages: int = MESSAGES, rivals: bool = True, keys: int = 300) -> list[Figure]:
    """Ours and the rivals in turn, three times, on other messages each time; medians."""
    rounds: dict[str, list[float]] = {}
    notes: dict[str, str] = {}
    for part in range(3 if rivals else 1):
        texts = english(messages, part * messages)
        took, found = ours(texts)
        rounds.setdefault("ours", []).append(took)
        notes["ours"] = f"{found} findings of {len(rulebook().rules)} rules"
        for name, command in (("proselint", proselint), ("alex", alex)) if rivals else ():
            try:
                told = rival(command, texts)
            except (OSError, subprocess.CalledProcessError) as error:
                notes[name] = f"not to be had: {error}"
                continue
            rounds.setdefault(name, []).append(told["seconds"])
            notes[name] = f"{told['found']} findings" + (f" of {told['rules']} checks" if told["rules"] else "")
    mine = statistics.median(rounds["ours"])
    figures = [
        Figure("check", f"{messages} messages", mine, None, note=f"{messages / mine:.0f} a second; {notes['ours']}")
    ]
    for name in ("proselint", "alex") if rivals else ():
        theirs = statistics.median(rounds[name]) if name in rounds else None
        met = None if theirs is None else theirs >= AIM * mine
        figures.append(Figure("check", f"the same, beside {name}", mine, theirs, f"1/{AIM}", met, notes[name]))
    return [*figures, loaded(), keystroke(keys)]


def loaded() -> Figure:
    """The rulebook from its compiled form."""

    def load() -> float:
        rulebook.cache_clear()
        return clocked(rulebook)

    rulebook()
    took = statistics.median(load() for _ in range(9))
    return Figure("check", "the rulebook loaded, compiled", took, None, f"{LOADED * 1000:.0f} ms", took < LOADED)


def keystroke(keys: int) -> Figure:
    """One letter more in one of six languages: that text for each network again, and all languages compared."""
    desk, took = Checking(), []
    for texts, lang in typed(keys):
        took.append(clocked(lambda t=texts, at=lang: again(desk, t, at)))  # type: ignore[misc]
    at95 = sorted(took[20:] or took)[int(len(took[20:] or took) * 0.95) - 1]
    aim = f"{KEYSTROKE * 1000:.0f} ms"
    return Figure("check", "a keystroke in six languages, p95", at95, None, aim, at95 < KEYSTROKE, f"{keys} keys")


def again(desk: Checking, texts: dict[str, list[str]], lang: str) -> None:
    """What the composer asks after a keystroke."""
    for network in ("x", "bluesky", "mastodon"):
        desk.text(texts[lang][0], network, lang)
    desk.compare(texts)


def typed(keys: int) -> Iterator[tuple[dict[str, list[str]], str]]:
    """A message in six languages while one after the other is written."""
    items = [json.loads(line) for line in (CORPUS / "clean_official.jsonl").read_text(encoding="utf-8").splitlines()]
    whole = {item["lang"]: item["text"] for item in items if item["kind"] == "news"}
    langs = sorted(whole)
    for key in range(keys):
        lang = langs[key % len(langs)]
        done = len(whole[lang]) - keys // len(langs) + key // len(langs)
        yield {one: [text[:done] if one == lang else text] for one, text in whole.items()}, lang
