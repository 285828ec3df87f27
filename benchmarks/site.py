"""What the reading room costs: pages a second of processor time, the peak of memory, and the size of the index.

    python -m benchmarks.site [--texts 10000]

Generated rows with a natural distribution of words; everything is written into a temporary folder. The peer is the
plainest thing that could be done: every file's bytes written once more, without a template or a database.
"""

import argparse
import datetime as dt
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from archive.model import (
    Capture,
    Citation,
    Contribution,
    ContributionVersion,
    Evidence,
    Participant,
    Participation,
    Passage,
    Person,
    Prompt,
    PromptWording,
    Publisher,
    RoundTable,
    Series,
)
from archive.model.records import Records
from warehouse import parquet, publish
from warehouse.site import build

ENTRIES, QUESTIONS, WORDS = 25, 4, 350
DAY = dt.date(2000, 1, 1)
NOW = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - rows hold naive UTC


def main() -> int:
    """Write a site of so many texts and print what it cost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=10_000)
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.write:
        return _written(wanted.write)
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        (home / "tables").mkdir()
        release = parquet.write(generated(wanted.texts), home / "tables", [], now=NOW, code_version="")
        publish.publish(release.folder, home / "roundtable.duckdb")
        # A process of its own, so that its peak is not that of the generator.
        subprocess.run([sys.executable, "-m", "benchmarks.site", "--write", home], check=True)
        files = [path for path in (home / "site").rglob("*") if path.is_file()]
        contents = [path.read_bytes() for path in files]
        started = time.process_time()
        for number, content in enumerate(contents):
            (home / f"{number}").write_bytes(content)
        print(f"the same bytes, written plainly: {time.process_time() - started:.1f} s of processor time")
        index = [path.stat().st_size for path in files if path.parent.parent.name == "search"]
        print(f"index: {len(index):,} files, {sum(index) / 1e6:,.1f} MB, largest {max(index) / 1e3:,.0f} kB")
    return 0


def _written(home: Path) -> int:
    started = time.process_time()
    written = build.write(home / "roundtable.duckdb", home / "site", print)
    seconds = time.process_time() - started
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    print(f"{written.texts:,} texts, {written.pages:,} pages, {written.bytes / 1e6:,.0f} MB")
    print(f"{seconds:.1f} s of processor time, {written.pages / seconds:,.0f} pages/s")
    print(f"peak of memory: {int(peak.split()[1]) / 1024:,.0f} MiB")
    return 0


def generated(texts: int) -> Records:
    """Round tables of 25 entries and 4 questions, every entry answering every question."""
    chance = random.Random(7)
    vocabulary = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 11))) for _ in range(60_000)]
    weights = [1 / (rank + 3) for rank in range(len(vocabulary))]
    records = Records()
    records.add(Publisher(publisher_id="p", name="A publisher", url="https://example.org/"))
    records.add(Series(series_id="s", publisher_id="p", title="A series"))
    for number in range(-(-texts // (ENTRIES * QUESTIONS))):
        _round_table(records, f"table-{number:05}", number, lambda: chance.choices(vocabulary, weights, k=WORDS))
    return records


def _round_table(records: Records, name: str, number: int, words) -> None:  # noqa: ANN001 - a maker of words
    capture = f"c-{number:020x}"
    opened = DAY + dt.timedelta(days=9 * number)
    records.add(
        Capture(
            capture_id=capture, url=f"https://example.org/{name}", ingested_at=NOW, origin="live",
            record_type="response", payload_sha256="0" * 64, payload_bytes=1, warc_file="x.warc.gz", warc_offset=1,
            warc_length=1,
        ),
        RoundTable(round_table_id=name, series_id="s", title=" ".join(words()[:6]), opened_on=opened, state="complete"),
    )  # fmt: skip
    for entry in range(ENTRIES):
        person = f"{name}/people/{entry}"
        printed = " ".join(words()[:2]).title()
        records.add(
            Person(person_id=person, name=printed, sort_name=printed, status="provisional"),
            Participant(
                round_table_id=name, entry=str(entry), position=1, ordinal=entry + 1, role="respondent",
                name_as_printed=printed, person_id=person,
            ),
        )  # fmt: skip
    for question in range(QUESTIONS):
        prompt = f"{name}/q{question + 1}"
        wording = " ".join(words()[:14])
        records.add(
            Prompt(
                prompt_id=prompt,
                round_table_id=name,
                ordinal=question + 1,
                kind="question",
                text=wording,
                capture_id=capture,
            ),
            PromptWording(prompt_id=prompt, kind="page", text=wording, capture_id=capture),
        )
        for entry in range(ENTRIES):
            _answer(
                records,
                f"{prompt}/{entry}",
                prompt,
                name,
                entry,
                capture,
                opened + dt.timedelta(days=question),
                words(),
            )


def _answer(
    records: Records, answer: str, prompt: str, table: str, entry: int, capture: str, day: dt.date, words: list[str]
) -> None:
    paragraphs = [" ".join(words[start : start + 70]) for start in range(0, len(words), 70)]
    values = {
        "contribution_id": answer, "version": 1, "round_table_id": table, "prompt_id": prompt, "role": "response",
        "entry": str(entry), "ordinal": entry + 1, "text": "\n\n".join(paragraphs), "word_count": len(words),
        "published_on": day, "published_edtf": day.isoformat(), "storage_policy": "full_text",
        "url": f"https://example.org/{prompt}", "capture_id": capture,
    }  # fmt: skip
    records.add(
        Contribution(**values),
        ContributionVersion(**values),
        Participation(
            contribution_id=answer, version=1, position=1, name_as_printed=f"Entry {entry}", agent_kind="person",
            person_id=f"{table}/people/{entry}",
        ),
        Citation(contribution_id=answer, style="plain", text=f"A citation of {answer}."),
        *(
            Passage(
                contribution_id=answer, version=1, ordinal=place, kind="paragraph", in_text=True, text=text,
                locator=f"p[{place}]", capture_id=capture,
            )
            for place, text in enumerate(paragraphs, start=1)
        ),
        *(
            Evidence(
                evidence_id=f"{answer}/{place}", record_type="contributions", record_id=answer, version=1,
                field=f"field_{place // 2}", value="what a witness says", witness="visible", rule="a rule",
                reader_version="1", locator="/html/body/main[1]/article[1]", capture_id=capture, chosen=place % 2 == 0,
            )
            for place in range(20)
        ),
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
