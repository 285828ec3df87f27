"""The words of dates in many languages: months, weekdays, seasons, labels, zones, and looking them up.

Here belong tables that somebody who knows a language can check line by line. Not here: how the words are put
together (`date_grammar`) and what is concluded from them (`dates`).

Each line lists the names in order, from January or Monday; `/` stands between forms of one name (nominative and
genitive, irregular short forms), and `_` inside a name of two words. Regular short forms are not listed: the first
three letters or more of a name will do. Where two languages disagree about a short form, the language asked for
decides, else the earlier line.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from archive.normalise.text import fold

MONTHS = {
    "en": "january february march april may june july august september/sept october november december",
    "de": "januar/jänner/jaenner februar/feber märz/maerz/mrz april mai juni juli august september oktober november "
    "dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart/mrt april mei juni juli augustus september oktober november december",
    "pl": "styczeń/stycznia luty/lutego marzec/marca kwiecień/kwietnia maj/maja czerwiec/czerwca lipiec/lipca "
    "sierpień/sierpnia wrzesień/września październik/października listopad/listopada grudzień/grudnia",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "no": "januar februar mars april mai juni juli august september oktober november desember",
    "is": "janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember",
    "fi": "tammikuu/tammikuuta helmikuu/helmikuuta maaliskuu/maaliskuuta huhtikuu/huhtikuuta toukokuu/toukokuuta "
    "kesäkuu/kesäkuuta heinäkuu/heinäkuuta elokuu/elokuuta syyskuu/syyskuuta lokakuu/lokakuuta "
    "marraskuu/marraskuuta joulukuu/joulukuuta",
    "et": "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember",
    "cs": "leden/ledna únor/února březen/března duben/dubna květen/května červen/června/čvn červenec/července/čvc "
    "srpen/srpna září říjen/října listopad/listopadu prosinec/prosince",
    "sk": "január/januára február/februára marec/marca apríl/apríla máj/mája jún/júna júl/júla august/augusta "
    "september/septembra október/októbra november/novembra december/decembra",
    "sl": "januar/januarja februar/februarja marec/marca april/aprila maj/maja junij/junija julij/julija "
    "avgust/avgusta september/septembra oktober/oktobra november/novembra december/decembra",
    "sr": "januar/јануар/јануара februar/фебруар/фебруара mart/март/марта april/април/априла maj/мај/маја "
    "jun/јун/јуна jul/јул/јула avgust/август/августа septembar/септембар/септембра oktobar/октобар/октобра "
    "novembar/новембар/новембра decembar/децембар/децембра",
    "hu": "január február március április május június július augusztus szeptember október november december",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "ca": "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
    "gl": "xaneiro febreiro marzo abril maio xuño xullo agosto setembro outubro novembro decembro",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "ru": "январь/января февраль/февраля март/марта апрель/апреля май/мая июнь/июня июль/июля август/августа "
    "сентябрь/сентября октябрь/октября ноябрь/ноября декабрь/декабря",
    "uk": "січень/січня лютий/лютого березень/березня квітень/квітня травень/травня червень/червня липень/липня "
    "серпень/серпня вересень/вересня жовтень/жовтня листопад/листопада грудень/грудня",
    "be": "студзень/студзеня люты/лютага сакавік/сакавіка красавік/красавіка травень/траўня чэрвень/чэрвеня "
    "ліпень/ліпеня жнівень/жніўня верасень/верасня кастрычнік/кастрычніка лістапад/лістапада снежань/снежня",
    "bg": "януари февруари март април май юни юли август септември октомври ноември декември",
    "el": "ιανουάριος/ιανουαρίου φεβρουάριος/φεβρουαρίου μάρτιος/μαρτίου απρίλιος/απριλίου μάιος/μαΐου "
    "ιούνιος/ιουνίου ιούλιος/ιουλίου αύγουστος/αυγούστου σεπτέμβριος/σεπτεμβρίου οκτώβριος/οκτωβρίου "
    "νοέμβριος/νοεμβρίου δεκέμβριος/δεκεμβρίου",
    "lt": "sausis/sausio vasaris/vasario kovas/kovo balandis/balandžio gegužė/gegužės birželis/birželio liepa/liepos "
    "rugpjūtis/rugpjūčio rugsėjis/rugsėjo spalis/spalio lapkritis/lapkričio gruodis/gruodžio",
    "lv": "janvāris/janvārī februāris/februārī marts/martā aprīlis/aprīlī maijs/maijā jūnijs/jūnijā jūlijs/jūlijā "
    "augusts/augustā septembris/septembrī oktobris/oktobrī novembris/novembrī decembris/decembrī",
    "id": "januari februari/pebruari maret april mei juni juli agustus/agt september oktober november desember",
    "ms": "januari februari mac april mei jun julai ogos september oktober november disember",
    "tl": "enero pebrero marso abril mayo hunyo hulyo agosto setyembre oktubre nobyembre disyembre",
    "sw": "januari februari machi aprili mei juni julai agosti septemba oktoba novemba desemba",
    "af": "januarie februarie maart april mei junie julie augustus september oktober november desember",
    "ar": "يناير/كانون_الثاني/جانفي فبراير/شباط/فيفري مارس/آذار/اذار أبريل/إبريل/ابريل/نيسان/أفريل مايو/أيار/ايار/ماي "
    "يونيو/يونيه/حزيران/جوان يوليو/يوليه/تموز/جويلية/يوليوز أغسطس/اغسطس/آب/اب/أوت/غشت سبتمبر/أيلول/ايلول/شتنبر "
    "أكتوبر/اكتوبر/تشرين_الأول/تشرين_الاول نوفمبر/تشرين_الثاني/نونبر ديسمبر/كانون_الأول/كانون_الاول/دجنبر",
    "ur": "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
    "fa": "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه/جولای اوت سپتامبر اکتبر نوامبر دسامبر",
    "he": "ינואר/בינואר פברואר/בפברואר מרץ/במרץ אפריל/באפריל מאי/במאי יוני/ביוני יולי/ביולי אוגוסט/באוגוסט "
    "ספטמבר/בספטמבר אוקטובר/באוקטובר נובמבר/בנובמבר דצמבר/בדצמבר",
    "hi": "जनवरी फरवरी/फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर/सितम्बर अक्टूबर/अक्तूबर नवंबर/नवम्बर दिसंबर/दिसम्बर",
    "bn": "জানুয়ারি/জানুয়ারী ফেব্রুয়ারি/ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট/আগষ্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
    "sq": "janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor",
    "mk": "јануари февруари март април мај јуни јули август септември октомври ноември декември",
    "az": "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
    "uz": "yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "hy": "հունվար/հունվարի փետրվար/փետրվարի մարտ/մարտի ապրիլ/ապրիլի մայիս/մայիսի հունիս/հունիսի հուլիս/հուլիսի "
    "օգոստոս/օգոստոսի սեպտեմբեր/սեպտեմբերի հոկտեմբեր/հոկտեմբերի նոյեմբեր/նոյեմբերի դեկտեմբեր/դեկտեմբերի",
    "ka": "იანვარი თებერვალი მარტი აპრილი მაისი ივნისი ივლისი აგვისტო სექტემბერი ოქტომბერი ნოემბერი დეკემბერი",
    "mr": "जानेवारी फेब्रुवारी मार्च एप्रिल मे जून जुलै ऑगस्ट सप्टेंबर ऑक्टोबर नोव्हेंबर डिसेंबर",
    "th": "มกราคม/ม.ค. กุมภาพันธ์/ก.พ. มีนาคม/มี.ค. เมษายน/เม.ย. พฤษภาคม/พ.ค. มิถุนายน/มิ.ย. กรกฎาคม/ก.ค. สิงหาคม/ส.ค. "
    "กันยายน/ก.ย. ตุลาคม/ต.ค. พฤศจิกายน/พ.ย. ธันวาคม/ธ.ค.",
    "lb": "januar februar mäerz abrëll mee juni juli august september oktober november dezember",
    "cy": "ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr",
    "hr": "siječanj/siječnja veljača/veljače ožujak/ožujka travanj/travnja svibanj/svibnja lipanj/lipnja "
    "srpanj/srpnja kolovoz/kolovoza rujan/rujna listopad/listopada studeni/studenoga/studenog prosinac/prosinca",
}

WEEKDAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "de": "montag dienstag mittwoch donnerstag freitag samstag/sonnabend sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "pt": "segunda/segunda-feira terça/terça-feira quarta/quarta-feira quinta/quinta-feira sexta/sexta-feira sábado "
    "domingo",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "pl": "poniedziałek wtorek środa czwartek piątek sobota niedziela",
    "da": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "sv": "måndag tisdag onsdag torsdag fredag lördag söndag",
    "is": "mánudagur þriðjudagur miðvikudagur fimmtudagur föstudagur laugardagur sunnudagur",
    "fi": "maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai",
    "et": "esmaspäev teisipäev kolmapäev neljapäev reede laupäev pühapäev",
    "cs": "pondělí úterý středa čtvrtek pátek sobota neděle",
    "sk": "pondelok utorok streda štvrtok piatok sobota nedeľa",
    "sl": "ponedeljek torek sreda četrtek petek sobota nedelja",
    "sr": "ponedeljak/понедељак utorak/уторак sreda/среда četvrtak/четвртак petak/петак subota/субота nedelja/недеља",
    "hr": "ponedjeljak utorak srijeda četvrtak petak subota nedjelja",
    "hu": "hétfő kedd szerda csütörtök péntek szombat vasárnap",
    "ro": "luni marți miercuri joi vineri sâmbătă duminică",
    "ca": "dilluns dimarts dimecres dijous divendres dissabte diumenge",
    "tr": "pazartesi salı çarşamba perşembe cuma cumartesi pazar",
    "ru": "понедельник вторник среда четверг пятница суббота воскресенье",
    "uk": "понеділок вівторок середа четвер п’ятниця субота неділя",
    "bg": "понеделник вторник сряда четвъртък петък събота неделя",
    "el": "δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή",
    "lt": "pirmadienis antradienis trečiadienis ketvirtadienis penktadienis šeštadienis sekmadienis",
    "lv": "pirmdiena otrdiena trešdiena ceturtdiena piektdiena sestdiena svētdiena",
    "id": "senin selasa rabu kamis jumat sabtu minggu",
    "ms": "isnin selasa rabu khamis jumaat sabtu ahad",
    "ar": "الاثنين/الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    "ur": "پیر منگل بدھ جمعرات جمعہ ہفتہ اتوار",
    "hi": "सोमवार मंगलवार बुधवार गुरुवार/बृहस्पतिवार शुक्रवार शनिवार रविवार",
    "bn": "সোমবার মঙ্গলবার বুধবার বৃহস্পতিবার শুক্রবার শনিবার রবিবার",
    "mk": "понеделник вторник среда четврток петок сабота недела",
    "be": "панядзелак аўторак серада чацвер пятніца субота нядзеля",
    "gl": "luns martes mércores xoves venres sábado domingo",
    "af": "maandag dinsdag woensdag donderdag vrydag saterdag sondag",
    "sw": "jumatatu jumanne jumatano alhamisi ijumaa jumamosi jumapili",
    "tl": "lunes martes miyerkules huwebes biyernes sabado linggo",
}

TWO_LETTER_WEEKDAYS = {
    "de": "mo di mi do fr sa so",
    "nl": "ma di wo do vr za zo",
    "fi": "ma ti ke to pe la su",
    "ru": "пн вт ср чт пт сб вс",
}

SEASONS = {
    "en": "spring summer autumn/fall winter",
    "de": "frühling/frühjahr sommer herbst winter",
    "fr": "printemps été automne hiver",
    "es": "primavera verano otoño invierno",
    "pt": "primavera verão outono inverno",
    "it": "primavera estate autunno inverno",
    "nl": "lente/voorjaar zomer herfst/najaar winter",
    "pl": "wiosna lato jesień zima",
    "da": "forår sommer efterår vinter",
    "sv": "vår sommar höst vinter",
    "fi": "kevät kesä syksy talvi",
    "cs": "jaro léto podzim zima",
    "ru": "весна лето осень зима",
}


def _words(*lines: str) -> frozenset[str]:
    """The folded words of the lines."""
    return frozenset(fold(word) for line in lines for word in line.split())


PUBLISHED = _words(
    "published publish publication posted post released issued created filed veröffentlicht erschienen erstellt",
    "publié publiée publication paru parue ligne créé publicado publicada publicación publicação postado",
    "pubblicato pubblicata pubblicazione gepubliceerd geplaatst opublikowano opublikowany dodano",
    "udgivet offentliggjort publisert publicerad publicerat julkaistu avaldatud publikováno vydáno zverejnené",
    "objavljeno objavljen megjelent közzétéve publicat yayınlanma yayın опубликовано опубликована опубліковано",
    "публикувано δημοσίευση δημοσιεύτηκε paskelbta publicēts diterbitkan dipublikasikan gepubliseer",
    "објављено објавено publikuar giriş eklenme प्रकाशित প্রকাশিত প্রকাশ نشر نشرت النشر פורסם",
    "発行 公開 投稿 配信 掲載 发布 发表 發布 發表 發佈 发布于 发表于 發布於 發表於 刊登 刊出",
    "입력 등록 승인 게시 송고 기사입력 기사등록 기사승인 최초입력",
)
UPDATED = _words(
    "updated update modified revised edited changed aktualisiert aktualisierung geändert bearbeitet stand",
    "modifié modifiée actualisé mis mise jour actualizado actualizada actualización modificado atualizado",
    "atualizada aggiornato aggiornata aggiornamento modificato bijgewerkt gewijzigd zaktualizowano aktualizacja",
    "opdateret ændret oppdatert endret uppdaterad uppdaterat ändrad päivitetty muokattu uuendatud aktualizováno",
    "upravené posodobljeno ažurirano frissítve módosítva actualizat actualitzat güncelleme güncellendi",
    "обновлено изменено оновлено обновена ενημέρωση ενημερώθηκε atnaujinta atjaunots diperbarui dikemaskini",
    "opgedateer 更新 最終更新 最后更新 最後更新 最后更新于 最後更新於 修改 更新于 更新於 تحديث עודכן अपडेट अपडेटेड আপডেট",
    "수정 업데이트 최종수정 기사수정 최종업데이트",
)
FILLERS = _words(
    "on the of at in as date dated datum fecha data dato dátum tarih tarihi дата first last originally latest page",
    "article story and am vom den der dem zuletzt zuerst letzte um uhr von le la il al el du à a en de las dia día",
    "em às no dnia dne dnes op om laatst d kl klo online line web temps sidst sist senast viimeksi naposledy",
    "última ultimo vez ngày lúc pada tanggal tarihinde son thứ hai ba tư năm sáu bảy chủ nhật d ч",
    "تم تاريخ في يوم آخر เวลา น 日 期 时 時 间 間",
)
"""Words that may stand beside a date on a line of its own and say nothing about it."""

CIRCA = _words("c ca cca circa approx approximately about around vers environ env um etwa rond około noin")
SURE_CIRCA = _words("c ca cca circa")
"""Those that say no more than 'about'; the rest are ordinary words, trusted only where the whole text is a date."""

OF = _words("of de del do di du d den")
ORDINALS = _words("st nd rd th er ere eme e o º ª a de ten ste te")
YEAR_BEFORE_DAY = _words("m gada")
"""The word for 'year' of languages in which the day follows the year."""
AFTER_YEAR = _words("г года року р r roku m metų év")
BEFORE_TIME = _words(
    "at um à a las às as alle ore om kl klo o godz h hora horas ora saat в о u เวลา lúc pukul jam t le on @"
)
BEFORE_DATE = _words("on am le el il den dne op dnia")
"""What may stand between a time and the date behind it."""

DAYS_FROM_NOW = _words(
    "yesterday today now gestern heute hier aujourd'hui aujourd hui ayer hoy ontem hoje ieri oggi gisteren vandaag",
    "wczoraj dzisiaj dziś igår idag eilen tänään вчера сегодня вчора сьогодні dün bugün kemarin",
    "昨日 今日 昨天 今天 어제 오늘",
)
RELATIVE = _words(
    "ago vor il y a hace há ha fa geleden temu sedan för siden sitten před назад önce just eben gerade i over about",
    "second seconds sec secs minute minutes min mins m hour hours hr hrs h day days d week weeks w month months mo",
    "year years sekunde sekunden minuten stunde stunden std tag tage tagen woche wochen monat monate monaten jahr",
    "jahre jahren seconde secondes heure heures jour jours semaine semaines mois an ans año años mes meses semana",
    "semanas día días hora horas minuto minutos ora ore giorno giorni settimana settimane mese mesi anno anni",
    "minuti uur uren dagen weken maand maanden jaar godzin godziny godzinę minut minuty dni dzień tydzień tygodni",
    "miesiąc miesiące miesięcy timer time dager uker timmar dagar veckor månader dia dias mês one few",
    "минут минуты часа часов час дней дня день saat gün dakika hafta ay ein eine einer einem einen un una uno une",
    "分 钟前 小 时 前 天前 時 間前 日 시 간 전 일 분 und and",
)
AGO = _words("ago vor il hace há fa geleden temu sedan siden sitten назад önce")
"""Those that make a date of a line which has no number ("an hour ago", "vor einer Woche")."""
FIRST_HALF = _words("午前 上午 오전 凌晨 早上")
SECOND_HALF = _words("午後 下午 오후 晚上")
EAST_ASIAN_WEEKDAYS = _words(
    "月 火 水 木 金 土 日 月曜 火曜 水曜 木曜 金曜 土曜 曜 星期 星期一 星期二 星期三 星期四 星期五 星期六",
    "周 周一 周二 周三 周四 周五 周六 週 週一 週二 週三 週四 週五 週六",
    "월 화 수 목 금 토 월요 화요 수요 목요 금요 토요 요",
)

_HOURS_EAST = """
Z 0, UTC 0, GMT 0, WET 0, WEST 1, CET 1, CEST 2, MEZ 1, MESZ 2, EET 2, EEST 3, MSK 3, TRT 3, WAT 1, CAT 2, SAST 2,
EAT 3, EST -5, EDT -4, CST -6, CDT -5, MST -7, MDT -6, PST -8, PDT -7, AKST -9, AKDT -8, HST -10, PKT 5, NPT 5.75,
WIB 7, ICT 7, SGT 8, MYT 8, HKT 8, PHT 8, AWST 8, JST 9, KST 9, ACST 9.5, ACDT 10.5, AEST 10, AEDT 11, NZST 12, NZDT 13
"""
ZONES: dict[str, int | str | None] = {
    **{name: round(float(hours) * 60) for name, hours in map(str.split, _HOURS_EAST.split(","))},
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
    # Each of these is used by places whose clocks differ; only the publisher's own zone can say which is meant.
    **dict.fromkeys(("BST", "IST", "AST", "ADT", "GST", "SST", "BDT", "ECT")),
}
"""Zone abbreviation → minutes east of UTC, or the place whose clock is meant, or None where it is ambiguous."""

_LEAST = 3


def _forms(line: str) -> list[list[str]]:
    return [[fold(form.replace("_", " ")) for form in name.split("/")] for name in line.split()]


def _lookup(lines: Iterable[str]) -> tuple[dict[str, int], dict[str, int]]:
    """Whole names and short forms → position in the line; an earlier line wins, a clash within a line is left out."""
    whole: dict[str, int] = {}
    short: dict[str, int] = {}
    for line in lines:
        prefixes: dict[str, set[int]] = {}
        for position, forms in enumerate(_forms(line), start=1):
            for form in forms:
                whole.setdefault(form, position)
                for length in range(_LEAST, len(form)):
                    prefixes.setdefault(form[:length], set()).add(position)
        for prefix, positions in prefixes.items():
            if len(positions) == 1:
                short.setdefault(prefix, min(positions))
    return whole, short


@lru_cache(maxsize=64)
def _months(languages: tuple[str, ...]) -> tuple[dict[str, int], dict[str, int]]:
    asked = [language for language in languages if language in MONTHS]
    # Croatian shares a month name with Polish and Czech and means another month by it: unasked, it comes last.
    others = [language for language in MONTHS if language not in asked]
    others.sort(key=lambda language: language == "hr")
    return _lookup(MONTHS[language] for language in (*asked, *others))


def primary(languages: Sequence[str] | None) -> tuple[str, ...]:
    """The primary subtags of language tags: ('de-AT', 'en') → ('de', 'en')."""
    return tuple(tag.replace("_", "-").partition("-")[0].lower() for tag in languages or ())


def month(word: str, languages: tuple[str, ...] = ()) -> int | None:
    """The month, 1 to 12, that a folded word names in full or by its first letters; None where it is no month."""
    whole, short = _months(languages)
    return whole.get(word) or short.get(word)


def month_in_full(word: str, languages: tuple[str, ...] = ()) -> int | None:
    """The month that a folded word names in full, or by a usual English short form."""
    whole, _ = _months(languages)
    return whole.get(word) or (_ENGLISH_SHORT.get(word))


def season(word: str) -> int | None:
    """The season that a folded word names, as EDTF writes it: 21 spring, 22 summer, 23 autumn, 24 winter."""
    return _SEASONS.get(word)


def weekdays(word: str, *, short: bool) -> frozenset[int]:
    """The weekdays, 1 (Monday) to 7, that a folded word may name in some language; empty where it is none.

    Args:
        word: the folded word.
        short: also accept short forms ('thu', 'do').
    """
    return _WEEKDAYS.get(word) or (_SHORT_WEEKDAYS.get(word, frozenset()) if short else frozenset())


def _weekday_tables() -> tuple[dict[str, frozenset[int]], dict[str, frozenset[int]]]:
    whole: dict[str, set[int]] = {}
    short: dict[str, set[int]] = {}
    for line in WEEKDAYS.values():
        for position, forms in enumerate(_forms(line), start=1):
            for form in forms:
                whole.setdefault(form, set()).add(position)
                for length in range(_LEAST, len(form)):
                    short.setdefault(form[:length], set()).add(position)
    for line in TWO_LETTER_WEEKDAYS.values():
        for position, form in enumerate(line.split(), start=1):
            short.setdefault(form, set()).add(position)
    return (
        {word: frozenset(days) for word, days in whole.items()},
        {word: frozenset(days) for word, days in short.items()},
    )


_WEEKDAYS, _SHORT_WEEKDAYS = _weekday_tables()
_SEASONS = {form: 20 + n for line in SEASONS.values() for n, forms in enumerate(_forms(line), 1) for form in forms}
_ENGLISH_SHORT = {name[:3]: n for n, name in enumerate(MONTHS["en"].split(), start=1)}


@lru_cache(maxsize=64)
def beginnings(languages: tuple[str, ...]) -> frozenset[str]:
    """Every folded word that an expression can begin with."""
    whole, short = _months(languages)
    return frozenset({*whole, *short, *_WEEKDAYS, *_SHORT_WEEKDAYS, *_SEASONS, *CIRCA, *FIRST_HALF, *SECOND_HALF})
