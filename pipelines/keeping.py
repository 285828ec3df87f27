"""Looking after a home: is every byte what it was, and putting back what a second copy still has.

Here belongs what `roundtable verify` and the sample of each run do: the rooms look at their own files, this joins what
they found, notes it in the journal, and passes on to mending. Not here: how a file is looked at
(`archive.captures.verify`, `archive.ledgers`, `warehouse.verify`).
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from archive import ledgers
from archive.captures import repair as captures_repair
from archive.captures import verify as captures_verify
from archive.captures.manifest import SUFFIX
from archive.codes import Checked, Code, Finding, RoundtableError
from archive.home import Home
from archive.journal import Journal
from archive.model import Event, Release
from warehouse import verify as tables_verify

_COUNTED = ("fetches", "runs", "releases")
"""Tables whose rows are the journal's own: a journal with fewer has lost lines."""
_IN_A_SAMPLE = "in a sample, "
WHOLE, RESTORED = "whole", "restored"
_FOLDERS = {"captures": ("captures/",), "ledgers": ("journal/", "curation/")}
_TRUTH = tuple(folder for folders in _FOLDERS.values() for folder in folders)
_MINTED = "curation/ids/minted.jsonl"


@dataclass(frozen=True, slots=True)
class Verification:
    """What a look at a home came to.

    Attributes:
        parts: `captures`, `ledgers` (journal and curation) and `tables`, each with what was looked at; the files in
            their findings are relative to the home folder.
        restored: what was put back from a second copy, in words.
        not_noted: why the result does not stand in the journal; None where it does.
    """

    parts: Mapping[str, Checked]
    restored: tuple[str, ...] = ()
    not_noted: str | None = None

    @property
    def findings(self) -> list[Finding]:
        """All of them."""
        return [finding for part in self.parts.values() for finding in part.findings]

    @property
    def damage(self) -> list[Finding]:
        """Those that something must be done about."""
        return [finding for finding in self.findings if finding.is_damage]

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "whole": not self.damage,
            "checked": {
                name: {"files": part.files, "records": part.records, "bytes": part.bytes}
                for name, part in self.parts.items()
            },
            "findings": [
                {"code": one.code, "file": one.file, "offset": one.offset, "what": one.what, "damage": one.is_damage}
                for one in self.findings
            ],
            "restored": list(self.restored),
            "noted": self.not_noted is None,
            "not_noted_because": self.not_noted,
        }


def verify(home: Home) -> Verification:
    """Look at captures, journal, curation and tables; nothing is changed.

    Raises:
        OSError: a file cannot be read.
    """
    rows = {name: len(tables_verify.published_rows(home.tables, name, [_key(name)])) for name in _COUNTED}
    kept = ledgers.verify(home.root, rows)
    if not (home.root / _MINTED).is_file() and tables_verify.published_rows(home.tables, "contributions", ["version"]):
        what = "the file is missing, and texts are published under the ids that were minted in it"
        kept.findings.append(Finding(Code.CURATION_DAMAGED, _MINTED, 0, what))
    listed = tables_verify.published_rows(home.tables, "captures", ["capture_id", "warc_file"])
    captures = captures_verify.verify(home.captures, {str(name): str(warc) for name, warc in listed})
    tables = tables_verify.verify(home.tables, _releases(home, kept))
    return Verification(
        {"captures": _inside("captures", captures), "ledgers": kept, "tables": _inside("tables", tables)}
    )


def repair(home: Home, copy: Path) -> Verification:
    """Restore from the home folder `copy` what is damaged here and whole there, and look again.

    Raises:
        RoundtableError: `home_empty` where `copy` is no home folder.
        OSError: the disk refused; each file is then what it was, or whole.
    """
    if not (copy / "captures").is_dir():
        advice = "name a folder that holds captures/, curation/ and journal/"
        raise RoundtableError(Code.HOME_EMPTY, "this is no copy of an archive", str(copy), advice)
    found = verify(home)
    told = [] if not found.damage else ledgers.repair(home.root, copy, found.parts["ledgers"].damage)
    damage = [replace(one, file=one.file.removeprefix("captures/")) for one in found.parts["captures"].damage]
    if damage:
        told += [f"captures/{one}" for one in captures_repair.repair(home.captures, copy / "captures", damage)]
    damage = [replace(one, file=one.file.removeprefix("tables/")) for one in found.parts["tables"].damage]
    if damage:
        releases = _releases(home, ledgers.verify(home.root))
        told += [f"tables/{one}" for one in tables_verify.repair(home.tables, copy / "tables", damage, releases or [])]
    return replace(verify(home), restored=tuple(told))


