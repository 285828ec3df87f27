"""A landing page becomes a file of the register: what the page states, with its places, and nothing else."""

import datetime as dt
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.codes import Code, RoundtableError
from archive.demo.install import SOURCE
from archive.demo.site import canonical, pages
from archive.sources import proposal, proposal_toml
from archive.sources.register import Register
from tests.discussion.test_future_of_work import ENTRIES
from tests.discussion.test_future_of_work import page as question_page

REGISTER = Register.load(SOURCE.parent)
NIGHT_BUS = canonical("/long-table/night-bus/")
BASE = "https://www.opendemocracy.net/en/beyond-trafficking-and-slavery/"


def propose(payload, url=NIGHT_BUS, register=REGISTER, refused=lambda url: "letters" in url):
    made = proposal.propose(payload, url, register.for_url(url), register, refused)
    toml = proposal_toml.text(made, "a test")
    return made, toml, proposal_toml.parsed(toml)


def named(entries):
    return [([person.name for person in one.people], one.organisation, one.affiliation) for one in entries]


def test_the_landing_page_of_the_demonstration_gives_what_its_file_says_by_hand():
    written = next(table.keys for table in REGISTER.round_tables() if table.id == "night-bus")
    made, toml, found = propose(pages()["/long-table/night-bus/"].body)
    for key in ("id", "series", "title", "opened_on", "announced_as_printed", "announced_people", "announced_entries"):
        assert getattr(found.round_table, key) == getattr(written.round_table, key), key
    assert (found.round_table.url, found.round_table.scope) == (written.round_table.url, written.round_table.scope)
    for group in ("line_up", "convenors", "funders"):
        assert named(getattr(found, group)) == named(getattr(written, group)), group
    assert found.prompts == written.prompts
    assert "# Whose bus is it? (/html" in toml
    listed = {target.url: target for target in found.targets}
    assert {target.url: listed[target.url] for target in written.targets} == {one.url: one for one in written.targets}
    roles = {url.removeprefix(NIGHT_BUS).strip("/")[:12]: target.role for url, target in listed.items()}
    assert (roles["what-does-th"], roles["the-last-mil"], len(listed)) == ("followup", "response", 7)
    series = next(one for one, _ in REGISTER.get("lamplighter").all_series())
    stated = {value.key: value.value for value in made.series}
    assert stated == {"description": series.description, "language": series.language, "issn": series.issn}


def test_every_value_has_its_place_beside_it():
    made, toml, _ = propose(pages()["/long-table/night-bus/"].body)
    table = made.sections[0]
    assert all(value.witness for value in table.values)
    assert "opened_on = 2024-05-13  # '13 May 2024, 9.00am', visible, /html/body/main[1]" in toml
    assert 'state = "running"  # no page says this' in toml
    for section in made.sections:
        if section.header in {"[[line_up]]", "[[convenors]]", "[[funders]]"}:
            assert section.values[0].witness.startswith("/html/")


LANDING = """<html lang="en"><head><title>x | openDemocracy</title></head><body class="template-articlepage"><main>
<article class="article-page"><div class="article-page__project"><a>Beyond Trafficking and Slavery</a></div>
<h1 class="article-page__title">A round table on the wells of Marle</h1>
<div class="article-page__summary"><div class="rich-text"><p>We asked 5 experts who should dig, and what for.</p></div>
</div><div class="article-page__authors"><span class="article-page__author-link"><a>Ada Moll</a></span><span
class="article-page__author-link"><a>Ben Orr</a></span></div><div class="article-page__date">4 May 2020, 7.00am</div>
<div class="article-page__article-content"><div class="article-page__rich-text"><div class="rich-text"><p>{words}</p>
<h3>The questions</h3><ul><li><a href="/en/beyond-trafficking-and-slavery/wells-who-digs/?saved">Who digs?</a></li>
<li>Who pays the digger?</li>
<li><a href="/en/beyond-trafficking-and-slavery/wells-who-drinks/">Who drinks first?</a></li></ul>
<h3>Those who answer</h3><ul><li><b>Ana M.delValle</b> Wells Trust</li>
<li><b>Theresa Haas &amp; Penelope Kyritsis</b> Diggers’ Network (DN)</li><li><b>Garment &amp; Allied Workers’ Union</b>
Marle branch</li><li><b>Émile Roux</b>, independent</li></ul>
<h3>Follow-ups</h3><ul><li><a href="/en/beyond-trafficking-and-slavery/what-of-the-buckets/">What of the buckets?</a>
</li></ul><h3>Responses</h3><p><a href="../a-well-is-not-a-hole/">A well is not a hole</a></p>
<p>See also <a href="/en/5050/elsewhere/">a piece in another section</a> and <a href="/en/author/ada-moll/">Ada</a>.</p>
<p>This project is supported by the Ford Foundation, Open Society Foundations and the Sage Fund. It decides nothing.</p>
</div></div></div></article></main></body></html>"""


