"""What is asked, in the words of the pages that ask it.

Here belong the wordings of prompts: the short form on the landing page, the full form on the question page, the
title, the address. They are kept apart, because a title is not the question. Not here: which page asks which
prompt (`placing`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from archive.discussion.ids import Ids
from archive.discussion.pages import Reading
from archive.discussion.placing import Place
from archive.discussion.sighting import seen_at
from archive.discussion.witness import EvidenceBook
from archive.model import Capture, Prompt, PromptWording
from archive.model.records import Records
from archive.model.series import PromptKind, WordingKind
from archive.normalise import urls
from archive.normalise.text import slug
from archive.reading.page import PageRelation
from archive.sources.register import Register
from archive.sources.schema import HUB_ROLES

_ASKED: tuple[PromptKind, ...] = ("question", "statement")
"""Kinds of prompts that a page puts to many; others lead from one text to the next."""


@dataclass(frozen=True, slots=True)
class _Wording:
    prompt_id: str
    kind: WordingKind
    text: str
    capture_id: str
    locator: str


@dataclass(frozen=True, slots=True)
class _Told:
    """What one page says about prompts: the kind of its own, and those beside it as `others`."""

    capture: Capture
    place: Place
    kind: PromptKind
    wordings: tuple[_Wording, ...]
    links: tuple[PageRelation, ...]
    others: tuple[tuple[str, PromptKind], ...]


class PromptBook:
    """Collects what pages say of prompts, in any order; `add_to` makes the rows."""

    def __init__(self, by_address: Mapping[str, str | None], register: Register) -> None:
        self._asked = by_address
        self._register = register
        self._told: list[_Told] = []

    def add(self, reading: Reading, place: Place) -> None:
        """A page that belongs to a round table."""
        if place.table is None:
            return
        wordings = tuple(_wordings(reading, place, self._asked, self._register))
        links = tuple(link for link in reading.page.relations if link.type == "follows_up" and link.to_url)
        if wordings or links or place.prompt_id:
            pairs = zip(place.questions, reading.page.prompts, strict=False)
            others = tuple(
                (prompt_id, asked.kind) for prompt_id, asked in pairs if prompt_id not in {None, place.prompt_id}
            )
            self._told.append(_Told(reading.capture, place, _kind(reading, place), wordings, links, others))

    def add_to(self, records: Records, ids: Ids, evidence: EvidenceBook) -> None:
        """Add the wordings that pages print, the prompts that no register names, and the full texts."""
        prompts = {prompt.prompt_id: prompt for prompt in records.of(Prompt)}
        wordings: dict[tuple[str, WordingKind], _Wording] = {}
        for told in sorted(self._told, key=lambda told: seen_at(told.capture)):
            place = told.place
            for wording in told.wordings:
                wordings[wording.prompt_id, wording.kind] = wording
            if place.prompt_id and place.table:
                made = Prompt(prompt_id=place.prompt_id, round_table_id=place.table.id, kind=told.kind)
                prompts.setdefault(place.prompt_id, made)
                for prompt_id, asked in told.others:
                    parent = place.prompt_id if asked == "followup" else None
                    made = Prompt(prompt_id=prompt_id, round_table_id=place.table.id, kind=asked)
                    prompts.setdefault(prompt_id, replace(made, parent_prompt_id=parent))
            self._followups(told, prompts, wordings, ids)
        _add(records, prompts, wordings, evidence)

    def _followups(
        self,
        told: _Told,
        prompts: dict[str, Prompt],
        wordings: dict[tuple[str, WordingKind], _Wording],
        ids: Ids,
    ) -> None:
        """Follow-up questions that insets announce: prompts in their own right, captured or not."""
        place = told.place
        for link in told.links:
            if not link.to_url or place.table is None:
                continue
            prompt_id = followup_prompt(link.to_url, link.to, place, self._register, ids)
            known = prompts.get(prompt_id) or Prompt(
                prompt_id=prompt_id, round_table_id=place.table.id, kind="followup"
            )
            prompts[prompt_id] = replace(known, parent_prompt_id=known.parent_prompt_id or place.prompt_id)
            wordings.setdefault(
                (prompt_id, "landing"),
                _Wording(prompt_id, "landing", link.to, told.capture.capture_id, link.locator),
            )


def _kind(reading: Reading, place: Place) -> PromptKind:
    """What the page's own prompt is, where no register says so."""
    if place.role != "question":
        return "followup"
    first = next(iter(reading.page.prompts), None)
    return "statement" if first and first.kind == "statement" else "question"


def _wordings(
    reading: Reading, place: Place, by_address: Mapping[str, str | None], register: Register
) -> Iterable[_Wording]:
    page, capture_id = reading.page, reading.capture.capture_id
    if place.prompt_id:
        for number, prompt in enumerate(page.prompts):
            prompt_id = place.questions[number] if place.questions else place.prompt_id
            if prompt_id and (prompt.kind in _ASKED or prompt_id != place.prompt_id):
                yield _Wording(prompt_id, "page", prompt.text, capture_id, prompt.locator)
        if page.title:
            yield _Wording(place.prompt_id, "title", page.title, capture_id, "title")
        if urls.is_web(page.canonical_url):
            yield _Wording(place.prompt_id, "slug", urls.slug(page.canonical_url), capture_id, "url")
    if place.role in HUB_ROLES:
        for block in page.blocks:
            for link in block.links:
                target = register.target(link.url)
                prompt_id = by_address.get(register.key(link.url))
                if target and target[1].prompt:
                    prompt_id = target[0].prompt_id(target[1].prompt)
                if prompt_id and "?" in link.text:
                    yield _Wording(prompt_id, "landing", link.text, capture_id, block.locator)


def followup_prompt(url: str, words: str, place: Place, register: Register, ids: Ids) -> str:
    """The id of the follow-up prompt whose page has the address `url`."""
    target = register.target(url)
    if target and target[1].prompt:
        return target[0].prompt_id(target[1].prompt)
    table = place.table.id if place.table else ""
    return ids.mint([f"prompt:url:{register.key(url)}"], f"{table}/{slug(words)}")


def _add(
    records: Records,
    prompts: dict[str, Prompt],
    wordings: dict[tuple[str, WordingKind], _Wording],
    evidence: EvidenceBook,
) -> None:
    made = []
    for prompt_id, prompt in sorted(prompts.items()):
        order: tuple[WordingKind, ...] = ("page", "title", "landing") if prompt.kind == "followup" else ("page",)
        found = [wordings[prompt_id, kind] for kind in order if (prompt_id, kind) in wordings]
        if found:
            made.append(replace(prompt, text=found[0].text, capture_id=found[0].capture_id))
        else:
            made.append(prompt)
        for wording in found:
            evidence.add(
                ("prompts", prompt_id, None),
                "text",
                wording.text,
                witness="visible",
                rule="question page; for a follow-up its page's title, else the inset",
                locator=wording.locator,
                capture_id=wording.capture_id,
                chosen=wording is found[0],
            )
    records.replace(Prompt, made)
    records.extend(
        PromptWording(prompt_id=item.prompt_id, kind=item.kind, text=item.text, capture_id=item.capture_id)
        for item in wordings.values()
    )
