from archive.reading.reader import read

URL = "https://pilot.example/page"
PROSE = (
    "<p>The harbour closed on Tuesdays, and nobody could say who had asked for it, or when it would open again.</p>" * 3
)


def page(*parts):
    html = f"<html><body><article><h1>The harbour</h1>{PROSE}{''.join(parts)}</article></body></html>"
    return read(html.encode(), URL)


def test_a_paragraph_that_only_leads_elsewhere_is_kept_and_is_no_text():
    found = page('<p><a href="/x">Read more: the ferry that never came</a></p>')
    (teaser,) = [block for block in found.blocks if block.text.startswith("Read more")]
    assert not teaser.in_text
    assert "ferry" not in found.body


def test_a_sentence_with_a_link_in_it_is_text():
    found = page('<p>We asked <a href="/x">the ferry company</a> and were told to ask the harbour master instead.</p>')
    assert "ferry company" in found.body


def test_a_quotation_that_repeats_the_text_is_a_pull_quote_and_one_that_does_not_is_text():
    repeated = "<blockquote>The harbour closed on Tuesdays, and nobody could say who had asked for it</blockquote>"
    found = page(repeated, "<blockquote>We never asked for any of it, and we were never told.</blockquote>")
    kinds = {block.kind: block.in_text for block in found.blocks if "asked" in block.text and block.kind != "paragraph"}
    assert kinds == {"pull_quote": False, "quotation": True}


def test_asides_forms_and_navigation_are_no_text():
    found = page(
        "<aside><p>Elsewhere in this issue there is more to read.</p></aside>", "<form><p>Your e-mail</p></form>"
    )
    assert "Elsewhere" not in found.body
    assert "e-mail" not in found.body
    assert any(block.text.startswith("Elsewhere") for block in found.blocks)
