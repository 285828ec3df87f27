"""Pages of discussions in further ways: the fifth batch, after pages of every kind had been read blind once more.

Here belong the kinds that were missed there: sentences that sign an answer behind a dash, rounds of names on plain
lines, the cards and fields of content management systems, and titles that a list has in front of the names.
"""

from html import escape as e

from tests.gold.desk import Answer, Discussion
from tests.gold.paper import Register, each, frame, intro, ps, register, slug

DESIGNS: Register = []


@register(DESIGNS, kinds=False)
def sentences_behind_a_dash(d: Discussion) -> str:
    def one(a: Answer) -> str:
        name = f"<a href='/{slug(a.name)}'><strong>{e(a.name)}</strong></a>"
        return f"<h3>{e(a.title)}</h3>{ps(a)}<p><em>—{name} is a senior fellow of the Port Institute.</em></p>"

    return frame(d, f"<p>{e(d.question)}</p>{each(d, one, '<hr>')}")


@register(DESIGNS, kinds=False, affiliation=True)
def posts_that_sound_like_names_below_names(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"<section><p><strong>{e(a.name)}</strong><br>\n<em>{e(a.affiliation)}</em></p>{ps(a)}</section>"

    return frame(d, f"<h2>{e(d.question)}</h2>{each(d, one)}")


@register(DESIGNS, kinds=False, affiliation=True, rounds=2)
def plain_names_in_rounds(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"<p>{e(a.name)} ({e(a.affiliation)})</p>{ps(a)}"

    return frame(d, "".join(f"<h2>{e(asked)}</h2>" + "".join(map(one, answers)) for asked, answers in d.rounds))


@register(DESIGNS, kinds=False, rounds=2)
def definitions_of_a_wiki_in_rounds(d: Discussion) -> str:
    edit = "<span class='mw-editsection'><span>[</span><a href='/e'>edit</a><span>]</span></span>"

    def one(a: Answer) -> str:
        return f"<dt>{e(a.name)}</dt>" + "".join(f"<dd>{e(text)}</dd>" for text in a.paragraphs)

    parts = (f"<h2>{e(asked)}{edit}</h2><dl>{''.join(map(one, answers))}</dl>" for asked, answers in d.rounds)
    return frame(d, "".join(parts))


@register(DESIGNS, kinds=False, affiliation=True, rounds=2)
def questions_above_each_answer_and_people_as_teasers(d: Discussion) -> str:
    def one(asked: str, a: Answer) -> str:
        post = f"<div class='field--name-position'>{e(a.affiliation)}</div>"
        person = (
            f"<article class='node--view-mode-teaser'><img src='/p.jpg' alt=''><span>{e(a.name)}</span>{post}</article>"
        )
        return f"<div class='item'><div class='asked'>{e(asked)}</div><div>{person}</div><div>{ps(a)}</div></div>"

    return frame(d, "<div>" + "".join(one(asked, a) for asked, answers in d.rounds for a in answers) + "</div>")


@register(DESIGNS, kinds=False)
def list_of_titles_with_names(d: Discussion) -> str:
    listed = each(d, lambda a: f"<li><a href='#{slug(a.name)}'>{e(a.title)}<span>{e(a.name)}</span></a></li>")

    def one(a: Answer) -> str:
        return f"<article id='{slug(a.name)}'><h3>{e(a.title)}</h3><h4>{e(a.name)}</h4>{ps(a)}</article>"

    return frame(d, f"{intro(d)}<p>{e(d.question)}</p><ul>{listed}</ul><div>{each(d, one)}</div>")
