"""Pages of discussions in further ways: the second batch, written after the reader had been mended by the first.

As in the first batch, each was written from memory of the kind of page that its name says, and measured before the
reader was changed for it.
"""

from html import escape as e

from tests.gold.desk import Answer, Discussion
from tests.gold.paper import Register, bare, each, frame, intro, ps, register, run_in

DESIGNS: Register = []


def q(d: Discussion) -> str:
    return f"<p>{e(d.question)}</p>"


@register(DESIGNS, affiliation=True)
def reaction_on_one_line(d: Discussion) -> str:
    def one(a: Answer) -> str:
        first, *rest = a.paragraphs
        return f"<p><b>{e(a.name)}</b>, {e(a.affiliation)}, said:<br>{e(first)}</p>" + "".join(
            f"<p>{e(t)}</p>" for t in rest
        )

    return frame(d, q(d) + each(d, one))


@register(DESIGNS, affiliation=True)
def review_by(d: Discussion) -> str:
    return bare(d, q(d) + each(d, lambda a: f"<h2>Review by {e(a.name)}, {e(a.affiliation)}</h2>{ps(a)}", "<hr>"))


@register(DESIGNS, affiliation=True)
def numbered_bold_lines(d: Discussion) -> str:
    return frame(d, q(d) + "".join(
        f"<p><strong>{i}. {e(a.name)} ({e(a.affiliation)})</strong></p>{ps(a)}" for i, a in enumerate(d.answers, 1)))  # fmt: skip


