"""The words around names in many languages: roles, kinds of organisation, titles, particles.

Here belong tables that somebody who knows a language can check line by line. Not here: labels that announce a name
(`name_labels`), what makes a name (`persons`), or how a byline is taken apart (`names`).

Words that are also common surnames (Post, Press, Law, House, Church, Head …) are left out on purpose: a table here
must never turn a person into something else.
"""

from archive.normalise.name_labels import BARE_LABELS, LABELS, LABELS_INSIDE
from archive.normalise.text import phrases as _phrases
from archive.normalise.text import words as _words

# --- beside a name -----------------------------------------------------------------------------------------------

BETWEEN = _phrases(
    "as told to, in conversation with, in discussion with, interviewed by, im gespräch mit, im interview mit",
    "interview mit, en conversation avec, entretien avec, en conversación con, entrevista con, em conversa com",
    "in gesprek met, in collaboration with, together with, gemeinsam mit, zusammen mit, en collaboration avec, with",
)
"""Phrases between two people who both made the text: the one who tells, then the one who writes it down."""

AND = _words("and & und et och og ja ve dan och и та και sowie + en a e y i і agus eta ac")
FIRM_ENDINGS = _words("co company sons son bros brothers daughters partners associates söhne sohn fils figli hijos cie")
"""What stands behind 'and' in the name of a firm."""

CAREFUL_AND = _words("e y i en a ja і и ac dan")
"""Those that also stand inside names ('Ortega y Gasset', 'Costa e Silva') or mean 'in'."""

# --- people ------------------------------------------------------------------------------------------------------

HONORIFICS = _words(
    "dr dr. drs drs. dra dra. dott dott. dottssa dott.ssa prof prof. profa. profesor professor professora",
    "univ.-prof. priv.-doz. mr mr. mrs mrs. ms ms. miss mx mx. sir dame lord lady baroness baron rev rev. reverend",
    "hon hon. rt ambassador ing ing. dipl.-ing. mag mag. herr frau monsieur madame mme mlle sr sr. sra sra. senor",
    "señor señora sig. sig.ra shri smt smt. sheikh rabbi imam archbishop cardinal senator congressman congresswoman",
    "councillor cllr cllr. lt lt. capt capt. gen gen. col col. maj maj. sgt sgt. adm adm. cmdr brig. gov gov. sen",
    "sen. rep rep. dhr. mevr. ir. mgr. phdr. judr. ks. ds. maître maestro",
)
WEAK_HONORIFICS = _words(
    "professor baron baroness lord lady dame sheikh rabbi imam cardinal senator judge justice major dean bishop",
    "father sister brother general captain colonel president minister mag maestro ing gen col sen rep",
)
"""Titles that are also names: cut only where two names or more are left."""

AFTER_DOCTOR = _words(
    "med. rer. nat. phil. jur. h.c. habil. oec. pol. theol. vet. agr. dent. h. c. mult. soc. iur. ing."
)
"""The rest of German doctors' titles, behind 'Dr.'."""

POST_NOMINALS = _words(
    "phd ph.d ph.d. dphil d.phil. md m.d. m.d d.o. obe cbe mbe kbe dbe kc qc frs frcp frsa jd j.d. llm ll.m. llb ma",
    "m.a. m.a ba b.a. msc m.sc. m.sc bsc b.sc. mph m.p.h. rn r.n. rd r.d. rdn ld ldn ms m.s. mba m.b.a. esq esq. cfa",
    "cpa cfp dds dmd dvm edd ed.d. psyd psy.d. pharmd lcsw lmft np fnp aprn ret ret. mp mep mla msp am ao oam sj",
    "s.j. op ofm osb mfa m.f.a. meng dpt cscs ccc-slp facp faap",
)
SUFFIXES = _words("jr jr. jnr jnr. sr sr. snr snr. ii iii iv junior")
"""What belongs to the name behind the family name."""

RETIRED = _phrases("retired, ret, a.d, i.r, emeritus, emerita, em")
"""What stands in brackets behind a name and belongs to its title, without a full stop at the end."""

