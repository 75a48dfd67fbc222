"""Sets of agreed language on a desk: read from files, proposed, adopted by a second person, taken out, written to files."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, Any

from g20desk import reading
from g20desk.clock import iso
from g20desk.desk import possible
from g20desk.desk.reasons import reason
from g20desk.desk.whole_file import replacing
from g20desk.errors import Refused, Usage
from g20desk.ledger import pieces
from g20desk.office.agreed import MOST_BYTES, AgreedSet, Unit, digest, packed, unpacked
from g20desk.office.library import base, new_in, plain

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.office.agreed_files import Fault

SHOWN_FAULTS = 5
SINCE = 3  # of the rules
NOTHING = {"piece": "0" * 64, "key": "0" * 64, "size": 0}


class AgreedSets(ABC):
    """What `desk.library` does with sets; it says what is agreed by now."""

    _desk: Desk

    @abstractmethod
    def units(self) -> list[Unit]:
        """All that is agreed now, each wording with its source."""

    @abstractmethod
    def known(self) -> set[tuple[str, str]]:
        """Languages and plain texts of all that is agreed now."""

    def sets(self) -> list[dict[str, Any]]:
        """Sets that were proposed or adopted, in that order of their acts: {"id", "name", "state", "note", "by", "at", "adopted_by",
        "adopted_at", "texts", "digest"}; `texts`: how many, None where the file is not on this desk."""
        return [self._told(one) for one in self._desk.office.agreed.values()]

    def _told(self, one: AgreedSet) -> dict[str, Any]:
        people = self._desk.office.people
        try:
            texts: int | None = len(self.contents(one))
        except Refused:
            texts = None
        return {
            "id": one.event, "name": one.name, "state": "adopted" if one.adopted_by else "proposed",
            "note": pieces.text(self._desk.store, one.note), "by": people[one.by].name, "at": iso(one.at),
            "adopted_by": people[one.adopted_by].name if one.adopted_by else "",
            "adopted_at": iso(one.adopted_at) if one.adopted_by else None, "texts": texts, "digest": one.digest,
        }  # fmt: skip

    def set(self, prefix: str) -> AgreedSet:
        """A set by the beginning of its id. Raises Refused."""
        found = [one for id, one in self._desk.office.agreed.items() if len(prefix) >= 6 and id.startswith(prefix)]
        if len(found) != 1:
            raise Refused("unknown-id", f"There is no one set “{prefix}”.", "See: g20desk library list")
        return found[0]

    def contents(self, one: AgreedSet) -> tuple[Unit, ...]:
        """What a set holds. Raises Refused where it is not on this desk, or is not what its digest names."""
        data = pieces.get(self._desk.store, one.file)
        if data is None:
            raise Refused("withheld", f"The wording of “{one.name}” is not on this desk.", "Wait for it: g20desk sync")
        if digest(data) != one.digest:
            raise Refused("other-digest", f"The wording of “{one.name}” is not what was signed.", "Have it withdrawn.")
        return unpacked(data)

    def read(self, file: Path) -> list[Unit]:
        """The units of a file. Raises Usage, which names each fault by row and column."""
        from g20desk.office import agreed_files  # with what reads XML: looking something up needs none of it

        data = reading.read(file, MOST_BYTES, "Take it in in parts.")
        try:
            return agreed_files.read(file.name, data)
        except agreed_files.Faults as bad:
            raise Usage(
                "bad-file", f"{file.name}: {_listed(bad.faults)}", "Mend the file; nothing of it was taken in.",
                faults=[{"row": one.row, "column": one.column, "why": one.why} for one in bad.faults],
            ) from bad  # fmt: skip

    def look(self, file: Path) -> dict[str, int]:
        """What a file would bring, nothing signed: {"new", "known"}. Raises Usage."""
        found = self.read(file)
        new = new_in(found, self.known())
        if not new:
            raise Usage("no-change", "All of this is in the library.", "There is nothing to adopt.")
        return {"new": len(new), "known": len(found) - len(new)}

    def why_not_propose(self) -> str:
        """Why this person proposes no set; empty where they may."""
        return self._tried("agreed.adopted", name="-", digest="0" * 64, note=NOTHING, file=NOTHING)

    def can(self, prefix: str) -> dict[str, str]:
        """For adopt and withdraw an empty string, or why not: tried in the acts, decided nowhere else."""
        one = self.set(prefix)
        adopt = self._tried("agreed.adopted", name=one.name, digest=one.digest, note=one.note, file=one.file)
        return {"adopt": adopt, "withdraw": self._tried("agreed.withdrawn", set=one.event, why=NOTHING)}

    def _tried(self, kind: str, **values: Any) -> str:
        office = self._desk.office
        return possible.UNKNOWN if office.fold < SINCE else possible.in_office(self._desk, kind, values, office)

    def waiting(self) -> list[AgreedSet]:
        """The sets that wait for this person's word."""
        return [
            one for one in self._desk.office.agreed.values() if not one.adopted_by and not self.can(one.event)["adopt"]
        ]

    def propose(self, file: Path, name: str, why: str) -> dict[str, Any]:
        """Propose what a file says that is not in the library: {"proposal", "new", "known"}. Raises Usage, Refused."""
        found = self.read(file)
        new = new_in(found, self.known())
        if not new:
            raise Usage("no-change", "All of this is in the library.", "There is nothing to adopt.")
        ref, kept = reason(why)
        data = packed(new)
        names = digest(data)
        if (open_ := next((one for one in self._desk.office.agreed.values() if one.digest == names), None)) is not None:
            raise Usage(
                "proposed-already",
                "This is proposed already.",
                f"A second person: g20desk library adopt {open_.event[:12]}",
            )
        file_ref = pieces.refer(data)
        values = {"name": name.strip(), "digest": names, "note": ref, "file": file_ref}
        made = self._desk.act("agreed.adopted", values, pieces={**kept, file_ref["piece"]: data})
        return {"proposal": made, "new": len(new), "known": len(found) - len(new)}

    def adopt(self, prefix: str) -> dict[str, Any]:
        """Sign a proposal as the second person, once its wording is here to be read: {"set", "name", "texts"}. Raises Refused."""
        found = self.set(prefix)
        held = self.contents(found)
        values = {"name": found.name, "digest": found.digest, "note": found.note, "file": found.file}
        self._desk.act("agreed.adopted", values)
        return {"set": found.event, "name": found.name, "texts": len(held)}

    def withdraw(self, prefix: str, why: str) -> None:
        """Take a proposal off the table, or, as the head, a set out of the library."""
        ref, kept = reason(why)
        self._desk.act("agreed.withdrawn", {"set": self.set(prefix).event, "why": ref}, pieces=kept)

    def export(self, file: Path, source: str = "", target: str = "") -> int:
        """Write the library to a file, how many texts: TMX, what is agreed in several languages (in both, where two are named);
        or a table with tabs, all of it. Raises Usage."""
        from g20desk import __version__
        from g20desk.office import agreed_files, tmx

        ending = file.suffix.lower()
        if ending not in (".tmx", ".tsv"):
            raise Usage("bad-file", "The library is written as .tmx or .tsv.", "Name a file that ends so.")
        found = self.units()
        if ending == ".tmx":
            wanted = {base(one) for one in (source, target) if one}
            found = [one for one in found if len(one.texts) > 1 and wanted <= {base(lang) for lang in one.texts}]
        data = tmx.write(found, __version__, source or "*all*") if ending == ".tmx" else agreed_files.table(found)
        with replacing(file) as out:
            out.write(data)
        return len(found)


def _listed(faults: tuple[Fault, ...]) -> str:
    """The first faults in words."""
    told = []
    for one in faults[:SHOWN_FAULTS]:
        where = (f"row {one.row}, " if one.row else "") + (f"column {one.column}: " if one.column else "")
        told.append(where + one.why)
    more = f"; and {len(faults) - SHOWN_FAULTS} more" if len(faults) > SHOWN_FAULTS else ""
    return "; ".join(told) + more + "."


def known_in(units: list[Unit]) -> set[tuple[str, str]]:
    """Languages and plain texts of units."""
    return {(lang, plain(text)) for one in units for lang, text in one.texts.items()}
