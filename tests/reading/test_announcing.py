"""Words that tell of a discussion, in whatever language; and what a page asks."""

import pytest

from archive.reading import announcing, extents
from archive.reading.reader import read

URL = "https://marle.example/harbours"


@pytest.mark.parametrize(
    "words",
    [
        "Round table: harbours", "Eight replies to one question", "Seven voices on the ferry", "We invited six people",
        "Ten experts have their say", "Six engineers reflect on failure", "An exchange of letters on the quay",
        "Umfrage: Wem gehört der Hafen?", "Wir haben sieben Menschen gefragt", "Entretien croisé sur le port",
        "Preguntamos a seis personas", "Ouvimos seis vozes", "Abbiamo rivolto la stessa domanda", "Rondvraag: de haven",
        "Zadaliśmy to samo pytanie", "Aynı soruyu altı kişiye sorduk", "Круглый стол: чей порт?", "Έξι απαντήσεις",
        "ندوة: لمن الميناء", "परिचर्चा: पानी किसका है", "城市圆桌论坛", "座談会：港町のこれから", "항구 토론",
    ],
)  # fmt: skip
def test_a_discussion_is_announced_in_many_languages(words):
    assert announcing.announces(words)


@pytest.mark.parametrize(
    "words",
    [
        "Six loaves for the weekend", "A walk along seven harbours", "Five economists who changed the port",
        "The stock exchange fell", "Un puerto en invierno", "Der Hafen im Winter", "冬天的港口", "Порт зимой",
    ],
)  # fmt: skip
def test_what_only_counts_or_tells_announces_none(words):
    assert not announcing.announces(words)


@pytest.mark.parametrize(
    ("words", "is_question"),
    [
        ("Who pays?", True), ("谁来付钱？", True), ("لمن الماء؟", True), ("Ποιος πληρώνει;", True),
        ("He said “who pays?”", True), ("Nobody pays;", False), ("Nobody pays.", False),
    ],
)  # fmt: skip
def test_each_script_has_its_mark_of_a_question(words, is_question):
    assert extents.asks(words) is is_question


SAID = {
    "zh": ("我们多年来一直在等待。", "需要的不是新的规划，而是预算。", "没有人愿意为看不见的管道付钱。"),
    "ja": (
        "私たちは返事を待っています。",
        "新しい計画ではなく予算が必要です。",
        "許可を待たないことを学びました。",
    ),
}


@pytest.mark.parametrize(
    ("language", "title", "people", "label"),
    [
        ("zh", "对谈：小城的未来", ("王建国", "李晓梅", "陈思远"), "<strong>{}：</strong>"),
        ("ja", "座談会：港町のこれから", ("佐藤健一", "高橋美咲", "山本直樹"), "<b>{}</b>　"),
    ],
)
def test_a_script_without_spaces_has_words_enough_and_speakers(language, title, people, label):
    said = [(name, text) for text in SAID[language] for name in people]
    body = "".join(f"<p>{label.format(name)}{number}、{text}</p>" for number, (name, text) in enumerate(said))
    page = read(f"<html lang={language}><title>{title}</title><h1>{title}</h1>{body}</html>".encode(), URL)
    assert [item.authors for item in page.contributions] == [(name,) for name, _ in said]
    assert [item.text for item in page.contributions] == [f"{n}、{text}" for n, (_, text) in enumerate(said)]
