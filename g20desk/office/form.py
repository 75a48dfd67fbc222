"""The form of a message's content, checked in the fold: what counts can be shown and sent by every desk."""

from __future__ import annotations

import re
from typing import Any

from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.ledger.event import HEX

LANG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*\Z")
NAME = re.compile(r"[a-z0-9]{1,32}\Z")
KEY = re.compile(r"[A-Za-z0-9.-]{1,80}\Z")
MOST_PARTS = 100
VISIBILITIES = ("public", "unlisted", "private")


def _need(holds: bool, name: str) -> None:
    if not holds:
        raise Refused("malformed", f"“{name}” is not of the form that content has.")


def _is(value: Any, *names: str) -> bool:
    return isinstance(value, dict) and set(value) == set(names)


def _whole(value: Any, least: int = 0) -> bool:
    return type(value) is int and value >= least


LINE, RELAY = "line", "relay"
# What version 3 of the rules brought: lines, which go to no account, and relays of them.
OF_LINES = ("until", "source", "supersedes", "lock", "tags", "do", "dont")
# What a line has none of: it goes nowhere by itself, and says the same everywhere.
OF_POSTS = ("post", "card", "poll", "warning", "visibility", "corrects", "replies", "quotes")


def check(content: dict[str, Any], version: int = 3) -> None:
    """Raise Refused for a part of another form than this version of the rules knows, or for parts that do not fit together."""
    if not {"c.kind", "c.to"} <= set(content):
        raise Refused("malformed", "A message has a kind and accounts.")
    for name, value in content.items():
        what, _, rest = name.removeprefix("c.").partition(".")
        if name in ("c.kind", "c.topic"):
            _need(isinstance(value, str) and 0 < len(value) <= 200, name)
        elif name == "c.not_before":
            _need(_whole(value, 1), name)
        elif version >= 3 and what in OF_LINES:
            _need(content["c.kind"] == LINE and _of_line(what, rest, value, content), name)
        elif name in ("c.corrects", "c.replies", "c.quotes"):
            _need(_link(value) and not {"c.corrects", "c.replies"} <= set(content), name)
        elif name == "c.poll":
            _need(_poll(value), name)
        elif name == "c.note":
            _need(pieces.is_ref(value), name)
        elif name == "c.to":
            _need(isinstance(value, list) and all(_account(one) for one in value), name)
        elif what == "text":
            lang, dot, network = rest.partition(".")
            _need(bool(LANG.match(lang)) and bool(not dot or NAME.match(network)), name)
            refs = isinstance(value, list) and 0 < len(value) <= MOST_PARTS and all(map(pieces.is_ref, value))
            _need(refs, name)
        elif what == "warning":
            lang, dot, network = rest.partition(".")
            _need(bool(LANG.match(lang)) and bool(not dot or NAME.match(network)) and pieces.is_ref(value), name)
        elif what == "visibility":
            lang, dot, network = rest.partition(".")
            _need(bool(LANG.match(lang)) and bool(not dot or NAME.match(network)) and value in VISIBILITIES[1:], name)
        elif what == "card":
            _need(_number(rest) and _card(value), name)
        elif what == "picture":
            _need(_number(rest) and _picture(value), name)
        elif what == "post":
            _need(bool(KEY.match(rest)) and _post(value, content), name)
        else:
            raise Refused("unknown-field", f"This version knows no content “{name}”.")
    if version >= 3 and content["c.kind"] == LINE:
        _line(content)


def _line(content: dict[str, Any]) -> None:
    """Raise Refused for a line that is more, or less, than one wording on a topic: it goes to no account."""
    _need(not content["c.to"] and bool(content.get("c.topic")), "c.to")
    for name, value in content.items():
        what, _, rest = name.removeprefix("c.").partition(".")
        _need(what not in OF_POSTS and not (what == "text" and "." in rest), name)
        _need(what != "picture" or "ms" not in value, name)


