"""Single texts: every version of a contribution with all that is known of it, a few hundred at a time.

Here belong the queries for the pages of contributions. Nothing of a withdrawn text is handed on, and no more of
another than its storage policy allows, whatever the tables hold: a site is copied by others and cannot be called back.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from warehouse.site.holdings import Holdings, Row, grouped

AT_ONCE = 200
"""How many contributions are in memory at a time."""

_KEPT_OF_WITHDRAWN = frozenset(
    "contribution_id version round_table_id prompt_id role entry ordinal state withdrawn_on withdrawal_reason "
    "storage_policy first_captured_at last_captured_at".split()
)
_WORDS = ("text", "standfirst", "funding_statement")


@dataclass(slots=True)
class Version:
    """One version: its row, who speaks in it, its stance, its passages and pictures, its evidence, and its capture."""

    row: Row
    voices: list[Row] = field(default_factory=list)
    stance: Row | None = None
    passages: list[Row] = field(default_factory=list)
    media: list[Row] = field(default_factory=list)
    evidence: dict[str, list[Row]] = field(default_factory=dict)
    capture: Row | None = None

    @property
    def number(self) -> int:
        """From 1."""
        return int(self.row["version"])

    @property
    def names(self) -> list[str]:
        """Who speaks, as printed."""
        return [voice["name_as_printed"] for voice in self.voices]


@dataclass(slots=True)
class Text:
    """A contribution: its versions, oldest first, and what hangs on it as a whole."""

    contribution_id: str
    versions: list[Version]
    current: Version
    citations: list[Row]
    manifestations: list[Row]
    outward: list[Row]
    inward: list[Row]
    elsewhere: list[Row]

    @property
    def withdrawn(self) -> bool:
        """True where only a tombstone is left."""
        return bool(self.current.row["state"] == "withdrawn")


def texts(holdings: Holdings, ids: Sequence[str]) -> Iterator[Text]:
    """The contributions of these ids, in their order."""
    for start in range(0, len(ids), AT_ONCE):
        yield from _some(holdings, list(ids[start : start + AT_ONCE]))


def _some(holdings: Holdings, ids: list[str]) -> Iterator[Text]:
    def of(table: str, order: str, column: str = "contribution_id") -> dict[str, list[Row]]:
        found = holdings.among(ids, f"FROM {table} WHERE {column} IN (FROM wanted) ORDER BY {column}, {order}")
        return grouped(found, column)

    current = {row["contribution_id"]: row for rows in of("contributions", "version").values() for row in rows}
    versions = of("contribution_versions", "version")
    parts = {
        "passages": of("passages", "version, ordinal"),
        "media": of("media", "version, ordinal"),
        "voices": of("participations", "version, position"),
        "affiliations": of("affiliations", "version, position, ordinal"),
        "stances": of("stances", "version"),
        "evidence": grouped(
            holdings.among(
                ids,
                "FROM evidence WHERE record_type = 'contributions' AND record_id IN (FROM wanted) "
                "ORDER BY record_id, version, field, chosen DESC, evidence_id",
            ),
            "record_id",
        ),
    }
    citations, carried = of("citations", "style"), of("manifestations", "url, kind")
    outward, inward = of("relations", "relation_id", "from_id"), of("relations", "relation_id", "to_id")
    elsewhere = grouped(_elsewhere(holdings, ids), "of_id")
    captures = _captures(holdings, [*(row for rows in versions.values() for row in rows), *_all(parts["evidence"])])
    others = holdings.listed_by_id(
        [row["to_id"] for row in _all(outward) if row["to_id"]] + [row["from_id"] for row in _all(inward)]
    )
    for name in ids:
        made = [_version(row, parts, captures) for row in versions.get(name, [current[name]])]
        newest = next((one for one in made if one.number == current[name]["version"]), made[-1])
        gone = current[name]["state"] == "withdrawn"
        yield Text(
            contribution_id=name,
            versions=[_silenced(one) for one in made] if gone else made,
            current=_silenced(newest) if gone else newest,
            citations=[] if gone else citations.get(name, []),
            manifestations=carried.get(name, []),
            outward=[] if gone else _linked(outward.get(name, []), current[name], others),
            inward=_spoken(inward.get(name, []), others),
            elsewhere=[] if gone else elsewhere.get(name, []),
        )


def _version(row: Row, parts: Mapping[str, dict[str, list[Row]]], captures: dict[str, Row]) -> Version:
    def mine(name: str) -> list[Row]:
        rows = parts[name].get(row["contribution_id"], [])
        return [one for one in rows if one["version"] == row["version"]]

    belonging = mine("affiliations")
    speakers = [
        voice | {"affiliations": [one for one in belonging if one["position"] == voice["position"]]}
        for voice in mine("voices")
    ]
    shown = row["storage_policy"] != "metadata_only"
    whole = row["storage_policy"] == "full_text"
    witnesses = [one | {"capture": captures.get(one["capture_id"])} for one in mine("evidence")]
    return Version(
        row=row if shown else row | dict.fromkeys(_WORDS, None) | {"text": ""},
        voices=speakers,
        stance=next(iter(mine("stances")), None),
        passages=mine("passages") if whole else _excerpt(row["text"]) if shown else [],
        media=mine("media") if whole else [],
        evidence=grouped([one for one in witnesses if whole or one["field"] not in _WORDS], "field"),
        capture=captures.get(row["capture_id"]),
    )


def _excerpt(text: str) -> list[Row]:
    """What may be shown of a text, as passages; the table of passages is not asked, which might hold more."""
    parts = [part for part in text.split("\n\n") if part.strip()]
    return [{"kind": "paragraph", "in_text": True, "text": part} for part in parts]


def _silenced(version: Version) -> Version:
    """What a tombstone may say."""
    kept = {name: value if name in _KEPT_OF_WITHDRAWN else None for name, value in version.row.items()}
    return Version(row=kept | {"text": "", "state": "withdrawn"})


def _linked(rows: list[Row], speaker: Row, others: dict[str, Row]) -> list[Row]:
    """The relations that a text states, each with the text that it leads to."""
    return [row | {"other": others.get(row["to_id"]), "quote": _quoted(row, speaker)} for row in rows]


def _spoken(rows: list[Row], others: dict[str, Row]) -> list[Row]:
    """The relations that lead here from texts which may still be heard."""
    heard = [row for row in rows if row["to_kind"] == "contribution" and row["from_id"] in others]
    return [
        row | {"other": others[row["from_id"]], "quote": _quoted(row, others[row["from_id"]])}
        for row in heard
        if others[row["from_id"]]["state"] != "withdrawn"
    ]


def _quoted(relation: Row, speaker: Row) -> str | None:
    return None if speaker["storage_policy"] == "metadata_only" else relation["quote"]


def _captures(holdings: Holdings, rows: Iterable[Row]) -> dict[str, Row]:
    ids = sorted({row["capture_id"] for row in rows if row["capture_id"]})
    found = holdings.among(ids, "FROM captures WHERE capture_id IN (FROM wanted)")
    return {row["capture_id"]: row for row in found}


def _elsewhere(holdings: Holdings, ids: list[str]) -> list[Row]:
    """For each contribution up to six others in which one of its people speaks, the nearest in time first."""
    return holdings.among(
        ids,
        """
        WITH here AS (
            SELECT c.contribution_id, c.published_on, pa.person_id
            FROM contributions AS c JOIN participations AS pa USING (contribution_id, version)
            WHERE c.contribution_id IN (FROM wanted) AND pa.person_id IS NOT NULL
        )
        SELECT DISTINCT h.contribution_id AS of_id, pe.name, o.contribution_id, o.title, o.role, o.prompt_id,
               o.round_table_id, o.published_on, o.published_edtf
        FROM here AS h
        JOIN participations AS pa USING (person_id)
        JOIN contributions AS o ON o.contribution_id = pa.contribution_id AND o.version = pa.version
        JOIN people AS pe USING (person_id)
        WHERE o.contribution_id <> h.contribution_id AND o.state <> 'withdrawn'
        QUALIFY row_number() OVER (
            PARTITION BY h.contribution_id
            ORDER BY abs(o.published_on - h.published_on) NULLS LAST, o.contribution_id, pe.name
        ) <= 6
        ORDER BY of_id, o.published_on NULLS LAST, o.contribution_id, pe.name
        """,
    )


def _all(rows: dict[str, list[Row]]) -> list[Row]:
    return [row for some in rows.values() for row in some]
