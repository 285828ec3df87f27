"""What feeds say of pages, and what becomes of what only they have."""

import itertools
import json

import pytest

from archive.codes import Code
from archive.discussion.curation import Curation
from archive.discussion.ids import Ids
from archive.discussion.pages import read_all
from archive.discussion.withdrawals import Decision, Withdrawals
from archive.model import (
    Capture,
    Contribution,
    ContributionVersion,
    Evidence,
    Manifestation,
    Passage,
    Rejection,
    StageCount,
    Target,
)
from tests import made
from tests.discussion.invented import DAY, HOST, PEOPLE, article, question, records, register, seen, text
from tests.made import AT

FEED = "/feed.xml"
TARGETS = (("/anna", "response", "q1"), ("/bo", "response", "q1"), ("/q1", "question", "q1"), ("/", "landing", None))
KNOWN = register(TARGETS)
ANNA = article("Anna Lindqvist", text("anna"))
UNDATED = article("Anna Lindqvist", text("anna"), date="")
WORDS = "".join(f"<p>{words}</p>" for words in text("anna"))


def item(link="/anna", date="Mon, 02 Mar 2020 09:00:00 +0000", who="Anna Lindqvist", content="", more=""):
    """An item of RSS."""
    whole = f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else ""
    return (
        f"<item><title>The bridge and the people who cross it</title><link>{link}</link><pubDate>{date}</pubDate>"
        f"<dc:creator>{who}</dc:creator><description>A bridge.</description>{whole}{more}</item>"
    )


def rss(*items, head=""):
    return (
        '<?xml version="1.0"?><rss xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>{head}{"".join(items)}</channel></rss>'
    ).encode()


def fed(payload, day=1, path=FEED, **more):
    return seen(path, payload, day, KNOWN, mime="application/rss+xml", **more)


def told(rows, field, witness="feed"):
    return [row for row in rows.of(Evidence) if row.field == field and row.witness == witness]


def shown(rows):
    (row,) = rows.of(Contribution)
    return row


@pytest.mark.parametrize(
    "link",
    [
        "/anna", "http://www.gazette.example/anna/", "/anna?utm_source=rss&amp;utm_medium=feed", "/anna#comments",
        "/old", "/anna/print",
    ],
)  # fmt: skip
def test_an_item_is_a_manifestation_of_what_its_address_leads_to(link):
    page = seen("/anna", ANNA, 0, KNOWN, redirected_from=f"{HOST}/old")
    printed = seen("/anna/print", ANNA, 0, KNOWN)
    feed = fed(rss(item("/elsewhere"), item(link)))
    rows = records([page, printed, feed], KNOWN)
    (found,) = [row for row in rows.of(Manifestation) if row.kind == "feed_item"]
    assert (found.contribution_id, found.url) == ("bridge/q1/anna-lind", HOST + FEED)
    assert (found.locator, found.capture_id) == ("/rss/channel/item[2]", feed.capture.capture_id)


def test_what_an_item_says_is_evidence_with_its_capture_and_place():
    modified = "<m:modified xmlns:m='http://purl.org/dc/terms/'>2020-04-01T10:00:00Z</m:modified>"
    feed = fed(rss(item(date="Mon, 02 Mar 2020 23:30:00 -0500", more=modified)))
    ours = [row for row in records([seen("/anna", ANNA, 0, KNOWN), feed], KNOWN).of(Evidence) if row.witness == "feed"]
    assert {(row.field, row.value, row.locator.rpartition("/")[2]) for row in ours} == {
        ("title", "The bridge and the people who cross it", "title"),
        ("name_as_printed", "Anna Lindqvist", "dc:creator"),
        ("published_as_printed", "Mon, 02 Mar 2020 23:30:00 -0500", "pubDate"),
        ("updated_as_printed", "2020-04-01T10:00:00Z", "dcterms:modified"),
        ("url", f"{HOST}/anna", "item[1]"),
    }
    assert {(row.capture_id, row.chosen, row.version) for row in ours} == {(feed.capture.capture_id, False, 1)}


@pytest.mark.parametrize("day", [-1, 1])
def test_a_date_of_a_feed_that_disagrees_is_kept_and_the_page_is_believed(day):
    rows = records([seen("/anna", ANNA, 0, KNOWN), fed(rss(item(date="Wed, 19 Feb 2020 09:00:00 +0000")), day)], KNOWN)
    row = shown(rows)
    assert (row.published_on.isoformat(), row.published_basis) == ("2020-03-03", "displayed")
    (other,) = told(rows, "published_on")
    assert (other.value, other.chosen, other.locator) == ("2020-02-19", False, "/rss/channel/item[1]/pubDate")


