"""Proposed round tables: getting a landing page, keeping what is proposed, and accepting it.

Here belongs the way of a proposal through a home: the page is taken from a file, from the captures, or fetched as any
page is; the proposal waits under `curation/register/SOURCE/proposed/` until a person accepts it. Not here: what a
page says of a round table (`archive.sources.proposal`).
"""

import tomllib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from protego import Protego

from archive import durable
from archive.captures import index
from archive.captures.harvest import Due, Round
from archive.codes import Code, Outcome, RoundtableError
from archive.discussion.pages import is_page
from archive.fetch.robots import origin_of
from archive.fetch.session import PRODUCT
from archive.model import Capture, Run
from archive.normalise import urls
from archive.sources import proposal, proposal_toml
from archive.sources.proposal import Proposal
from archive.sources.register import Register, RegisteredSource
from pipelines.ingest import manners, resolver_of
from pipelines.opened import OpenedHome
from pipelines.steps import Say, now

PROPOSED = "proposed"
"""The folder beside `round_tables/` whose files wait for a person."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal with its text, and where the page came from."""

    proposal: Proposal
    toml: str
    origin: str
    capture_id: str | None


def source_of(register: Register, url: str) -> RegisteredSource:
    """The publisher of an address.

    Raises:
        RoundtableError: `source_unknown`.
    """
    found = register.for_url(url)
    if found is None:
        advice = f"describe the publisher of {urls.host(url)} first: docs/adding-a-source.md"
        raise RoundtableError(Code.SOURCE_UNKNOWN, "no publisher in the register has this host", url, advice)
    return found


def from_file(register: Register, url: str, file: Path) -> Proposed:
    """What the saved page `file` says of the round table at `url`; nothing is kept.

    Raises:
        RoundtableError: `source_unknown`, `file_missing`, `not_a_landing_page`.
    """
    source = source_of(register, url)
    try:
        payload = file.read_bytes()
    except OSError as error:
        raise RoundtableError(Code.FILE_MISSING, f"cannot be read: {error.strerror}", str(file)) from None
    made = proposal.propose(payload, url, source, register, lambda _: False)
    return _proposed(made, f"the file {file.name}", None)


def from_web(opened: OpenedHome, url: str, say: Say) -> Proposed:
    """What the page at `url` says of its round table: the capture that is held, else fetched and kept as one.

    Whoever calls this holds the home's lock.

    Raises:
        RoundtableError: `source_unknown`, `contact_missing`, `page_not_had`, `not_a_landing_page`.
    """
    source = source_of(opened.register, url)
    address = urls.canonical(url, keep_query=not source.source.query_is_noise)
    pages = [capture for capture in opened.store.of_url(address) if is_page(capture)]
    held = pages[-1] if pages else _fetched(opened, source, address, say)
    # Where the publisher redirected us, the page's own address is the one that answered.
    made = proposal.propose(opened.store.payload(held), held.url, source, opened.register, _refused(opened))
    when = f"captured {held.captured_at:%Y-%m-%d %H:%M} UTC" if held.captured_at else "captured at an unknown time"
    return _proposed(made, f"{held.capture_id}, {when}", held.capture_id)


def _proposed(made: Proposal, origin: str, capture_id: str | None) -> Proposed:
    toml = proposal_toml.text(made, origin)
    # What is proposed must be a file that the register can read; anything else is a bug, told here and not later.
    proposal_toml.parsed(toml)
    return Proposed(made, toml, origin, capture_id)


def _fetched(opened: OpenedHome, source: RegisteredSource, url: str, say: Say) -> Capture:
    """The page, asked for as an ingestion would: robots.txt, waiting, journal and capture included."""
    with_manners = manners(opened, source)
    run_id, started_at = str(uuid.uuid4()), now()
    with resolver_of(source) as resolver:
        rows = Round(
            [Due(url)],
            session=with_manners.session(resolver),
            store=opened.store,
            politeness=with_manners.politeness,
            journal=opened.journal.append,
            run_id=run_id,
            report=lambda row: say(f"{row.outcome:<18} {row.url}"),
        ).go()
    last = rows[-1]
    kinds = {kind: int(last.kind == kind) for kind in ("fetched", "unchanged", "refused", "failed")}
    opened.journal.append(
        Run(run_id=run_id, command="sources propose", started_at=started_at, ended_at=now(), due=1, **kinds)
    )
    index.rebuild(opened.home.captures)
    captures = {capture.capture_id: capture for capture in opened.store.captures()}
    if last.outcome not in {Outcome.FETCHED, Outcome.UNCHANGED} or last.capture_id not in captures:
        detail = f" ({last.detail})" if last.detail and last.kind == "failed" else ""
        raise RoundtableError(Code.PAGE_NOT_HAD, f"{Outcome(last.outcome).meaning}{detail} [{last.outcome}]", url)
    return captures[last.capture_id]