PARTICLES = _words(
    "wa ole de del della dello degli dei delle dal dalla di da das dos do du de' d' la las los le lo van von",
    "vom zu zur zum binti",
    "den der het 't ten ter te tot af av bin ibn bint ben abu abd ul ud al el genannt gen. y e i st. san santa",
)
JOINING_PARTICLES = _words("y e i genannt gen.")
"""Particles that join two family names: the word in front of them is family name too."""

CAPITAL_PARTICLES = _words(
    "de del della dello di da dal das dos du des la le lo van von der den ten ter te st. san santa mac mc bin ibn",
    "ben al el",
)
"""Those that begin a family name also where they are capitalised ('Robert De Niro', 'Edilson La Rosa')."""

# --- not a name --------------------------------------------------------------------------------------------------

STOP_WORDS = _words(
    "the of and for in at with from is was were be by how why what when where who whose which this that these your",
    "our his her their its it we they about into over under after before not if but than und oder für über mit zur",
    "zum ist sind warum wie wer wo bei nach vor aus eine nicht pour dans avec une qui que comment pourquoi para",
    "sobre como por qué met voor het een",
)
"""Words that no name holds, even where a title capitalises them."""

NOT_FIRST = _words("the der die das daily un une el los la le il lo gli")
"""Articles: what begins with one is a publication or a house ('The Citizen', 'Die Zeit', 'La República')."""
NOT_IN_NAMES = _words(
    "british american deutsche deutsches european african canadian irish scottish chinese breaking exclusive sponsored",
    "latest archive archives article articles artikel artículos author authors autor autoren autorin opinion opinions",
    "politics political policy economics economy business finance financial technology tech digital science health",
    "healthcare education environment environmental climate culture cultural lifestyle entertainment sports sport",
    "travel fashion food music movies film video videos photo photos gallery podcast podcasts newsletter subscribe",
    "login register cookies privacy terms contact home menu search uncategorized uncategorised general allgemein",
    "nachrichten aktuelles politik wirtschaft kultur gesellschaft meinung ratgeber technik wissenschaft gesundheit",
    "política economía cultura sociedad deportes opinión economia saúde esporte politique économie société santé",
    "politica società cronaca spettacoli polityka gospodarka społeczeństwo follow share comment comments view related",
    "trending popular recommended icon social links image images join get donate manage browse shop buy submit",
    "learn sign download télécharger partager mehr weitere aktuelle unsere offene edition cookie feed feeds rss",
    "account profile preferences gesponserte inhalte content advertorial",
    "tickets deals agb datenschutz impressum kontakt beitrag ausgabe informationen redes sociales",
)
"""Topics and buttons: words that head a section or a box, and that hardly anybody is called."""

SECTIONS = _words(
    "news world uk us usa life style arts art books local national international features analysis commentary blog",
    "blogs live magazine weather money property cars gaming games tv radio events jobs about regional panorama",
    "feuilleton leben wissen reise auto digital netzwelt monde france europe culture sciences sociedad mundo españa",
    "internacional esteri interni mondo kraj świat nieuws binnenland buitenland inrikes utrikes indenrigs udland",
    "innenriks utenriks 社会 政治 経済 国際 文化 科学 生活 体育 财经 国内 国际 地震 스포츠 정치",
    "사회 경제 문화 منوعات رياضة سياسة اقتصاد ثقافة",
)
"""Words that, standing alone, are a section of a publication."""

SCHEMA_TYPES = _words(
    "person organization organisation newsmediaorganization webpage website article newsarticle blogposting",
    "creativework imageobject breadcrumblist listitem entrypoint corporation thing creator publisher schema question",
    "answer collectionpage profilepage aboutpage itemlist wpheader wpfooter undefined null none nan n/a false true",
    "object",
)
ACCOUNTS = _words(
    "admin administrator administrateur administrador webmaster root user superuser superadmin guest moderator test",
    "default owner editor author autor staff contributor unknown redactor editor_in_chief siteadmin wordpress",
    "wpadmin web",
)
"""Names of accounts, behind which stands nobody in particular."""

