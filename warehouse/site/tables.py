"""The pages of a round table: what was asked, who answered what and when, and every prompt with its answers.

Here belongs bringing the rows of one round table together. Not here: single texts (`contributions`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from archive.codes import Outcome
from warehouse.site import plots
from warehouse.site.addresses import part_path, path_of
from warehouse.site.holdings import Holdings, Row, grouped
from warehouse.site.pages import Page, seated
from warehouse.site.render import Renderer, day
from warehouse.site.texts import Text, Version

ANSWERS_PER_PAGE = 25
_SHOWN_OF_A_DAY = 30
_SHORT = 70
_KINDS = {
    "question": "Question",
    "followup": "Follow-up",
    "statement": "Statement",
    "lead": "Lead essay",
    "sub_question": "Part of a question",
}
_IN_TEXT = ("heading", "paragraph", "list_item", "quotation", "table", "preformatted")


@dataclass(slots=True)
class Table:
    """A round table with everything that its pages need but the words.

    Attributes:
        row: the round table, with its series and publisher.
        prompts: in order, each with `label`, `wording`, `short` and its `wordings`.
        rows: its contributions as lists show them, by day.
        order: for each prompt its contributions in the order in which they are read.
    """

    row: Row
    prompts: list[Row]
    rows: list[Row]
    order: dict[str | None, list[Row]]
    answered: list[Row]


def load(holdings: Holdings, row: Row, prompts: list[Row]) -> Table:
    """Read one round table."""
    round_table_id = row["round_table_id"]
    rows = holdings.listed(round_table_id)
    order = _order(rows, holdings.comments(round_table_id))
    return Table(row, prompts, rows, order, holdings.answered(round_table_id))


def overview(render: Renderer, holdings: Holdings, table: Table, seats: Sequence[Row]) -> Page:
    """The page of the round table itself."""
    round_table_id = table.row["round_table_id"]
    participants = grouped(holdings.participants(round_table_id), "role")
    respondents = participants.get("respondent", [])
    columns = [
        prompt for prompt in table.prompts if prompt["prompt_id"] in {one["prompt_id"] for one in table.answered}
    ]
    lengths, ticks = plots.lengths(
        [
            (prompt, [one for one in table.order.get(prompt["prompt_id"], []) if one["role"] != "comment"])
            for prompt in table.prompts
        ]
    )
    path = path_of("round-tables", round_table_id)
    drawn = seated(table.row, seats)
    html = render.page(
        "round_table.html",
        path,
        table=table.row,
        seats=drawn["seats"],
        seats_label=drawn["seats_label"],
        convenors=participants.get("convenor", []) + participants.get("editor", []),
        funders=participants.get("funder", []),
        prompts=[prompt | {"answers": len(table.order.get(prompt["prompt_id"], []))} for prompt in table.prompts],
        columns=columns,
        lines=_lines(table.answered, columns),
        lengths=lengths,
        ticks=ticks,
        time=plots.over_time((one["published_on"], 1) for one in table.rows if one["published_on"]),
        timeline=_timeline(table),
        found={
            "entries": len({one["entry"] for one in respondents}),
            "people": len({one["person_id"] for one in respondents if one["person_id"]}),
            "organisations": len({one["organisation_id"] for one in respondents if one["organisation_id"]}),
            "heard": sum(seat["state"] == "answered" for seat in seats) if seats else None,
        },
        missing=[one | {"why": _why(one["last_outcome"])} for one in holdings.missing(round_table_id)],
    )
    return Page(path, html)


def prompt_page(
    render: Renderer, table: Table, prompt: Row, part: tuple[int, int], rows: Sequence[Row], said: Sequence[Text]
) -> Page:
    """A prompt with its answers in full, or one page of them where there are many (`part`: which of how many)."""
    name = prompt["prompt_id"]
    folder = path_of("prompts", name)
    path = part_path(folder, part[0])
    html = render.page(
        "prompt.html",
        path,
        table=table.row,
        prompt=prompt,
        texts=[_answer(place, text, row) for place, (text, row) in enumerate(zip(said, rows, strict=True), start=1)],
        silent=[one["names"] for one in table.answered if one["prompt_id"] == name and one["state"] == "silent"],
        folder=folder,
        part=part[0],
        total=part[1],
    )
    return Page(path, html)


def blocks(version: Version) -> list[tuple[str, list[Row]]]:
    """The passages of a text in runs of one kind, so that list items become one list; not those beside the text."""
    inside = [one for one in version.passages if one["in_text"]]
    return [(kind, list(some)) for kind, some in groupby(inside, key=lambda one: one["kind"])]


def _answer(place: int, text: Text, row: Row) -> dict[str, Any]:
    voices = text.current.voices
    said = [one["as_printed"] for voice in voices for one in voice["affiliations"]]
    return {
        "row": row,
        "anchor": f"text-{place}",
        "passages": blocks(text.current),
        "affiliation": "; ".join(dict.fromkeys(said)),
    }


def worded(prompt: Row) -> Row:
    """A prompt with the words that name it: its full wording, else the best that is known."""
    wordings = {one["kind"]: one["text"] for one in prompt["wordings"]}
    label = _KINDS.get(prompt["kind"], prompt["kind"])
    if prompt["ordinal"] is not None:
        label = f"{label} {prompt['ordinal']}"
    best = next((wordings[kind] for kind in ("page", "landing", "title", "slug") if kind in wordings), None)
    wording = prompt["text"] or best
    short = str(wordings.get("landing") or wordings.get("title") or wording or label)
    if len(short) > _SHORT:
        short = f"{short[:_SHORT].rsplit(' ', 1)[0]}…"
    return prompt | {"label": label, "wording": wording or "Its words were not captured", "short": short}


def _order(rows: Sequence[Row], comments: Mapping[str, str]) -> dict[str | None, list[Row]]:
    """The contributions of each prompt as they are read: by place on the page, comments below what they speak of."""
    below = grouped([row for row in rows if comments.get(row["contribution_id"])], "contribution_id")
    about: dict[str, list[Row]] = {}
    for name in below:
        about.setdefault(comments[name], []).extend(below[name])
    names = {row["contribution_id"] for row in rows}
    found: dict[str | None, list[Row]] = {}
    for row in sorted(rows, key=_place):
        if comments.get(row["contribution_id"]) in names:
            continue
        found.setdefault(row["prompt_id"], []).append(row)
        found[row["prompt_id"]] += sorted(about.get(row["contribution_id"], []), key=_place)
    return found


def _place(row: Row) -> tuple[Any, ...]:
    return (row["ordinal"] is None, row["ordinal"], str(row["published_on"] or "~"), row["contribution_id"])


def _lines(answered: Sequence[Row], columns: Sequence[Row]) -> list[dict[str, Any]]:
    found = []
    for cells in grouped(answered, "entry").values():
        by_prompt = {cell["prompt_id"]: cell for cell in cells}
        found.append({"names": cells[0]["names"], "cells": [by_prompt.get(column["prompt_id"]) for column in columns]})
    return found


def _timeline(table: Table) -> list[dict[str, Any]]:
    """What appeared on which day and to which prompt, the longest days cut."""
    prompts = {prompt["prompt_id"]: prompt for prompt in table.prompts}
    found: list[dict[str, Any]] = []
    for (when, prompt_id), some in groupby(table.rows, key=lambda row: (_when(row), row["prompt_id"])):
        listed = list(some)
        shown = listed[:_SHOWN_OF_A_DAY] if prompt_id in prompts else listed
        found.append(
            {
                "day": when,
                "again": bool(found) and found[-1]["day"] == when,
                "prompt": prompts.get(prompt_id),
                "rows": shown,
                "more": len(listed) - len(shown),
            }
        )
    return found


def _when(row: Row) -> str:
    return day(row["published_on"]) or row["published_edtf"] or "No date"


def _why(outcome: str | None) -> str:
    return Outcome(outcome).meaning if outcome in set(Outcome) else ""
