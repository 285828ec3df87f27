"""Further markups of generated discussions, as publishers of forums, panels and conversations make them.

Here belong those that need more than a list and a heading for each answer; `rendered` has the discussions and those
that do not.
"""

from html import escape as e

from tests.reading.rendered import Written, WrittenAnswer, page


def _listing(written: Written, affiliations: bool = True) -> str:
    rows = "".join(f"<li>{e(a.name)}{', ' + e(a.affiliation) if affiliations else ''}</li>" for a in written.answers)
    return f"<p>{e(written.question)}</p><ul>{rows}</ul>"


def _body(answer: WrittenAnswer, bio: bool = True) -> str:
    first = f"<p><em>{e(answer.bio)}</em></p>" if bio else ""
    return first + "".join(f"<p>{e(text)}</p>" for text in answer.paragraphs)


def _each(written: Written, answer, listing: str | None = None) -> str:
    return page(written, (_listing(written) if listing is None else listing) + "".join(map(answer, written.answers)))


def run_in_bold_with_colon(written: Written) -> str:
    def answer(a: WrittenAnswer) -> str:
        rest = "".join(f"<p>{e(text)}</p>" for text in a.paragraphs[1:])
        return f"<p><strong>{e(a.name)}:</strong> {e(a.paragraphs[0])}</p>{rest}"

    return _each(written, answer)


def run_in_bold_colon_outside(written: Written) -> str:
    def answer(a: WrittenAnswer) -> str:
        rest = "".join(f"<p>{e(text)}</p>" for text in a.paragraphs[1:])
        return f"<p><b>{e(a.name)}</b>: {e(a.paragraphs[0])}</p>{rest}"

    return _each(written, answer)


def run_in_bold_without_mark(written: Written) -> str:
    def answer(a: WrittenAnswer) -> str:
        rest = "".join(f"<p>{e(text)}</p>" for text in a.paragraphs[1:])
        return f"<p><b>{e(a.name)}</b> {e(a.paragraphs[0])}</p>{rest}"

    return _each(written, answer)


def run_in_capitals_with_dash(written: Written) -> str:
    def answer(a: WrittenAnswer) -> str:
        rest = "".join(f"<p>{e(text)}</p>" for text in a.paragraphs[1:])
        return f"<p>{e(a.name.upper())} — {e(a.paragraphs[0])}</p>{rest}"

    return _each(written, answer)


def strong_and_break(written: Written) -> str:
    def answer(a: WrittenAnswer) -> str:
        return f"<p><strong>{e(a.name)}</strong><br>{'<br><br>'.join(map(e, a.paragraphs))}</p>"

    return _each(written, answer)


def button_and_panel(written: Written) -> str:
    return _each(
        written,
        lambda a: (
            f"<h3 class=accordion-header><button type=button aria-expanded=false>{e(a.name)}</button></h3>"
            f"<div class=panel hidden>{_body(a)}</div>"
        ),
    )


def bare_button_and_panel(written: Written) -> str:
    return _each(
        written,
        lambda a: (
            f"<div><button type=button aria-expanded=false aria-controls=p1>{e(a.name)}</button>"
            f"<div class=panel>{_body(a)}</div></div>"
        ),
    )


def names_in_alt_texts(written: Written) -> str:
    return _each(written, lambda a: f'<div><img src=/p.jpg alt="{e(a.name)}">{_body(a)}</div>')


def names_in_captions(written: Written) -> str:
    return _each(
        written,
        lambda a: f"<div><figure><img src=/p.jpg><figcaption>{e(a.name)}</figcaption></figure>{_body(a)}</div>",
    )


def names_as_links(written: Written) -> str:
    rows = "".join(f'<li><a href="#r">{e(a.name)}</a> ({e(a.affiliation)})</li>' for a in written.answers)
    return _each(
        written,
        lambda a: f'<p><a href="/people/x"><strong>{e(a.name)}</strong></a></p>{_body(a)}',
        f"<p>{e(written.question)}</p><ul>{rows}</ul>",
    )


def h3_under_h2_sections(written: Written) -> str:
    middle = len(written.answers) // 2
    sections = [f"<h3>{e(a.name)}</h3>{_body(a)}" for a in written.answers]
    both = f"<h2>From the quay</h2>{''.join(sections[:middle])}<h2>From the town</h2>{''.join(sections[middle:])}"
    return page(written, _listing(written) + both)


def name_and_affiliation_in_one_heading(written: Written) -> str:
    return _each(written, lambda a: f"<h3>{e(a.name)}, {e(a.affiliation)}</h3>{_body(a)}")


def affiliation_line_below(written: Written) -> str:
    return _each(written, lambda a: f"<h3>{e(a.name)}</h3><p class=role>{e(a.affiliation)}</p>{_body(a)}")