def _of_line(what: str, rest: str, value: Any, content: dict[str, Any]) -> bool:
    """Whether a part that lines alone have is of its form: locked phrases per language; the end of its validity, its source,
    the line that it takes the place of; hashtags, of all languages or of one; what to do with it and what not, per language."""
    if what in ("until", "source", "supersedes"):
        good = {
            "until": lambda: _whole(value, 1),
            "source": lambda: _words(value, 500),
            "supersedes": lambda: isinstance(value, str) and bool(HEX.match(value)),
        }
        return not rest and good[what]()
    listed = isinstance(value, list) and 0 < len(value) <= MOST_PARTS
    if what == "lock":
        return listed and f"c.text.{rest}" in content and all(_words(one, 500) for one in value)
    if what == "tags":
        one_word = listed and all(_words(one, 100) and not any(sign in one for sign in "# \t\r\n") for one in value)
        return one_word and bool(not rest or LANG.match(rest))
    return listed and bool(LANG.match(rest)) and all(map(pieces.is_ref, value))


def _words(value: Any, most: int) -> bool:
    return isinstance(value, str) and 0 < len(value) <= most


def _number(name: str) -> bool:
    return name.isascii() and name.isdigit() and str(int(name)) == name


def _card(value: Any) -> bool:
    return (
        _is(value, "url", "title", "description", "picture")
        and isinstance(value["url"], str)
        and pieces.is_ref(value["title"])
        and pieces.is_ref(value["description"])
        and (value["picture"] is None or _file(value["picture"], "file", "mime", "width", "height"))
    )


def _file(value: Any, *names: str) -> bool:
    return (
        _is(value, *names)
        and pieces.is_ref(value["file"])
        and isinstance(value["mime"], str)
        and _whole(value["width"], 1)
        and _whole(value["height"], 1)
    )


def _account(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 3 and all(isinstance(one, str) for one in value)


def _picture(value: Any) -> bool:
    moves = ["ms"] if isinstance(value, dict) and "ms" in value else []
    return (
        _file(value, "file", "mime", "width", "height", "part", "alt", *moves)
        and all(_whole(value[name], 1) for name in moves)
        and _whole(value["part"], 1)
        and isinstance(value["alt"], dict)
        and all(LANG.match(lang) and pieces.is_ref(ref) for lang, ref in value["alt"].items())
    )


def _poll(value: Any) -> bool:
    return (
        _is(value, "answers", "minutes", "several", "part")
        and isinstance(value["answers"], dict)
        and len(value["answers"]) > 0
        and all(LANG.match(lang) and isinstance(said, list) for lang, said in value["answers"].items())
        and all(pieces.is_ref(ref) for said in value["answers"].values() for ref in said)
        and _whole(value["minutes"], 1)
        and isinstance(value["several"], bool)
        and _whole(value["part"], 1)
    )


def _link(value: Any) -> bool:
    return (
        _is(value, "message", "post")
        and all(isinstance(one, str) for one in value.values())
        and bool(HEX.match(value["message"]) and (not value["post"] or KEY.match(value["post"])))
    )


def _reply(value: Any) -> bool:
    return (
        _is(value, "post", "root", "parent")
        and isinstance(value["post"], str)
        and all(_is(value[name], "id", "url", "cid") for name in ("root", "parent"))
        and all(isinstance(one, str) for name in ("root", "parent") for one in value[name].values())
    )


def _quote(value: Any) -> bool:
    return (
        _is(value, "post", "how", "of")
        and isinstance(value["post"], str)
        and value["how"] in ("quote", "link")
        and _is(value["of"], "id", "url", "cid")
        and all(isinstance(one, str) for one in value["of"].values())
    )


def _post(value: Any, content: dict[str, Any]) -> bool:
    more = [name for name in ("reply", "quote") if isinstance(value, dict) and name in value]
    return (
        _is(value, "account", "identity", "lang", "parts", *more)
        and ("reply" not in more or (_reply(value["reply"]) and bool({"c.corrects", "c.replies"} & set(content))))
        and ("quote" not in more or (_quote(value["quote"]) and "c.quotes" in content))
        and all(isinstance(value[name], str) for name in ("account", "identity", "lang"))
        and isinstance(value["parts"], list)
        and 0 < len(value["parts"]) <= MOST_PARTS
        and all(_part(part, content) for part in value["parts"])
    )


def _part(value: Any, content: dict[str, Any]) -> bool:
    return (
        (_is(value, "payload", "pictures") or _is(value, "payload", "pictures", "card"))
        and pieces.is_ref(value["payload"])
        and isinstance(value["pictures"], list)
        and all(_whole(number) and f"c.picture.{number}" in content for number in value["pictures"])
        and ("card" not in value or (_whole(value["card"]) and f"c.card.{value['card']}" in content))
    )
