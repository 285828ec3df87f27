"""Pages on which something stands inside the answers: links to follow-ups, and what another respondent says.

Here belong designs with relations, and the text copies of one of them in three qualities.
"""

from html import escape as e

from tests.gold.desk import Discussion, Inset, insets
from tests.gold.paper import Register, bare, frame, ps, register

DESIGNS: Register = []


def listed(d: Discussion) -> str:
    return "<ul>" + "".join(f"<li>{e(a.name)} ({e(a.affiliation)})</li>" for a in d.answers) + "</ul>"


def answers(d: Discussion, heading: str, inset) -> str:  # type: ignore[no-untyped-def]
    planted = insets(d)
    return "".join(
        heading.format(name=e(a.name)) + ps(a) + "".join(inset(one) for one in planted if one.answer == number)
        for number, a in enumerate(d.answers)
    )


def boxed(one: Inset) -> str:
    if one.url:
        return f'<div class="box"><p>FOLLOWUP</p><p><a href="{one.url}">{e(one.text)}</a></p></div>'
    return f'<div class="box"><p>{e(one.name.upper())}</p><p>{e(one.text)}</p></div>'


def in_asides(one: Inset) -> str:
    if one.url:
        return f'<aside><h5>Follow-up</h5><p><a href="{one.url}">{e(one.text)}</a></p></aside>'
    return f"<aside><h5>{e(one.name)}</h5><p>{e(one.text)}</p></aside>"


def quoted(one: Inset) -> str:
    if one.url:
        return f'<p><strong>Followup:</strong> <a href="{one.url}">{e(one.text)}</a></p>'
    return f"<blockquote><p>{e(one.text)}</p><footer>— {e(one.name)}</footer></blockquote>"


@register(DESIGNS, affiliation=True, listed=True, insets=True)
def boxes_in_answers(d: Discussion) -> str:
    return frame(d, f"<p>{e(d.question)}</p>{listed(d)}{answers(d, '<h2>{name}</h2>', boxed)}")


@register(DESIGNS, affiliation=True, listed=True, insets=True)
def asides_in_answers(d: Discussion) -> str:
    return frame(d, f"<p>{e(d.question)}</p>{listed(d)}{answers(d, '<h3>{name}</h3>', in_asides)}")


@register(DESIGNS, affiliation=True, listed=True, insets=True)
def quotations_in_answers(d: Discussion) -> str:
    return frame(d, f"<p>{e(d.question)}</p>{listed(d)}{answers(d, '<h2>{name}</h2>', quoted)}")


@register(DESIGNS, affiliation=True, listed=True, insets=True)
def boxes_without_headings(d: Discussion) -> str:
    return bare(d, f"<p>{e(d.question)}</p>{listed(d)}{answers(d, '<p><b>{name}</b></p>', boxed)}")


def _copy(d: Discussion, rows: list[str], label: str = "{name}") -> str:
    body = "\n\n".join(f"{label.format(name=a.name)}\n\n" + "\n\n".join(a.paragraphs) for a in d.answers)
    return f"{d.title}\n\n1 March 2019, 12.12pm\n\n{d.question}\n\n" + "\n\n".join(rows) + f"\n\n{body}\n"


@register(DESIGNS, listed=True)
def copy_without_affiliations(d: Discussion) -> str:
    return _copy(d, [a.name for a in d.answers])


@register(DESIGNS)
def copy_without_listed_names(d: Discussion) -> str:
    return _copy(d, [a.affiliation for a in d.answers])


@register(DESIGNS, listed=True, kinds=False)
def copy_with_glued_rows(d: Discussion) -> str:
    return _copy(d, [f"{a.name}{a.affiliation}" for a in d.answers])
