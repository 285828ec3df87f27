"""Pages of discussions in further ways: the fourth batch, after pages of every kind had been read blind.

Here belong the kinds that were missed there: speakers who are named in a sentence and called by less below, posts
behind a full stop or before a colon, times of a recording, letters, and who somebody is in a box of its own.
"""

from html import escape as e

from tests.gold.desk import Answer, Discussion
from tests.gold.paper import Register, bare, each, frame, intro, ps, register, run_in

DESIGNS: Register = []


def q(d: Discussion) -> str:
    return f"<h2>{e(d.question)}</h2>"


def people(d: Discussion) -> str:
    *others, last = [e(a.name) for a in d.answers]
    return f"{', '.join(others)} and {last}"


@register(DESIGNS, affiliation=True)
def quotations_with_footers(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"<blockquote>{ps(a)}<footer><cite>{e(a.name)}</cite>, {e(a.affiliation)}</footer></blockquote>"

    return frame(d, f"{q(d)}<p>The replies follow.</p>{each(d, one)}")


@register(DESIGNS, affiliation=True, kinds=False)
def post_behind_a_full_stop(d: Discussion) -> str:
    return frame(d, q(d) + each(d, lambda a: f"<h3>{e(a.name)}. {e(a.affiliation.replace('.', ''))}</h3>{ps(a)}"))


@register(DESIGNS, kinds=False)
def post_before_a_colon(d: Discussion) -> str:
    return frame(d, q(d) + each(d, lambda a: f"<p><strong>{e(a.affiliation)}: {e(a.name)}</strong></p>{ps(a)}"))


@register(DESIGNS, kinds=False)
def bold_line_like_a_sentence(d: Discussion) -> str:
    return frame(d, q(d) + each(d, lambda a: f"<p><b>{e(a.name)}, {e(a.affiliation)}.</b></p>{ps(a)}"))


@register(DESIGNS, kinds=False)
def family_names_told_in_a_sentence(d: Discussion) -> str:
    told = f"<p>The Review spoke with {people(d)} on the quay.</p>"
    return frame(d, told + q(d) + each(d, lambda a: run_in(a, f"{e(a.surname.upper())}:")))


@register(DESIGNS, kinds=False)
def times_of_a_recording(d: Discussion) -> str:
    times = {a.name: f"[0{number}:1{number}]" for number, a in enumerate(d.answers)}
    told = f"<p>With {people(d)}.</p><h2>Transcript</h2><p>{e(d.question)}</p>"
    return frame(d, told + each(d, lambda a: run_in(a, f"<span>{times[a.name]}</span> <b>{e(a.name)}:</b>")))


@register(DESIGNS, affiliation=True, kinds=False)
def invited_letters(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"{ps(a)}<p style='text-align:right'><strong>{e(a.name)}</strong><br>{e(a.affiliation)}</p>"

    return frame(d, f"<p>We invited our readers to write to us.</p>{each(d, one)}", title=d.question)


@register(DESIGNS, bio=True, kinds=False)
def notes_before_the_texts(d: Discussion) -> str:
    def one(a: Answer) -> str:
        return f"<div class='contributor'><img src='p.jpg' alt=''><p class='bio'><i>{e(a.bio)}</i></p></div>{ps(a)}"

    return frame(d, q(d) + each(d, one))


@register(DESIGNS, bio=True, kinds=False)
def notes_below_the_texts(d: Discussion) -> str:
    return frame(d, q(d) + each(d, lambda a: f"{ps(a)}<div><p><i>{e(a.bio)}</i></p></div>"))


@register(DESIGNS, affiliation=True, kinds=False)
def announced_captions(d: Discussion) -> str:
    def one(a: Answer) -> str:
        caption = f"<figcaption>{e(a.name)}, {e(a.affiliation)}</figcaption>"
        return f"<section><figure><img src='p.jpg'>{caption}</figure>{ps(a)}</section>"

    return frame(d, f"<p>We asked the engineers.</p><p>{e(d.question)}</p>{each(d, one)}")


@register(DESIGNS)
def small_capitals(d: Discussion) -> str:
    style = "font-variant:small-caps;font-weight:bold"
    return bare(d, q(d) + each(d, lambda a: run_in(a, f"<span style='{style}'>{e(a.name)}.</span>")))


@register(DESIGNS, rounds=3, kinds=False)
def questions_in_italics(d: Discussion) -> str:
    return frame(d, intro(d) + "".join(
        f"<p><em>{e(question)}</em></p>" + "".join(run_in(a, f"<strong>{e(a.name)}:</strong>") for a in answers)
        for question, answers in d.rounds))  # fmt: skip


@register(DESIGNS, rounds=2, kinds=False)
def posts_of_a_forum(d: Discussion) -> str:
    def post(a: Answer) -> str:
        head = (
            f"<div class='post-author'><a class='username' href='/u'>{e(a.name)}</a><div>May 4, 2023, 10:10</div></div>"
        )
        return f"<div class='post'>{head}<div class='post-body'>{ps(a)}</div></div>"

    return bare(d, "".join(
        f"<h2>{e(question)}</h2>" + "".join(map(post, answers)) for question, answers in d.rounds),
        title=f"Forum: {d.title}")  # fmt: skip


@register(DESIGNS, affiliation=True)
def nothing_but_boxes(d: Discussion) -> str:
    def one(a: Answer) -> str:
        said = "".join(f"<div class='c'>{e(text)}</div>" for text in a.paragraphs)
        return f"<div class='a'><div class='b'>{e(a.name)}</div><div class='d'>{e(a.affiliation)}</div>{said}</div>"

    return bare(d, f"<div><div>{e(d.question)}</div>{each(d, one)}</div>")


@register(DESIGNS, kinds=False, listed=True)
def text_with_a_panel_in_a_line(d: Discussion) -> str:
    parts = [d.title, d.question, "Panel: " + "; ".join(a.name for a in d.answers)]
    for a in d.answers:
        first, *rest = a.paragraphs
        parts += [f"{a.surname.upper()}: {first}", *rest]
    return "\n\n".join(parts)


@register(DESIGNS, affiliation=True, kinds=False)
def names_at_the_end_of_paragraphs(d: Discussion) -> str:
    def one(a: Answer) -> str:
        *before, last = a.paragraphs
        said = "".join(f"<p>{e(text)}</p>" for text in before)
        return f"{said}<p>{e(last)} <em>—{e(a.name)}, {e(a.affiliation)}</em></p>"

    return frame(d, q(d) + each(d, one))


@register(DESIGNS, kinds=False)
def record_of_a_hearing(d: Discussion) -> str:
    told = f"<p>The committee heard {people(d)}.</p><p>{e(d.question)}</p>"
    return bare(d, told + each(d, lambda a: run_in(a, f"Mr. {e(a.surname.upper())}.")))


@register(DESIGNS, kinds=False)
def handles_of_a_chat(d: Discussion) -> str:
    handles = {a.name: "".join(c for c in a.name.lower() if c.isalpha())[:9] + str(i) for i, a in enumerate(d.answers)}
    told = ", ".join(f"{handles[a.name]} ({e(a.name)}, {e(a.affiliation)})" for a in d.answers)
    chat = each(d, lambda a: run_in(a, f"<b>{handles[a.name]}:</b>"))
    return frame(d, f"<p>Welcome to our chat. With us today: {told}.</p>{q(d)}{chat}")


@register(DESIGNS, kinds=False)
def statements_of_witnesses(d: Discussion) -> str:
    return bare(d, q(d) + each(d, lambda a: f"<h3>Statement of {e(a.name)}, {e(a.affiliation)}</h3>{ps(a)}"))


@register(DESIGNS, affiliation=True, kinds=False)
def day_name_and_post_in_a_line(d: Discussion) -> str:
    def one(a: Answer) -> str:
        head = f"<div><time>3 May</time> · <span>{e(a.name)}</span> · <span>{e(a.affiliation)}</span></div>"
        return f"<div class='turn'>{head}{ps(a)}</div>"

    return frame(d, q(d) + each(d, one))


@register(DESIGNS, kinds=False)
def names_with_numbers_of_notes(d: Discussion) -> str:
    heads = [f"<h3>{e(a.name)}<sup>{i}</sup></h3>{ps(a)}" for i, a in enumerate(d.answers, 1)]
    notes = "".join(f"<p><sup>{i}</sup> {e(a.affiliation)}.</p>" for i, a in enumerate(d.answers, 1))
    return frame(d, q(d) + "".join(heads) + f"<div class='n'>{notes}</div>")