def affiliation_line_above(written: Written) -> str:
    return _each(
        written, lambda a: f"<section><p class=role>{e(a.affiliation)}</p><h3>{e(a.name)}</h3>{_body(a)}</section>"
    )


def bios_below_each_answer(written: Written) -> str:
    return _each(written, lambda a: f"<h3>{e(a.name)}</h3>{_body(a, bio=False)}<p><em>{e(a.bio)}</em></p>")


def bios_at_the_end(written: Written) -> str:
    bios = "".join(f"<p>{e(a.bio)}</p>" for a in written.answers)
    sections = "".join(f"<h3>{e(a.name)}</h3>{_body(a, bio=False)}" for a in written.answers)
    return page(written, f"{_listing(written)}{sections}<h3>About the respondents</h3>{bios}")


def names_in_a_sidebar(written: Written) -> str:
    rows = "".join(f"<li>{e(a.name)}, {e(a.affiliation)}</li>" for a in written.answers)
    return _each(
        written,
        lambda a: f"<h3>{e(a.name)}</h3>{_body(a)}",
        f"<p>{e(written.question)}</p><aside><p>Respondents</p><ul>{rows}</ul></aside>",
    )


def cards_of_divs(written: Written) -> str:
    return _each(
        written,
        lambda a: (
            f"<div class=card><div class=t>{e(a.name)}</div><div class=u>{e(a.affiliation)}</div>"
            f"<div class=v>{_body(a)}</div></div>"
        ),
        f"<p>{e(written.question)}</p>",
    )


def quotations_with_footers(written: Written) -> str:
    return _each(
        written,
        lambda a: (
            f"<blockquote>{_body(a, bio=False)}<footer>— <cite>{e(a.name)}, {e(a.affiliation)}</cite></footer>"
            "</blockquote>"
        ),
        f"<p>{e(written.question)}</p>",
    )


def quotations_with_a_list(written: Written) -> str:
    return _each(
        written,
        lambda a: (
            f"<figure><blockquote>{_body(a, bio=False)}</blockquote><figcaption>— {e(a.name)}</figcaption></figure>"
        ),
    )


def no_list(written: Written) -> str:
    return _each(written, lambda a: f"<h3>{e(a.name)}</h3>{_body(a)}", f"<p>{e(written.question)}</p>")


def no_list_but_affiliations(written: Written) -> str:
    return _each(
        written, lambda a: f"<h3>{e(a.name)}, {e(a.affiliation)}</h3>{_body(a)}", f"<p>{e(written.question)}</p>"
    )


def no_list_run_in(written: Written) -> str:
    return run_in_bold_with_colon(written).replace(_listing(written), f"<p>{e(written.question)}</p>")


def another_order(written: Written) -> str:
    rows = "".join(f"<li>{e(a.name)}, {e(a.affiliation)}</li>" for a in reversed(written.answers))
    return _each(written, lambda a: f"<h3>{e(a.name)}</h3>{_body(a)}", f"<p>{e(written.question)}</p><ul>{rows}</ul>")


def capitals(written: Written) -> str:
    return _each(written, lambda a: f"<h3>{e(a.name.upper())}</h3>{_body(a)}")


def speaker_column_with_affiliation(written: Written) -> str:
    rows = "".join(
        f"<tr><th>{e(a.name)}<br><small>{e(a.affiliation)}</small></th><td>{_body(a)}</td></tr>"
        for a in written.answers
    )
    return page(
        written,
        f"<p>{e(written.question)}</p><table><tr><th>Speaker</th><th>Answer</th></tr>{rows}</table>",
    )


def definition_list_without_a_list(written: Written) -> str:
    rows = "".join(f"<dt>{e(a.name)}</dt><dd>{_body(a)}</dd>" for a in written.answers)
    return page(written, f"<p>{e(written.question)}</p><dl>{rows}</dl>")


def moderated(written: Written) -> str:
    sections = "<p><b>Moderator:</b> And what would that cost the town?</p>".join(
        f"<h3>{e(a.name)}</h3>{_body(a)}" for a in written.answers
    )
    return page(written, _listing(written) + sections)


def bold_questions_between(written: Written) -> str:
    sections = "<p><strong>And what would that cost the town?</strong></p>".join(
        f"<h3>{e(a.name)}</h3>{_body(a)}" for a in written.answers
    )
    return page(written, _listing(written) + sections)


def list_in_one_paragraph(written: Written) -> str:
    rows = "<br>".join(f"<b>{e(a.name)}</b>, {e(a.affiliation)}" for a in written.answers)
    return _each(written, lambda a: f"<h3>{e(a.name)}</h3>{_body(a)}", f"<p>{e(written.question)}</p><p>{rows}</p>")