ANONYMOUS = _phrases(
    "anonymous, anon, anonym, anonyme, anónimo, anônimo, anonimo, anoniem, anonimowy, name withheld, n.n, nn",
    "name withheld by request, name changed, a contributor, a correspondent, a reader, guest author, guest writer",
    "guest contributor, guest post, guest blogger, gastautor, gastautorin, gastbeitrag, site admin, super user",
    "special correspondent, our correspondent, our own correspondent, a staff reporter, staff writer, staff reporter",
    "mwandishi wetu",
)

ROLES = _words(
    "editor editors editor-in-chief reporter correspondent writer columnist journalist contributor photographer",
    "producer presenter analyst critic blogger director manager president chair chairman chairwoman chairperson",
    "secretary minister professor lecturer researcher scholar student coordinator co-founder cofounder founder",
    "officer executive ceo cto cfo coo advisor adviser consultant strategist lawyer attorney barrister economist",
    "historian activist campaigner scientist intern freelance freelancer representative spokesperson translator",
    "novelist essayist insider expert specialist redakteur redakteurin redaktor redaktorin korrespondent",
    "korrespondentin journalistin chefredakteur chefredakteurin ressortleiter ressortleiterin volontär volontärin",
    "leiterin geschäftsführer geschäftsführerin referent referentin wissenschaftler wissenschaftlerin fotograf",
    "fotografin kolumnist kolumnistin journaliste rédacteur rédactrice correspondant correspondante envoyé envoyée",
    "directeur directrice président présidente chroniqueur chroniqueuse professeur professeure chercheur chercheuse",
    "économiste avocat avocate politologue sociologue historien historienne periodista redactor redactora",
    "corresponsal enviado enviada directora columnista editora presidenta profesora catedrático catedrática",
    "investigador investigadora coordinador coordinadora abogado abogada jornalista repórter redator redatora",
    "correspondente colunista diretor diretora professora pesquisador pesquisadora giornalista redattore redattrice",
    "inviato inviata corrispondente direttore direttrice professore redacteur verslaggever hoogleraar dziennikarz",
    "dziennikarka redaktorka korespondent korespondentka redaktør redaktör toimittaja újságíró szerkesztő gazeteci",
    "muhabir журналист корреспондент редактор журналістка журналіст 记者 記者 編集委員 編集者 기자 특파원",
    "envoyés envoyées correspondants correspondantes journalistes corresponsales enviados enviadas redactores",
    "periodistas columnistas corrispondenti inviati giornalisti correspondentes repórteres jornalistas colunistas",
    "columnists 칼럼니스트 논설위원 선임기자 전문기자 인턴기자 수습기자 객원기자 편집장 평론가 통신원 리포터 앵커",
)
ROLE_ENDINGS = ("redakteur", "redakteurin", "korrespondent", "korrespondentin", "journalist", "journalistin")
"""Endings of German compounds that are roles ('Wirtschaftsredakteur')."""

ROLE_ADJECTIVES = _words(
    "senior chief deputy managing associate assistant contributing executive special national international foreign",
    "political politics sports sport business science health environment education technology tech economics social",
    "legal diplomatic features culture arts music film food travel money lifestyle royal crime defence defense",
    "security investigative investigations data digital multimedia video photo news local regional state staff",
    "freelance guest former emeritus visiting lead principal junior breaking general assignment night weekend",
    "correspondent global europe leitender leitende leitend stellvertretender stellvertretende freier freie",
    "verantwortlicher verantwortliche spécial spéciale especial grand adjoint adjointe jefe jefa speciale",
    "distinguished adjunct postdoctoral doctoral",
)

ROLE_WORDS = ROLES | ROLE_ADJECTIVES

COLLECTIVES = _words(
    "team teams desk staff newsroom editors reporters correspondents contributors writers agencies agenturen",
    "redaktion redaktionsteam onlineredaktion redaktionen rédaction equipe équipe equipo equipa redacción redação",
    "redazione redactie redakcja redakce redaksjonen redakció redacția zespół toimitus collective collectif",
    "colectivo coletivo collettivo kollektiv bureau members students residents neighbours supporters volunteers",
    "редакция редакція 編集部 编辑部 本报讯 편집부 editorial editorials",
)
"""Words of a group of people without a name of their own."""

