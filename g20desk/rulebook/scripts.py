"""Letters that look like others. Small tables of our own: what people can be deceived by in names and addresses."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Cyrillic and Greek letters that are drawn like a Latin one.
_CYRILLIC = dict(zip("АВЕКМНОРСТХУІЈЅаеорсухіјѕһԁԛԝӏ", "ABEKMHOPCTXYIJSaeopcyxijshdqwl", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορυ", "ABEZHIKMNOPTYXavopu", strict=True))
TO_LATIN = {**_CYRILLIC, **_GREEK}
_BACK = {latin: own for own, latin in reversed(_CYRILLIC.items()) if own in "АВЕКМНОРСТХУаеорсух"}
_BACK |= {"ë": "ё", "Ë": "Ё"}
_DIGITS = str.maketrans("0135|!", "olesli")


@lru_cache(4096)
def script(letter: str) -> str:
    """Latin, Cyrillic or Greek; empty for all else, and for Greek letters that stand for a unit or a quantity."""
    if letter == "µ" or ("Ͱ" <= letter <= "Ͽ" and letter not in _GREEK):
        return ""
    name = unicodedata.name(letter, "")
    return next((s for s in ("LATIN", "CYRILLIC", "GREEK") if name.startswith(s)), "")


def unmixed(word: str, lang: str) -> str | None:
    """A word in one script; empty where it can't be said which; None where it is in one already."""
    count = {s: sum(script(c) == s for c in word) for s in ("LATIN", "CYRILLIC", "GREEK")}
    used = [s for s, n in count.items() if n]
    if len(used) < 2:
        foreign = lang in ("en", "fr", "es") and used in (["CYRILLIC"], ["GREEK"])
        if foreign and len(word) > 2 and all(c in TO_LATIN or c.isdigit() for c in word):
            return "".join(TO_LATIN.get(c, c) for c in word)
        return None
    latin = "".join(TO_LATIN.get(c, c) for c in word)
    cyrillic = "".join(_BACK.get(c, c) for c in word)
    fits = [made for made in (latin, cyrillic) if len({script(c) for c in made if script(c)}) == 1]
    if len(fits) == 2:
        return cyrillic if count["CYRILLIC"] > count["LATIN"] or (lang == "ru" and count["LATIN"] < 3) else latin
    return fits[0] if fits else ""


def skeleton(name: str) -> str:
    """What a name looks like at a glance: one script, no accents, no digits that pass for letters."""
    plain = unicodedata.normalize("NFKD", "".join(TO_LATIN.get(c, c) for c in name)).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(_DIGITS)
    return plain.replace("rn", "m").replace("vv", "w").replace("_", "").replace("-", "").replace("i", "l")


def near(one: str, other: str, most: int) -> bool:
    """Whether `most` changes at the most (a letter put, dropped, replaced, or two exchanged) make one the other."""
    if abs(len(one) - len(other)) > most or len(set(one) - set(other)) > most or len(set(other) - set(one)) > most:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1] <= most