def headings_with_photo_and_honorific(written: Written) -> str:
    return _each(
        written,
        lambda a: f'<div><h3>Dr {e(a.name)}</h3><img src=/p.jpg alt="Photo of {e(a.name)}">{_body(a)}</div>',
    )


def roles(written: Written) -> str:
    return _each(
        written,
        lambda a: f'<div role="heading" aria-level="3">{e(a.name)}</div><div>{_body(a)}</div>',
    )


def glued_text(written: Written) -> str:
    """A text copy in which the list is one line, and the name is glued to its affiliation."""
    lines = [written.title, "1 March 2019, 12.12pm", written.question]
    lines.append("".join(f"{a.name}{a.affiliation}" for a in written.answers))
    for a in written.answers:
        lines += [a.name, a.bio, *a.paragraphs]
    return "\n\n".join(lines)


def glued_rows(written: Written) -> str:
    lines = [written.title, "1 March 2019, 12.12pm", written.question]
    lines += [f"{a.name}{a.affiliation}" for a in written.answers]
    for a in written.answers:
        lines += [f"{a.name}{a.bio}", *a.paragraphs]
    return "\n\n".join(lines)


def text_without_affiliations(written: Written) -> str:
    lines = [written.title, "1 March 2019, 12.12pm", written.question]
    lines += [a.name for a in written.answers]
    for a in written.answers:
        lines += [a.name, a.bio, *a.paragraphs]
    return "\n\n".join(lines)


def text_without_listed_names(written: Written) -> str:
    lines = [written.title, "1 March 2019, 12.12pm", written.question]
    lines += [a.affiliation for a in written.answers]
    for a in written.answers:
        lines += [a.name, a.bio, *a.paragraphs]
    return "\n\n".join(lines)


def repeated_turns(written: Written) -> str:
    def turn(a: WrittenAnswer, number: int) -> str:
        return f"<p><b>{e(a.name)}:</b> {e(a.paragraphs[number])}</p>" if number < len(a.paragraphs) else ""

    rounds = range(max(len(a.paragraphs) for a in written.answers))
    turns = "".join(turn(a, number) for number in rounds for a in written.answers)
    return page(written, _listing(written) + turns)


def several_questions(written: Written) -> str:
    rows = "".join(f"<li>{e(a.name)}, {e(a.affiliation)}</li>" for a in written.answers)
    rounds = range(max(len(a.paragraphs) for a in written.answers))
    sections = "".join(
        f"<h2>What of part {number}?</h2>"
        + "".join(
            f"<h3>{e(a.name)}</h3><p>{e(a.paragraphs[number])}</p>"
            for a in written.answers
            if number < len(a.paragraphs)
        )
        for number in rounds
    )
    return page(written, f"<p>Respondents</p><ul>{rows}</ul>{sections}")


def text_without_headings(written: Written) -> str:
    lines = [written.title, "1 March 2019, 12.12pm", written.question]
    lines += [f"{a.name} ({a.affiliation})" for a in written.answers]
    for a in written.answers:
        lines += [a.bio, *a.paragraphs]
    return "\n\n".join(lines)


def transcript_text(written: Written) -> str:
    lines = [written.title, "1 March 2019, 12.12pm", written.question]
    lines += [f"{a.name} ({a.affiliation})" for a in written.answers]
    for a in written.answers:
        lines += [f"{a.name}: {a.paragraphs[0]}", *a.paragraphs[1:]]
    return "\n\n".join(lines)


WITHOUT_BIOS = (
    run_in_bold_with_colon,
    run_in_bold_colon_outside,
    run_in_bold_without_mark,
    run_in_capitals_with_dash,
    strong_and_break,
    quotations_with_a_list,
    transcript_text,
)
WHOLE = (
    *WITHOUT_BIOS,
    button_and_panel,
    bare_button_and_panel,
    names_in_alt_texts,
    names_in_captions,
    names_as_links,
    h3_under_h2_sections,
    name_and_affiliation_in_one_heading,
    affiliation_line_below,
    affiliation_line_above,
    bios_below_each_answer,
    bios_at_the_end,
    names_in_a_sidebar,
    another_order,
    capitals,
    moderated,
    bold_questions_between,
    list_in_one_paragraph,
    headings_with_photo_and_honorific,
    roles,
)
"""Markups that hold all of a discussion, the first without bios."""

LACKING = (
    cards_of_divs,
    quotations_with_footers,
    no_list,
    no_list_but_affiliations,
    no_list_run_in,
    speaker_column_with_affiliation,
    definition_list_without_a_list,
    glued_text,
    glued_rows,
    text_without_affiliations,
    text_without_listed_names,
    text_without_headings,
)
"""Markups and text copies that lack a part: what is found is right, or a rejection says what is missing."""

TURNS = (repeated_turns, several_questions)
"""Markups in which everybody speaks more than once."""
