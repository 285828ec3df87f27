"""What designs are made with: the register of designs, the frames of pages, and small pieces of markup.

Here belongs what several designs use. Not here: a design.
"""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape as e

from tests.gold.desk import Answer, Discussion


@dataclass(frozen=True)
class Design:
    """A way to make a page of a discussion, and what of the discussion the page still shows.

    Attributes:
        bio, affiliation, prompt: whether the page prints them so that a reader can tell.
        listed: whether it has a list of respondents; without one, `line_up_missing` is no fault of the reader.
        scripts: whether names of any script fit.
        kinds: whether organisations and pairs of people fit.
        insets: whether links to follow-ups and comments of others stand inside its answers.
        rounds: how many questions it holds.
    """

    render: Callable[[Discussion], str]
    bio: bool = False
    affiliation: bool = False
    prompt: bool = True
    listed: bool = False
    scripts: bool = False
    kinds: bool = True
    insets: bool = False
    rounds: int = 1

    @property
    def name(self) -> str:
        return self.render.__name__


Register = list[Design]


def register(
    into: Register, **flags: bool | int
) -> Callable[[Callable[[Discussion], str]], Callable[[Discussion], str]]:
    def keep(render: Callable[[Discussion], str]) -> Callable[[Discussion], str]:
        into.append(Design(render, **flags))  # type: ignore[arg-type]
        return render

    return keep


def ps(answer: Answer, attributes: str = "") -> str:
    return "".join(f"<p{attributes}>{e(text)}</p>\n" for text in answer.paragraphs)


def run_in(answer: Answer, label: str, attributes: str = "") -> str:
    """The paragraphs of an answer, the label in the first of them."""
    first, *rest = answer.paragraphs
    return f"<p{attributes}>{label} {e(first)}</p>\n" + "".join(f"<p{attributes}>{e(text)}</p>\n" for text in rest)


def intro(d: Discussion) -> str:
    return "".join(f"<p>{e(text)}</p>\n" for text in d.introduction)


def each(d: Discussion, one: Callable[[Answer], str], between: str = "\n") -> str:
    return between.join(map(one, d.answers))


def frame(d: Discussion, body: str, title: str | None = None, head: str = "", lang: str = "en") -> str:
    """A page of a magazine: masthead, menu, article, newsletter, related pieces, comments, footer."""
    title = d.title if title is None else title
    return f"""<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{e(title)} – The Marle Review</title>{head}</head>
<body class="single post"><a class="skip" href="#content">Skip to content</a>
<header class="masthead"><a href="/">The Marle Review</a><nav><ul><li><a href="/politics">Politics</a></li>
<li><a href="/culture">Culture</a></li><li><a href="/about">About</a></li></ul></nav></header>
<main id="content"><article><h1>{e(title)}</h1>
{body}
</article>
<aside class="newsletter"><h3>Sign up for our newsletter</h3><p>The best of the Review, every Friday.</p>
<form><input type="email"><button>Subscribe</button></form></aside>
<section class="related"><h2>Related articles</h2><ul><li><a href="/a">The price of fish</a></li>
<li><a href="/b">A tide table for Sundays</a></li></ul></section></main>
<footer><p>© 2021 The Marle Review. All rights reserved.</p><a href="/privacy">Privacy</a></footer></body></html>"""


def bare(d: Discussion, body: str, title: str | None = None) -> str:
    """A page as small institutions make one by hand."""
    title = d.title if title is None else title
    return f"""<html><head><title>{e(title)}</title></head><body><h1>{e(title)}</h1>
{body}
<hr><p>© 2009 Port Institute</p></body></html>"""


def slug(name: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split())
