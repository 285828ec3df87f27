"""What was written for the demonstration is what the reader finds on its pages."""

import pytest

from archive.demo.content import content
from archive.demo.install import SOURCE
from archive.demo.site import canonical, pages
from archive.reading.reader import read
from archive.sources.register import Register

REGISTER = Register.load(SOURCE.parent)
SITE = pages()


def read_page(path):
    url = canonical(path)
    return read(SITE[path].body, url, REGISTER.source_for(url))


@pytest.mark.parametrize("question", content().questions, ids=lambda question: question.short)
def test_a_question_page_gives_every_answer_to_its_speaker(question):
    page = read_page(question.path)
    assert [prompt.text for prompt in page.prompts] == [question.full]
    assert page.authors == ()
    answers = [item for item in page.contributions if item.role == "response"]
    assert [item.label for item in answers] == [answer.entry.name for answer in question.answers]
    for found, written in zip(answers, question.answers, strict=True):
        assert found.text == "\n\n".join(written.paragraphs)
        assert found.authors == written.entry.names
        assert found.affiliation == written.entry.affiliation
        assert found.bio == written.entry.bio
    assert not page.faults


@pytest.mark.parametrize("question", content().questions, ids=lambda question: question.short)
def test_insets_become_comments_and_links_to_follow_ups(question):
    page = read_page(question.path)
    written = [(answer, inset) for answer in question.answers for inset in answer.insets]
    comments = [item for item in page.contributions if item.role == "comment"]
    assert [(item.text, item.authors) for item in comments] == [
        (inset.text, inset.speaker.names) for _, inset in written if inset.speaker
    ]
    links = [(link.to, link.to_url) for link in page.relations if link.type == "follows_up"]
    assert links == [(inset.text, canonical(inset.path)) for _, inset in written if inset.path]


@pytest.mark.parametrize("role", ["introduction", "followup", "response"])
def test_an_article_gives_what_was_written(role):
    article = content().article(role)
    page = read_page(article.path)
    assert page.title == article.title
    assert page.authors == tuple(author.name for author in article.authors)
    assert page.body == "\n\n".join(article.paragraphs)
    assert page.published.isoformat() == article.published.isoformat()
    assert page.contributions[0].role == {"introduction": "article"}.get(role, role)
    assert (page.funding is not None) == article.funded
    (picture,) = page.pictures
    assert (picture.caption, picture.credit) == (article.artwork.caption, article.artwork.credit)


def test_a_stated_instant_lends_its_offset_to_the_displayed_date():
    page = read_page(content().article("followup").path)
    assert page.published.as_printed == "21 May 2024, 4.40pm"
    assert page.published.zone_source == "stated"


def test_without_a_stated_instant_the_publishers_zone_is_an_assumption():
    page = read_page(content().questions[0].path)
    assert page.published.zone_source == "publisher_default"
