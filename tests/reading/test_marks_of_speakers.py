"""Marks by which few pages tell who speaks: captions, badges, last words, typed records."""

from archive.reading.reader import read
from tests.reading.test_who_speaks import ADA, SAID, TOM, page, said

EVA = "Eva Brandt"
NAMES = (ADA, TOM, EVA)
POSTS = ("Professor of Ports, Marle", "Historian", "Director of the Quay Museum")
SPOKEN = [((name,), text) for name, text in zip(NAMES, SAID, strict=False)]


def columns(texts: tuple[str, ...], title: str) -> list[tuple[tuple[str, ...], str]]:
    return said(
        "".join(
            f"<div><div><figure><img src=/p.jpg><figcaption><b>{name}</b><br>{post}</figcaption></figure></div>"
            f"<div><p>{text}</p></div></div>"
            for name, post, text in zip(NAMES, POSTS, texts, strict=True)
        ),
        title,
    )


def test_portraits_in_columns_speak_where_they_say_i():
    texts = ("I would begin with the steps.", "We paid twice, and I paid once more.", "My own quay was sold.")
    assert columns(texts, "What I would change about quays") == list(zip(((n,) for n in NAMES), texts, strict=True))


def test_portraits_in_columns_are_told_of_where_nobody_says_i():
    texts = tuple(f"She began with the steps. {text}" for text in SAID[:3])
    assert len(columns(texts, "Those who changed the quays")) == 1


def test_initials_need_no_colon_where_the_names_are_told():
    turns = [*zip((ADA, TOM) * 3, SAID, strict=True)]
    body = f"<p>The pilot {ADA} and the baker {TOM} walked along the quay.</p>" + "".join(
        f"<p><strong>{''.join(word[0] for word in name.title().split())}</strong>&nbsp; {text}</p>"
        for name, text in turns
    )
    assert said(body, f"In conversation: {ADA} and {TOM}") == [((name,), text) for name, text in turns]


def test_names_in_capitals_above_posts_are_those_of_a_symposium():
    body = "".join(
        f"<p align=center><b>{name.upper()}</b><br>{post}</p><p>{text}</p><p align=center>§</p>"
        for name, post, text in zip(NAMES, POSTS, SAID, strict=False)
    )
    told = said(body, "Symposium on “The Tide of Empire”")
    assert [(names[0].casefold(), text) for names, text in told] == [(n.casefold(), t) for (n,), t in SPOKEN]


def test_a_badge_beside_a_name_is_a_vote_and_the_question_stands_above_the_cards():
    votes = ("No", "Yes", "Uncertain")
    cards = "".join(
        f"<div><div><span>{name}</span><span class=badge>{vote}</span></div><div><p>{text * 2}</p></div></div>"
        for name, vote, text in zip(NAMES, votes, SAID, strict=False)
    )
    asked = "Will the toll lower the tide within two years?"
    body = f"<div><h1>On tolls</h1><h2>{asked}</h2><div>{cards}</div></div>"
    markup = f"<html lang=en><title>On tolls</title><body>{body}</body></html>"
    found = read(markup.encode(), "https://marle.example/")
    assert [(item.authors[0], item.stance) for item in found.contributions] == [*zip(NAMES, votes, strict=True)]
    assert [prompt.text for prompt in found.prompts] == [asked]


def test_a_name_behind_the_last_sentence_signs_it():
    more = "Nobody asked the pilots, and the pilots would have known what the tide would do to the steps."
    body = "<p>The jurors were asked to explain themselves.</p>" + "".join(
        f"<p>{more}</p><p>{text} <strong>{name}</strong></p>" for (name,), text in SPOKEN
    )
    assert said(body, "What the jury said") == [(names, f"{more}\n\n{text}") for names, text in SPOKEN]


def test_a_typed_record_has_paragraphs():
    body = "\n\n".join(f"{name.upper()}: {text[:20]}\n{text[20:]}" for (name,), text in [*SPOKEN, *SPOKEN])
    told = said(f"<pre>{body}</pre>", "Transcript of the round table")
    assert [names[0].casefold() for names, _ in told] == [name.casefold() for name in NAMES] * 2
    assert told[0][1].replace(" ", "") == SAID[0].replace(" ", "")


def test_whose_a_question_is_may_stand_in_brackets_behind_it():
    body = "".join(
        f"<div><p><b>Q:</b> {asked}</p><p><b>{ADA} says:</b> {one}</p><p><b>{TOM} says:</b> {other}</p></div>"
        for asked, one, other in (
            ("Why does my quay lean? (Joan, Marle)", *SAID[:2]),
            ("When does one move a bollard? (Mr P. Lyle, Wexmouth)", *SAID[2:4]),
        )
    )
    found = read(page(body, "Ask the pilots").encode(), "https://marle.example/")
    assert [(item.authors[0], item.text) for item in found.contributions] == [*zip((ADA, TOM) * 2, SAID, strict=False)]
    assert [item.prompt for item in found.contributions] == [0, 0, 1, 1]


