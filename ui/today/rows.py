"""Today's rows: what needs somebody, what waits on governments, holds, this desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ui.rows import Row
from ui.texts import DECISIONS, comma, isolated, land, not_yet, role, span, state, t, when
from ui.widgets.time_strip import HOUR

if TYPE_CHECKING:
    from g20desk.desk.alarm import Alarm
    from ui.bus import Facts

ACCOUNT, RECORD, OFFICE = "account/", "record/", "office/"


def told(row: Any, word: str) -> str:
    """The state and where it goes."""
    return f"{word} · {comma().join(sorted(row.accounts))}" if row.accounts else word


def need(row: Any, now: int) -> Row:
    """One message that needs this person and of which no alarm tells."""
    silent = row.state == "submitted" and row.silence_ms is not None
    look = state("silence" if silent else row.state)
    right, tone, under = "", "text", ""
    if row.waiting_for_me and row.due_ms:
        left = row.due_ms - now
        right = span(left) if left > 0 else t("{span} overdue", span=span(left))
        under = t("until the silence is over") if silent else t("left to decide") if left > 0 else ""
        tone = "block" if left < 2 * HOUR else "text"
    elif row.planned_ms:
        ahead = row.planned_ms - now
        right, under = when(row.planned_ms, now), t("planned for")
        if 0 <= ahead < 12 * HOUR:
            right, under, tone = span(ahead), t("until it goes out"), "block" if ahead < 2 * HOUR else "text"
    else:
        right, under = t("{span} ago", span=span(now - row.updated_ms)), t("last changed")
    word = t("The hold was lifted; plan it again, or leave it") if row.released else t(look.word)
    act = t("Read") if row.waiting_for_me else t("Open")
    return Row(
        row.id,
        row.title,
        told(row, word),
        look.icon,
        look.tone,
        right,
        tone,
        under,
        act,
        spoken=t(look.word),
        fresh=bool(row.news),
    )


def alarmed(alarms: Sequence[Alarm], row: Any, now: int) -> Row:
    """A message of which alarms tell, the gravest first: what happened on which account, and why."""
    from ui.alarms.words import look, why

    first = alarms[0]
    shown = look(first)
    here = [alarm.account for alarm in alarms if alarm.kind == first.kind]
    line = " · ".join(filter(None, (t(shown.word), comma().join(filter(None, here)), why(first))))
    rest = {t(look(alarm).word): None for alarm in alarms if alarm.kind != first.kind}
    title = t("Did this go out? {title}", title=row.title) if first.kind == "unknown" else row.title
    under = t("planned for {when} UTC", when=when(row.planned_ms, now, True)) if row.planned_ms else ""
    return Row(
        row.id, title, " · ".join([line, *rest]), shown.icon, shown.tone,
        t("{span} ago", span=span(now - first.at)), "text", under, t("Look"), spoken=t(shown.word),
    )  # fmt: skip


def of_account(alarm: Alarm, now: int) -> Row:
    """An account that somebody has to see to."""
    from ui.alarms.words import look, why

    shown, ends = look(alarm), alarm.kind == "sign-in-ends"
    right = span(alarm.at - now) if ends and alarm.at > now else t("{span} ago", span=span(now - alarm.at))
    return Row(
        f"{ACCOUNT}{alarm.account}", isolated(alarm.account), " · ".join(filter(None, [t(shown.word), why(alarm)])),
        shown.icon, shown.tone, right if alarm.at else "", "text",
        t("until it ends") if ends and alarm.at > now else "", t("Open"), spoken=t(shown.word),
    )  # fmt: skip


def of_uncounted(alarm: Alarm, now: int) -> Row:
    """Something that this person did and that does not count, about no message that they read."""
    from ui.alarms.words import look, sentence, why

    shown = look(alarm)
    return Row(
        f"{RECORD}{alarm.act}", sentence([alarm]), why(alarm), shown.icon, shown.tone,
        t("{span} ago", span=span(now - alarm.at)), "text", "", t("Look"), spoken=t(shown.word),
    )  # fmt: skip


def pending(one: Any, row: Any, now: int) -> Row:
    """A decision of this person that has not reached the office."""
    word = t(DECISIONS.get(one.answer, DECISIONS[""]).word)
    words = t("Your decision has not reached the office")
    return Row(
        row.id, row.title, f"{words} · {word}", "cloud-off", "warn", t("{span} ago", span=span(now - one.at)), "text",
        t("signed here"), t("Look"), spoken=words,
    )  # fmt: skip


def of_record(alarm: Alarm, now: int) -> Row:
    """What keeps this desk from the office's record, and what to do."""
    from ui.alarms.words import look, sentence
    from ui.attending.words import cure

    shown = look(alarm)
    ago = t("{span} ago", span=span(now - alarm.at)) if alarm.at else ""
    return Row(
        f"{RECORD}{alarm.code}", sentence([alarm]), cure(alarm.code), shown.icon, shown.tone, ago, "text", "", t("Look"),
        spoken=t(shown.word),
    )  # fmt: skip


