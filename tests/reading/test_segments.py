from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given, settings

from archive.codes import Code
from archive.reading import line_up
from archive.reading.reader import read
from archive.reading.source import UNKNOWN
from tests.reading import rendered, rendered_more
from tests.reading.steps import steps

URL = "https://pilot.example/harbour"


@pytest.mark.parametrize("markup", rendered.MARKUPS, ids=lambda markup: markup.__name__)
@settings(max_examples=40)
@given(written=rendered.discussions())
def test_the_same_discussion_is_found_in_every_markup(markup, written):
    found = read(markup(written).encode(), URL)
    assert [item.label for item in found.contributions] == [answer.name for answer in written.answers]
    for item, answer in zip(found.contributions, written.answers, strict=True):
        assert item.text == "\n\n".join(answer.paragraphs)
        assert item.bio == answer.bio
        assert item.affiliation == answer.affiliation
        assert " & ".join(item.authors) == answer.name
    assert [prompt.text for prompt in found.prompts] == [written.question]
    assert not found.faults
    assert found.authors == ()


@pytest.mark.parametrize("markup", rendered_more.WHOLE, ids=lambda markup: markup.__name__)
@settings(max_examples=15)
@given(written=rendered.discussions())
def test_the_same_discussion_is_found_wherever_its_names_stand(markup, written):
    found = read(markup(written).encode(), URL)
    answers = [item for item in found.contributions if item.role == "response"]
    assert [" & ".join(item.authors) for item in answers] == [answer.name for answer in written.answers]
    for item, answer in zip(answers, written.answers, strict=True):
        assert item.text == "\n\n".join(answer.paragraphs)
        assert item.affiliation == answer.affiliation
        assert item.bio == (None if markup in rendered_more.WITHOUT_BIOS else answer.bio)
    assert found.prompts[0].text == written.question
    assert not found.faults


@pytest.mark.parametrize("markup", rendered_more.LACKING, ids=lambda markup: markup.__name__)
@settings(max_examples=15)
@given(written=rendered.discussions())
def test_what_a_copy_lacks_is_said_and_nobody_is_given_the_words_of_another(markup, written):
    found = read(markup(written).encode(), URL)
    texts = {answer.name: "\n\n".join(answer.paragraphs) for answer in written.answers}
    if [(item.role, item.authors) for item in found.contributions] == [("article", ())]:
        # Short answers beside a very long one, and no list: nobody is said to have written it.
        return
    for item in found.contributions:
        assert item.text == texts[" & ".join(item.authors)]
    assert found.faults or len(found.contributions) == len(written.answers)


@pytest.mark.parametrize("markup", rendered_more.TURNS, ids=lambda markup: markup.__name__)
@settings(max_examples=15)
@given(written=rendered.discussions())
def test_everybody_may_speak_more_than_once(markup, written):
    found = read(markup(written).encode(), URL)
    rounds = range(max(len(answer.paragraphs) for answer in written.answers))
    assert [(" & ".join(item.authors), item.text) for item in found.contributions] == [
        (answer.name, answer.paragraphs[number])
        for number in rounds
        for answer in written.answers
        if number < len(answer.paragraphs)
    ]
    assert not found.faults


ANSWERS = (
    rendered.WrittenAnswer(
        "Ada Lindqvist", "University of Marle", "Ada Lindqvist is a pilot.", (rendered.SENTENCES[0],)
    ),
    rendered.WrittenAnswer("Émile Roux", "independent", "Émile Roux is a cook.", (rendered.SENTENCES[1],)),
    rendered.WrittenAnswer("Wen Jiabei", "Ports & Rivers Trust", "Wen Jiabei is a diver.", (rendered.SENTENCES[2],)),
)
WRITTEN = rendered.Written("Harbours", "Who should own a harbour?", ANSWERS)
HTML = rendered.h2_after_list_with_brackets(WRITTEN)


def test_unknown_speaker_is_rejected_and_its_words_go_to_nobody():
    page = read(HTML.replace("<h2>Émile Roux</h2>", "<h2>Jonah Whitcombe</h2>").encode(), URL)
    assert [item.label for item in page.contributions] == ["Ada Lindqvist", "Wen Jiabei"]
    assert {fault.code for fault in page.faults} == {Code.UNKNOWN_SPEAKER, Code.ENTRY_UNANSWERED}
    assert not any(ANSWERS[1].paragraphs[0] in item.text for item in page.contributions)


def test_unknown_label_of_an_inset_is_rejected_and_its_words_go_to_nobody():
    inset = "<div><p>JONAH WHITCOMBE</p><p>I never agreed to any of this.</p></div>"
    page = read(HTML.replace("<h2>Wen Jiabei</h2>", inset + "<h2>Wen Jiabei</h2>").encode(), URL)
    (fault,) = page.faults
    assert fault.code is Code.UNKNOWN_SPEAKER
    assert fault.excerpt.startswith("JONAH WHITCOMBE")
    assert not any("never agreed" in item.text for item in page.contributions)