INSTITUTIONS = _words(
    "technologies software consulting capital industries pharma insurance airlines airways motors logistics analytics",
    "union unions network centre center university college institute federation alliance committee group association",
    "organisation organization coalition foundation fund council commission ministry department agency office",
    "society campaign movement party congress confederation programme program project initiative observatory forum",
    "consortium company corporation inc inc. ltd ltd. llc gmbh plc corp corp. co. e.v. ev eg s.a. s.r.l. b.v. ag. kg",
    "board lab labs laboratory academy faculty museum library hospital clinic embassy government parliament police",
    "trust authority guild cooperative co-operative",
    "army service services systems solutions partners holdings ventures studio studios productions entertainment",
    "media news radio tv television channel broadcasting broadcaster magazine newspaper newspapers times tribune",
    "herald gazette guardian telegraph independent chronicle observer weekly online blog podcast website today",
    "community club league fc watch international global rights women's workers workers' labour labor trade research",
    "development journal telegram courier examiner inquirer dispatch bulletin newswire wire publishing",
    "publications publishers books communications university's review sun-times room press-room presseportal verband",
    "verein bundesverband gewerkschaft stiftung institut universität hochschule ministerium gesellschaft zentrum",
    "netzwerk bündnis arbeitskreis gruppe pressestelle agentur verlag zeitung zeitungen rundfunk partei ausschuss",
    "kommission landesverband caritasverband presseagentur redaktionsnetzwerk université réseau syndicat fédération",
    "comité conseil agence ministère société fondation ligue groupe mouvement parti presse universidad instituto",
    "centro sindicato federación asociación consejo agencia ministerio fundación grupo movimiento partido periódico",
    "diario noticias coordinadora universidade rede federação associação comitê conselho agência ministério fundação",
    "movimento jornal emissora università istituto rete sindacato federazione associazione comitato consiglio",
    "agenzia ministero fondazione gruppo giornale ufficio stampa universiteit instituut vakbond federatie vereniging",
    "stichting raad ministerie netwerk krant dagblad uniwersytet instytut związek federacja stowarzyszenie komitet",
    "agencja fundacja ministerstwo sieć grupa universitet universitetet forbund forbundet förbund förbundet forening",
    "foreningen avisen bladet nyheter sanomat univerzita ústav svaz nadace egyetem szövetség universitatea asociația",
    "ajansı gazetesi университет институт агентство союз центр фонд новости комитет університет інститут спілка",
    "новини πανεπιστήμιο ινστιτούτο وكالة جامعة اتحاد صحيفة directory ediciones edições prensa gazeta gazete",
    "coordenadoria assessoria secretaria secretaría prefeitura ayuntamiento municipalidad departamento gobierno",
    "ziarul ziare lajme vijesti vesti novine dnevnik žinios uudised fréttir berita harian газета известия вести",
)
INSTITUTION_ENDINGS = (
    *("verband", "verein", "redaktion", "zeitung", "nachrichten", "rundfunk", "stiftung", "institut", "gesellschaft"),
    *("universitat", "agentur", "ministerium", "gewerkschaft", "hochschule", "zentrum", "pressestelle", "pressedienst"),
    *("volksblatt", "tagblatt", "tageblatt", "abendblatt"),
    *(
        "新聞",
        "新聞社",
        "通信",
        "通信社",
        "日報",
        "日报",
        "晚报",
        "新闻",
        "新闻网",
        "网",
        "报社",
        "協会",
        "委員会",
        "委员会",
        "大学",
    ),
    *("신문", "뉴스", "일보", "방송", "대학교", "연합"),
)
KNOWN_INSTITUTIONS = _phrases(
    "reuters, ap, afp, dpa, efe, ansa, xinhua, tass, pti, ani, aap, sid, kna, epd, apa, sda, jiji, jiji press, kyodo",
    "kyodo news, bloomberg, upi, ians, ntb, ritzau, stt, čtk, pap, mti, agerpres, belga, anp, lusa, interfax",
    "ria novosti, irna, wam, antara, bernama, yonhap, europa press, associated press, the associated press",
    "agence france-presse, press association, canadian press, the canadian press, anadolu ajansı, getty images",
    "shutterstock, istock, deutsche presse-agentur, thomson reuters, bbc, cnn, nbc, cbs, abc, espn, npr, pbs, ard",
    "zdf, wdr, ndr, mdr, swr, rtl, orf, srf, rai, rtve, rtp, nos, nrk, svt, yle, nasa, usa today, fox news",
    "deutsche welle, dw, euronews, al jazeera, le monde, les echos, les échos, le figaro, le temps, el país",
    "el mundo, la vanguardia, la república, la nación, il post, la repubblica, la stampa, corriere della sera",
    "der spiegel, die zeit, die welt, der standard, die presse, new york post, washington post, the washington post",
    "the economist, wikimedia foundation, democracy now, open democracy, tnn, bns, elta, delfi, tasr, notimex, télam",
    "ats, keystone-sda, cgtn, cna, nzz, ukrinform, unian, tanjug, bss, unb, wafa, kuna, qna, nna, amna, tt, onet",
)
PLACES = _phrases(
    "new york, los angeles, san francisco, san diego, las vegas, washington dc, washington d.c., hong kong, tel aviv",
    "buenos aires, são paulo, rio de janeiro, mexico city, cape town, new delhi, abu dhabi, sri lanka, costa rica",
    "el salvador, saudi arabia, south africa, north korea, south korea, united states, united kingdom, new zealand",
    "puerto rico, st louis, st. louis, kuala lumpur, addis ababa, phnom penh, ho chi minh city, northern ireland",
    "frankfurt am main, den haag, the hague, la paz, san josé, santo domingo, porto alegre, belo horizonte",
)
BUTTONS = _words(
    "follow folgen view share tweet email e-mail biography bio twitter facebook instagram linkedin youtube whatsapp",
    "comments kommentare kommentar updated published posted filed alle alles más zeige zum profil seguir compartir",
    "folge suivre abonnieren subscribe plus icon click hier articles latest autorenseite lesedauer lesezeit",
    "letzte aktualisierung",
)
"""Words with which the page goes on about something else: what stands behind them is cut off."""

