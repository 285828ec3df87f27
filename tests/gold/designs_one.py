"""Pages of discussions as magazines, panels, science desks and weblogs make them: the first of two batches.

Each was written from memory of the kind of page that its name says, before it was known how the reader would fare.
"""

from html import escape as e

from tests.gold.desk import Answer, Discussion
from tests.gold.paper import Register, bare, each, frame, intro, ps, register, run_in, slug

DESIGNS: Register = []


@register(DESIGNS, bio=True, scripts=True)
def conversation_with_author_panels(d: Discussion) -> str:
    """A file of conversations: each voice an article, its header a photo, the name, and a bio that folds out."""

    def one(a: Answer) -> str:
        return f"""<article class="node conversation-piece"><header><div class="pic"><a href="/author/{slug(a.name)}">
<img src="/img/{slug(a.name)}.jpg" alt=""></a></div><h3><a href="/author/{slug(a.name)}">{e(a.name)}</a></h3>
<div class="bio collapsed"><p>{e(a.bio)}</p><a href="#" class="more">Read full bio</a></div></header>
<div class="piece-body">{ps(a)}</div><footer class="tools"><a href="#">Share</a> <a href="#">Print</a></footer></article>"""

    return frame(d, f'<div class="lede"><p>{e(d.standfirst)}</p>{intro(d)}<p><strong>{e(d.question)}</strong></p></div>'
                 f'<div class="pieces">{each(d, one)}</div>')  # fmt: skip


@register(DESIGNS, affiliation=True, listed=True)
def weekly_question_to_experts(d: Discussion) -> str:
    """A blog that asks every week: jump links, then name and post as two headings."""
    jump = "".join(f'<li><a href="#{slug(a.name)}">{e(a.name)}</a></li>' for a in d.answers)

    def one(a: Answer) -> str:
        return f'<h2 id="{slug(a.name)}">{e(a.name)}</h2><h4 class="post">{e(a.affiliation)}</h4>{ps(a)}'

    return frame(d, f'<p class="dek">{e(d.standfirst)}</p><div class="jump"><ul>{jump}</ul></div>'
                 f'<h3 class="ask">{e(d.question)}</h3>{each(d, one)}')  # fmt: skip


