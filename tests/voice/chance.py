"""Wording by chance: lines, and what somebody may try to pass off as one."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from typing import Any

from g20desk.ledger import pieces

KEY = "2" * 64
EN, FR, AR, ZH = "en", "fr", "ar", "zh"
LINES: list[tuple[dict[str, str], dict[str, list[str]]]] = [
    ({EN: "We agreed on debt relief for forty countries by 2027.", FR: "Nous avons décidé d’alléger la dette de quarante pays."},
     {EN: ["debt relief for forty countries", "agreed"], FR: ["alléger la dette"]}),
    ({EN: "Leaders pledged 100 billion dollars for clean energy.", AR: "تعهد القادة بتمويل الطاقة النظيفة."},
     {EN: ["100 billion dollars"], AR: ["الطاقة النظيفة"]}),
    ({ZH: "我们同意减免债务。", EN: "No child will be left without a school."}, {ZH: ["减免债务"]}),
    ({EN: "Trade stays open."}, {}),
]  # fmt: skip
TOPICS = ("debt", "climate")


def ref(text: str) -> dict[str, Any]:
    return {"piece": pieces.piece_id(KEY, text.encode()), "key": KEY, "size": 3}


def line(chance: random.Random, earlier: str = "", until: int = 0) -> dict[str, Any]:
    """The content of a line."""
    texts, locks = chance.choice(LINES)
    made: dict[str, Any] = {"c.kind": "line", "c.to": [], "c.topic": chance.choice(TOPICS)}
    made |= {f"c.text.{lang}": [ref(text)] for lang, text in texts.items()}
    made |= {f"c.lock.{lang}": phrases for lang, phrases in locks.items()}
    made |= {"c.until": until} if until else {}
    return made | ({"c.supersedes": earlier} if earlier else {})


def text_of(content: dict[str, Any], lang: str) -> str:
    """The words of a line that was made here."""
    found = [texts[lang] for texts, _ in LINES if lang in texts and content.get(f"c.text.{lang}") == [ref(texts[lang])]]
    return found[0] if found else "Something else."


# What somebody does to a phrase that is locked. Whether it then stands is the model's to say.
Change = Callable[[str, str], str]


def _within(text: str, phrase: str, sign: str) -> str:
    middle = len(phrase) // 2
    return text.replace(phrase, phrase[:middle] + sign + phrase[middle:])


CHANGES: dict[str, Change] = {
    "decomposed": lambda text, phrase: unicodedata.normalize("NFD", text),
    "wide spaces": lambda text, phrase: text.replace(phrase, phrase.replace(" ", "\u00a0")),
    "broken lines": lambda text, phrase: text.replace(phrase, phrase.replace(" ", " \n\u3000")),
    "capitals": lambda text, phrase: text.replace(phrase, phrase.upper()),
    "look-alike": lambda text, phrase: text.replace(phrase, phrase.replace("o", "\u043e").replace("a", "\u0430")),
    "no width": lambda text, phrase: _within(text, phrase, "\u200b"),
    "joiner": lambda text, phrase: _within(text, phrase, "\u200d"),
    "turned round": lambda text, phrase: _within(text, phrase, "\u202e"),
    "soft hyphen": lambda text, phrase: _within(text, phrase, "\u00ad"),
    "struck through": lambda text, phrase: text.replace(phrase, "".join(one + "\u0336" for one in phrase)),
    "mark after": lambda text, phrase: text.replace(phrase, phrase + "\u0338"),
    "other word": lambda text, phrase: text.replace(phrase, "dis" + phrase),
    "longer word": lambda text, phrase: text.replace(phrase, phrase + "s"),
    "other number": lambda text, phrase: text.replace(phrase, "2" + phrase),
    "other thousands": lambda text, phrase: text.replace(phrase, "2," + phrase),
    "shown backwards": lambda text, phrase: text.replace(phrase, "\u202e" + phrase),
    "quoted": lambda text, phrase: text.replace(phrase, f"“{phrase}”"),
    "joined on": lambda text, phrase: text.replace(phrase, "و" + phrase),
    "twice": lambda text, phrase: text.replace(phrase, "dis" + phrase) + f" {phrase}!",
    "left out": lambda text, phrase: text.replace(phrase, ""),
    "full width": lambda text, phrase: text.replace(phrase, "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in phrase)),
}  # fmt: skip


def said(chance: random.Random, content: dict[str, Any], told: Callable[[str], None]) -> dict[str, list[Any]]:
    """What a government says of a line: as it is, with words around it, with a phrase that was tampered with, in several posts,
    in another language. `told`: which."""
    langs = [name.removeprefix("c.text.") for name in content if name.startswith("c.text.")] or [EN]
    words: dict[str, list[Any]] = {}
    for lang in chance.sample(langs, chance.randint(1, len(langs))):
        text, phrases = text_of(content, lang), content.get(f"c.lock.{lang}", [])
        if phrases and chance.randrange(3) == 0:
            name = chance.choice(list(CHANGES))
            text = CHANGES[name](text, chance.choice(phrases))
            told(name)
        if chance.randrange(2) == 0:
            text = f"{chance.choice(('The President: ', 'Today. ', 'العربية '))}{text} More soon."
        words[lang] = [text]
        if chance.randrange(5) == 0:  # a thread, its border anywhere
            at = chance.randint(1, max(1, len(text) - 1))
            words[lang] = [text[:at], text[at:]]
            told("in two posts")
    if chance.randrange(6) == 0:
        words["pt"] = ["Chegámos a acordo."]
        told("translated")
    return words


def content_of(words: dict[str, list[Any]], account: str, topic: str) -> dict[str, Any]:
    """What is adopted: the words as pieces, and a post for each language."""
    key = {"piece": "1" * 64, "key": KEY, "size": 3}
    made: dict[str, Any] = {"c.kind": "relay", "c.to": [[account, "ZA X", "did:plc:za"]], "c.topic": topic}
    for number, (lang, posts) in enumerate(words.items()):
        made[f"c.text.{lang}"] = [ref(one) for one in posts]
        made[f"c.post.{number}"] = {"account": account, "identity": "did:plc:za", "lang": lang,
                                    "parts": [{"payload": key, "pictures": []} for _ in posts]}  # fmt: skip
    return made


def spoiled(chance: random.Random, values: dict[str, Any], other: str) -> dict[str, Any]:
    """The same with something in it that is not right, or not what its words say."""
    made = {**values}
    lang, post = next(iter(made["words"])), made["c.post.0"]
    ways: list[Callable[[], object]] = [
        lambda: made.update({f"c.text.{lang}": [ref("Buy bonds.")]}),
        lambda: made.update({f"c.text.{lang}": [*made[f"c.text.{lang}"], ref("More.")]}),
        lambda: made.update({f"c.text.{lang}.x": [ref("Buy bonds.")]}),
        lambda: made.update({"c.text.ru": [ref("Да.")]}),
        lambda: made.update({"c.to": [[other, "G20 X", "did:plc:g20"]]}),
        lambda: made.update({"c.to": [*made["c.to"], [other, "G20 X", "did:plc:g20"]]}),
        lambda: made.update({"c.to": []}),
        lambda: made.update({"c.post.0": {**post, "account": other}}),
        lambda: made.update({"c.post.9": {**post, "account": other}}),
        lambda: made.update({"c.post.0": {**post, "lang": "ru"}}),
        lambda: made.update({"c.post.0": {**post, "parts": post["parts"] * 2}}),
        lambda: [made.pop(name) for name in list(made) if name.startswith("c.post.")],
        lambda: made.update({"c.kind": chance.choice(("news", "line"))}),
        lambda: made.update({"c.topic": "peace"}),
        lambda: made.pop("c.topic"),
        lambda: made.update({"words": {}}),
        lambda: made.update({"words": {**made["words"], lang: []}}),
        lambda: made.update({"words": {**made["words"], lang: [7]}}),
        lambda: made.update({"words": {**made["words"], "ru": ["Да."]}}),
    ]
    chance.choice(ways)()
    return made
