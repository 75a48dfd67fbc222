"""A notice as a mail: who asks, what kind of message, by when, in English and French. No text, topic, account, name or digest
of a message, and no link: scanners open them all, and nothing in a mail ever acts."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from g20desk.office.form import RELAY
from g20desk.office.reaching import Notice, notice_id

if TYPE_CHECKING:
    from email.message import EmailMessage

# What a kind of message is called; any other is a message: a kind is free text.
MESSAGE_KINDS = {
    "news": ("a news post", "une actualité"), "statement": ("a statement", "une déclaration"),
    "rebuttal": ("a rebuttal", "une réfutation"), "condolence": ("a condolence", "des condoléances"),
    "correction": ("a correction", "une rectification"), "line": ("agreed wording", "une formulation convenue"),
}  # fmt: skip
ANY_KIND = ("a message", "un message")
SUBJECTS = {
    "asked": ("Sign-off asked", "Approbation demandée"),
    "half": ("Sign-off: half of the time is over", "Approbation : la moitié du délai est écoulée"),
    "soon": ("Sign-off: the time is soon over", "Approbation : le délai expire bientôt"),
    "broken": ("Silence was broken", "Le silence a été rompu"),
    "overdue": ("Sign-off is overdue", "Approbation en retard"),
    "emergency": ("An emergency release", "Une publication d'urgence"),
    "uncounted": ("A decision of yours does not count", "Une de vos décisions ne compte pas"),
    "off": ("Sign-off is no longer asked", "Approbation plus demandée"),
    "review": ("A review is open", "Un examen est ouvert"),
}
SAYS = {
    "asked": ("{who} asks for your sign-off on {kind}.", "{who} demande votre approbation pour {kind}."),
    "silence": (
        "{who} put {kind} under silence. Who says nothing by then lets it pass.",
        "{who} a soumis {kind} à la procédure de silence. Qui ne dit rien d'ici là laisse passer.",
    ),
    "waiting": ("Your word on {kind} is still open.", "Votre avis sur {kind} est toujours attendu."),
    "broken": (
        "A government broke the silence on {kind}. The text is frozen until the head of the office reopens it.",
        "Un gouvernement a rompu le silence sur {kind}. Le texte est gelé jusqu'à ce que le chef du bureau le rouvre.",
    ),
    "overdue": ("Sign-off of {kind} is overdue.", "L'approbation de {kind} est en retard."),
    "emergency": (
        "{kind_up} is being released as an emergency, without the usual sign-off. All members can see who did it and why.",
        "{kind_up} : publication d'urgence, sans l'approbation habituelle. Tous les membres peuvent voir par qui et pourquoi.",
    ),
    "uncounted": (
        "A decision of yours on {kind} does not count. G20 Desk says why, and what you can do.",
        "Une de vos décisions sur {kind} ne compte pas. G20 Desk dit pourquoi, et ce que vous pouvez faire.",
    ),
    "off": ("Your word on {kind} is no longer asked.", "Votre avis sur {kind} n'est plus demandé."),
    "review": (
        "The review of an emergency release waits: {kind}.", "L'examen d'une publication d'urgence est attendu : {kind}.",
    ),
}  # fmt: skip
# What is asked of whoever speaks on a government's accounts.
RELAY_SUBJECTS = {
    "asked": ("Agreed wording to carry", "Formulation convenue à relayer"),
    "half": ("Agreed wording: half of the time is over", "Formulation convenue : la moitié du délai est écoulée"),
    "soon": ("Agreed wording: the time is soon over", "Formulation convenue : le délai expire bientôt"),
    "overdue": ("Agreed wording is overdue", "Formulation convenue en retard"),
    "off": ("Agreed wording is no longer asked for", "Formulation convenue : plus demandée"),
    "lost": ("Agreed wording does not stand any more", "Une formulation convenue n'est plus valable"),
    "declined": ("Agreed wording was declined", "Une formulation convenue n'est pas relayée"),
    "drifted": ("Agreed wording was posted otherwise", "Une formulation convenue a été publiée autrement"),
}
RELAY_SAYS = {
    "asked": ("{who} asks you to carry agreed wording.", "{who} vous demande de relayer une formulation convenue."),
    "waiting": ("Agreed wording still waits for you.", "Une formulation convenue vous attend toujours."),
    "overdue": (
        "Agreed wording that was to be carried is overdue.", "Une formulation convenue à relayer est en retard.",
    ),
    "off": (
        "Nothing more is asked of you on agreed wording that you were to carry.",
        "Rien de plus ne vous est demandé pour une formulation convenue que vous deviez relayer.",
    ),
    "lost": (
        "Agreed wording that was taken on does not stand any more. A post of it that is not out does not go out.",
        "Une formulation convenue, déjà reprise, n'est plus valable. Ce qui n'est pas encore publié ne le sera pas.",
    ),
    "declined": (
        "A government does not carry agreed wording that you asked for. G20 Desk says why.",
        "Un gouvernement ne relaie pas une formulation convenue que vous aviez demandée. G20 Desk dit pourquoi.",
    ),
    "drifted": (
        "Agreed wording was posted with other words in it. G20 Desk shows which.",
        "Une formulation convenue a été publiée avec d'autres mots. G20 Desk montre lesquels.",
    ),
}  # fmt: skip
DUE = ("Due: {when} UTC.", "Échéance : {when} UTC.")
CLOSING = (
    "Open G20 Desk to read it. This mail holds nothing of the text and no link, on purpose.",
    "Ouvrez G20 Desk pour le lire. Ce courriel ne contient à dessein ni texte ni lien.",
)
MONTHS = (
    ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
     "December"),
    ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
     "décembre"),
)  # fmt: skip
TEST = ("G20 Desk can send notices to you.", "G20 Desk peut vous envoyer des avis.")
_LONGEST = 78


def letter(one: Notice, who: str, to: str, sender: str, office: str, now: int, entry: bytes = b"") -> EmailMessage:
    """The mail of a notice. `who`: the name of who asks; `entry`: a calendar entry to go with it; `now`: in milliseconds."""
    kinds = MESSAGE_KINDS.get(one.message_kind, ANY_KIND)
    key, relay = one.what, one.message_kind == RELAY
    if key == "asked" and one.silence and not relay:
        key = "silence"
    elif key in ("half", "soon"):
        key = "waiting"
    paragraphs = []
    for lang, said in enumerate((RELAY_SAYS if relay else SAYS)[key]):
        kind = kinds[lang]
        lines = [said.format(who=plain(who), kind=kind, kind_up=kind[0].upper() + kind[1:])]
        if one.due and key != "off":
            lines.append(DUE[lang].format(when=_when(one.due, lang)))
        paragraphs.append("\n".join([*lines, CLOSING[lang]]))
    subject = (RELAY_SUBJECTS if relay else SUBJECTS)[one.what]
    made = _blank(" / ".join(subject), to, sender, notice_id(office, one.id, to), now)
    made.set_content("\n\n".join(paragraphs) + "\n", charset="utf-8", cte="quoted-printable")
    if entry:
        made.add_attachment(entry, maintype="text", subtype="calendar", filename="carry.ics" if relay else "sign-off.ics",
                            params={"charset": "utf-8", "method": "PUBLISH"})  # fmt: skip
    return made


def trial(to: str, sender: str, office: str, now: int) -> EmailMessage:
    """A mail that tells that mails arrive."""
    made = _blank("G20 Desk", to, sender, notice_id(office, "trial", to, now), now)
    made.set_content("\n".join(TEST) + "\n", charset="utf-8", cte="quoted-printable")
    return made


def _blank(subject: str, to: str, sender: str, key: str, now: int) -> EmailMessage:
    from email import policy
    from email.message import EmailMessage
    from email.utils import format_datetime

    made = EmailMessage(policy=policy.SMTP.clone(max_line_length=_LONGEST))
    made["From"] = f"G20 Desk <{sender}>"
    made["To"] = to
    made["Subject"] = subject
    made["Date"] = format_datetime(datetime.fromtimestamp(now // 1000, UTC))
    # The same notice has the same name, whichever desk sends it.
    made["Message-ID"] = f"<{key}@{sender.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    return made


def plain(name: str) -> str:
    """A person's name with nothing in it that a mail program would make a link of."""
    kept = re.sub(r"[^\w\s.'’·-]", " ", name)
    return " ".join(re.sub(r"\.(?=\S)", ". ", kept).split())[:100] or "?"


def _when(ms: int, lang: int) -> str:
    when = datetime.fromtimestamp(ms / 1000, UTC)
    return f"{when.day} {MONTHS[lang][when.month - 1]} {when.year}, {when:%H:%M}"