def test_japanese_names_have_a_space():
    people = (("佐伯 由美", "司書"), ("大原 健", "建築家"), ("林 さくら", "高校教諭"))
    text = "図書館の夜は、町の人がひとりで座っていられる最後の場所です。"
    body = "<p>三人の方にうかがいました。</p>" + "".join(f"<h3>{n}（{post}）</h3><p>{text}</p>" for n, post in people)
    assert [names for names, _ in said(body, "特集：夜の図書館をどう使うか")] == [(name,) for name, _ in people]


def test_names_behind_dashes_sign_the_boxes_above_them():
    body = "".join(f"<div><p>{text}</p><p>— {name}, Marle</p></div>" for (name,), text in SPOKEN)
    assert said(body, "What the quay means to me") == SPOKEN


def test_names_below_letters_are_those_of_their_writers():
    body = "".join(f"<p>{text}</p><p><strong>{name}</strong><br><em>Marle</em></p>" for (name,), text in SPOKEN)
    assert said(body, "Letters: tides, steps and the price of rope") == SPOKEN


def test_given_names_are_speakers_where_they_take_turns_in_a_transcript():
    turns = [*zip(("Ada", "Tomasz", "Eva") * 2, SAID, strict=True)]
    body = "".join(f"<p>[00:0{n}:00] <strong>{name}:</strong> {text}</p>" for n, (name, text) in enumerate(turns))
    assert said(body, "Transcript: the harbour episode") == [((name,), text) for name, text in turns]


def test_a_box_on_the_author_below_each_of_two_sides_says_whose_it_is():
    more = "Whoever counts the boats has counted nothing, and whoever counts the tide has counted too much."
    body = "".join(
        f"<section><h2>{head}</h2><p>{text}</p><p>{more}</p><div class=author-box><img src=/a.jpg alt=''>"
        f"<div>{name}</div><div>{name} is {post}.</div><a href=/x>More by this author</a></div></section>"
        for head, name, post, text in zip(("Yes", "No"), NAMES, ("a pilot", "a baker"), SAID, strict=False)
    )
    assert [names for names, _ in said(body, "Is it time to sell the quay?")] == [(ADA,), (TOM,)]


def test_who_leads_makes_two_speakers_a_conversation():
    turns = [(ADA, SAID[0]), (TOM, SAID[1]), (ADA, SAID[2])]
    body = "<p><b>HOST:</b> Where were we?</p>" + "".join(f"<p><b>{name}:</b> {text}</p>" for name, text in turns)
    assert said(body, "The Tide Road, part two") == [((name,), text) for name, text in turns]


def test_a_side_may_stand_in_front_of_a_name():
    body = "".join(
        f"<h2>{side} – {name}, pilot</h2><p>{text}</p><p>{SAID[3]}</p>"
        for side, name, text in zip(("Oui", "Non"), NAMES, SAID, strict=False)
    )
    found = read(page(body, "Le débat : faut-il vendre le quai ?").encode(), "https://marle.example/")
    assert [(item.authors[0], item.stance) for item in found.contributions] == [(ADA, "Oui"), (TOM, "Non")]


def test_german_marks_close_what_is_said():
    body = "".join(f"<p><strong>{name} (Lotse):</strong> „{text}“</p>" for (name,), text in SPOKEN)
    assert said(body, "Stimmen zum Hafen") == [(names, f"„{text}“") for names, text in SPOKEN]


def test_titles_written_out_are_no_part_of_a_post():
    body = "".join(
        f"<p><strong>Professor {name}, Sleep Unit, University of Marle, said:</strong></p><p>{text}</p>"
        for (name,), text in SPOKEN
    )
    assert said(body, "Experts comment on harbours") == SPOKEN


def test_a_name_that_is_a_word_too_is_no_bio_where_it_is_written_small():
    texts = (f"{SAID[0]} The grant has been spent.", SAID[1], SAID[2])
    names = ("Tobias Grant", TOM, EVA)
    body = "".join(
        f"<h3>{name}</h3><p>The grant has gone.</p><p>{text}</p>" for name, text in zip(names, texts, strict=True)
    )
    assert said(body, "Who pays for harbours?")[0] == (("Tobias Grant",), f"The grant has gone.\n\n{texts[0]}")


def test_quoted_words_are_not_those_of_a_portrait():
    texts = tuple(f"The bakery opens at three. “I like the quiet,” says the baker. {text}" for text in SAID[:3])
    assert len(columns(texts, "The quays of Marle")) == 1