@register(DESIGNS)
def posts_with_times(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"""<div class="post"><div class="meta"><span class="author">{e(a.name)}</span> <time datetime="2016-05-03">
3 May 2016</time></div><div class="md">{ps(a)}</div><div class="actions"><a href="#">permalink</a></div></div>"""

    return frame(d, f"<h2>{e(d.question)}</h2>{each(d, one)}")


@register(DESIGNS, affiliation=True)
def photo_cell_and_text_cell(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"""<tr><td width="120" valign="top"><img src="/p.gif" width="100"><br><b>{e(a.name)}</b><br>
<font size="1">{e(a.affiliation)}</font></td><td valign="top">{ps(a)}</td></tr>"""

    return bare(d, f"{q(d)}<table border=0 cellpadding=4>{each(d, one)}</table>")


@register(DESIGNS)
def quotation_then_dash(d: Discussion) -> str:
    return frame(
        d,
        q(d)
        + each(d, lambda a: f"<blockquote>{ps(a)}</blockquote><p style='text-align:right'>&mdash; {e(a.name)}</p>"),
    )


@register(DESIGNS)
def bracketed_names(d: Discussion) -> str:
    return bare(d, q(d) + each(d, lambda a: f"<p>[{e(a.name)}]</p>{ps(a)}"))


@register(DESIGNS, affiliation=True)
def from_whom(d: Discussion) -> str:
    return frame(d, q(d) + each(d, lambda a: f"<p><strong>From {e(a.name)}, {e(a.affiliation)}:</strong></p>{ps(a)}"))


@register(DESIGNS, bio=True)
def aside_beside_text(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"""<div class="row"><aside class="who"><img src="/a.jpg" alt=""><h4>{e(a.name)}</h4><p>{e(a.bio)}</p></aside>
<div class="what">{ps(a)}</div></div>"""

    return frame(d, q(d) + each(d, one))


@register(DESIGNS, affiliation=True)
def articles_with_footers(d: Discussion) -> str:
    return frame(
        d, q(d) + each(d, lambda a: f"<article>{ps(a)}<footer>By {e(a.name)} | {e(a.affiliation)}</footer></article>")
    )


@register(DESIGNS, bio=True)
def title_text_bio(d: Discussion) -> str:
    """The name stands only in the bio below each text."""
    return frame(d, q(d) + each(
        d, lambda a: f"<section><h3>{e(a.title)}</h3>{ps(a)}<p class=by><strong>{e(a.name)}</strong>{e(a.bio.removeprefix(a.name))}</p></section>"))  # fmt: skip


@register(DESIGNS, kinds=False)
def whose_view(d: Discussion) -> str:
    return frame(d, q(d) + each(d, lambda a: f"<h3>{e(a.name)}’s view</h3>{ps(a)}"))


@register(DESIGNS)
def expert_numbered(d: Discussion) -> str:
    return frame(d, q(d) + "".join(f"<h3>Expert {i}: {e(a.name)}</h3>{ps(a)}" for i, a in enumerate(d.answers, 1)))


@register(DESIGNS, affiliation=True)
def panelist_label(d: Discussion) -> str:
    return frame(
        d, q(d) + each(d, lambda a: f"<h3>Panelist – {e(a.name)}</h3><p><em>{e(a.affiliation)}</em></p>{ps(a)}")
    )


@register(DESIGNS)
def emphasised_twice(d: Discussion) -> str:
    return frame(d, q(d) + each(d, lambda a: f"<p><em><strong>{e(a.name)}:</strong></em></p>{ps(a)}"))


@register(DESIGNS)
def names_with_handles(d: Discussion) -> str:
    return frame(d, q(d) + each(
        d, lambda a: f'<h3><a href="/u">{e(a.name)}</a> <small><a href="https://x.example/u">@{a.surname.lower()[:6].strip()}</a></small></h3>{ps(a)}'))  # fmt: skip


@register(DESIGNS)
def headings_with_buttons(d: Discussion) -> str:
    return frame(d, q(d) + each(
        d, lambda a: f'<div class=item><div class=top><h3><a href="/p">{e(a.name)}</a></h3><button>Follow</button><span>12 shares</span></div>{ps(a)}</div>'))  # fmt: skip


@register(DESIGNS, affiliation=True)
def three_plain_lines(d: Discussion) -> str:
    return bare(d, q(d) + each(d, lambda a: f"<p>{e(a.name)}<br>{e(a.affiliation)}</p>{ps(a)}"))


@register(DESIGNS, bio=True)
def author_boxes(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"""<div class="contribution"><div class="author-box"><img src="/i.jpg" alt=""><h4 class="author-name">{e(a.name)}</h4>
<p class="author-bio">{e(a.bio)}</p></div><div class="contribution-text">{ps(a)}</div></div>"""

    return frame(d, q(d) + each(d, one))


@register(DESIGNS, affiliation=True)
def expert_comments(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"""<li class="comment"><div class="comment-head"><b>{e(a.name)}</b><i>{e(a.affiliation)}</i></div>
<div class="comment-body">{ps(a)}</div></li>"""

    return frame(d, f'{q(d)}<ul class="expert-comments comments-list">{each(d, one)}</ul>')


@register(DESIGNS, affiliation=True)
def summaries_with_spans(d: Discussion) -> str:
    return frame(d, q(d) + each(
        d, lambda a: f"<details><summary><strong>{e(a.name)}</strong> <span>{e(a.affiliation)}</span></summary>{ps(a)}</details>"))  # fmt: skip


@register(DESIGNS)
def sides(d: Discussion) -> str:
    yes = "".join(f"<h3>{e(a.name)}</h3>{ps(a)}" for a in d.answers if a.stance == "Yes")
    no = "".join(f"<h3>{e(a.name)}</h3>{ps(a)}" for a in d.answers if a.stance == "No")
    return frame(d, f"{q(d)}<h2>Yes</h2>{yes}<h2>No</h2>{no}")


@register(DESIGNS)
def word_export(d: Discussion) -> str:
    text = each(d, lambda a: f"<p class=MsoNormal><b><span lang=EN-GB>{e(a.name)}<o:p></o:p></span></b></p><p class=MsoNormal>&nbsp;</p>"
                + "".join(f"<p class=MsoNormal><span lang=EN-GB>{e(t)}<o:p></o:p></span></p><p class=MsoNormal>&nbsp;</p>" for t in a.paragraphs))  # fmt: skip
    return bare(d, f"<div class=WordSection1><p class=MsoNormal><i>{e(d.question)}</i></p>{text}</div>")


@register(DESIGNS)
def inner_headings_lists_quotes(d: Discussion) -> str:
    """Inside the answers: headings of lower rank are text, share bars are not."""
    return frame(d, q(d) + each(
        d, lambda a: f"<h2>{e(a.name)}</h2><div class='share-bar'><span>Share</span></div>{ps(a)}<p><a href='/more'>Read more</a></p>"))  # fmt: skip


@register(DESIGNS, rounds=3)
def rounds_of_bold_capitals(d: Discussion) -> str:
    return frame(d, "".join(
        f"<p><b>{e(question)}</b></p>" + "".join(run_in(a, f"<b>{e(a.name.upper())}</b>:") for a in answers)
        for question, answers in d.rounds))  # fmt: skip


@register(DESIGNS, rounds=2, affiliation=True)
def rounds_in_sections(d: Discussion) -> str:
    return frame(d, intro(d) + "".join(
        f"<section><h2>{i}. {e(question)}</h2>"
        + "".join(f"<div class=r><h3>{e(a.name)}</h3><p class=p>{e(a.affiliation)}</p>{ps(a)}</div>" for a in answers)
        + "</section>"
        for i, (question, answers) in enumerate(d.rounds, 1)))  # fmt: skip


@register(DESIGNS, affiliation=True)
def grid_of_items(d: Discussion) -> str:
    return frame(d, f"{q(d)}<ul class=grid>" + each(
        d, lambda a: f"<li><figure><img src=/x.jpg alt=''><figcaption><b>{e(a.name)}</b><br>{e(a.affiliation)}</figcaption></figure>{ps(a)}</li>") + "</ul>")  # fmt: skip


@register(DESIGNS)
def anchors_and_rules(d: Discussion) -> str:
    menu = " | ".join(f'<a href="#{i}">{e(a.name)}</a>' for i, a in enumerate(d.answers))
    return bare(d, f"{q(d)}<p>{menu}</p>" + "".join(
        f'<hr><a name="{i}"></a><p align=center><font color=navy><b>{e(a.name)}</b></font></p>{ps(a)}<p><a href="#top">Top</a></p>'
        for i, a in enumerate(d.answers)))  # fmt: skip


@register(DESIGNS)
def title_is_the_question(d: Discussion) -> str:
    return frame(d, f"<p>{e(d.standfirst)}</p>" + each(d, lambda a: f"<h2>{e(a.name)}</h2>{ps(a)}"), title=d.question)


@register(DESIGNS, affiliation=True)
def semicolons(d: Discussion) -> str:
    return frame(d, q(d) + each(d, lambda a: f"<h4>{e(a.name)}; {e(a.affiliation)}</h4>{ps(a)}"))


@register(DESIGNS)
def plain_text_of_capitals(d: Discussion) -> str:
    body = "\n\n".join(f"{a.name.upper()}\n\n" + "\n\n".join(a.paragraphs) for a in d.answers)
    return f"{d.title}\n\n{d.standfirst}\n\n{d.question}\n\n{body}\n"


@register(DESIGNS)
def plain_text_of_turns(d: Discussion) -> str:
    body = "\n\n".join(f"{a.name}: " + "\n\n".join(a.paragraphs) for a in d.answers)
    return f"{d.title}\n\n{d.question}\n\n{body}\n"


@register(DESIGNS, affiliation=True)
def plain_text_with_posts(d: Discussion) -> str:
    body = "\n\n".join(f"{a.name}, {a.affiliation}\n\n" + "\n\n".join(a.paragraphs) for a in d.answers)
    return f"{d.title}\n\n{d.question}\n\n{body}\n"


@register(DESIGNS, scripts=True)
def headings_in_any_script(d: Discussion) -> str:
    return frame(d, q(d) + each(d, lambda a: f"<h3>{e(a.name)}</h3>{ps(a)}"))


@register(DESIGNS, scripts=True)
def run_in_any_script(d: Discussion) -> str:
    return frame(d, q(d) + each(d, lambda a: run_in(a, f"<strong>{e(a.name)}:</strong>")))


@register(DESIGNS)
def spans_of_a_page_builder(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"""<div class="et_pb_module et_pb_toggle et_pb_toggle_close"><h5 class="et_pb_toggle_title">{e(a.name)}</h5>
<div class="et_pb_toggle_content clearfix">{ps(a)}</div></div>"""

    return frame(d, f'<div class="et_pb_text_inner">{q(d)}</div>{each(d, one)}')


@register(DESIGNS, listed=True)
def radio_tabs(d: Discussion) -> str:
    labels = "".join(f'<li class="tab"><a href="#tab-{i}">{e(a.name)}</a></li>' for i, a in enumerate(d.answers))
    panes = "".join(f'<div class="pane" id="tab-{i}">{ps(a)}</div>' for i, a in enumerate(d.answers))
    return frame(d, f'{q(d)}<div class="tabs"><ul>{labels}</ul>{panes}</div>')


@register(DESIGNS, affiliation=True)
def h5_in_flex_rows(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"""<div class="flex"><div class="left"><div class="avatar"></div></div><div class="right"><div class="name">
<strong>{e(a.name)}</strong></div><div class="role">{e(a.affiliation)}</div><div class="body">{ps(a)}</div></div></div>"""

    return frame(d, q(d) + each(d, one))
