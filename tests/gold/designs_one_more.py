"""Pages of discussions as magazines, panels, science desks and weblogs make them: the first batch, continued.

Each was written from memory of the kind of page that its name says, before it was known how the reader would fare.
"""

from html import escape as e

from tests.gold.desk import Answer, Discussion
from tests.gold.paper import Register, bare, each, frame, intro, ps, register, run_in, slug

DESIGNS: Register = []


@register(DESIGNS, rounds=3, listed=True, kinds=False)
def virtual_panel(d: Discussion) -> str:
    """A software magazine's panel: bios in a list, bold questions, surname or full name in bold before each answer."""
    bios = "".join(f"<li><strong>{e(a.name)}</strong> -{e(a.bio.removeprefix(a.name))}</li>" for a in d.answers)
    body = "".join(
        f"<p><strong>Q{i}: {e(question)}</strong></p>" + "".join(run_in(a, f"<b>{e(a.name)}</b>:") for a in answers)
        for i, (question, answers) in enumerate(d.rounds, 1)
    )
    return frame(d, f"<p>{e(d.standfirst)}</p><p>The panelists:</p><ul>{bios}</ul>{body}")


@register(DESIGNS, affiliation=True)
def definition_groups(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"<div><dt>{e(a.name)} <span>{e(a.affiliation)}</span></dt><dd>{ps(a)}</dd></div>"

    return frame(d, f"<p>{e(d.question)}</p><dl>{each(d, one)}</dl>")


@register(DESIGNS, affiliation=True)
def pros_and_cons(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"<h3>{e(a.name)} ({a.stance.upper()})</h3><p><i>{e(a.affiliation)}</i></p>{ps(a)}"

    return frame(d, f"<p>{e(d.question)}</p>{each(d, one)}")


@register(DESIGNS, affiliation=True)
def gutenberg_media_text(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"""<div class="wp-block-media-text alignwide is-stacked-on-mobile"><figure class="wp-block-media-text__media">
<img decoding="async" src="/wp-content/{slug(a.name)}.jpg" alt="" class="wp-image-1"></figure>
<div class="wp-block-media-text__content"><h3 class="wp-block-heading">{e(a.name)}</h3>
<p class="has-small-font-size"><em>{e(a.affiliation)}</em></p>{ps(a)}</div></div>
<hr class="wp-block-separator">"""

    return frame(
        d, f'<div class="entry-content">{intro(d)}<h2 class="wp-block-heading">{e(d.question)}</h2>{each(d, one)}</div>'
    )


@register(DESIGNS, bio=True)
def gutenberg_columns(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"""<div class="wp-block-columns"><div class="wp-block-column" style="flex-basis:25%"><figure
class="wp-block-image"><img src="/w/{slug(a.name)}.jpg"><figcaption class="wp-element-caption">{e(a.name)}</figcaption></figure>
<p class="has-small-font-size">{e(a.bio)}</p></div><div class="wp-block-column" style="flex-basis:75%">{ps(a)}</div></div>"""

    return frame(
        d, f'<div class="entry-content"><p class="has-large-font-size">{e(d.question)}</p>{each(d, one)}</div>'
    )


@register(DESIGNS, affiliation=True)
def ghost_toggles(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"""<div class="kg-card kg-toggle-card" data-kg-toggle-state="close"><div class="kg-toggle-heading">
<h4 class="kg-toggle-heading-text"><span style="white-space: pre-wrap;">{e(a.name)} – {e(a.affiliation)}</span></h4>
<button class="kg-toggle-card-icon" aria-label="Expand toggle to read content"><svg></svg></button></div>
<div class="kg-toggle-content">{ps(a)}</div></div>"""

    return frame(d, f'<section class="gh-content"><p>{e(d.question)}</p>{each(d, one)}</section>')


@register(DESIGNS)
def squarespace_blocks(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"""<div class="row sqs-row"><div class="col sqs-col-3"><div class="sqs-block image-block"><div
class="sqs-block-content"><img data-src="/s/{slug(a.name)}.jpg" alt="{slug(a.name)}.jpg"></div></div></div>
<div class="col sqs-col-9"><div class="sqs-block html-block"><div class="sqs-block-content"><div class="sqs-html-content">
<h3 style="white-space:pre-wrap;">{e(a.name)}</h3>{ps(a, ' style="white-space:pre-wrap;"')}</div></div></div></div></div>"""

    return frame(
        d,
        f'<div class="sqs-block html-block"><div class="sqs-block-content"><p>{e(d.question)}</p></div></div>{each(d, one)}',
    )


@register(DESIGNS)
def photo_captions_with_credit(d: Discussion) -> str:
    """Ten writers chose: the name stands in bold above, and again under the photograph with its credit."""

    def one(a: Answer) -> str:
        return f"""<h2><strong>{e(a.name)}</strong></h2><figure><img src="/i/1.jpg" alt=""><figcaption>{e(a.name)}.
Photograph: Jo Field/The Review</figcaption></figure>{ps(a)}"""

    return frame(d, f'<p class="standfirst">{e(d.question)}</p>{each(d, one)}')


@register(DESIGNS, affiliation=True)
def heading_of_two_lines(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"<h3>{e(a.name)}<br><small>{e(a.affiliation)}</small></h3>{ps(a)}"

    return frame(d, f"<p>{e(d.standfirst)}</p><p><b>{e(d.question)}</b></p>{each(d, one)}")


@register(DESIGNS)
def microdata_answers(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"""<div itemprop="suggestedAnswer" itemscope itemtype="https://schema.org/Answer"><div itemprop="text">{ps(a)}</div>
<div class="user">answered by <span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">
{e(a.name)}</span></span></div></div>"""

    return frame(
        d,
        f"""<div itemscope itemtype="https://schema.org/Question"><h2 itemprop="name">{e(d.question)}</h2>
{each(d, one)}</div>""",
    )


@register(DESIGNS)
def writes(d: Discussion) -> str:
    return frame(d, f"<p>{e(d.question)}</p>" + each(d, lambda a: f"<p><b>{e(a.name)} writes:</b></p>{ps(a)}"))


@register(DESIGNS)
def response_by(d: Discussion) -> str:
    return frame(d, f"<p>{e(d.question)}</p>" + each(d, lambda a: f"<h2>Response by {e(a.name)}</h2>{ps(a)}"))


@register(DESIGNS)
def title_by_name(d: Discussion) -> str:
    """Essays in one page: the title as heading, “by NAME” in the heading's second line."""
    return frame(d, f"<p>{e(d.question)}</p>" + each(
        d, lambda a: f"<h2>{e(a.title)}</h2><h4>by {e(a.name)}</h4>{ps(a)}<p><a href='#top'>Back to top</a></p>"))  # fmt: skip


@register(DESIGNS, affiliation=True)
def pipes_and_dashes(d: Discussion) -> str:
    return frame(
        d,
        f"<p>{e(d.question)}</p>"
        + each(d, lambda a: f"<p><strong>{e(a.name)} | {e(a.affiliation)}</strong></p>{ps(a)}"),
    )


@register(DESIGNS, affiliation=True)
def quotes_in_cards(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"""<blockquote class="testimonial">{ps(a)}<cite><span class="fn">{e(a.name)}</span>
<span class="title">{e(a.affiliation)}</span></cite></blockquote>"""

    return frame(d, f"<p>{e(d.question)}</p>{each(d, one)}")


@register(DESIGNS)
def alt_texts_alone(d: Discussion) -> str:
    return frame(d, f"<p>{e(d.question)}</p>" + each(
        d, lambda a: f'<div class="v"><figure><img src="/x.jpg" alt="Portrait of {e(a.name)}"></figure>{ps(a)}</div>'))  # fmt: skip


@register(DESIGNS)
def underlined_names(d: Discussion) -> str:
    return bare(d, f"<p>{e(d.question)}</p>" + each(d, lambda a: f"<p><u>{e(a.name)}</u></p>{ps(a)}"))


@register(DESIGNS)
def styled_spans(d: Discussion) -> str:
    """From a word processor: bold is a style, every paragraph a span in a span."""

    def one(a: Answer) -> str:
        text = "".join(
            f'<p class="MsoNormal"><span style="font-family:Calibri"><span>{e(t)}</span></span></p>'
            for t in a.paragraphs
        )
        return f'<p class="MsoNormal"><span style="font-family:Calibri;font-weight:bold">{e(a.name)}<o:p></o:p></span></p>{text}'

    return bare(d, f'<p class="MsoNormal"><span>{e(d.question)}</span></p>{each(d, one)}')


@register(DESIGNS, bio=True)
def bio_opens_each_answer(d: Discussion) -> str:
    """No heading at all: a paragraph that says who it is, the name in bold, then what they say."""
    return frame(d, f"<p>{e(d.question)}</p>" + each(
        d, lambda a: f"<p><strong>{e(a.name)}</strong>{e(a.bio.removeprefix(a.name))}</p>{ps(a)}"))  # fmt: skip


@register(DESIGNS, bio=True)
def contributors_at_the_end(d: Discussion) -> str:
    bios = "".join(f"<p><strong>{e(a.name)}</strong>{e(a.bio.removeprefix(a.name))}</p>" for a in d.answers)
    return frame(d, f"<p>{e(d.question)}</p>" + each(d, lambda a: f"<h3>{e(a.name)}</h3>{ps(a)}")
                 + f"<h3>Contributors</h3>{bios}")  # fmt: skip


@register(DESIGNS)
def answers_with_subheads_and_quotes(d: Discussion) -> str:
    """Inside the answers: share links, a pull quote, a picture with credit, an advertisement."""

    def one(a: Answer) -> str:
        pull = (
            f'<aside class="pullquote"><p>{e(a.paragraphs[0].split(". ")[0])}.</p></aside>'
            if len(a.paragraphs) > 1
            else ""
        )
        return f"""<section class="entry"><h2 class="who">{e(a.name)}</h2><ul class="share"><li><a href="#">Facebook</a></li>
<li><a href="#">Twitter</a></li></ul>{ps(a)}{pull}<div class="ad">Advertisement</div></section>"""

    return frame(d, f"<h3>{e(d.question)}</h3>{each(d, one)}")


@register(DESIGNS, affiliation=True, scripts=True)
def divs_all_the_way(d: Discussion) -> str:
    def one(a: Answer) -> str:
        text = "".join(f'<div class="c">{e(t)}</div>' for t in a.paragraphs)
        return f'<div class="a"><div class="b"><div>{e(a.name)}</div><div>{e(a.affiliation)}</div></div><div>{text}</div></div>'

    return f"""<!doctype html><html><head><title>{e(d.title)}</title></head><body><div id=root><div><div class=t>{e(d.title)}</div>
<div class=q>{e(d.question)}</div>{each(d, one)}</div><div>© 2022</div></div></body></html>"""


@register(DESIGNS)
def fieldsets(d: Discussion) -> str:
    return bare(
        d, f"<p>{e(d.question)}</p>" + each(d, lambda a: f"<fieldset><legend>{e(a.name)}</legend>{ps(a)}</fieldset>")
    )


@register(DESIGNS)
def labelled_sections(d: Discussion) -> str:
    """Names stand in the heading that a section is labelled by, inside a link, with an anchor sign."""
    return frame(d, f"<p>{e(d.question)}</p>" + each(d, lambda a: (
        f'<section aria-labelledby="{slug(a.name)}"><h3 id="{slug(a.name)}">{e(a.name)} '
        f'<a class="anchor" href="#{slug(a.name)}">#</a></h3>{ps(a)}</section>')))  # fmt: skip


@register(DESIGNS, affiliation=True, bio=True, listed=True)
def list_with_posts_then_bios(d: Discussion) -> str:
    listed = "".join(f"<li>{e(a.name)}<br>{e(a.affiliation)}</li>" for a in d.answers)
    return frame(d, f'<p>{e(d.question)}</p><h4>Respondents</h4><ul>{listed}</ul>' + each(
        d, lambda a: f'<h2>{e(a.name)}</h2><img alt="respondent photo" src="/r.jpg"><p>{e(a.bio)}</p>{ps(a)}'))  # fmt: skip


@register(DESIGNS, affiliation=True)
def name_and_post_run_in(d: Discussion) -> str:
    return frame(
        d, f"<p>{e(d.question)}</p>" + each(d, lambda a: run_in(a, f"<b>{e(a.name)}</b>, <i>{e(a.affiliation)}</i>:"))
    )


@register(DESIGNS, affiliation=True)
def honorifics(d: Discussion) -> str:
    def one(a: Answer) -> str:
        titles = " & ".join(
            f"{'Dr' if len(n) % 2 else 'Prof.'} {n}"
            if " of " not in n and " for " not in n and "Alliance" not in n and "Trust" not in n
            else n
            for n in a.names
        )
        return f"<h3>{e(titles)}</h3><h4>{e(a.affiliation)}</h4>{ps(a)}"

    return frame(d, f"<p>{e(d.question)}</p>{each(d, one)}")


@register(DESIGNS)
def carousel_twice(d: Discussion) -> str:
    """Names as buttons above, panels below, each panel with its own heading."""
    buttons = "".join(f'<button role="tab" aria-controls="p-{i}">{e(a.name)}</button>' for i, a in enumerate(d.answers))
    panels = "".join(
        f'<div role="tabpanel" id="p-{i}"><h3>{e(a.name)}</h3>{ps(a)}</div>' for i, a in enumerate(d.answers)
    )
    return frame(d, f'<p>{e(d.question)}</p><div role="tablist">{buttons}</div>{panels}')


@register(DESIGNS)
def dash_run_in_plain(d: Discussion) -> str:
    """No emphasis at all: name, dash, text."""
    return bare(d, f"<p>{e(d.question)}</p>" + each(d, lambda a: run_in(a, f"{e(a.name)} –")))


@register(DESIGNS)
def plain_colon(d: Discussion) -> str:
    return bare(d, f"<p>{e(d.question)}</p>" + each(d, lambda a: run_in(a, f"{e(a.name)}:")))


@register(DESIGNS, listed=True, affiliation=True)
def text_copy(d: Discussion) -> str:
    listed = "\n".join(f"{a.name}\n{a.affiliation}" for a in d.answers)
    body = "\n\n".join(f"{a.name}\n\n" + "\n\n".join(a.paragraphs) for a in d.answers)
    return (
        f"The Marle Review\n\n{d.title}\n\n{d.standfirst}\n\n{d.question}\n\n{listed}\n\n{body}\n\n© The Marle Review"
    )


@register(DESIGNS)
def markdown_copy(d: Discussion) -> str:
    body = "\n\n".join(f"## {a.name}\n\n" + "\n\n".join(a.paragraphs) for a in d.answers)
    return f"# {d.title}\n\n**{d.question}**\n\n{body}\n"