def test_answer_empty_is_rejected_and_its_neighbours_are_whole():
    page = read(HTML.replace(f"<p>{ANSWERS[1].paragraphs[0]}</p>", "").encode(), URL)
    assert Code.ANSWER_EMPTY in {fault.code for fault in page.faults}
    texts = {item.label: item.text for item in page.contributions}
    assert texts["Ada Lindqvist"] == ANSWERS[0].paragraphs[0]
    assert texts["Wen Jiabei"] == ANSWERS[2].paragraphs[0]


def test_entry_unanswered_is_said_of_a_listed_name_without_a_heading():
    page = read(HTML.replace("<h2>Émile Roux</h2><p><em>Émile Roux is a cook.</em></p>", "").encode(), URL)
    assert [fault.code for fault in page.faults] == [Code.ENTRY_UNANSWERED]
    assert page.faults[0].excerpt == "Émile Roux"


def test_a_heading_inside_an_answer_belongs_to_the_answer():
    page = read(HTML.replace(ANSWERS[1].paragraphs[0], "First.</p><h3>A harbour is a door</h3><p>Last.").encode(), URL)
    texts = {item.label: item.text for item in page.contributions}
    assert texts["Émile Roux"] == "First.\n\nA harbour is a door\n\nLast."


def test_page_cut_is_said_of_a_document_that_ends_too_early():
    page = read(HTML[: HTML.index("</article>") - 20].encode(), URL)
    assert Code.PAGE_CUT in {fault.code for fault in page.faults}


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (b"", Code.EMPTY_PAYLOAD),
        (b" \n\t\n", Code.EMPTY_PAYLOAD),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, Code.NOT_TEXT),
        (b"%PDF-1.7 lots of text that looks like prose", Code.NOT_TEXT),
        (b"<html><body><p>Hi.</p></body></html>", Code.NO_ARTICLE),
        (b"just three words", Code.NO_ARTICLE),
    ],
)
def test_what_is_no_page_is_rejected_with_its_code(payload, code):
    page = read(payload, URL)
    assert [fault.code for fault in page.faults] == [code]
    assert page.contributions == ()


def test_an_organisation_that_signs_is_the_voice_of_the_text_but_no_author_of_the_page():
    body = "<p>" + " ".join(rendered.SENTENCES) + "</p>"
    byline = '<p class="byline">By Harbour Editorial Team</p>'
    html = f"<html><body><article><h1>A notice</h1>{byline}{body}</article></body></html>"
    page = read(html.encode(), URL)
    assert page.authors == ()
    assert page.contributions[0].authors == ("Harbour Editorial Team",)


@pytest.mark.parametrize(("language", "day"), [("de", "2014-02-03"), ("en-US", "2014-03-02"), ("en", None)])
def test_the_language_of_the_page_decides_the_order_of_day_and_month(language, day):
    body = "<p>" + " ".join(rendered.SENTENCES) + "</p>"
    html = f"<html lang={language}><body><article><h1>A notice</h1><p>03.02.2014</p>{body}</article></body></html>"
    page = read(html.encode(), URL)
    assert (page.published.on and page.published.on.isoformat()) == day
    assert page.published.as_printed == "03.02.2014"


def test_a_page_of_nothing_but_names_is_matched_in_proportion_to_its_length():
    def page(n: int) -> bytes:
        listed = b"".join(b"<p>Ann Lee %d" % number for number in range(n))
        return b"<html><h1>A title</h1>" + listed + b"<h2>Ann Smith</h2>" * n

    few, many = (steps(partial(read, page(n), "https://a.test/"), line_up) for n in (200, 400))
    assert many <= 2.1 * few + 1_000


LIST = HTML[: HTML.index("<h2>")]
END = "</article></main></body></html>"
TWICE = (ANSWERS[0], rendered.WrittenAnswer("Ada Lindqvist", "Ports & Rivers Trust", "", ANSWERS[1].paragraphs))
INSET = "<h5>Wen Jiabei</h5><p>I never agreed to any of this.</p>"


def test_answers_missing_is_said_of_a_list_without_answers():
    page = read((LIST + f"<p>{ANSWERS[0].paragraphs[0]}</p>" + END).encode(), URL)
    assert {fault.code for fault in page.faults} == {Code.ANSWERS_MISSING, Code.NO_ARTICLE}
    assert page.contributions == ()
    assert [entry.name for entry in page.line_up] == [answer.name for answer in ANSWERS]


