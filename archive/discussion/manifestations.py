"""The forms in which a contribution was seen: its own page, a section, a print view, a feed's item, a copy elsewhere.

Here belongs telling the forms apart, and choosing those whose words tell the versions: a copy beside the page says
nothing new. Not here: the versions themselves (`versions`).
"""

from collections.abc import Iterable, Iterator, Sequence

from archive.discussion.placing import Observation
from archive.model import Capture, Manifestation
from archive.model.contributions import ManifestationKind
from archive.normalise import urls
from archive.sources.register import Register

_RANK: dict[ManifestationKind, int] = {"page": 0, "instalment": 1, "section": 2, "print": 3}
"""Which form is believed where several are there; what is not in here is a copy, and believed only on its own."""
_COPIES: tuple[ManifestationKind, ...] = ("cross_post", "feed_item", "text_copy")


def form_of(seen: Observation, register: Register) -> ManifestationKind:
    """In which form a contribution was seen."""
    page = seen.reading.page
    if page.kind != "html":
        return "feed_item" if page.kind == "feed" else "text_copy"
    table, host = seen.place.table, register.for_url(page.url)
    if table and (host.id if host else None) != table.publisher_id and urls.is_web(page.url):
        return "cross_post"
    if seen.section.locator:
        return "section"
    if urls.without_print(page.url) and urls.canonical(page.url) == page.canonical_url:
        return "print"
    return "instalment" if seen.part else "page"


def telling(seen: Sequence[Observation], register: Register) -> list[Observation]:
    """Those of the observations, which are in order of time, that tell what the contribution said when.

    Copies count only where nothing else is known. A page of its own counts before a section of a hub, that before a
    print view, each from the time when it was first seen; at a new address, what the old one still shows is over.
    """
    forms = [(form_of(one, register), one) for one in seen]
    for copies in (_COPIES, _COPIES[1:], _COPIES[2:]):
        if any(form not in copies for form, _ in forms):
            forms = [(form, one) for form, one in forms if form not in copies]
            break
    found: list[Observation] = []
    current: tuple[int, str] | None = None
    known: set[tuple[int, str]] = set()
    told: set[tuple[str, int | None]] = set()
    for form, one in forms:
        # What a page prints twice was said once.
        if (once := (one.reading.capture.capture_id, one.part)) in told:
            continue
        told.add(once)
        # The parts of one text lie at addresses of their own.
        address = "" if one.part else register.key(one.reading.page.canonical_url)
        stream = (_RANK.get(form, 0), address)
        if current is None or stream[0] < current[0] or (stream[0] == current[0] and stream not in known):
            current = stream
        known.add(stream)
        if stream == current:
            found.append(one)
    return found


def rows(seen: Iterable[Observation], register: Register) -> list[Manifestation]:
    """Every address that carried a contribution, in each form, with the first capture that showed it there."""
    found: dict[tuple[str, ManifestationKind], Manifestation] = {}
    for one in seen:
        for address, form, locator, capture in _carriers(one, register):
            found.setdefault(
                (address, form),
                Manifestation(
                    contribution_id=one.contribution_id,
                    url=address,
                    kind=form,
                    locator=locator,
                    capture_id=capture.capture_id,
                ),
            )
    return list(found.values())


def _carriers(one: Observation, register: Register) -> Iterator[tuple[str, ManifestationKind, str | None, Capture]]:
    """The addresses that an observation shows, each with the form, the place there, and the capture."""
    page, capture = one.reading.page, one.reading.capture
    kind = form_of(one, register)
    # A text that only a feed has is among the items that lead to its address.
    if kind != "feed_item":
        asked = urls.canonical(capture.url)
        yield page.canonical_url, kind, one.section.locator, capture
        if asked != page.canonical_url:
            yield asked, _other_form(asked, page.canonical_url, kind), one.section.locator, capture
    for item in one.listed:
        yield urls.canonical(item.capture.url), "feed_item", item.locator, item.capture


def _other_form(asked: str, canonical: str, kind: ManifestationKind) -> ManifestationKind:
    """The form at the address that was asked for, where the page calls itself by another one."""
    if urls.without_print(asked):
        return "print"
    is_query = urls.canonical(asked, keep_query=False) == urls.canonical(canonical, keep_query=False)
    return "query_variant" if is_query else kind
