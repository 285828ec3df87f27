"""Pages of discussions in further ways: the third batch, written after stages, initials and unknown labels were told.

As in the other batches, each was written from memory of the kind of page that its name says, and measured before the
reader was changed for it.
"""

from html import escape as e

from tests.gold.desk import Answer, Discussion
from tests.gold.paper import Register, bare, each, frame, intro, ps, register, run_in

DESIGNS: Register = []


def q(d: Discussion) -> str:
    return f"<h2>{e(d.question)}</h2>"


@register(DESIGNS, affiliation=True)
def cards_of_spans(d: Discussion) -> str:
    def one(a: Answer) -> str:
        head = f"<span class=fn>{e(a.name)}</span><span class=role>{e(a.affiliation)}</span>"
        return f"<li class=card><a href='#x'>{head}</a><div class=txt>{ps(a)}</div></li>"

    return frame(d, intro(d) + q(d) + f"<ul class=cards>{each(d, one)}</ul>")


@register(DESIGNS, affiliation=True)
def heading_with_break(d: Discussion) -> str:
    return frame(d, q(d) + each(d, lambda a: f"<h3>{e(a.name)}<br><small>{e(a.affiliation)}</small></h3>{ps(a)}"))


@register(DESIGNS, affiliation=True)
def bootstrap_panels(d: Discussion) -> str:
    def one(a: Answer) -> str:
        head = f'<h4 class="panel-title"><a data-toggle="collapse">{e(a.name)}</a></h4><span>{e(a.affiliation)}</span>'
        body = f'<div class="panel-body">{ps(a)}</div>'
        return f'<div class="panel"><div class="panel-heading">{head}</div>{body}</div>'

    return frame(d, q(d) + each(d, one))


@register(DESIGNS, affiliation=True)
def byline_in_sections(d: Discussion) -> str:
    def one(a: Answer) -> str:
        by = f'<p class="author">By <span>{e(a.name)}</span>, <span>{e(a.affiliation)}</span></p>'
        return f"<section><h3>{e(a.title)}</h3>{by}{ps(a)}</section>"

    return frame(d, q(d) + each(d, one))


@register(DESIGNS)
def capitals_with_full_stop(d: Discussion) -> str:
    return bare(d, f"<p><i>{e(d.question)}</i></p>" + each(d, lambda a: run_in(a, f"<b>{e(a.name.upper())}.</b>")))


@register(DESIGNS, affiliation=True, kinds=False)
def speaker_in_margin(d: Discussion) -> str:
    def one(a: Answer) -> str:
        said = "<br><br>".join(map(e, a.paragraphs))
        return f"<tr><td><b>{e(a.name)}</b></td><td>{e(a.affiliation)}</td><td>{said}</td></tr>"

    return bare(d, f"<p><b>{e(d.question)}</b></p><table>{each(d, one)}</table>")


@register(DESIGNS, affiliation=True)
def moderated(d: Discussion) -> str:
    asked = f"<p><strong>Moderator:</strong> {e(d.question)}</p>"
    return frame(d, intro(d) + asked + each(d, lambda a: run_in(a, f"<strong>{e(a.name)} ({e(a.affiliation)}):</strong>")))  # fmt: skip


@register(DESIGNS, rounds=2, kinds=False)
def questions_in_bold_italics(d: Discussion) -> str:
    return frame(d, "".join(
        f"<p><em><strong>{e(question)}</strong></em></p>"
        + "".join(run_in(a, f"<strong>{e(a.name)}:</strong>") for a in answers)
        for question, answers in d.rounds))  # fmt: skip


@register(DESIGNS, rounds=2)
def questions_by_the_magazine(d: Discussion) -> str:
    return frame(d, "".join(
        f"<p><b>The Marle Review:</b> {e(question)}</p>"
        + "".join(run_in(a, f"<b>{e(a.name)}:</b>") for a in answers)
        for question, answers in d.rounds))  # fmt: skip


@register(DESIGNS, affiliation=True, listed=True, kinds=False)
def initials_after_panel(d: Discussion) -> str:
    listed = "; ".join(f"{e(a.name)} ({e(a.affiliation)})" for a in d.answers)
    marks = ["".join(word[0] for word in a.name.split()) for a in d.answers]
    labels = {a.name: a.name if marks.count(mark) > 1 else mark for a, mark in zip(d.answers, marks, strict=True)}
    return frame(d, f"<p>With: {listed}</p>{q(d)}" + each(d, lambda a: run_in(a, f"<b>{e(labels[a.name])}:</b>")))


@register(DESIGNS, affiliation=True)
def grid_of_figures(d: Discussion) -> str:
    def one(a: Answer) -> str:
        figure = (
            f"<figure><img src=p.jpg alt=''><figcaption><b>{e(a.name)}</b><br>{e(a.affiliation)}</figcaption></figure>"
        )
        return f'<div class="row"><div class="c3">{figure}</div><div class="c9">{ps(a)}</div></div>'

    return frame(d, q(d) + each(d, one))


@register(DESIGNS)
def dashes_below(d: Discussion) -> str:
    return frame(d, q(d) + each(d, lambda a: f"{ps(a)}<p><em>– {e(a.name)}</em></p>"))


@register(DESIGNS, affiliation=True)
def header_footer_articles(d: Discussion) -> str:
    def one(a: Answer) -> str:
        head = f'<header><h2 class="entry-title">{e(a.name)}</h2><p class="entry-sub">{e(a.affiliation)}</p></header>'
        return f'<article class="entry">{head}<div>{ps(a)}</div><footer><a href="#s">Share</a></footer></article>'

    return frame(d, f'<p class="lede">{e(d.question)}</p>' + each(d, one))


@register(DESIGNS, affiliation=True)
def text_with_brackets(d: Discussion) -> str:
    parts = [d.title, d.question]
    for a in d.answers:
        parts += [f"[{a.name}, {a.affiliation}]", *a.paragraphs]
    return "\n\n".join(parts)


@register(DESIGNS)
def text_in_capitals(d: Discussion) -> str:
    parts = [d.title.upper(), d.question]
    for a in d.answers:
        first, *rest = a.paragraphs
        parts += [f"{a.name.upper()}: {first}", *rest]
    return "\n\n".join(parts)


@register(DESIGNS, affiliation=True)
def markdown_bullets(d: Discussion) -> str:
    parts = [f"# {d.title}", f"*{d.question}*"]
    for a in d.answers:
        parts += [f"### {a.name}\n*{a.affiliation}*", *a.paragraphs]
    return "\n\n".join(parts)