DATED = {
    "stated": ('<meta property="article:published_time" content="2020-03-04">', "", "2020-03-04", "stated"),
    "marked": ("", '<time datetime="2020-03-05">last week</time>', "2020-03-05", "stated"),
    "file": ("", "", "2020-03-02", "feed"),
}  # fmt: skip


@pytest.mark.parametrize("name", DATED)
def test_a_date_of_a_feed_comes_behind_all_of_the_page_and_before_that_of_the_file(name, tmp_path):
    head, below, day, basis = DATED[name]
    payload = article("Anna Lindqvist", text("anna"), date="", head=head, below=below)
    page = made.capture(f"{HOST}/anna", payload, AT, last_modified="Sun, 01 Mar 2020 10:00:00 GMT")
    feed = made.capture(HOST + FEED, rss(item()), AT + DAY, mime="application/rss+xml")
    payloads = {page.capture_id: payload, feed.capture_id: rss(item())}
    readings = read_all([page, feed], lambda one: payloads[one.capture_id], KNOWN, tmp_path / "pages.sqlite")
    row = shown(records(readings, KNOWN))
    assert (row.published_on.isoformat(), row.published_basis) == (day, basis)


def test_an_instant_of_a_feed_that_agrees_lends_its_offset():
    head = '<meta property="article:published_time" content="2020-03-03">'
    page = seen("/anna", article("Anna Lindqvist", text("anna"), head=head), 0, KNOWN)
    rows = records([page, fed(rss(item(date="Tue, 03 Mar 2020 09:00:00 +0200")))], KNOWN)
    row = shown(rows)
    assert (row.published_as_printed, row.published_basis) == ("3 March 2020", "stated")
    assert (row.published_at.isoformat(), row.published_offset_minutes) == ("2020-03-03T07:00:00", 120)
    assert [one.chosen for one in told(rows, "published_at")] == [True]


@pytest.mark.parametrize(
    "date", ["03/2020 Mo", "yesterday", "0000-00-00T00:00:00Z", "x" * 5_000, "Thu, 04 Apr 2199 10:00:00 GMT"]
)
def test_a_date_in_a_wrong_form_or_after_the_capture_is_a_witness_that_is_not_believed(date):
    rows = records([seen("/anna", UNDATED, 0, KNOWN), fed(rss(item(date=date)))], KNOWN)
    assert shown(rows).published_on is None
    (witness,) = told(rows, "published_as_printed")
    assert not witness.chosen
    assert not rows.of(Rejection)


def test_a_feed_date_that_is_believed_makes_no_version_and_changes_no_other_word():
    pages = [seen("/anna", UNDATED, day, KNOWN) for day in (0, 9)]
    plain = records(pages, KNOWN)
    rows = records([*pages, fed(rss(item()), 5)], KNOWN)
    assert shown(rows).published_basis == "feed"
    assert [row.content_sha256 for row in rows.of(ContributionVersion)] == [
        row.content_sha256 for row in plain.of(ContributionVersion)
    ]
    assert rows.of(Passage) == plain.of(Passage)
    assert shown(rows).text == shown(plain).text


def test_the_same_feed_again_with_the_same_or_fewer_items_changes_nothing():
    pages = [seen("/anna", ANNA, 0, KNOWN), seen("/bo", article("Bo Karlsen", text("bo")), 0, KNOWN)]
    once = [*pages, fed(rss(item("/anna"), item("/bo")))]
    again = [
        fed(rss(item("/bo"), head="<lastBuildDate>1</lastBuildDate>"), 2),
        fed(rss(), 3),
        fed(rss(item("/bo"), item("/anna")), 4),
    ]
    ids = Ids()
    first, second = records(once, KNOWN, ids), records([*once, *again], KNOWN, ids)
    for kind in (Contribution, ContributionVersion, Passage, Manifestation, Evidence, Target, Rejection):
        assert first.of(kind) == second.of(kind), kind


@pytest.mark.parametrize("content", ["", WORDS], ids=["summary", "whole"])
def test_ids_are_the_same_whether_the_feed_or_the_page_came_first(content):
    page, feed = seen("/anna", ANNA, 3, KNOWN), fed(rss(item(content=content)))
    found = []
    for steps in ([[feed], [feed, page]], [[page], [page, feed]], [[page, feed]], [[feed, page]]):
        ids = Ids()
        for readings in steps:
            rows = records(readings, KNOWN, ids)
        found.append((rows.of(Contribution), rows.of(ContributionVersion), rows.of(Manifestation)))
    assert all(one == found[0] for one in found)
    assert shown(rows).contribution_id == "bridge/q1/anna-lind"
    assert [row.version for row in rows.of(ContributionVersion)] == [1]