def of_office(alarm: Alarm, now: int) -> Row:
    """What waits for this person's word: somebody to be let in, mostly."""
    from ui.alarms.words import look, why

    shown = look(alarm)
    return Row(
        f"{OFFICE}{alarm.id}", t(shown.word), why(alarm), shown.icon, shown.tone,
        t("{span} ago", span=span(now - alarm.at)), "text", "", t("Open"), spoken=t(shown.word),
    )  # fmt: skip


def of_mail(alarm: Alarm, now: int) -> Row:
    """That notices by mail do not go out from this desk, and why."""
    from ui.alarms.words import look, sentence, why

    shown = look(alarm)
    return Row(
        f"{OFFICE}{alarm.id}", sentence([alarm]), why(alarm), shown.icon, shown.tone,
        t("{span} ago", span=span(now - alarm.at)), "text", "", t("Open"), spoken=t(shown.word),
    )  # fmt: skip


def waits(row: Any, lands: list[str], now: int) -> Row:
    """One message that governments have in hand, with a mark for each of them."""
    voices = dict(row.said)
    asked = [voice for voice, _ in row.asked if len(voice) == 2] if row.stage else lands
    marks = tuple((code, voices.get(code, "")) for code in asked)
    counts: dict[str, int] = {}
    for _, said in marks:
        counts[said] = counts.get(said, 0) + 1
    tally = " · ".join(f"{n} {t(DECISIONS[code].word).lower()}" for code, n in counts.items() if code in DECISIONS)
    spoken = ". ".join(f"{land(code)}: {t(DECISIONS.get(said, DECISIONS['']).word)}" for code, said in marks)
    if row.due_ms:
        left, silent = row.due_ms - now, row.silence_ms is not None
        right = span(left)
        under = t("late") if left <= 0 else t("until the silence is over") if silent else t("left for this stage")
    elif row.planned_ms and row.planned_ms > now:
        right, under = span(row.planned_ms - now), t("until it goes out")
    else:
        right, under = span(now - row.updated_ms), t("since it was submitted")
    people = [voice for voice in row.open_voices if len(voice) != 2]
    how = row.stage or t("one approval is enough")
    line = " · ".join(
        [t(row.kind.capitalize()), how, *([t("No word yet: {who}", who=comma().join(people))] if people else [])]
    )
    return Row(
        row.id,
        row.title,
        line,
        "",
        "warn",
        right,
        "text",
        under,
        t("Open"),
        spoken=spoken,
        marks=marks,
        tally=tally,
        fresh=bool(row.news),
    )


def of_hold(hold: dict[str, Any], now: int, why_not: str = "") -> Row:
    """A hold in force; `why_not`: why this person's word does not lift it."""
    words = t(
        "Placed {when} UTC by {who}: {why}",
        when=when(hold["at"], now, True),
        who=isolated(hold["by"]),
        why=isolated(hold["why"]),
    )
    asked = hold["lift_proposed"]
    under = t("One person asked for it to be lifted; a second person lifts it.") if asked else ""
    return Row(
        hold["hold"], of_what(hold["topic"], hold["account"]), words, "octagon-pause", "block",
        under=under, act=t("Lift it, as the second") if asked else t("Ask to lift it"), why_not=why_not,
    )  # fmt: skip


def of_what(topic: str, account: str) -> str:
    """What a hold stops."""
    if account:
        return isolated(account)
    return t("Topic: {topic}", topic=isolated(topic)) if topic else t("All accounts")


def of_desk(accounts: Sequence[Any], facts: Facts, tentative: int) -> list[Row]:
    """What this desk is to the record, to the networks, and whose it is."""
    ready = sum(account.state == "ready" for account in accounts)
    person = facts.person
    broken = comma().join(account.name for account in accounts if account.state != "ready")
    return [
        Row(
            "record",
            not_yet(tentative) or t("All your acts are in the record"),
            t("Signed with this desk's key"),
            "scroll-text",
            "warn" if tentative else "ok",
        ),
        Row(
            "accounts",
            t("{a} of {b} accounts ready", a=ready, b=len(accounts)),
            t("Rehearsal accounts: nothing leaves this computer") if facts.rehearsal else broken or t("All signed in"),
            "at-sign",
        ),
        Row("person", role(person, facts.presidency), person.name, "key-round"),
    ]
