"""Numbers and times as the six languages write them in figures, brought to one form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from g20desk.rulebook.calendar import plain
from g20desk.rulebook.numberwords import SCALES, Number
from g20desk.rulebook.reading import Span, within

_EASTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬", "01234567890123456789.,")
_GROUPED = r"[0-9]{1,3}(?:[\u00a0\u202f\u2009 '’][0-9]{3}(?![0-9])){1,6}(?:[.,][0-9]{1,9})?"
_NUMBER = re.compile(
    rf"(?<![A-Za-zÀ-ÿА-яЁё0-9_.,:/#@-])[+−-]?(?:{_GROUPED}|[0-9]{{1,30}}(?:[.,][0-9]{{1,30}}){{0,9}})(?![0-9])"
)
_CLOCK = re.compile(
    r"(?i)(?<![\w:.,-])(?P<h>2[0-3]|[01]?[0-9])(?:(?:[:.]|\s?(?:h|ч|时|点)\s?)(?P<m>[0-5][0-9])(?:\s?分)?(?![\d%:.])"
    r"|\s?(?:h|heures?|horas?|часов|часа|ч\.|时|点)(?![^\W\d_]))?(?:\s?(?P<p>[ap])\.?\s?m\b\.?)?"
)
_CLOCK_ZH = re.compile(
    r"(?P<n>上午|凌晨|早上|中午|下午|晚上|晚)?(?<![\d.:])(?P<h>2[0-3]|[01]?\d)(?:[:：](?P<m>[0-5]\d)|[时点](?:(?P<k>[0-5]?\d)分|(?P<half>半))?)(?![\d:])"
)
_SIDE = re.compile(r"[\u3400-\u9fff\u0600-\u06ff]")
_THOUSANDS = {"en": ",", "zh": ",", "ar": ","}


@lru_cache(8)
def _scale(lang: str) -> re.Pattern[str] | None:
    listed = sorted(SCALES.get(lang, {}), key=len, reverse=True)
    one = "|".join(map(re.escape, listed)).replace(r"\ ", r"[\s\u00a0]")
    return re.compile(rf"(?i)[\s\u00a0\u202f]?(?:{one})" + ("" if lang == "zh" else r"(?!\w)")) if one else None


def western(text: str) -> str:
    """The same length, with Western digits."""
    return text.translate(_EASTERN)


def times(text: str, skip: Sequence[Span], lang: str = "") -> list[Number]:
    """Hours of the day as `15:00`."""
    made = []
    if lang == "zh":
        for match in _CLOCK_ZH.finditer(western(text)):
            point = "点" in match[0] and not (match["n"] or match["k"] or match["half"])
            if not point and not within(skip, match.start("h")):
                hour = int(match["h"]) + (12 if match["n"] in ("下午", "晚上", "晚") and int(match["h"]) < 12 else 0)
                minutes = match["m"] or match["k"] or ("30" if match["half"] else "00")
                made.append(Number(f"{hour:02d}:{int(minutes):02d}", *match.span()))
        return made
    for match in _CLOCK.finditer(western(text)):
        if len(match[0].rstrip()) <= len(match["h"]) or within(skip, match.start()):
            continue
        if "." in match[0] and match["p"] is None and "ч" not in match[0]:
            continue
        if match["m"] is None and match["p"] is None and not _of_day(text, match.start()):
            continue
        hour = int(match["h"]) % 12 + (12 if match["p"] in "pP" else 0) if match["p"] else int(match["h"])
        made.append(Number(f"{hour:02d}:{match['m'] or '00'}", *match.span()))
    return made


def _of_day(text: str, start: int) -> bool:
    """Whether “15 h” is an hour of the day, not a length of time."""
    return (
        re.search(r"(?i)(?:\bà|\bdès|\bvers|\ba las|\bв|\bв\s?около|\bк)\s\Z", text[max(0, start - 8) : start])
        is not None
    )


def numbers(text: str, lang: str, skip: Sequence[Span]) -> list[Number]:
    """Numbers in digits, with their scale, in plain form: `2000000000`, `3.5`."""
    figures, made = western(text), []
    scale = _scale(lang)
    for match in _NUMBER.finditer(figures):
        start, end = match.span()
        if within(skip, start) or (text[end : end + 1].isalpha() and not _SIDE.match(text, end)):
            continue
        written = match[0].lstrip("+")
        value, other = _value(written, lang), _value(written, "fr" if lang in _THOUSANDS else "en")
        scaled = scale.match(text, end) if scale else None
        if scaled:
            power = SCALES[lang].get(plain(scaled[0]), 0)
            value, other, end = _shifted(value, power), _shifted(other, power), scaled.end()
        made.append(Number(value, start, end, other if other != value else ""))
    return made


def _value(written: str, lang: str) -> str:
    """Without separators of thousands; one separator before other than three digits is the decimal one."""
    written = re.sub(r"[\s\u00a0\u202f\u2009'’]", "", written)
    signs = [c for c in written if c in ".,"]
    decimal = ""
    if len(set(signs)) == 2:
        decimal = signs[-1]
    elif len(signs) == 1:
        after = len(written.rpartition(signs[0])[2])
        decimal = "" if after == 3 and signs[0] == _THOUSANDS.get(lang, ".") else signs[0]
    whole, _, part = written.rpartition(decimal) if decimal else (written, "", "")
    whole = re.sub(r"[.,]", "", whole or "0").replace("−", "-")
    part = part.rstrip("0")
    return f"{whole.lstrip('0') or '0'}.{part}" if part else whole.lstrip("0") or "0"


def _shifted(value: str, power: int) -> str:
    whole, _, part = value.partition(".")
    digits = part.ljust(power, "0")
    moved = (whole + digits[:power]).lstrip("0") or "0"
    rest = digits[power:].rstrip("0")
    return f"{moved}.{rest}" if rest else moved