def test_a_landing_page_in_the_layout_of_opendemocracy_gives_its_round_table():
    register = Register.load()
    url = BASE + "introduction-wells-round-table/"
    made, toml, found = propose(LANDING.format(words="Water is near. " * 80).encode(), url, register)
    table = found.round_table
    assert (table.id, table.series) == ("introduction-wells-round-table", "beyond-slavery-debates")
    assert (table.title, table.opened_on) == ("A round table on the wells of Marle", dt.date(2020, 5, 4))
    assert (table.announced_as_printed, table.announced_people) == (
        "We asked 5 experts who should dig, and what for",
        5,
    )
    assert named(found.line_up) == [
        (["Ana M.delValle"], None, "Wells Trust"),
        (["Theresa Haas", "Penelope Kyritsis"], None, "Diggers’ Network (DN)"),
        ([], "Garment & Allied Workers’ Union", "Marle branch"),
        (["Émile Roux"], None, "independent"),
    ]
    assert named(found.convenors) == [(["Ada Moll"], None, None), (["Ben Orr"], None, None)]
    assert [one.organisation for one in found.funders] == ["Ford Foundation", "Open Society Foundations", "Sage Fund"]
    assert [prompt.id for prompt in found.prompts] == ["q1", "q2", "q3"]
    assert "# Who pays the digger? (/html" in toml
    targets = [(target.url.removeprefix(BASE).strip("/"), target.role, target.prompt) for target in found.targets]
    assert targets == [
        ("introduction-wells-round-table", "introduction", None),
        ("wells-who-digs", "question", "q1"),
        ("wells-who-drinks", "question", "q3"),
        ("what-of-the-buckets", "followup", None),
        ("a-well-is-not-a-hole", "response", None),
    ]
    assert {value.key for value in made.series} == {"language"}


QUAY = """
[publisher]
id = "quay"
name = "The Quay"
url = "https://quay.example/"
hosts = ["quay.example"]
"""


def test_a_series_that_nobody_has_described_is_proposed_with_it(tmp_path):
    (tmp_path / "quay").mkdir()
    (tmp_path / "quay/source.toml").write_text(QUAY)
    html = (
        '<html lang="en"><body><main><p class="kicker">Tide Talks</p><h1>Who owns the mud?</h1><p>6 May 2019</p>'
        "<p>Tide Talks is a series about harbours. ISSN: 0000-0019</p>"
        "<h2>Convenors</h2><p>Ada Moll and Ben Orr</p><h2>Questions</h2>"
        '<p><a href="/mud/one">Who digs the mud?</a></p><p><a href="/mud/two">Who buys the mud?</a></p>'
        "<h2>Taking part</h2><p>Cleo Roe (Pilots’ Guild)</p><p>Dan Poe (Sand &amp; Sons)</p></main></body></html>"
    )
    made, _, found = propose(html.encode(), "https://quay.example/mud", Register.load(tmp_path))
    assert found.series.model_dump(exclude_none=True) == {
        "id": "tide-talks",
        "title": "Tide Talks",
        "description": "Tide Talks is a series about harbours.",
        "language": "en",
        "issn": "0000-0019",
        "started_on": dt.date(2019, 5, 6),
    }
    assert made.series == ()
    assert named(found.convenors) == [(["Ada Moll"], None, None), (["Ben Orr"], None, None)]
    assert named(found.line_up) == [(["Cleo Roe"], None, "Pilots’ Guild"), (["Dan Poe"], None, "Sand & Sons")]