@register(DESIGNS, affiliation=True)
def name_bold_post_italic(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"<p><strong>{e(a.name)}</strong><br><em>{e(a.affiliation)}</em></p>{ps(a)}"

    return frame(d, f"{intro(d)}<p><em>{e(d.question)}</em></p>{each(d, one)}")


@register(DESIGNS, affiliation=True)
def expert_reaction_said(d: Discussion) -> str:
    """A science desk: a bold line that ends in “said:”, then the quotation in quotation marks."""

    def one(a: Answer) -> str:
        return f"<p><strong>{e(a.name)}, {e(a.affiliation)}, said:</strong></p>\n{ps(a)}"

    ends = "".join(f"<p><strong>{e(a.name)}:</strong> “I have no conflicts to declare.”</p>" for a in d.answers[:2])
    return frame(
        d, f"<p>{e(d.question)}</p>{each(d, one)}<p>&nbsp;</p><p><strong>Declared interests</strong></p>{ends}"
    )


@register(DESIGNS, bio=True)
def title_then_byline_then_bio(d: Discussion) -> str:
    """A newspaper's debate page: each piece has its own title, the name stands below it, the bio after it."""

    def one(a: Answer) -> str:
        return f"""<section class="debater"><h3>{e(a.title)}</h3><p class="byline">By {e(a.name)}</p>
<p class="bio"><em>{e(a.bio)}</em></p>{ps(a)}</section>"""

    return frame(d, f'<p class="intro">{e(d.question)}</p>{each(d, one)}')


@register(DESIGNS)
def name_colon_title_bio_below(d: Discussion) -> str:
    """A panel in a newspaper: the heading holds name and catch phrase, the bio stands below with a bullet."""

    def one(a: Answer) -> str:
        return f"""<h2>{e(a.name)}: {e(a.title)}</h2><figure><img src="/p/{slug(a.name)}.jpg" alt="{e(a.name)}">
</figure>{ps(a)}<p><em>• {e(a.bio)}</em></p>"""

    return frame(d, f"<p>{e(d.standfirst)}</p><p>{e(d.question)}</p>{each(d, one)}")


@register(DESIGNS, affiliation=True, scripts=True)
def annual_question(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"""<div class="response"><div class="contributor"><a href="/c/{slug(a.name)}">{e(a.name)}</a></div>
<div class="post">{e(a.affiliation)}</div><div class="rtitle">{e(a.title)}</div><div class="rbody">{ps(a)}</div></div>"""

    return frame(d, f'<div class="question">{e(d.question)}</div>{each(d, one)}')


@register(DESIGNS)
def elementor_accordion(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"""<div class="elementor-accordion-item"><div class="elementor-tab-title" data-tab="1" role="button"
aria-controls="c1" aria-expanded="false"><span class="elementor-accordion-icon" aria-hidden="true"><i class="fas fa-plus">
</i></span><a class="elementor-accordion-title" tabindex="0">{e(a.name)}</a></div><div id="c1"
class="elementor-tab-content elementor-clearfix" data-tab="1" role="region">{ps(a)}</div></div>"""

    return frame(
        d,
        f"""<div class="elementor"><div class="elementor-widget-container"><h2>{e(d.question)}</h2></div>
<div class="elementor-widget-container"><div class="elementor-accordion">{each(d, one)}</div></div></div>""",
    )


@register(DESIGNS, affiliation=True, listed=True)
def webflow_tabs(d: Discussion) -> str:
    """The names stand in the tabs alone; each pane says whose it is by reference."""
    tabs = "".join(
        f'<a data-w-tab="Tab {i}" id="tab-{i}" class="tab w-inline-block w-tab-link" role="tab" href="#pane-{i}" '
        f'aria-controls="pane-{i}"><div>{e(a.name)}</div><div class="small">{e(a.affiliation)}</div></a>'
        for i, a in enumerate(d.answers)
    )
    panes = "".join(
        f'<div data-w-tab="Tab {i}" class="w-tab-pane" id="pane-{i}" role="tabpanel" aria-labelledby="tab-{i}">'
        f'<div class="w-richtext">{ps(a)}</div></div>'
        for i, a in enumerate(d.answers)
    )
    return frame(
        d,
        f"""<p>{e(d.question)}</p><div class="w-tabs"><div class="w-tab-menu" role="tablist">{tabs}</div>
<div class="w-tab-content">{panes}</div></div>""",
    )


@register(DESIGNS, affiliation=True, bio=True, scripts=True)
def drupal_paragraphs(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"""<div class="field__item"><div class="paragraph paragraph--type--response paragraph--view-mode--default">
<div class="field field--name-field-person field--type-string field--label-hidden field__item">{e(a.name)}</div>
<div class="field field--name-field-post field--type-string field--label-hidden field__item">{e(a.affiliation)}</div>
<div class="clearfix text-formatted field field--name-field-bio field__item"><p><em>{e(a.bio)}</em></p></div>
<div class="clearfix text-formatted field field--name-field-text field__item">{ps(a)}</div></div></div>"""

    return frame(
        d,
        f"""<div class="node__content"><div class="field field--name-body"><p>{e(d.question)}</p></div>
<div class="field field--name-field-responses field__items">{each(d, one)}</div></div>""",
    )


@register(DESIGNS, affiliation=True)
def medium_gallery(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"""<figure class="graf graf--figure"><div class="aspectRatioPlaceholder"><img class="graf-image"
src="https://cdn.example/{slug(a.name)}.jpeg"></div></figure><p class="graf graf--p"><strong class="markup--strong">
{e(a.name)}</strong>, {e(a.affiliation)}</p>{ps(a, ' class="graf graf--p"')}"""

    return frame(
        d, f'<div class="section-inner">{intro(d)}<h4 class="graf graf--h4">{e(d.question)}</h4>{each(d, one)}</div>'
    )


@register(DESIGNS)
def newsletter_of_breaks(d: Discussion) -> str:
    """A letter by mail: one cell, text separated by breaks alone."""

    def one(a: Answer) -> str:
        return f"<b>{e(a.name)}</b><br>" + "<br><br>".join(e(text) for text in a.paragraphs)

    body = "<br><br>".join(map(one, d.answers))
    return (
        f"<html><head><title>{e(d.title)}</title></head><body><table width=600 align=center><tr><td><h1>{e(d.title)}</h1>"
        f"<div>{e(d.question)}<br><br>{body}<br><br></div></td></tr><tr><td><a href=/u>Unsubscribe</a></td></tr></table>"
        "</body></html>"
    )


@register(DESIGNS)
def amp_accordion(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"<section><h4>{e(a.name)}</h4><div>{ps(a)}</div></section>"

    return frame(d, f"<p>{e(d.question)}</p><amp-accordion animate>{each(d, one)}</amp-accordion>")


@register(DESIGNS, affiliation=True)
def old_fonts(d: Discussion) -> str:
    """Around the turn of the century: fonts, and paragraphs that are never closed."""

    def one(a: Answer) -> str:
        text = "".join(f'<p><font face="Times" size=3>{e(t)}</font>\n' for t in a.paragraphs)
        return (
            f'<p><font face="Arial" size=4><b>{e(a.name)}</b></font><br><font size=2>{e(a.affiliation)}</font>\n{text}'
        )

    return bare(d, f"<p><font size=4><i>{e(d.question)}</i></font>\n{each(d, one)}")


@register(DESIGNS)
def centred_capitals_and_rules(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"<center><b>{e(a.name.upper())}</b></center>\n" + "".join(f"<p>{e(t)}\n" for t in a.paragraphs)

    return bare(d, f"<p>{e(d.question)}\n<hr>{each(d, one, '<hr>')}")


@register(DESIGNS, affiliation=True)
def custom_elements(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"""<expert-answer><span slot="name">{e(a.name)}</span><span slot="role">{e(a.affiliation)}</span>
<div slot="text">{ps(a)}</div></expert-answer>"""

    return frame(d, f"<x-question>{e(d.question)}</x-question><expert-list>{each(d, one)}</expert-list>")


@register(DESIGNS, affiliation=True)
def signatures(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f'{ps(a)}<p class="sig" align="right">— {e(a.name)}, {e(a.affiliation)}</p>'

    return frame(d, f"<h2>{e(d.question)}</h2>{each(d, one)}")


@register(DESIGNS, affiliation=True)
def signatures_of_two_lines(d: Discussion) -> str:
    """Letters: the name below in bold, the post under it, a rule between the letters."""

    def one(a: Answer) -> str:
        return f"{ps(a)}<p><b>{e(a.name)}</b><br>{e(a.affiliation)}</p>"

    return frame(d, f"<p>{e(d.question)}</p><hr>{each(d, one, '<hr>')}")


@register(DESIGNS, kinds=False, affiliation=True, listed=True)
def initials_after_the_list(d: Discussion) -> str:
    def initials(name: str) -> str:
        return "".join(part[0] for part in name.replace(".", "").split()).upper()

    listed = "".join(f"<li><b>{e(a.name)}</b> ({initials(a.name)}), {e(a.affiliation)}</li>" for a in d.answers)
    return frame(d, f"<p>{e(d.question)}</p><ul>{listed}</ul>"
                 + each(d, lambda a: run_in(a, f"<strong>{initials(a.name)}:</strong>")))  # fmt: skip


@register(DESIGNS, kinds=False, bio=True, listed=True)
def surnames_after_bios(d: Discussion) -> str:
    """Bios at the head, then each speaker by surname."""
    bios = "".join(f"<p><b>{e(a.name)}</b>{e(a.bio.removeprefix(a.name))}</p>" for a in d.answers)
    return frame(d, f"<h4>The participants</h4>{bios}<h4>The question</h4><p>{e(d.question)}</p>"
                 + each(d, lambda a: run_in(a, f"<b>{e(a.surname)}:</b>")))  # fmt: skip


@register(DESIGNS, kinds=False, affiliation=True, listed=True)
def transcript_capitals(d: Discussion) -> str:
    listed = "".join(f"<p>{e(a.name.upper())}, {e(a.affiliation)}</p>" for a in d.answers)
    return frame(d, f"<h3>Speakers</h3>{listed}<h3>Transcript</h3><p>MODERATOR: {e(d.question)}</p>"
                 + each(d, lambda a: run_in(a, f"{e(a.name.upper())}:")))  # fmt: skip


@register(DESIGNS, affiliation=True, scripts=True)
def numbered_headings_with_commas(d: Discussion) -> str:
    body = "".join(f"<h3>{i}. {e(a.name)}, {e(a.affiliation)}</h3>{ps(a)}" for i, a in enumerate(d.answers, 1))
    return frame(d, f"<p>{e(d.standfirst)}</p><h2>{e(d.question)}</h2>{body}")


@register(DESIGNS, affiliation=True)
def ordered_list(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"<li><p><strong>{e(a.name)}</strong> <em>({e(a.affiliation)})</em></p>{ps(a)}</li>"

    return frame(d, f"{intro(d)}<p>{e(d.question)}</p><ol>{each(d, one)}</ol>")


@register(DESIGNS)
def bullet_list_run_in(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"<li><b>{e(a.name)}:</b> {'<br><br>'.join(e(t) for t in a.paragraphs)}</li>"

    return frame(d, f"<p>{e(d.question)}</p><ul>{each(d, one)}</ul>")


@register(DESIGNS, affiliation=True)
def cards_with_headshots(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"""<div class="col-md-4"><div class="card h-100"><img class="card-img-top" src="/h/{slug(a.name)}.png"
alt="Headshot of {e(a.name)}"><div class="card-body"><h5 class="card-title">{e(a.name)}</h5>
<h6 class="card-subtitle text-muted">{e(a.affiliation)}</h6><div class="card-text">{ps(a)}</div></div></div></div>"""

    return frame(d, f'<p class="lead">{e(d.question)}</p><div class="row">{each(d, one)}</div>')


@register(DESIGNS, affiliation=True, scripts=True)
def row_per_respondent(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"<tr><td><b>{e(a.name)}</b></td><td>{e(a.affiliation)}</td><td>{'<br><br>'.join(map(e, a.paragraphs))}</td></tr>"

    return frame(
        d,
        f"""<p>{e(d.question)}</p><table class="responses"><thead><tr><th>Participant</th><th>Affiliation</th>
<th>Response</th></tr></thead><tbody>{each(d, one)}</tbody></table>""",
    )


@register(DESIGNS, affiliation=True, listed=True)
def panel_of_economists(d: Discussion) -> str:
    """A poll: vote, confidence and comment in a row; the vote is no part of the text."""

    def one(a: Answer) -> str:
        return f"""<tr class="parent-row"><td class="response-name"><a href="/p/{slug(a.name)}">{e(a.name)}</a></td>
<td>{e(a.affiliation)}</td><td class="option">{"Agree" if a.stance == "Yes" else "Disagree"}</td><td class="confcell">7</td>
<td class="comment">{e(a.paragraphs[0]) if len(a.paragraphs) == 1 else "".join(f"<p>{e(t)}</p>" for t in a.paragraphs)}</td></tr>"""

    return frame(
        d,
        f"""<h3>Question A:</h3><p>{e(d.question)}</p><h4>Responses</h4><table class="grid"><tr><th>Participant</th>
<th>University</th><th>Vote</th><th>Confidence</th><th>Comment</th></tr>{each(d, one)}</table>""",
    )


@register(DESIGNS, rounds=3, kinds=False)
def column_per_respondent(d: Discussion) -> str:
    head = "".join(f"<th>{e(a.name)}</th>" for a in d.answers)
    rows = "".join(
        f"<tr><th>{e(question)}</th>{''.join(f'<td>{ps(a)}</td>' for a in answers)}</tr>"
        for question, answers in d.rounds
    )
    return frame(d, f"<p>{e(d.standfirst)}</p><table><tr><td></td>{head}</tr>{rows}</table>")


@register(DESIGNS, rounds=3)
def questions_as_headings(d: Discussion) -> str:
    body = "".join(
        f"<h2>{e(question)}</h2>" + "".join(run_in(a, f"<strong>{e(a.name)}:</strong>") for a in answers)
        for question, answers in d.rounds
    )
    return frame(d, f"{intro(d)}{body}")
