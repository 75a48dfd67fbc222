"""A kit as the files of a folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from g20desk.record import kit_page, kit_words
from g20desk.record.kit import Fit, Kit, Said, called, embargo, standing
from g20desk.record.kit_words import Words

SUMS, PAGE, PROOF = "SHA256SUMS", "kit.html", "proof.json"
# Names that Windows keeps for itself, whatever stands behind their dot.
RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))}
RULE = "-" * 72


def files(kit: Kit) -> dict[str, bytes]:
    """Each file by its path in the folder, the sums of all others last."""
    made: dict[str, bytes] = {"README.txt": _readme(kit).encode()}
    counts: list[tuple[str, Fit]] = []
    for said, name in zip(kit.texts, names([one.lang for one in kit.texts]), strict=True):
        for number, part in enumerate(said.parts, 1):
            which = f"{name}.{number}" if len(said.parts) > 1 else name
            made[f"text/{which}.txt"] = _marked(kit, said.lang, part)
        for fit in said.fits:
            file = f"{fit.network}-{name}.txt"
            counts.append((file, fit))
            if fit.fits:
                made[f"posts/{file}"] = _marked(kit, said.lang, "\n---\n".join(fit.posts))
        if said.do or said.dont:
            made[f"do-and-dont.{name}.txt"] = _marked(kit, said.lang, _advice(said))
    if counts:
        lines = [*filter(None, [embargo(kit, "en")]), *(_count(file, fit) for file, fit in counts)]
        made["posts/COUNTS.txt"] = _marked(kit, "en", "\n".join(lines) + "\n")
    if any(said.tags for said in kit.texts):
        rows = (f"{one.lang}: {' '.join(f'#{tag}' for tag in one.tags)}\n" for one in kit.texts if one.tags)
        made["hashtags.txt"] = _marked(kit, "en", "".join(rows))
    for number, picture in enumerate(kit.pictures, 1):
        made[f"pictures/{number}{picture.suffix}"] = picture.data
        langs = kit_words.ordered(picture.alt)
        for lang, name in zip(langs, names(langs), strict=True):
            made[f"pictures/{number}.alt.{name}.txt"] = _marked(kit, lang, picture.alt[lang])
    made[PAGE] = kit_page.page(kit)
    if kit.proof is not None:
        made[PROOF] = kit.proof
    made[SUMS] = "".join(
        f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(made.items())
    ).encode()
    return made


def summed(sums: bytes) -> dict[str, str]:
    """What the list of sums says: the digest of each file by its path; nothing where it is none."""
    try:
        rows = [line.split("  ", 1) for line in sums.decode().splitlines()]
    except UnicodeDecodeError:
        return {}
    return {row[1]: row[0] for row in rows} if all(len(row) == 2 for row in rows) else {}


def names(langs: Iterable[str]) -> list[str]:
    """For each language the name of its files, one that every system takes: letters alone, none that Windows keeps for itself, no
    two that differ in capitals only."""
    made: list[str] = []
    for lang in langs:
        name = f"lang-{lang}" if lang.casefold() in RESERVED else lang
        while name.casefold() in (one.casefold() for one in made):
            name += "_"
        made.append(name)
    return made


def _marked(kit: Kit, lang: str, text: str) -> bytes:
    """A text as it is; of a line that is not agreed below the words that say so."""
    if not kit.draft:
        return text.encode()
    own = kit_words.of(lang)
    return f"*** {own['not_agreed']} ***\n{own['not_agreed_note']}\n{RULE}\n{text}".encode()


def _advice(said: Said) -> str:
    own = kit_words.of(said.lang)
    return "\n".join(
        f"{own[name]}\n" + "".join(f"- {one}\n" for one in advice)
        for name, advice in (("do", said.do), ("dont", said.dont))
        if advice
    )


def _count(file: str, fit: Fit) -> str:
    counts = ", ".join(f"{n} of {fit.most}" for n in fit.counts)
    return f"{file:<24} {counts}" if fit.fits else f"{'':<24} {fit.network}: {counts}: too long, so there is no {file}"


def _readme(kit: Kit) -> str:
    return f"\n{RULE}\n\n".join(_about(kit, lang, own) for lang, own in kit_words.words().items())


def _about(kit: Kit, lang: str, own: Words) -> str:
    """What this is, in one language."""
    lines = [f"*** {own['not_agreed']} ***", own["not_agreed_note"], ""] if kit.draft else []
    lines += [f"{own['kit']} · {called(kit, lang)} · {kit.office}", kit.topic, "", *standing(kit, lang), ""]
    lines += [f"{own['locked']} ({said.lang}){own['colon']}{'; '.join(said.locks)}" for said in kit.texts if said.locks]
    lines += ["", own["about"], "", f"{own['check']}", own["sums"]]
    lines += [own["proof"], own["later"]] if kit.proof is not None else []
    lines += ["", f"{own['digest']}{own['colon']}{kit.digest}", f"{own['words']}{own['colon']}{' '.join(kit.words)}",
              f"{own['safety']}{own['colon']}{' '.join(kit.safety)}"]  # fmt: skip
    return "\n".join(lines) + "\n"
