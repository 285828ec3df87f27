"""The labels that announce in a byline who is named, and for what, in many languages: 'By', 'Fotos:', '本报记者'.

Here belong tables that somebody who knows a language can check line by line. Not here: the other words around names
(`name_words`), or how a byline is taken apart (`names`).
"""

from typing import Literal

from archive.normalise.text import phrases as _phrases
from archive.normalise.text import words as _words

Part = Literal["author", "editor", "translator", "photographer", "illustrator", "reviewer", "other"]
"""What somebody named in a byline did."""

_LABELS: dict[Part, frozenset[str]] = {
    "author": _phrases(
        "by, written by, words by, words, text by, text, texts, story by, story, report by, reported by",
        "reporting by, posted by, published by, author, authors, authored by, about the author, about the authors",
        "article by, articles by, all articles by, more articles by, alle artikel von, interview by, interviewed by",
        "interview, essay by, review by, review, column by, analysis by",
        "guest author, guest writer, guest post by, gastautor, gastautorin, opinion by, created by, submitted by",
        "told by, a conversation with, contributors, social links for, posts by, view all posts by, more stories by",
        "von, text von, texte von, autor, autorin, autoren, autor*in, autor:in, autor/in, autorin/autor, autorinnen",
        "verfasst von",
        "geschrieben von, erstellt von, gespeichert von, eingestellt von, ein beitrag von, ein gastbeitrag von",
        "gastbeitrag von, ein kommentar von, kommentar von",
        "eine kolumne von, eine analyse von, veröffentlicht von, interview von, das interview führte, protokoll",
        "über, par, texte, texte de, auteur, auteure, auteurs, autrice, écrit par, rédigé par, publié par",
        "un texte de, propos recueillis par, recueilli par, une tribune de, un documentaire de, entretien par, por",
        "autora, autores, autoras, texto, textos, texto de, texto por, escrito por, publicado por, redactado por",
        "una crónica de, entrevista de, di, a cura di, testo di, testo, testi di, autore, autori, scritto da",
        "articolo di, door, tekst, tekst door, geschreven door, autorzy, autorka, napisał, napisała, opracował",
        "opracowała, rozmawiał, rozmawiała, af, skrevet af, av, skrevet av, skriven av, av journalist, tekst av",
        "text av, teksti, kirjoittaja, kirjoittanut, napsal, napsala, autoři, szerző, írta, scris de, yazan, yazar",
        "oleh, penulis, автор, авторы, текст, автори, γράφει, γράφουν, του, της, συντάκτης, escrit per, بقلم, كتب",
        "γράφει ο, γράφει η, γράφουν οι, מאת, كتبت, 作者, 文, 记者, 記者, 撰文, 采写, 撰稿, 执笔, 執筆, 著者, 글, 기자",
        "avtor, toimittaja, journalist, reporter, blaðamaður, eftir, haber, muhabir, laporan, mwandishi, na, de, da",
        "escribe, enviado por, zpracoval, zpracovala, zpracovali, autor článku, إعداد, تقرير, 取材・文, 取材, 취재",
        "firmado por, nga, shkruar nga, piše, napisao, napisala, автор статьи, autorius, autorė, parengė, autors",
        "oprac., höfundur, autoarea, publicat de, tác giả, โดย, به قلم, نویسنده, تحریر, लेखक, লেখক",
    ),
    "editor": _phrases(
        "edited by, editing by, editor, edited, edited von, herausgegeben von, redigiert von, redaktion von",
        "édité par, editado por, edición de, redactie door, redakcja tekstu, curated by",
        "compiled by, 责任编辑, 责编, 编辑, 校对, 編集, 편집",
    ),
    "translator": _phrases(
        "translated by, translation by, translation, translator, translated, translated von, übersetzt von",
        "aus dem englischen von, übersetzung, übersetzung von, traduit par, traduction, traduction de",
        "traduit de l'anglais par, traducción, traducción de, traducido por, tradução, tradução de, traduzido por",
        "traduzione, traduzione di, tradotto da, vertaling, vertaald door, tłumaczenie, przekład, oversat af",
        "oversatt av, översättning, перевод, переклад, 翻译, 翻訳",
    ),
    "photographer": _phrases(
        "photo by, photo, photos by, photos, picture by, pic by, pics by",
        "photograph by, photographs by, photography by, photography, pictures by",
        "pictures, picture, images by, image by, image, images, foto, fotos, foto von, fotos von, foto di, foto de",
        "bild, bilder, bilder von, photo de, photos de, photographies, crédit photo, fotografia, fotografía, foto av",
        "zdjęcia, fotografie, kuva, kuvat, video by, video, фото, 写真, 사진, 图, 摄影",
    ),
    "illustrator": _phrases(
        "illustration by, illustrations by, illustrated by, illustration, illustrations, artwork by, artwork, art by",
        "graphic by, graphics by, illustrationen von, illustration von, zeichnung, zeichnungen, ilustración",
        "ilustraciones, ilustração, illustrazione, illustrazioni di, infographic by, portrait by, portraits by",
    ),
    "reviewer": _phrases(
        "reviewed by, medically reviewed by, fact checked by, fact-checked by, checked by, expert reviewed by",
        "recipe tested by, tested by, geprüft von, medizinisch geprüft von, relu par, revisado por",
    ),
    "other": _phrases(
        "produced by, production by, produced, directed by, hosted by, presented by, additional reporting by",
        "with additional reporting by, source, sources, quelle, quellen, fuente, fuentes, fonte, fonti, bron, źródło",
        "courtesy, courtesy of, credit, credits, sponsored by, in partnership with, theme, powered by, funded by",
        "zdroj, izvor, sursa, kaynak, källa, kilde, lähde, heimild, šaltinis, avots, allikas, forrás, πηγή, джерело",
        "источник, المصدر, स्रोत, সূত্র, nguồn, sumber, kredit, 出典, 提供, 稿源",
        "theme by, designed by, design by, 来源, 來源, 出处, 출처",
    ),
}
LABELS: dict[str, Part] = {phrase: part for part, phrases in _LABELS.items() for phrase in phrases}
LABEL_HEADS = frozenset(phrase.partition(" ")[0] for phrase in LABELS)
"""The words that labels begin with."""

LONGEST_LABEL = max(len(phrase.split()) for phrase in LABELS)

LABELS_INSIDE = frozenset(
    phrase for phrase in LABELS if phrase.endswith((" by", " von", " par", " por", " da", " door"))
)
"""Labels that are one in the middle of a line too; the others are one at its beginning, or before a colon."""

BARE_LABELS = _words(
    "by von par por door di de da af av over über oleh author authors autor autorin autoren autor*in autor:in autora",
    "autores autore autori auteur auteure auteurs autrice autorzy autorka autoři yazan yazar penulis szerző автор",
    "авторы γράφει γράφουν του της מאת autor/in autorin/autor بقلم 作者 文 记者 記者 撰文 采写",
    "oprac. eftir tekst teksti texto escribe laporan zpracoval zpracovala na โดย كتب كتبت إعداد 撰稿 执笔 執筆 著者",
    "글 기자 nga piše",
)
"""One-word labels that need no colon; the others ('Text:', 'Foto:') are labels only with one."""

LABEL_ENDINGS = ("记者", "記者", "通讯员", "作者")
"""How a word of Han characters ends that is a label and says whose reporter somebody is ('本报记者')."""

LONE_LABELS = _words("de da na")
"""Labels that begin too many other lines: they are one where nothing follows on their line."""

PARTICLE_LABELS = _words("di nga")
"""Labels that may also begin a name: they are a label where two or more names follow."""