BEFORE_BUTTONS = _words("last first originally zuletzt zuerst date plus ver")
"""What may stand before such a word and goes with it ('Last updated'), though it can be a name elsewhere."""

VERBS = _words(
    "is are was has covers writes reports joined says said sagt schreibt contributed serves works lives est es"
)
"""The same, where they are printed in lower case ('Jane Doe is a reporter', but 'Edward Said')."""

PLACE_WORDS = _words("in aus from à em at for w für pour para voor")
"""What leads from a name to a place or an outlet ('Jane Doe in Berlin')."""

NEVER_IN_NAMES = STOP_WORDS | NOT_IN_NAMES | ROLES | BUTTONS

BESIDE_NAMES = frozenset(
    word
    for phrase in (
        *LABELS, *PARTICLES, *AND, *HONORIFICS, *AFTER_DOCTOR, *POST_NOMINALS, *SUFFIXES, *BETWEEN, *RETIRED,
        *WEAK_HONORIFICS,
    )
    for word in phrase.split()
)  # fmt: skip
"""Words in lower case that a line may hold which is nothing but people's names."""

OF_ORGANISATIONS = frozenset(
    (*COLLECTIVES, *INSTITUTIONS, *FIRM_ENDINGS, "the", *(word for name in KNOWN_INSTITUTIONS for word in name.split()))
)
"""Words one of which an organisation's name has, if none of its words ends like one."""

OF_MEANING = BESIDE_NAMES | OF_ORGANISATIONS | NEVER_IN_NAMES | frozenset(
    word
    for phrase in (
        *BARE_LABELS, *LABELS_INSIDE, *NOT_FIRST, *SECTIONS, *SCHEMA_TYPES, *ACCOUNTS, *ANONYMOUS, *ROLE_WORDS, *PLACES,
        *BEFORE_BUTTONS, *VERBS, *PLACE_WORDS,
    )
    for word in phrase.split()
)  # fmt: skip
"""Every word of these tables: a name that has none of them is told by its form alone."""
