"""Generated discussions, and the markups they are rendered in.

A `Written` discussion is what an editor has on the desk; each renderer makes a page of it as some publisher might.
"""

from dataclasses import dataclass
from html import escape

from hypothesis import strategies as st


@dataclass(frozen=True)
class WrittenAnswer:
    name: str
    affiliation: str
    bio: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Written:
    title: str
    question: str
    answers: tuple[WrittenAnswer, ...]


NAMES = (
    "Ada Lindqvist", "Wen Jiabei", "Björn de la Cour", "Mei-Ling O’Hara", "Jonah P. Whitcombe", "Ottoline van der Aa",
    "Farah Nazari & Simon Oduya", "Émile Roux", "Kwame A. Mensah-Bonsu", "Tenants’ Union of Marle",
    "Sophie Ní Bhriain", "Rashid al-Khalili",
)  # fmt: skip
AFFILIATIONS = (
    "University of Marle", "Dock Workers’ Federation (DWF)", "Professor of Law, Institute of Ports",
    "Centre for Slow Research", "independent", "Ports & Rivers Trust",
)  # fmt: skip
SENTENCES = (
    "Nothing was decided that week, and everything had been said.",
    "We asked for the minutes and were given the hours.",
    "In 2014 the harbour closed on Tuesdays; by 2016 it opened on one.",
    "A rule that nobody can read protects nobody who needs it.",
    "Is it not strange that the ferry runs at all?",
    "The women who clean the terminal know the tides better than the pilots do.",
    "It costs little. It has been refused nine times.",
    "People say that change is slow, but it was quick enough to close the school.",
)


@st.composite
def discussions(draw: st.DrawFn) -> Written:
    names = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=6, unique=True))
    answers = []
    for name in names:
        paragraphs = draw(
            st.lists(st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=5).map(" ".join), min_size=1, max_size=4)
        )
        answers.append(
            WrittenAnswer(
                name,
                draw(st.sampled_from(AFFILIATIONS)),
                f"{name} {'are' if '&' in name else 'is'} known for work on harbours.",
                tuple(paragraphs),
            )
        )
    return Written(
        "What the harbour owes the town", "Who should own a harbour? And who should pay for it?", tuple(answers)
    )


def page(written: Written, body: str) -> str:
    return (
        f"<!doctype html><html lang=en><head><title>{escape(written.title)} | The Pilot</title></head><body>"
        f"<nav><a href=/>Home</a></nav><main><article><h1>{escape(written.title)}</h1>{body}</article></main>"
        "<footer>All rights reserved.</footer></body></html>"
    )


def _paragraphs(answer: WrittenAnswer) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in answer.paragraphs)


def _list(written: Written, row: str, around: str) -> str:
    rows = (row.format(name=escape(a.name), affiliation=escape(a.affiliation)) for a in written.answers)
    return around.format("".join(rows))


def _build(written: Written, listing: str, answer: str, bio: str = "<p><em>{}</em></p>") -> str:
    sections = "".join(
        answer.format(name=escape(a.name), body=bio.format(escape(a.bio)) + _paragraphs(a)) for a in written.answers
    )
    return page(written, f"<p>{escape(written.question)}</p>{listing}{sections}")


def h2_after_list_with_brackets(written: Written) -> str:
    return _build(written, _list(written, "<li>{name} ({affiliation})</li>", "<ul>{}</ul>"), "<h2>{name}</h2>{body}")


def h3_in_sections_after_commas(written: Written) -> str:
    return _build(
        written,
        _list(written, "<li>{name}, {affiliation}</li>", "<ol>{}</ol>"),
        "<section><h3>{name}</h3>{body}</section>",
    )


def bold_paragraphs_after_strong_names(written: Written) -> str:
    listing = _list(written, "<p><strong>{name}</strong>, {affiliation}</p>", "{}")
    return _build(written, listing, "<p><b>{name}</b></p>{body}")


def definition_list_and_h2(written: Written) -> str:
    return _build(
        written, _list(written, "<dt>{name}</dt><dd>{affiliation}</dd>", "<dl>{}</dl>"), "<h2>{name}</h2>{body}"
    )


def table_and_h4(written: Written) -> str:
    listing = _list(written, "<tr><td>{name}</td><td>{affiliation}</td></tr>", "<table>{}</table>")
    return _build(written, listing, "<h4>{name}</h4>{body}")


