"""The pages of the demonstration: the invented magazine's site, as bytes.

Here belongs what a browser or a crawler would be given for each path, rendered from the words and the templates.
Pure: no clock, no network, the same bytes each time. Links are root-relative, so that a person may look at the site
on any port, while everything that names the site (canonical, Open Graph, JSON-LD, sitemap) uses its own host. Not
here: the words themselves (`content`) and HTTP (`server`).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from archive.demo.content import Article, Content, Question, content
from archive.demo.earlier import OlderPage, earlier

__all__ = ["HOST", "Content", "Resource", "canonical", "content", "missing", "pages", "printed"]

HOST = "www.lamplighter.example"
"""The host of the invented magazine; `.example` is reserved, so no such host can exist."""

_FOLDER = Path(__file__).parent
_STATIC_TYPES = {".css": "text/css", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Resource:
    """What lies at a path: the bytes (text is UTF-8), the type without parameters, the last change (UTC, aware).

    Attributes:
        moved_to: the path that this one leads to now, without bytes or a type; empty where the page is here.
    """

    body: bytes
    mime: str
    last_modified: dt.datetime
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class _Page:
    """What is needed to render a page; `values` are handed to the template beside the page itself."""

    path: str
    template: str
    title: str
    description: str
    changed: dt.datetime
    kind: str
    image: str
    structured: Mapping[str, Any]
    values: Mapping[str, Any]


def canonical(path: str) -> str:
    """The public address of a path: plain http (the demonstration has no certificate), never a port."""
    return f"http://{HOST}{path}"


def printed(moment: dt.datetime) -> str:
    """A moment as the magazine prints it: `14 May 2024, 9.05am`."""
    return f"{moment.day} {moment:%B %Y}, {moment.hour % 12 or 12}.{moment:%M}{'am' if moment.hour < 12 else 'pm'}"


def pages() -> dict[str, Resource]:
    """Everything that the site has, by path, what moved too; a new dictionary each time, which a test may alter."""
    return dict(_rendered())


def before() -> dict[str, Resource]:
    """Pages as they were before they were corrected or moved, by the paths that they had then."""
    environment = _environment()
    corrected = (question.before for question in content().questions)
    carried = (page.before for page in earlier().all_pages)
    found = {page.path: _render(environment, _question_page(page)) for page in corrected if page}
    return found | {page.path: _older(environment, page) for page in carried if page}


@cache
def missing() -> Resource:
    """The page for a path that is not there, to be sent with 404."""
    words = content()
    page = _Page(
        path="/",
        template="missing.html",
        title="No such page",
        description="There is no page at this address.",
        changed=words.publication.launched,
        kind="website",
        image=words.round_table.artwork.file,
        structured={},
        values={},
    )
    return _render(_environment(), page)


@cache
def _rendered() -> Mapping[str, Resource]:
    environment, words = _environment(), content()
    listed = _listed(words)
    changes = [(page.path, _utc(page.changed)) for page in listed]
    latest = max(moment for _, moment in changes)
    rendered = {page.path: _render(environment, page) for page in listed}
    sitemap = environment.get_template("sitemap.xml").render(changes=changes)
    rendered["/sitemap.xml"] = Resource(sitemap.encode(), "application/xml", latest)
    launched = _utc(words.publication.launched)
    robots = environment.get_template("robots.txt").render()
    rendered["/robots.txt"] = Resource(robots.encode(), "text/plain", launched)
    for page in earlier().all_pages:
        rendered[page.path] = _older(environment, page)
        if page.former_path:
            rendered[page.former_path] = Resource(b"", "", _utc(page.moment), moved_to=page.path)
    for file in sorted((_FOLDER / "static").rglob("*.*")):
        path = f"/{file.relative_to(_FOLDER).as_posix()}"
        rendered[path] = Resource(file.read_bytes(), _STATIC_TYPES[file.suffix], launched)
    return rendered


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": False}
    environment.filters.update(printed=printed, linked=_linked, canonical=canonical)
    environment.globals["content"] = content()
    return environment


def _render(environment: Environment, page: _Page) -> Resource:
    html = environment.get_template(page.template).render(page=page, **page.values)
    return Resource(html.encode(), "text/html", _utc(page.changed))


def _listed(words: Content) -> list[_Page]:
    """Every page that the sitemap lists, in its order."""
    table, letters, about = words.round_table, words.letters, words.about
    latest = max(letters.published, *(article.published for article in words.articles))
    web_page = {"@context": "https://schema.org", "@type": "WebPage"}

    def plain(path: str, template: str, title: str, description: str, changed: dt.datetime) -> _Page:
        structured = web_page | {"name": title, "url": canonical(path), "inLanguage": "en-GB"}
        return _Page(path, template, title, description, changed, "website", table.artwork.file, structured, {})

    return [
        plain("/", "front.html", words.publication.tagline, words.publication.description, latest),
        plain(about.path, "about.html", about.title, about.standfirst, words.publication.launched),
        plain(table.path, "landing.html", table.title, table.standfirst, latest),
        *(_article_page(article, words) for article in words.articles if article.role == "introduction"),
        *(_question_page(question) for question in words.questions),
        *(_article_page(article, words) for article in words.articles if article.role != "introduction"),
        plain(letters.path, "letters.html", letters.title, letters.standfirst, letters.published),
    ]


def _question_page(question: Question) -> _Page:
    return _Page(
        path=question.path,
        template="question.html",
        title=question.title,
        description=question.standfirst,
        changed=question.changed,
        kind="article",
        image=question.artwork.file,
        structured={
            "@context": "https://schema.org",
            "@type": "WebPage",
            "name": question.title,
            "description": question.standfirst,
            "url": canonical(question.path),
            "inLanguage": "en-GB",
        },
        values={"question": question},
    )


def _article_page(article: Article, words: Content) -> _Page:
    return _Page(
        path=article.path,
        template="article.html",
        title=article.title,
        description=article.standfirst,
        changed=article.published,
        kind="article",
        image=article.artwork.file,
        structured={
            "@context": "https://schema.org",
            "@type": "Article",
            "headline": article.title,
            "description": article.standfirst,
            "author": [{"@type": "Person", "name": author.name} for author in article.authors],
            "datePublished": article.published.isoformat(),
            "publisher": {"@type": "Organization", "name": words.publication.name, "url": canonical("/")},
            "mainEntityOfPage": canonical(article.path),
            "image": canonical(f"/static/{article.artwork.file}"),
            "isPartOf": {
                "@type": "CreativeWork",
                "name": words.round_table.title,
                "url": canonical(words.round_table.path),
            },
            "license": words.publication.licence_url,
            "inLanguage": "en-GB",
        },
        values={"article": article},
    )


def _older(environment: Environment, page: OlderPage) -> Resource:
    """A page as the house shows it that it was built for; none of them is in the sitemap of today's."""
    plain = page.layout == "text_copy"
    template = environment.get_template(f"earlier/{page.layout}.{'txt' if plain else 'html'}")
    changed = _utc(page.moment)
    structured = {
        "@context": "https://schema.org",
        "@type": "Article",
        "publisher": {"@type": "Organization", "name": content().publication.name, "url": canonical("/")},
        "author": {"@type": "Person", "name": ", ".join(page.authors)},
        "headline": page.title,
        "url": canonical(page.path),
        "datePublished": f"{changed:%Y-%m-%dT%H:%M:%S}.000Z",
        "description": page.standfirst,
        "mainEntityOfPage": canonical(page.path),
    }
    text = template.render(
        page=page,
        frame=earlier().frame,
        followup=earlier().page("wagtail_new"),
        structured=structured,
        utc=structured["datePublished"],
    )
    return Resource(text.encode(), "text/plain" if plain else "text/html", changed)


def _linked(text: str, links: Mapping[str, str]) -> Markup:
    """The text as HTML, with the first occurrence of each phrase linked."""
    html = escape(text)
    for phrase, path in links.items():
        html = html.replace(escape(phrase), Markup('<a href="{}">{}</a>').format(path, phrase), 1)
    return html


def _utc(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC)
