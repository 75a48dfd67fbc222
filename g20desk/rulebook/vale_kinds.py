"""What each kind of Vale rule becomes: candidates for rules of ours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from g20desk.rulebook import adapting
from g20desk.rulebook.adapting import Unmapped
from g20desk.rulebook.imported import Candidate, LeftOut, behaves

AROUND = 400
Given = dict[str, Any]
_WORDS = re.compile(r"\\b\(?\\w\{1,\d+\}\)?\\b|\(?\[\^\\s\]\{1,\d+\}\)?")


class Style:
    """One style being read: what was made, what was left out, what was changed."""

    def __init__(self, name: str, owner: str, lang: str) -> None:
        self.name, self.owner, self.lang = name, owner, lang
        self.left_out: list[LeftOut] = []
        self.changed: list[LeftOut] = []

    def left(self, where: str, why: str) -> None:
        """Note what is not imported."""
        self.left_out.append(LeftOut(_short(where), why))

    def change(self, where: str, why: str) -> None:
        """Note what is imported otherwise than it stood."""
        self.changed.append(LeftOut(_short(where), why))


def _short(where: str) -> str:
    return where if len(where) <= 100 else f"{where[:99]}…"


def texts(given: Given, key: str) -> list[str]:
    """A list of strings. Raises Unmapped for something else."""
    value = given.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise Unmapped(f"“{key}” is no list of texts")
    return value


def _existence(style: Style, file: str, given: Given, about: Given) -> Iterator[Candidate]:
    tokens, raw = [token for token in texts(given, "tokens") if token.strip()], "".join(texts(given, "raw"))
    remedy = _remedy(given)
    if not tokens and not raw:
        raise Unmapped("it looks for nothing")
    if raw:
        words = rf"\b(?:{'|'.join(tokens)})\b" if tokens else ""
        whole = words + raw if given.get("append") == "true" else raw + words
        pattern, case, cut = adapting.ours(whole, about.get("case", "any"))
        _cut(style, file, whole, cut)
        yield from _patterns(style, file, [pattern], {**about, "case": case}, remedy)
    else:
        plain, patterns = _sorted(style, file, tokens, about, given.get("nonword") == "true")
        kept = [p for p in plain if _tried(style, file, p, _phrase(about, [p], remedy), [(p, remedy or "")])]
        if kept:
            yield Candidate(file, _phrase(about, kept, remedy), [(p, remedy or "") for p in kept])
        by_case: dict[str, list[str]] = {}
        for pattern, case in patterns:
            by_case.setdefault(case, []).append(pattern)
        for case, listed in by_case.items():
            yield from _patterns(style, file, listed, {**about, "case": case}, remedy)


def _remedy(given: Given) -> str | None:
    """What takes the place of a finding; None where the rule does not say."""
    action = given.get("action")
    if not isinstance(action, dict):
        return None
    params = action.get("params", [])
    if action.get("name") == "remove":
        return ""
    chosen = params[0] if isinstance(params, list) and params and isinstance(params[0], str) else None
    return chosen if action.get("name") == "replace" else None


def _sorted(
    style: Style, file: str, tokens: list[str], about: Given, inside: bool
) -> tuple[list[str], list[tuple[str, str]]]:
    """Tokens as plain phrases, and as patterns with their case. `inside`: also within words."""
    plain: list[str] = []
    patterns: list[tuple[str, str]] = []
    for token in tokens:
        try:
            pattern, case, cut = adapting.ours(token, about.get("case", "any"))
        except Unmapped as error:
            style.left(f"{file}, “{token}”", str(error))
            continue
        spelled = None if inside or case != about.get("case", "any") else adapting.phrases(pattern, case)
        if spelled and all(p[:1].isalnum() and p[-1:].isalnum() for p in spelled):
            plain += spelled
        else:
            _cut(style, file, token, cut)
            patterns.append((pattern if inside else rf"\b(?:{pattern})\b", case))
    return list(dict.fromkeys(plain)), patterns


def _phrase(about: Given, phrases: list[str], remedy: str | None) -> Given:
    if remedy is None or not remedy:
        return {"kind": "phrase", "not_this": phrases, **about}
    return {"kind": "substitution", "not_this": phrases, "say_this": [remedy], **about}


def _patterns(style: Style, file: str, patterns: list[str], about: Given, remedy: str | None) -> Iterator[Candidate]:
    fix = {} if remedy is None else {"fix": remedy.replace("\\", r"\\")}
    kept: list[str] = []
    samples: list[tuple[str, str]] = []
    for pattern in patterns:
        sample = (adapting.sample(pattern, about.get("case", "any")), remedy or "")
        if _tried(style, file, pattern, {"kind": "pattern", "not_this": [pattern], **fix, **about}, [sample]):
            kept.append(pattern)
            samples.append(sample)
    if kept:
        yield Candidate(file, {"kind": "pattern", "not_this": kept, **fix, **about}, samples)


def _tried(style: Style, file: str, what: str, row: Given, samples: list[tuple[str, str]]) -> bool:
    """Whether a part of a rule holds by itself; noted where it does not."""
    why = behaves(Candidate(file, row, samples))
    if why:
        style.left(f"{file}, “{what}”", why)
    return not why


def _cut(style: Style, file: str, token: str, cut: bool) -> None:
    if cut:
        style.change(f"{file}, “{token}”", "its repeats without end were given one")


def _substitution(style: Style, file: str, given: Given, about: Given) -> Iterator[Candidate]:
    swap = given.get("swap")
    if not isinstance(swap, dict) or not swap:
        raise Unmapped("“swap” is no table of texts")
    if given.get("pos"):
        raise Unmapped("it needs parts of speech")
    pairs: list[tuple[str, str]] = []
    patterns: list[Candidate] = []
    for token, answers in swap.items():
        answer = answers[0] if isinstance(answers, list) and answers else answers
        if not isinstance(answer, str):
            style.left(f"{file}, “{token}”", "what to say instead is no text")
            continue
        first, *others = answer.split("|")
        if others or isinstance(answers, list):
            style.change(f"{file}, “{token}”", f"only the first of its answers is offered: {first}")
        try:
            made = _swapped(style, file, token, first, about)
        except Unmapped as error:
            style.left(f"{file}, “{token}”", str(error))
            continue
        pairs += made if isinstance(made, list) else []
        patterns += [made] if isinstance(made, Candidate) else []
    spelling = [pair for pair in pairs if pair[0].lower() == pair[1].lower()]
    for chosen, more in (([p for p in pairs if p not in spelling], {}), (spelling, {"case": "exact"})):
        if chosen:
            yield Candidate(file, {**about, **_pairs(chosen, about), **more}, chosen)
    yield from patterns


def _pairs(pairs: list[tuple[str, str]], about: Given) -> Given:
    """A substitution of phrases; where an answer holds what it answers, it excuses it."""
    excused = [*about.get("except_when", {}).get("phrases", ()),
               *(a for p, a in pairs if p.lower() in a.lower() and len(p) < len(a))]  # fmt: skip
    made = {"kind": "substitution", "not_this": [p for p, _ in pairs], "say_this": [a for _, a in pairs]}
    return {**made, **({"except_when": {"phrases": excused}} if excused else {})}


def _swapped(style: Style, file: str, token: str, answer: str, about: Given) -> list[tuple[str, str]] | Candidate:
    """A swap as pairs of phrases, or as a rule of its own where it is a pattern."""
    pattern, case, cut = adapting.ours(token, about.get("case", "any"))
    spelled = adapting.phrases(pattern, case) if case == about.get("case", "any") and "$" not in answer else None
    if spelled and all(p[:1].isalnum() and p[-1:].isalnum() for p in spelled):
        made = []
        for phrase in spelled:
            exact = {"case": "exact"} if phrase.lower() == answer.lower() else {}
            row = {**about, **_pairs([(phrase, answer)], about), **exact}
            if phrase != answer and _tried(style, file, phrase, row, [(phrase, answer)]):
                made.append((phrase, answer))
        return made
    _cut(style, file, token, cut)
    fix = re.sub(r"\$(\d)", r"\\\1", answer.replace("\\", r"\\"))
    row = {**about, "kind": "pattern", "not_this": [rf"\b(?:{pattern})\b"], "fix": fix, "case": case}
    return Candidate(f"{file}, “{token}”", row, [(adapting.sample(pattern, case), answer if "$" not in answer else "")])


def _repetition(style: Style, file: str, given: Given, about: Given) -> Iterator[Candidate]:
    for token in texts(given, "tokens") or [r"[^\s]+"]:
        pattern, case, _ = adapting.ours(token, about.get("case", "any"))
        if "(" in pattern.replace("(?:", ""):
            raise Unmapped("its token has groups of its own")
        twice = rf"(?<!\S)(?P<one>{pattern})\s{{1,3}}(?P<at>(?P=one))(?!\S)"
        row = {**about, "kind": "pattern", "not_this": [twice], "case": case}
        word = adapting.sample(pattern, case)
        yield Candidate(file, row, [(f"{word} {word}", "")])


def _consistency(style: Style, file: str, given: Given, about: Given) -> Iterator[Candidate]:
    either = given.get("either")
    if not isinstance(either, dict) or not all(isinstance(one, str) for one in either.values()):
        raise Unmapped("“either” is no table of texts")
    style.change(file, f"both spellings are looked for within {AROUND} characters")
    for one, other in either.items():
        try:
            first, case, _ = adapting.ours(one, about.get("case", "any"))
            second, _, _ = adapting.ours(other, about.get("case", "any"))
        except Unmapped as error:
            style.left(f"{file}, “{one}”", str(error))
            continue
        both = [_near(first, second), _near(second, first)]
        words = adapting.sample(first, case), adapting.sample(second, case)
        row = {**about, "kind": "pattern", "not_this": both, "case": case}
        yield Candidate(f"{file}, “{one}”", row, [(f"{words[0]} and {words[1]}", words[0])])


def _near(first: str, second: str) -> str:
    return rf"\b(?P<at>{first})\b(?=[\s\S]{{0,{AROUND}}}\b(?:{second})\b)"


def _conditional(style: Style, file: str, given: Given, about: Given) -> Iterator[Candidate]:
    if not isinstance(given.get("first"), str) or not isinstance(given.get("second"), str):
        raise Unmapped("“first” and “second” are no texts")
    first, case, _ = adapting.ours(given["first"], about.get("case", "any"))
    second, _, _ = adapting.ours(given["second"], about.get("case", "any"))
    style.change(file, "one “second” in a text excuses every “first”")
    excused = {**about.get("except_when", {}), "text": second}
    row = {**about, "kind": "pattern", "not_this": [first], "case": case, "except_when": excused}
    yield Candidate(file, row, [(adapting.sample(first, case), "")])


def _occurrence(style: Style, file: str, given: Given, about: Given) -> Iterator[Candidate]:
    token, most = given.get("token"), given.get("max", "")
    if not isinstance(token, str) or not isinstance(most, str) or not most.isdigit() or given.get("min"):
        raise Unmapped("only a most can be counted here, no least")
    pattern, case, _ = adapting.ours(token, about.get("case", "any"))
    if given.get("scope") == "sentence" and _WORDS.fullmatch(pattern):
        row = {**about, "kind": "metric", "test": "long-sentence", "most": int(most)}
        row.pop("case", None)
        yield Candidate(file, row, [("one " * int(most) + "word", "")])
        return
    if int(most) > 1:
        raise Unmapped(f"what may stand {most} times can't be counted by a rule")
    again = rf"(?={pattern})(?P<at>{pattern})" if most == "0" else rf"{pattern}[\s\S]{{0,{AROUND}}}?(?P<at>{pattern})"
    word = adapting.sample(pattern, case)
    row = {**about, "kind": "pattern", "not_this": [again], "case": case}
    yield Candidate(file, row, [(word if most == "0" else f"{word} {word}", "")])


MAKERS: dict[str, Callable[[Style, str, Given, Given], Iterator[Candidate]]] = {
    "existence": _existence, "substitution": _substitution, "repetition": _repetition, "consistency": _consistency,
    "conditional": _conditional, "occurrence": _occurrence,
}  # fmt: skip