def accordions(written: Written) -> str:
    listing = _list(written, "<li><b>{name}</b><br>{affiliation}</li>", "<ul>{}</ul>")
    return _build(written, listing, "<details><summary>{name}</summary><div>{body}</div></details>")


def bare_divs(written: Written) -> str:
    listing = _list(written, "<div><div>{name}</div><div>{affiliation}</div></div>", "<div>{}</div>")
    return _build(
        written, listing, '<div><h3 class=x1>{name}</h3><img src=/p.jpg alt="respondent photo"><div>{body}</div></div>'
    )


def heading_inside_link(written: Written) -> str:
    listing = _list(written, '<li><a href="#x">{name}</a> <span>{affiliation}</span></li>', "<ul>{}</ul>")
    return _build(written, listing, '<div class=card><h2><a href="#x">{name}</a></h2>{body}</div>')


def definition_list_of_answers(written: Written) -> str:
    rows = "".join(f"<dt>{escape(a.name)}</dt><dd><p>{escape(a.bio)}</p>{_paragraphs(a)}</dd>" for a in written.answers)
    listing = _list(written, "<li>{name}, {affiliation}</li>", "<ul>{}</ul>")
    return page(written, f"<p>{escape(written.question)}</p>{listing}<dl>{rows}</dl>")


def table_of_answers(written: Written) -> str:
    rows = "".join(
        f"<tr><td>{escape(a.name)}</td><td><p>{escape(a.bio)}</p>{_paragraphs(a)}</td></tr>" for a in written.answers
    )
    listing = _list(written, "<li>{name} ({affiliation})</li>", "<ul>{}</ul>")
    return page(written, f"<p>{escape(written.question)}</p>{listing}<table>{rows}</table>")


def plain_divs(written: Written) -> str:
    listing = _list(written, "<div>{name}</div><div>{affiliation}</div>", "<div>{}</div>")
    return _build(written, listing, "<div>{name}</div><div>{body}</div>", "<div>{}</div>")


def numbered_headings(written: Written) -> str:
    rows = "".join(f"<li>{escape(a.name)} – {escape(a.affiliation)}</li>" for a in written.answers)
    sections = "".join(
        f"<h2>{number}. {escape(a.name)}</h2><p>{escape(a.bio)}</p>{_paragraphs(a)}"
        for number, a in enumerate(written.answers, start=1)
    )
    return page(written, f"<h3>{escape(written.question)}</h3><ul>{rows}</ul>{sections}")


def headings_with_affiliation(written: Written) -> str:
    rows = "".join(f"<li>{escape(a.name)} ({escape(a.affiliation)})</li>" for a in written.answers)
    sections = "".join(
        f"<h2>{escape(a.name)} ({escape(a.affiliation)})</h2><p>{escape(a.bio)}</p>{_paragraphs(a)}"
        for a in written.answers
    )
    return page(written, f"<p>{escape(written.question)}</p><ul>{rows}</ul>{sections}")


def spans_and_small_print(written: Written) -> str:
    listing = _list(written, "<p><span class=a>{name}</span> <small>{affiliation}</small></p>", "<section>{}</section>")
    return _build(written, listing, "<article><header><h3>{name}</h3></header>{body}</article>")


def text_with_affiliations_below(written: Written) -> str:
    """A text copy in which a name and its affiliation are lines of their own, without blank lines between."""
    lines = [written.title, "1 March 2019, 12.12pm", written.question]
    lines += [part for answer in written.answers for part in (answer.name, answer.affiliation)]
    for answer in written.answers:
        lines += [answer.name, answer.bio, *answer.paragraphs]
    return "\n".join(lines)


def text(written: Written) -> str:
    """A text copy as extractors leave one: a line for each block, and nothing else."""
    lines = [written.title, "1 March 2019, 12.12pm", written.question]
    lines += [f"{answer.name} ({answer.affiliation})" for answer in written.answers]
    for answer in written.answers:
        lines += [answer.name, answer.bio, *answer.paragraphs]
    return "\n\n".join(lines)


MARKUPS = (
    h2_after_list_with_brackets,
    h3_in_sections_after_commas,
    bold_paragraphs_after_strong_names,
    definition_list_and_h2,
    table_and_h4,
    accordions,
    bare_divs,
    heading_inside_link,
    definition_list_of_answers,
    table_of_answers,
    plain_divs,
    numbered_headings,
    headings_with_affiliation,
    spans_and_small_print,
    text,
    text_with_affiliations_below,
)