def _refused(opened: OpenedHome) -> Callable[[str], bool]:
    """What the captured robots.txt files close to us; where none was captured, nothing is known to be closed."""
    known: dict[str, Protego | None] = {}

    def refused(url: str) -> bool:
        origin = origin_of(url)
        if origin not in known:
            held = opened.store.latest(f"{origin}/robots.txt")
            text = opened.store.payload(held).decode("utf-8", "replace") if held else None
            known[origin] = Protego.parse(text) if text is not None else None
        rules = known[origin]
        return rules is not None and not rules.can_fetch(url, PRODUCT)

    return refused


def as_dict(made: Proposed, path: Path | None) -> dict[str, Any]:
    """For `--json`: the file as values, the witness of each value, and the text."""
    return {
        "round_table": made.proposal.id,
        "source": made.proposal.source_id,
        "url": made.proposal.url,
        "origin": made.origin,
        "capture_id": made.capture_id,
        "path": path,
        "register": tomllib.loads(made.toml),
        "series": {one.key: one.value for one in made.proposal.series},
        "witnesses": [
            {"table": section.header, "key": one.key, "value": one.value, "witness": one.witness}
            for section in made.proposal.sections
            for one in section.values
            if one.witness
        ],
        "toml": made.toml,
    }


# --- keeping and accepting -----------------------------------------------------------------------------


def waiting(register: Path) -> dict[str, list[str]]:
    """Publisher → the ids of the round tables that are proposed for it, under a home's `curation/register`."""
    found: dict[str, list[str]] = {}
    for path in sorted(register.glob(f"*/{PROPOSED}/*.toml")):
        found.setdefault(path.parents[1].name, []).append(path.stem)
    return found


def keep(opened: OpenedHome, made: Proposed) -> Path:
    """Write a proposal where it waits for a person; one that was written before is replaced.

    Raises:
        RoundtableError: `registered_already`.
        OSError: the disk refused.
    """
    _check_new(opened.register, made.proposal.id)
    path = opened.home.curation / "register" / made.proposal.source_id / PROPOSED / f"{made.proposal.id}.toml"
    durable.write_text(path, made.toml)
    return path


def accept(opened: OpenedHome, table_id: str) -> Path:
    """Move a proposed file among those in use, if the register can be read with it.

    Raises:
        RoundtableError: `proposal_unknown`, `registered_already`, or `register_invalid` for what a person must mend.
        OSError: the disk refused.
    """
    root = opened.home.curation / "register"
    found = sorted(root.glob(f"*/{PROPOSED}/{table_id}.toml")) if _can_be_id(table_id) else []
    if not found:
        raise RoundtableError(Code.PROPOSAL_UNKNOWN, f"no round table {table_id!r} is proposed", str(root))
    _check_new(opened.register, table_id)
    target = found[0].parents[1] / "round_tables" / found[0].name
    durable.write_bytes(target, found[0].read_bytes())
    try:
        Register.load(root)
    except RoundtableError:
        # The register must stay readable: the file goes back to where it can be mended.
        target.unlink()
        raise
    found[0].unlink()
    return target


def _check_new(register: Register, table_id: str) -> None:
    for table in register.round_tables():
        if table.id == table_id:
            what = f"the round table {table_id!r} is in the register"
            raise RoundtableError(Code.REGISTERED_ALREADY, what, table.file.name)


def _can_be_id(name: str) -> bool:
    """True for a name that can be an id, and so a file's name."""
    return bool(name) and all(part.isalnum() and part.isascii() for part in name.split("-"))