@pytest.mark.parametrize(
    ("payload", "url", "what"),
    [
        (pages()["/about/"].body, canonical("/about/"), "leads to 0"),
        (
            pages()["/long-table/night-bus/introduction/"].body,
            canonical("/long-table/night-bus/introduction/"),
            "leads",
        ),
        (
            pages()["/long-table/night-bus/who-is-the-night-bus-for/"].body,
            canonical("/long-table/night-bus/who-is-the-night-bus-for/"),
            "it is a question page",
        ),
        (question_page(ENTRIES), BASE + "some-question/", "it is a question page"),
        (b"", NIGHT_BUS, "no title"),
        (b"\x89PNG\r\n", NIGHT_BUS, "no title"),
        (b"A line of text\n\nAnd another one.", NIGHT_BUS, "leads to 0 other pages"),
    ],
    ids=["about", "introduction", "question", "question-of-opendemocracy", "empty", "image", "text"],
)
def test_not_a_landing_page_is_one_line_that_says_why(payload, url, what):
    with pytest.raises(RoundtableError, match=what) as caught:
        propose(payload, url)
    assert caught.value.code is Code.NOT_A_LANDING_PAGE


def test_two_questions_in_one_sentence_are_two():
    asks = (
        '<p>First <a href="/table/one">who digs?</a>, then <a href="/table/two">who pays?</a></p><ul>'
        "<li>Ada Moll, writer</li><li>Ben Orr, editor</li></ul>"
    )
    found = propose(f"<html><body><main><h1>T</h1>{asks}</main></body></html>".encode(), canonical("/table"))[2]
    assert [(one.url.rpartition("/")[2], one.prompt) for one in found.targets[1:]] == [("one", "q1"), ("two", "q2")]


def test_lists_and_links_alone_make_no_landing_page():
    links = "".join(f'<li><a href="/news/{number}">Something happened in {number}</a></li>' for number in (1, 2, 3))
    names = "<ul><li>Ada Moll, writer</li><li>Ben Orr, editor</li></ul>"
    html = f"<html><body><main><h1>News</h1><ul>{links}</ul>{names}</main></body></html>"
    with pytest.raises(RoundtableError, match="of four signs it shows lists respondents"):
        propose(html.encode(), canonical("/news"))


def test_somebody_who_is_listed_twice_has_one_seat():
    body = pages()["/long-table/night-bus/"].body.decode()
    item = body[
        body.index('<li class="lineup__entry">') : body.index("</li>", body.index('<li class="lineup__entry">')) + 5
    ]
    assert len(propose(body.replace(item, item * 2).encode())[2].line_up) == 9


def test_a_hostile_page_takes_no_more_than_linear_time():
    deep = "<div>" * 400 + "<ul>" + "<li><b>Ada Moll</b>, x</li>" * 5_000
    html = f"<html><body><main><h1>A round table</h1>{deep}</main></body></html>"
    with pytest.raises(RoundtableError, match="leads to 0"):
        propose(html.encode())


def test_a_number_that_is_no_issn_is_not_taken_for_one():
    body = pages()["/long-table/night-bus/"].body.replace(b"ISSN 0000-0019", b"ISSN 0000-0018")
    assert "issn" not in {value.key for value in propose(body)[0].series}


@given(st.text(), st.dates(), st.integers(), st.booleans())
def test_what_is_written_as_toml_is_read_back(words, day, number, truth):
    values = {"a": words, "b": day, "c": number, "d": truth, "e": [{"name": words}]}
    try:
        words.encode()
    except UnicodeEncodeError:
        return
    toml = "\n".join(f"{key} = {proposal_toml.literal(value)}" for key, value in values.items())
    assert tomllib.loads(toml) == values
