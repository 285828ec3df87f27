from archive.reading.reader import read

URL = "https://pilot.example/harbour"
LINES = (
    "The harbour closed on Tuesdays, and nobody could say who had asked for it.",
    "We asked for the minutes of that week, and were given the hours instead.",
    "A rule that nobody can read protects nobody who needs it, said the pilot.",
    "The women who clean the terminal know the tides better than the pilots do.",
)
OTHER = "Elsewhere a ferry was late again, and its passengers wrote to the editor about it."


def paragraphs(lines=LINES):
    return "".join(f"<p>{line}</p>" for line in lines)


def body(html):
    page = f"<html><head><title>The harbour</title></head><body>{html}</body></html>"
    return read(page.encode(), URL).body.split("\n\n")


def test_paragraphs_need_no_element_of_their_own():
    lines = "".join(f"<div>{line}</div>" for line in LINES)
    assert body(f"<div class=top><a href=/>Home</a></div><div><h1>The harbour</h1>{lines}</div>") == list(LINES)


def test_paragraphs_that_are_parted_by_breaks_are_text():
    assert body(f"<h1>The harbour</h1><div>{'<br><br>'.join(LINES)}</div>") == list(LINES)


def test_text_in_several_sections_is_one_text():
    sections = "".join(f"<section><div><p>{line}</p></div></section>" for line in LINES)
    assert body(f"<div><h1>The harbour</h1>{sections}</div>") == list(LINES)


def test_a_name_is_not_believed_where_most_of_the_text_stands_in_it():
    for name in ("related-layout", "newsletter-page", "social", "advert-free"):
        assert body(f"<div class='{name}'><h1>The harbour</h1>{paragraphs()}</div>") == list(LINES)
    assert body(f"<form><h1>The harbour</h1><div>{paragraphs()}</div></form>") == list(LINES)


def test_comments_are_no_text_even_where_they_are_longer():
    comments = f"<div id=comments>{paragraphs([OTHER] * 12)}</div>"
    assert body(f"<article><h1>The harbour</h1>{paragraphs()}{comments}</article>") == list(LINES)


def test_a_long_notice_about_cookies_is_not_taken_for_the_text():
    notice = "<p>We and our partners store cookies on your browser. Opt out of the sale of personal data here.</p>" * 9
    assert body(f"<div><h1>The harbour</h1>{paragraphs()}</div><div><h2>Preferences</h2>{notice}</div>") == list(LINES)


def test_a_footer_is_no_text_where_the_text_is_short():
    footer = f"<footer>{paragraphs([OTHER] * 4)}</footer>"
    assert body(f"<article><h1>The harbour</h1>{paragraphs(LINES[:2])}</article>{footer}") == list(LINES[:2])


def test_what_is_left_out_is_kept_with_its_kind():
    html = (
        f"<html><body><article><h1>The harbour</h1>{paragraphs()}"
        f"<div class=related><p>{OTHER}</p></div><div class=caption>The quay at dusk.</div></article></body></html>"
    )
    kinds = {block.text: (block.kind, block.region) for block in read(html.encode(), URL).blocks if not block.in_text}
    assert kinds[OTHER] == ("boilerplate", "related")
    assert kinds["The quay at dusk."] == ("caption", "caption")


def test_what_stands_around_the_element_that_holds_nearly_all_of_the_text_is_the_houses():
    head, house = "<div>Harbours<h1>The harbour</h1></div>", f"<div><h3>Every morning</h3><p>{OTHER}</p></div>"
    assert body(f"<article>{head}<div>{paragraphs(LINES * 3)}</div>{house}</article>") == list(LINES * 3)


def test_a_sentence_above_the_element_that_holds_nearly_all_of_the_text_leads_into_it():
    html = f"<article><h1>The harbour</h1><div><p>{OTHER}</p></div><div>{paragraphs(LINES * 3)}</div></article>"
    assert body(html) == [OTHER, *LINES * 3]


def test_sections_of_like_length_are_all_of_them_text():
    sections = "".join(f"<div><p>{line}</p></div>" for line in LINES)
    html = f"<article><div><h1>The harbour</h1></div><div>{paragraphs()}</div>{sections}</article>"
    assert body(html) == list(LINES * 2)


def test_what_holds_the_text_and_its_title_is_all_of_it_without_an_article_around():
    house = f"<div><div><h2>Who we are</h2>{paragraphs([OTHER] * 3)}</div></div>"
    assert body(f"<div><div><h1>The harbour</h1><div>{paragraphs()}</div></div>{house}</div>") == list(LINES)


def test_what_is_called_a_description_and_holds_most_of_the_text_is_the_text():
    assert body(f"<article><h1>The harbour</h1><div itemprop=description>{paragraphs()}</div></article>") == list(LINES)


def test_a_heading_that_leads_elsewhere_takes_along_what_stands_below_it():
    teaser = f"<section><div><h3><a href=/ferry>A ferry was late</a></h3><p>{OTHER}</p></div></section>"
    assert body(f"<div><h1>The harbour</h1><div>{paragraphs(LINES * 2)}</div></div>{teaser}") == list(LINES * 2)


def test_a_list_of_links_with_words_below_each_is_a_text():
    item = "<div><h3><a href=/{0}>Harbour number {0} of the coast</a></h3><p>{1}</p></div>"
    items = "".join(item.format(number, line) for number, line in enumerate(LINES))
    assert [line for line in body(f"<article><h1>The harbour</h1>{items}</article>") if line in LINES] == list(LINES)