def test_all_answers_on_a_page_get_what_a_feed_says_of_it_and_none_its_title():
    hub = question({name: text(entry) for entry, name in PEOPLE.items()})
    rows = records([seen("/q1", hub, 0, KNOWN), fed(rss(item("/q1", who="Editor")))], KNOWN)
    assert {row.published_basis for row in rows.of(Contribution)} == {"feed"}
    assert len([row for row in rows.of(Manifestation) if row.kind == "feed_item"]) == len(PEOPLE)
    assert not told(rows, "title")
    assert not told(rows, "name_as_printed")


FORMS = {
    "rss": rss(item(content=WORDS)),
    "atom": (
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>The bridge and the people who cross it</title>"
        "<link href='/feed/1' rel='self'/><link href='/anna'/><author><name>Anna Lindqvist</name></author>"
        "<published>2020-03-02T09:00:00Z</published><updated>2020-03-04T09:00:00Z</updated>"
        f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{WORDS}</div></content></entry></feed>"
    ).encode(),
    "json": json.dumps(
        {
            "version": "https://jsonfeed.org/version/1",
            "items": [
                {
                    "url": f"{HOST}/anna", "title": "The bridge and the people who cross it", "content_html": WORDS,
                    "date_published": "2020-03-02T09:00:00Z", "authors": [{"name": "Anna Lindqvist"}],
                }
            ],
        }
    ).encode(),
    "wordpress": json.dumps(
        [
            {
                "link": f"{HOST}/anna", "title": {"rendered": "The bridge and the people who cross it"},
                "content": {"rendered": WORDS}, "date_gmt": "2020-03-02T09:00:00",
                "_embedded": {"author": [{"name": "Anna Lindqvist"}]},
            }
        ]
    ).encode(),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_the_whole_text_of_a_page_that_the_register_names_and_nobody_captured_is_taken_from_the_feed(form):
    feed = fed(FORMS[form])
    rows = records([feed], KNOWN)
    row = shown(rows)
    assert (row.contribution_id, row.entry, row.prompt_id) == ("bridge/q1/anna-lind", "anna-lind", "bridge/q1")
    assert (row.text, row.title) == ("\n\n".join(text("anna")), "The bridge and the people who cross it")
    assert (row.url, row.capture_id) == (f"{HOST}/anna", feed.capture.capture_id)
    assert (row.published_at.isoformat(), row.published_basis) == ("2020-03-02T09:00:00", "feed")
    assert [(one.kind, one.url) for one in rows.of(Manifestation)] == [("feed_item", HOST + FEED)]
    (item_,) = rows.of(Manifestation)
    assert all(passage.locator.startswith(item_.locator) for passage in rows.of(Passage))
    said = [one for one in rows.of(Evidence) if one.record_type == "contributions" and one.field == "title"]
    assert [(one.witness, one.chosen) for one in said] == [("feed", True)]
    # The page itself is still to be had.
    assert [one.state for one in rows.of(Target) if one.url == f"{HOST}/anna"] == ["never_tried"]


NOT_TAKEN = {
    "a summary": item(),
    "a part": item(content=f"{WORDS}<p>Read more</p>"),
    "a trifle": item(content="<p>Yes.</p>"),
    "nobody": item(content=WORDS, who=""),
    "an account": item(content=WORDS, who="admin"),
    "somebody else": item(content=WORDS, who="Eve Stranger"),
    "a landing page": item("/", content=WORDS),
    "a question": item("/q1", content=WORDS),
    "not in the register": item("/bo-too", content=WORDS),
}


@pytest.mark.parametrize("name", NOT_TAKEN)
def test_nothing_else_that_only_a_feed_has_is_a_text(name):
    rows = records([fed(rss(NOT_TAKEN[name]))], KNOWN)
    for kind in (Contribution, ContributionVersion, Passage, Manifestation, Rejection):
        assert not rows.of(kind)


def test_two_feeds_with_the_same_text_have_one_version_of_it():
    feeds = [fed(payload, day, f"/{form}") for day, (form, payload) in enumerate(FORMS.items())]
    for order in itertools.islice(itertools.permutations(feeds), 0, 24, 5):
        rows = records(list(order), KNOWN)
        assert [row.version for row in rows.of(ContributionVersion)] == [1]
        assert {one.url for one in rows.of(Manifestation)} == {f"{HOST}/{form}" for form in FORMS}
        assert shown(rows).capture_id == feeds[0].capture.capture_id


def test_a_feed_that_does_not_say_who_speaks_leaves_the_text_to_one_that_does():
    rows = records([fed(rss(item(content=WORDS, who="")), 0, "/first"), fed(FORMS["atom"], 1)], KNOWN)
    assert shown(rows).entry == "anna-lind"
    assert {one.url for one in rows.of(Manifestation)} == {f"{HOST}/first", HOST + FEED}


def test_a_text_that_its_feed_changes_has_a_version_for_each_wording():
    mended = WORDS.replace("carpenters", "joiners")
    feeds = [fed(rss(item(content=content)), day) for day, content in enumerate((WORDS, mended, mended))]
    rows = records(feeds, KNOWN)
    assert [row.first_captured_at for row in rows.of(ContributionVersion)] == [AT, AT + DAY]
    assert "joiners" in shown(rows).text


def test_pages_in_scope_that_only_a_feed_knows_are_targets():
    host = "http://www.lamplighter.example"
    scope = f"{host}/long-table/night-bus"
    moved = made.reading(f"{scope}/anna/", ANNA, redirected_from=f"{scope}/old/")
    links = (f"{scope}/later/?utm_source=rss", f"{scope}/old/", f"{host}/elsewhere/", "http://other.example/a")
    feed = made.reading(f"{host}/feed.xml", rss(*(item(link, more=f"<guid>{host}/?p=1</guid>") for link in links)))
    rows = made.records([moved, feed])
    assert [(row.url, row.round_table_id, row.state) for row in rows.of(Target) if row.source == "feed"] == [
        (f"{scope}/later/", "night-bus", "never_tried")
    ]


def test_a_feed_that_is_cut_is_told_and_what_came_before_the_cut_counts():
    rows = records([seen("/anna", ANNA, 0, KNOWN), fed(rss(item(), item("/bo"))[:-60])], KNOWN)
    assert [(row.code, row.stage, row.url) for row in rows.of(Rejection)] == [(Code.FEED_CUT, "read", HOST + FEED)]
    assert told(rows, "published_as_printed")
    (count,) = [row for row in rows.of(StageCount) if row.unit == "feed"]
    assert (count.input, count.output, count.rejected) == (1, 0, 1)


def test_what_is_served_as_a_feed_is_and_is_none_is_passed_over(tmp_path):
    payloads = [
        b"<urlset><url><loc>https://a.test/1</loc></url></urlset>",
        b'{"routes": {}}',
        b"",
        rss(item()),
        b"x" * 6_000_000,
    ]
    captures = [
        made.capture(f"{HOST}/{number}", payload, mime=mime)
        for mime in ("application/xml", "application/json")
        for number, payload in enumerate(payloads)
    ]
    by_digest = {one.payload_sha256: payload for one, payload in zip(captures, payloads * 2, strict=True)}
    readings = read_all(captures, lambda one: by_digest[one.payload_sha256], KNOWN, tmp_path / "pages.sqlite")
    assert {(one.page.kind, len(one.page.items)) for one in readings} == {("feed", 1)}


def test_a_feed_is_kept_back_with_what_it_lists():
    name = "bridge/q1/anna-lind"
    decided = Withdrawals((Decision(name, "withdraw", "asked for", AT),))
    for readings in ([seen("/anna", ANNA, 0, KNOWN), fed(rss(item()))], [fed(rss(item(content=WORDS)))]):
        later = fed(rss(), 9)
        rows = records(
            [*readings, later, fed(rss(item("/other")), 9, "/other.xml")], KNOWN, curation=Curation(withdrawals=decided)
        )
        assert shown(rows).state == "withdrawn"
        access = {row.url.removeprefix(HOST): row.access for row in rows.of(Capture) if row.url.startswith(HOST)}
        assert {access[FEED], access.get("/anna", "sealed")} == {"sealed"}
        assert access["/other.xml"] == "open"
        assert not rows.of(Evidence) or not told(rows, "name_as_printed")
        assert not rows.of(Passage)


def test_a_page_that_says_it_is_newer_than_a_feed_that_lists_it_is_doubted():
    rows = records(
        [fed(rss(item()), -9), seen("/anna", article("Anna Lindqvist", text("anna"), date="29 May 2024"), 0, KNOWN)],
        KNOWN,
    )
    assert shown(rows).published_doubt == "contradiction"
