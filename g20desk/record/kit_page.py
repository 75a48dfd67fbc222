"""A kit as one page to print, on A4 or Letter: no script, nothing from elsewhere, pictures inside, each language in its direction."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from html import escape
from importlib import resources

from g20desk.office import locks
from g20desk.record import kit_words
from g20desk.record.kit import Fit, Kit, Picture, Said, called, embargo, standing
from g20desk.record.kit_words import Words

_PLACE = re.compile(r"\{(lang|dir|title|style_hash|style|body)\}")
NETWORKS = {"x": "X", "bluesky": "Bluesky", "mastodon": "Mastodon"}


def page(of: Kit) -> bytes:
    """The whole page. Its frame is in English where the line is, else in the line's first language."""
    lang = next((one.lang for one in of.texts if one.lang == "en"), of.texts[0].lang)
    own, style = kit_words.of(lang), _file("page.css")
    body = [_draft(own) if of.draft else "", _head(of, lang, own), *(_said(one) for one in of.texts)]
    body += [_pictures(of.pictures, own) if of.pictures else "", _check(of, own)]
    made = {
        "lang": escape(lang), "dir": _way(lang), "title": escape(f"{called(of, lang)}: {of.topic}"), "style": style,
        "style_hash": "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        "body": "\n".join(one for one in body if one),
    }  # fmt: skip
    return _PLACE.sub(lambda found: made[found[1]], _file("page.html")).encode()


def _head(of: Kit, lang: str, own: Words) -> str:
    about, under = standing(of, lang), embargo(of, lang)
    bold = f'<li class="embargo">{escape(under)}</li>' if under else ""
    rows = bold + _items(about[1:] if under else about)
    over = "".join(f"<span><bdi>{escape(one)}</bdi></span>" for one in (of.office, called(of, lang), own["kit"]))
    return f'<header><p class="over">{over}</p><h1><bdi>{escape(of.topic)}</bdi></h1><ul>{rows}</ul></header>'


def _said(one: Said) -> str:
    """A language's section, in that language."""
    own, several = kit_words.of(one.lang), len(one.parts) > 1
    made = [_part(text, one.locks, number if several else 0) for number, text in enumerate(one.parts, 1)]
    made.append(f'<ul class="fits">{_items(_fit(fit, own) for fit in one.fits)}</ul>')
    if one.tags:
        made.append(f'<p class="tags">{" ".join(f"<bdi>#{escape(tag)}</bdi>" for tag in one.tags)}</p>')
    if one.locks:
        made.append(f'<p class="note">{escape(own["locked_note"])}</p>')
    advice = [
        f'<div class="{kind}"><h3>{escape(own[kind])}</h3><ul>{_items(said)}</ul></div>'
        for kind, said in (("do", one.do), ("dont", one.dont))
        if said
    ]
    if advice:
        made.append(f'<div class="advice">{"".join(advice)}</div>')
    name = escape(kit_words.called(one.lang))
    return f'<section lang="{escape(one.lang)}" dir="{_way(one.lang)}"><h2>{name}</h2>{"".join(made)}</section>'


def _part(text: str, phrases: Iterable[str], number: int) -> str:
    inside = "".join(
        f"<mark>{escape(run)}</mark>" if locked else escape(run) for locked, run in locks.runs(text, phrases)
    )
    return f'<p class="said">{f"<span class=number>{number}</span>" if number else ""}{inside}</p>'


def _fit(fit: Fit, own: Words) -> str:
    network = NETWORKS.get(fit.network, fit.network)
    counted = " + ".join(str(n) for n in fit.counts)
    return str(own["fits" if fit.fits else "too_long"].format(network=network, n=counted, most=fit.most))


def _items(said: Iterable[str]) -> str:
    return "".join(f"<li>{escape(one)}</li>" for one in said)


def _pictures(pictures: Iterable[Picture], own: Words) -> str:
    made = []
    for number, one in enumerate(pictures, 1):
        langs = kit_words.ordered(one.alt)
        first = one.alt[langs[0]] if langs else ""
        data = base64.b64encode(one.data).decode()
        rows = "".join(f'<p lang="{escape(lang)}" dir="{_way(lang)}">{escape(one.alt[lang])}</p>' for lang in langs)
        title = own["picture"].format(n=number)
        made.append(
            f'<figure><img src="data:{escape(one.mime)};base64,{data}" alt="{escape(first)}" width="{one.width}" height="{one.height}">'
            f"<figcaption><b>{escape(title)}</b>{rows}</figcaption></figure>"
        )
    return f"<section><h2>{escape(own['pictures'])}</h2>{''.join(made)}</section>"


def _check(of: Kit, own: Words) -> str:
    note = f'<p class="note">{escape(own["page_check"])}</p>' if of.proof is not None else ""
    return (
        f'<section class="last"><h2>{escape(own["check"])}</h2>{note}<dl>'
        f"<dt>{escape(own['words'])}</dt><dd><bdi>{escape(' · '.join(of.words))}</bdi></dd>"
        f'<dt>{escape(own["digest"])}</dt><dd class="mono"><bdi>{escape(of.digest)}</bdi></dd>'
        f"<dt>{escape(own['safety'])}</dt><dd><bdi>{escape(' · '.join(of.safety))}</bdi></dd></dl></section>"
    )


def _draft(own: Words) -> str:
    """What says on each page that it is not agreed."""
    word = escape(own["not_agreed"])
    return (
        f'<div class="across" aria-hidden="true"><span>{word}</span></div>'
        f'<p class="draft"><b>{word}</b>{escape(own["not_agreed_note"])}</p>'
    )


def _way(lang: str) -> str:
    return "rtl" if kit_words.rtl(lang) else "ltr"


def _file(name: str) -> str:
    return resources.files("resources").joinpath("kit", name).read_text(encoding="utf-8")