def note(home: Home, found: Verification, at: dt.datetime) -> Verification:
    """Write the result into the journal: an event for each part, and one for each damaged file.

    Args:
        home: whose journal it is; whoever calls this holds its lock.
        found: the result.
        at: when, in UTC without a zone.

    Returns:
        The result, which says so where the journal could not take it: it is worth more than its note.
    """
    if any(one.file == "journal/events.jsonl" for one in found.damage):
        return replace(found, not_noted="the journal's log of events is damaged")
    rows = []
    for name, part in found.parts.items():
        words = f"{part.files} files, {part.records} records, {part.bytes} bytes; findings: {len(part.damage)}"
        rows.append(_event(name, at, "damaged" if part.damage else WHOLE, words))
    for file in sorted({one.file for one in found.findings}):
        first = next(one for one in found.findings if one.file == file)
        rows.append(_event(file, at, str(first.code), f"at byte {first.offset}: {first.what}"))
    rows += [_event(words.partition(":")[0], at, RESTORED, words) for words in found.restored]
    try:
        Journal(home.journal).append(*rows)
    except OSError as error:
        return replace(found, not_noted=f"it cannot be written: {error.strerror}")
    return found


def verify_sample(home: Home, journal: Journal, names: Sequence[str], at: dt.datetime) -> Checked:
    """Look at some WARC files, and note in the journal which are found to be damaged, or whole again.

    What a look at everything found is left to another one: it sees more than a sample does.

    Args:
        home: whose captures they are; whoever calls this holds its lock.
        journal: the home's.
        names: of the files.
        at: when, in UTC without a zone.

    Returns:
        What was found; the files in its findings are relative to the captures.

    Raises:
        OSError: a file cannot be read, or the journal not be written.
    """
    found = captures_verify.verify_some(home.captures, names)
    standing = {event.object: event for event in standing_damage(journal)}
    sampled = {file for file, event in standing.items() if (event.note or "").startswith(_IN_A_SAMPLE)}
    damaged = {f"captures/{one.file}": one for one in reversed(found.damage)}
    rows = [
        _event(file, at, str(one.code), f"{_IN_A_SAMPLE}at byte {one.offset}: {one.what}")
        for file, one in damaged.items()
        if file not in standing
    ]
    looked_at = {f"captures/{name}{end}" for name in names for end in ("", SUFFIX)}
    rows += [_event(file, at, WHOLE, "whole again") for file in sorted(looked_at & sampled - damaged.keys())]
    journal.append(*rows)
    return found


def standing_damage(journal: Journal) -> list[Event]:
    """The last word of the journal on each file of captures, journal or curation that was found to be damaged.

    Tables are left out: every run makes them good.
    """
    found: dict[str, Event] = {}
    for event in journal.read(Event):
        if event.type != "fixity_check":
            continue
        if event.object in _FOLDERS:
            # All of it was looked at; what is still amiss is named behind this.
            found = {file: one for file, one in found.items() if not file.startswith(_FOLDERS[event.object])}
        elif event.object.startswith(_TRUTH) and event.outcome not in {WHOLE, RESTORED, Code.TORN_TAIL}:
            found[event.object] = event
        else:
            found.pop(event.object, None)
    return list(found.values())


def _event(what: str, at: dt.datetime, outcome: str, words: str) -> Event:
    event_id = f"fixity_check {at:%Y-%m-%dT%H:%M:%S.%fZ} {what} {outcome}"
    return Event(event_id=event_id, type="fixity_check", object=what, at=at, outcome=outcome, note=words)


def _releases(home: Home, kept: Checked) -> list[Release] | None:
    """The releases that the journal names; None where its list of them is damaged."""
    if any(one.file == "journal/releases.jsonl" for one in kept.damage):
        return None
    return Journal(home.journal).read(Release)


def _key(table: str) -> str:
    return {"releases": "release_id"}.get(table, "run_id")


def _inside(folder: str, part: Checked) -> Checked:
    return replace(part, findings=[replace(one, file=f"{folder}/{one.file}") for one in part.findings])
