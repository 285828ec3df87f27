"""The headings under which a page lists other texts, in the languages of many pages.

Here belong the words alone. Not here: what is done with what stands below such a heading (`around`).
"""

import re

_LONGEST = 60
_HEADINGS = frozenset(
    line.strip()
    for line in """
    related|related articles|related stories|related posts|related content|related news|related coverage
    related reading|related links|related topics|related items|you may also like|you might also like|you might like
    more stories|more news|more articles|more like this|more coverage|read more|read next|read also|recommended
    recommended for you|recommended stories|recommended reading|recommended articles|most read|most popular
    most viewed|most shared|trending|trending now|latest|latest news|latest stories|latest articles|latest posts
    recent posts|recent articles|recent news|popular|popular posts|popular now|popular stories|don't miss|up next
    editor's picks|editors' picks|top stories|top news|what to read next|next up|see also|further reading
    from around the web|around the web|in other news|other stories|mehr zum thema|weitere artikel|weitere meldungen
    weitere themen|weitere beiträge|weitere nachrichten|weitere news|das könnte sie auch interessieren
    das könnte dich auch interessieren|das könnte sie interessieren|auch interessant|lesen sie auch|lesen sie mehr
    meistgelesen|meistgelesene artikel|ähnliche artikel|ähnliche beiträge|verwandte artikel|verwandte themen
    empfohlene artikel|neueste artikel|neueste beiträge|aktuelle meldungen|mehr aus dem ressort|à lire aussi
    lire aussi|à lire également|sur le même sujet|sur le même thème|articles similaires|articles liés
    articles associés|articles recommandés|les plus lus|vous aimerez aussi|dans la même rubrique|voir aussi
    à voir aussi|te puede interesar|también te puede interesar|le puede interesar|noticias relacionadas
    artículos relacionados|lo más leído|lo más visto|más noticias|más leídas|relacionadas|relacionados|lee también
    lea también|últimas noticias|leia também|leia mais|veja também|mais lidas|notícias relacionadas
    artigos relacionados|você pode gostar|saiba mais|últimas notícias|matérias relacionadas|leggi anche
    potrebbe interessarti|potrebbe interessarti anche|articoli correlati|i più letti|altre notizie|ultime notizie
    notizie correlate|lees ook|meer nieuws|gerelateerd|gerelateerde artikelen|meest gelezen|läs också|läs även
    läs mer|relaterat|mest läst|læs også|mest læste|les også|lue myös|lisää aiheesta|luetuimmat|czytaj także
    czytaj też|zobacz także|zobacz też|przeczytaj także|najczęściej czytane|polecane|čtěte také|související články
    nejčtenější|kapcsolódó cikkek|olvasta már|ajánlott cikkek|citește și|citeşte şi|articole similare
    ilgili haberler|benzer haberler|son haberler|читайте также|похожие|по теме|материалы по теме|другие новости
    похожие материалы|читайте також|схожі новини|διαβάστε επίσης|διαβάστε ακόμα|σχετικά άρθρα|اقرأ أيضا
    مواضيع ذات صلة|الأكثر قراءة|baca juga|artikel terkait|berita terkait|terpopuler|tin liên quan|xem thêm|đọc thêm
    相关阅读|相关新闻|相关文章|相关推荐|推荐阅读|推荐文章|为您推荐|为你推荐|热门推荐|热门文章|延伸阅读|你可能喜欢
    你可能会喜欢|猜你喜欢|最新文章|最新报道|阅读下一篇|相關新聞|相關文章|延伸閱讀|推薦閱讀|関連記事|関連ニュース
    おすすめ記事|あわせて読みたい|人気記事|アクセスランキング|관련기사|관련 기사|추천기사|추천 기사|많이 본 뉴스
    많이 본 기사|인기기사
    """.replace("\n", "|").split("|")
    if line.strip()
)
_MORE = re.compile(r"(?:more (?:from|on|about|in)|mehr (?:von|aus|über)|plus de|más (?:de|sobre)|mais (?:de|sobre)) \w")
_EDGES = " :：.…!|»›>→-–—•·"


def leads_on(text: str) -> bool:
    """Whether a line is a heading under which a page lists other texts."""
    if len(text) > _LONGEST:
        return False
    words = text.strip(_EDGES).casefold().replace("’", "'")
    return words in _HEADINGS or bool(_MORE.match(words))
