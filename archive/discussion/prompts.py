"""What is asked, in the words of the pages that ask it.

Here belong the wordings of prompts: the short form on the landing page, the full form on the question page, the
title, the address. They are kept apart, because a title is not the question. Not here: which page asks which
prompt (`placing`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from archive.discussion.ids import Ids
from archive.discussion.pages import Reading
from archive.discussion.placing import Place
from archive.discussion.versions import seen_at
from archive.discussion.witness import EvidenceBook
from archive.model import Prompt, PromptWording
from archive.model.records import Records
from archive.model.series import PromptKind, WordingKind
from archive.normalise import urls
from archive.normalise.text import slug
from archive.sources.register import Register
from archive.sources.schema import HUB_ROLES


@dataclass(frozen=True, slots=True)
class _Wording:
    prompt_id: str
    kind: WordingKind
    text: str
    capture_id: str
    locator: str


def add_prompts(
    records: Records,
    placed: Iterable[tuple[Reading, Place]],
    register: Register,
    ids: Ids,
    evidence: EvidenceBook,
) -> None:
    """Add the wordings that pages print, the prompts that no register names, and the full texts."""
    pages = sorted(placed, key=lambda pair: seen_at(pair[0].capture))
    prompts = {prompt.prompt_id: prompt for prompt in records.of(Prompt)}
    by_address = {register.key(reading.page.canonical_url): place for reading, place in pages}
    wordings: dict[tuple[str, WordingKind], _Wording] = {}
    for reading, place in pages:
        if place.table is None:
            continue
        for wording in _wordings(reading, place, by_address, register):
            wordings[wording.prompt_id, wording.kind] = wording
        if place.prompt_id:
            kind: PromptKind = "question" if place.role == "question" else "followup"
            prompts.setdefault(
                place.prompt_id, Prompt(prompt_id=place.prompt_id, round_table_id=place.table.id, kind=kind)
            )
        _followups(reading, place, prompts, wordings, register, ids)
    _add(records, prompts, wordings, evidence)


def _wordings(reading: Reading, place: Place, by_address: dict[str, Place], register: Register) -> Iterable[_Wording]:
    page, capture_id = reading.page, reading.capture.capture_id
    if place.prompt_id:
        for prompt in page.prompts:
            if prompt.kind == "question":
                yield _Wording(place.prompt_id, "page", prompt.text, capture_id, prompt.locator)
        if page.title:
            yield _Wording(place.prompt_id, "title", page.title, capture_id, "title")
        if urls.is_web(page.canonical_url):
            yield _Wording(place.prompt_id, "slug", urls.slug(page.canonical_url), capture_id, "url")
    if place.role in HUB_ROLES:
        for block in page.blocks:
            for link in block.links:
                asked = by_address.get(register.key(link.url))
                target = register.target(link.url)
                prompt_id = asked.prompt_id if asked else None
                if target and target[1].prompt:
                    prompt_id = target[0].prompt_id(target[1].prompt)
                if prompt_id and "?" in link.text:
                    yield _Wording(prompt_id, "landing", link.text, capture_id, block.locator)


def _followups(
    reading: Reading,
    place: Place,
    prompts: dict[str, Prompt],
    wordings: dict[tuple[str, WordingKind], _Wording],
    register: Register,
    ids: Ids,
) -> None:
    """Follow-up questions that insets announce: prompts in their own right, whether or not their page was captured."""
    if place.table is None:
        return
    for link in reading.page.relations:
        if link.type != "follows_up" or not link.to_url:
            continue
        prompt_id = followup_prompt(link.to_url, link.to, place, register, ids)
        known = prompts.get(prompt_id) or Prompt(prompt_id=prompt_id, round_table_id=place.table.id, kind="followup")
        prompts[prompt_id] = replace(known, parent_prompt_id=known.parent_prompt_id or place.prompt_id)
        wordings.setdefault(
            (prompt_id, "landing"),
            _Wording(prompt_id, "landing", link.to, reading.capture.capture_id, link.locator),
        )


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
