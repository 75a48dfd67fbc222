"""From a text to what one network is sent: mentions become its own and are pinned, a link gets its card, and what the
network can't do is said. All of it when the revision is made; nothing is asked later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from g20desk import asking, servers
from g20desk.desk import films, linking, polls
from g20desk.desk.cards import Card, Cards
from g20desk.ledger import canonical
from g20desk.limits import Limits
from g20desk.network import Entity, Extras, NotNow, Picture, TextRules, Unknown, text_rules
from g20desk.office import handles
from g20desk.office.content import Content, Text
from g20desk.office.form import VISIBILITIES
from g20desk.office.state import Account

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.desk.settling import Settled

Where = dict[str, Any]
# What a text may wish for that a network may not do, and how much it matters.
WISHES = {"warning": "warn", "unlisted": "warn", "private": "block"}


class Rendering:
    """The posts of one revision. `reach`: whether pages and networks may be asked."""

    def __init__(self, desk: Desk, settled: Settled, reach: bool) -> None:
        self._desk, self._settled, self._reach = desk, settled, reach
        self._cards = Cards(loopback=desk.rehearsal)
        self._numbers: dict[str, int] = {}
        self._pins: dict[tuple[str, str], str] = {}

    def post(self, content: Content, fitted: Sequence[Picture], account: Account, lang: str) -> bool:
        """The message on an account in a language; False where there is no text for it."""
        text = content.text_for(lang, account.reads_as)
        if text is None:
            return False
        rules = text_rules(account.reads_as)
        self._wishes(text, rules, account, lang)
        parts = []
        pinned_reply = self._reply("\n".join(text.parts), account, lang)
        first = content.poll is not None and content.poll.part == 1 and rules.LIMITS.poll is not None
        quote = self._quote(account, lang, sum(p.part == 1 for p in content.pictures), first)
        for number, typed in enumerate(text.parts, 1):
            where = {"account": account.name, "network": account.reads_as, "lang": lang, "part": number}
            chosen = [n for n, p in enumerate(content.pictures) if p.part == number]
            pictures = [_with_alt(fitted[n], content.pictures[n].alt.get(lang, "")) for n in chosen]
            words, nobody = self._named(typed, account, where)
            if number == 1:
                words = _with_address(words, quote)
            self._checked(words, text, content.kind, pictures, rules, account, where)
            self._poll(content, rules, account, len(pictures), where)
            pinned, card, made = self._pinned(words, rules, account, nobody, where), None, {}
            if account.reads_as == "bluesky" and not pictures:
                card = self._card(words, rules, account, where)
            if card is not None:
                made["card"] = self._number(card)
            extras = Extras(
                "" if "warning" in rules.CANNOT else text.warning, text.visibility or VISIBILITIES[0], pinned,
                None if card is None else {"url": card.url, "title": card.title, "description": card.description},
                polls.asked(content, account, lang, number),
            )  # fmt: skip
            payload = canonical.dumps(rules.payload(words, lang, pictures, extras))
            parts.append({"payload": self._settled.ref(payload), "pictures": chosen, **made})
        key = f"c.post.{account.id[:16]}.{lang}"
        self._settled.values[key] = {
            "account": account.id, "identity": account.identity, "lang": lang, "parts": parts,
            **({"reply": pinned_reply} if pinned_reply else {}), **({"quote": quote} if quote else {}),
        }  # fmt: skip
        return True

    def _reply(self, text: str, account: Account, lang: str) -> dict[str, Any] | None:
        """What a correction's post, or an answer's, replies to."""
        corrects = self._settled.values.get(linking.CORRECTS)
        which = corrects or self._settled.values.get(linking.REPLIES)
        if which is None:
            return None
        pinned, matters = linking.reply(self._desk, which, account, lang, text, corrects is not None)
        if matters:
            self._linked("STRUCT-11", matters, account, lang)
        return pinned

    def _quote(self, account: Account, lang: str, pictures: int, poll: bool) -> dict[str, Any] | None:
        """What a post quotes, and how."""
        which = self._settled.values.get(linking.QUOTES)
        if which is None:
            return None
        pinned, matters = linking.quote(self._desk, which, account, lang, pictures, poll)
        if matters:
            self._linked("STRUCT-12", matters, account, lang)
        return pinned

    def _poll(self, content: Content, rules: TextRules, account: Account, pictures: int, where: Where) -> None:
        """What is wrong with the poll on an account, and what the rulebook says of its answers."""
        poll, lang = content.poll, where["lang"]
        if poll is None or poll.part != where["part"]:
            return
        for says in polls.faults(poll, account, rules, lang, pictures):
            self._settled.find("STRUCT-15", says, **where)
        if rules.LIMITS.poll is not None:
            found = polls.checked(self._desk.check, poll.answers.get(lang, ()), account.reads_as, lang, content.kind)
            self._settled.findings += [{**one, **where} for one in found]

    def _linked(self, rule: str, matters: str, account: Account, lang: str) -> None:
        where = {"account": account.name, "network": account.reads_as, "lang": lang}
        self._settled.find(rule, matters, level="warn", **where)

    def _wishes(self, text: Text, rules: TextRules, account: Account, lang: str) -> None:
        """What this network can't do of what the text wishes."""
        for wish in [*(["warning"] if text.warning else []), text.visibility]:
            if wish in rules.CANNOT:
                where = {"account": account.name, "network": account.reads_as, "lang": lang}
                self._settled.find("STRUCT-05", rules.CANNOT[wish], level=WISHES[wish], **where)

    def _checked(
        self, words: str, text: Text, kind: str, pictures: list[Picture], rules: TextRules, account: Account,
        where: Where,
    ) -> None:  # fmt: skip
        limit = account.limits.get("characters", rules.LIMITS.characters)
        checked = self._desk.check.text(
            words, account.reads_as, where["lang"], kind, [{"alt": p.alt} for p in pictures], limit, part=where["part"]
        )
        self._settled.findings += [{**found, **where} for found in checked["findings"]]
        most = takes(account)
        self._films(pictures, most, rules, account, where)
        if len(pictures) > most.pictures:
            self._settled.find("STRUCT-03", f"{account.name} takes {most.pictures} pictures a post.", **where)
        if any(_alt(most, p) < len(p.alt) <= rules.LIMITS.alt for p in pictures):
            self._settled.find(
                "STRUCT-10",
                f"{account.name} takes alt texts of {min(_alt(most, p) for p in pictures)} characters.",
                **where,
            )
        if text.warning and "warning" not in rules.CANNOT and checked["fits"]:
            whole = checked["length"] + rules.count(text.warning)
            if whole > limit:
                self._settled.find("STRUCT-08", f"With its warning this is {whole}; {account.name} takes {limit}.",
                                   **where)  # fmt: skip

    def _films(self, pictures: list[Picture], most: Limits, rules: TextRules, account: Account, where: Where) -> None:
        """What an account can't take of moving pictures, and what it does not show."""
        moving = [self._settled.films[p.data] for p in pictures if p.ms]
        if moving and len(pictures) > 1:
            self._settled.find("STRUCT-13", "A video or a GIF stands alone in its post.", **where)
        for film in moving:
            for says in films.faults(film, most.film, account.name):
                self._settled.find("STRUCT-13", says, **where)
            if film.mime == films.MP4 and "film-alt" in rules.CANNOT:
                self._settled.find("STRUCT-14", rules.CANNOT["film-alt"], level="advise", **where)

    def _named(self, typed: str, account: Account, where: Where) -> tuple[str, set[str]]:
        """The text with this network's own handles, and the mentions that mean nobody here."""
        made = handles.written(typed, account.reads_as, self._desk.handles.rows())
        for mention, of in made.unknown:
            at = made.text.find(mention)
            self._settled.find(
                "STRUCT-07", f"{of} has no handle here that the office knows; {mention} stays plain text.",
                level="warn", start=at, end=at + len(mention), text=mention, **where,
            )  # fmt: skip
        return made.text, {mention for mention, _ in made.unknown}

    def _pinned(self, words: str, rules: TextRules, account: Account, nobody: set[str], where: Where) -> dict[str, str]:
        """Whom the mentions mean, as it stands now."""
        found = [e for e in rules.entities(words) if e.kind == "mention"]
        for one in found:
            after = words[one.end : one.end + 2]
            if len(after) == 2 and after[0] in ".@-" and after[1].isalnum():
                says = f"Here {one.text} is an account of its own; what follows is not part of it."
                self._said(one, says, where)
        if not self._reach:
            return {}
        pins = self._identities(account, [e.text for e in found])
        for one in found:
            if one.text in nobody and pins.pop(one.text, ""):
                says = f"Here {one.text} is an account of somebody else. Write the name without the sign."
                self._said(one, says, {**where, "level": "block"})
        if account.reads_as != "x":
            for one in found:
                if one.text not in pins and one.text not in nobody:
                    self._said(one, f"{one.text} is not known there now; it stays plain text.", where)
        return pins

    def _said(self, one: Entity, says: str, where: Where) -> None:
        at = {"level": "warn", "start": one.start, "end": one.end, "text": one.text}
        self._settled.find("STRUCT-07", says, **{**at, **where})

    def _identities(self, account: Account, mentions: Sequence[str]) -> dict[str, str]:
        if account.network == "rehearsal":
            return {m: f"did:example:{m.lstrip('@').lower()}" for m in mentions} if account.reads_as != "x" else {}
        asked = [m for m in dict.fromkeys(mentions) if (account.server, m) not in self._pins]
        try:
            may = asked and servers.may(account.server)
            told = asking.identities(account.network, account.server, asked) if may else {}
        except (NotNow, Unknown):
            told = {}
        self._pins |= {(account.server, m): told.get(m, "") for m in asked}
        return {m: pin for m in mentions if (pin := self._pins[account.server, m])}

    def _card(self, words: str, rules: TextRules, account: Account, where: Where) -> Card | None:
        """The card of the first link."""
        link = next((e.text for e in rules.entities(words) if e.kind == "link"), "")
        if not link or not self._reach:
            return None
        url = link if "://" in link else f"https://{link}"
        made = self._cards.card(url, takes(account))
        for note in [f"No link card: {made}."] if isinstance(made, str) else made.notes:
            self._settled.find("STRUCT-06", note, level="advise", **where)
        return None if isinstance(made, str) else made

    def _number(self, card: Card) -> int:
        """The card's number in the content."""
        if card.url not in self._numbers:
            self._numbers[card.url] = number = len(self._numbers)
            ref, picture = self._settled.ref, card.picture
            about = None if picture is None else {
                "file": ref(picture.data), "mime": picture.mime, "width": picture.width, "height": picture.height,
            }  # fmt: skip
            self._settled.values[f"c.card.{number}"] = {
                "url": card.url, "title": ref(card.title.encode()), "description": ref(card.description.encode()),
                "picture": about,
            }  # fmt: skip
        return self._numbers[card.url]


def takes(account: Account) -> Limits:
    """What an account takes: its network's limits, and those that its own server told."""
    told: dict[str, Any] = {name: account.limits[name] for name in ("pictures", "picture_bytes", "picture_pixels", "alt")
            if name in account.limits}  # fmt: skip
    film = {name: account.limits[f"film_{name}"] for name in ("bytes", "pixels", "rate")
            if f"film_{name}" in account.limits}  # fmt: skip
    usual = text_rules(account.reads_as).LIMITS
    return replace(usual, film=replace(usual.film, **film), **told)


def _with_address(words: str, quote: dict[str, Any] | None) -> str:
    """The text with the address of what it quotes at its end, where that is not shown as a quote."""
    if quote is None or quote["how"] == "quote" or quote["of"]["url"] in words:
        return words
    return f"{words.rstrip()}\n\n{quote['of']['url']}"


def _with_alt(fitted: Picture, alt: str) -> Picture:
    return replace(fitted, alt=alt)


def _alt(most: Limits, picture: Picture) -> int:
    """How long the description of a picture may be."""
    return most.film.alt or most.alt if picture.ms else most.alt