def test_answers_not_captured_is_said_of_answers_that_a_script_loads():
    page = read((LIST + "<div>Loading Loading</div><script>load()</script>" + END).encode(), URL)
    assert Code.ANSWERS_NOT_CAPTURED in {fault.code for fault in page.faults}
    assert page.contributions == ()


def test_answers_not_captured_has_no_effect_on_the_answers_that_are_there():
    page = read(HTML.replace(f"<p>{ANSWERS[1].paragraphs[0]}</p>", "<div>Loading…</div>").encode(), URL)
    assert [fault.code for fault in page.faults] == [Code.ANSWERS_NOT_CAPTURED]
    assert [item.text for item in page.contributions] == [ANSWERS[0].paragraphs[0], ANSWERS[2].paragraphs[0]]


def test_line_up_missing_is_said_of_answers_without_a_list():
    page = read(rendered_more.no_list(WRITTEN).encode(), URL)
    assert [fault.code for fault in page.faults] == [Code.LINE_UP_MISSING]
    assert [item.text for item in page.contributions] == [answer.paragraphs[0] for answer in ANSWERS]


def test_speakers_unknown_is_said_of_a_text_of_nobodys_that_announces_a_discussion():
    text = "".join(f"<p>{answer.paragraphs[0]} {'And so on it went for a while. ' * 5}</p>" for answer in ANSWERS)

    def codes(title, byline="", source=UNKNOWN):
        html = f"<html><body><article><h1>{title}</h1>{byline}{text}</article></body></html>"
        return [fault.code for fault in read(html.encode(), URL, source).faults]

    assert codes("Six experts answer: who owns the river?") == [Code.SPEAKERS_UNKNOWN]
    assert codes("Six experts answer: who owns the river?", "<p class=byline>By Ada Lindqvist</p>") == []
    assert codes("The river and the mill") == []
    # Of a publisher that is known the register says what a page is.
    assert codes("Six experts answer: who owns the river?", source=replace(UNKNOWN, source_id="gazette")) == []


def test_name_shared_is_said_of_two_respondents_of_one_name_and_neither_is_given_an_affiliation():
    page = read(rendered.h2_after_list_with_brackets(replace(WRITTEN, answers=(*TWICE, ANSWERS[2]))).encode(), URL)
    assert [fault.code for fault in page.faults] == [Code.NAME_SHARED] * 2
    assert [item.affiliation for item in page.contributions] == [None, None, ANSWERS[2].affiliation]
    assert [item.text for item in page.contributions] == [
        answer.paragraphs[0] for answer in (ANSWERS[0], ANSWERS[1], ANSWERS[2])
    ]


@pytest.mark.parametrize(
    "inset",
    [
        INSET,
        "<aside><h4>WEN JIABEI</h4><p>I never agreed to any of this.</p></aside>",
        "<p><b>Wen Jiabei:</b> I never agreed to any of this.</p>",
        "<blockquote><p>I never agreed to any of this.</p><footer>— Wen Jiabei</footer></blockquote>",
        "<figure><blockquote>I never agreed to any of this.</blockquote><figcaption>WEN JIABEI</figcaption></figure>",
    ],
    ids=["heading", "aside", "run-in", "footer", "caption"],
)
def test_what_another_respondent_says_inside_an_answer_is_a_comment(inset):
    page = read(HTML.replace("<h2>Émile Roux</h2>", inset + "<h2>Émile Roux</h2>").encode(), URL)
    (comment,) = [item for item in page.contributions if item.role == "comment"]
    assert (comment.authors, comment.text) == (("Wen Jiabei",), "I never agreed to any of this.")
    assert [item.text for item in page.contributions if item.role == "response"] == [
        answer.paragraphs[0] for answer in ANSWERS
    ]


@pytest.mark.parametrize(
    "label",
    ["<h4>Jonah Whitcombe</h4><p>{}</p>", "<p><b>Jonah Whitcombe:</b> {}</p>", "<p>Jonah Whitcombe: {}</p>"],
    ids=["heading", "bold", "colon"],
)
def test_unknown_speaker_is_whoever_a_label_names_that_is_not_listed(label):
    strange = label.format("I never agreed to any of this.")
    page = read(HTML.replace("<h2>Émile Roux</h2>", strange + "<h2>Émile Roux</h2>").encode(), URL)
    assert [fault.code for fault in page.faults] == [Code.UNKNOWN_SPEAKER]
    assert [item.text for item in page.contributions] == [answer.paragraphs[0] for answer in ANSWERS]


def test_an_interview_remains_one_text():
    turns = "".join(
        f"<p><b>{name}:</b> {said}</p>" for name in ("The Pilot", "Ada Lindqvist") for said in rendered.SENTENCES
    )
    page = read(rendered.page(WRITTEN, f"<p>{WRITTEN.question}</p>{turns}").encode(), URL)
    assert len(page.contributions) == 1
