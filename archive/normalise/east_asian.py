"""Names in Han and Hangul characters: told by the family names that they begin with.

Here belong the family names of China, Korea and Japan, and words that begin like one. Not here: names in other scripts
(`persons`), and labels or roles beside a name (`name_words`).

These scripts have neither capital letters nor, mostly, spaces, so that a word of the interface ('关注', '입력') has the
form of a name. But the family name comes first, and there are few: some four hundred of one character cover nearly
everybody in China, eighty of one syllable Korea; Japanese ones have two characters, of which few are the second.
"""

import re

_CHINESE = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦昌"
    "马苗凤方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余元卜顾孟黄穆萧尹姚邵湛汪祁"
    "毛禹狄米贝臧伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻贾路娄危江童颜郭梅林刁钟徐邱骆高夏蔡田樊胡凌"
    "霍虞万柯昝管卢莫房裘缪解丁宣贲邓郁杭洪诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊甄曲封芮羿储靳汲邴糜松井段巫"
    "乌焦巴牧隗谷车侯宓蓬郗班秋仲伊宫宁仇栾甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰鄂索籍赖卓蔺"
    "屠蒙池乔阴胥苍莘翟谭贡劳逄姬申扶冉宰郦雍璩桑桂濮牛寿扈燕冀郏浦尚农温庄晏柴瞿阎慕茹习宦艾鱼古易慎戈廖"
    "庾衡耿满弘匡寇禄阙欧殳沃蔚夔隆巩厍聂晁敖冷訾辛阚那简饶曾毋沙养鞠丰巢蒯荆游竺逯盖桓关查向文包覃佘肖闫"
    "付涂代岳帅苑尧鹿揭卿冼邝仝苟母兰连战趙錢孫吳鄭馮陳衛蔣韓楊許呂張嚴謝鄒竇雲蘇魯韋馬鳳費賀湯羅畢鄔樂齊"
    "顧黃蕭貝談龐紀項藍閔賈婁顏鍾駱萬盧繆鄧諸鈕龔陸榮葉烏車寧欒厲劉龍賴藺喬陰譚貢勞酈農溫莊閻習魚滿歐鞏聶"
    "簡饒豐關蓋塗蘭帥堯鄺連戰閆"
)
_CHINESE_OF_TWO = frozenset(
    (
        "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 東方 皇甫 尉迟 公孙 公孫 慕容 令狐 司徒 端木 独孤 獨孤 夏侯 "
        "轩辕 钟离 宇文 长孙 南宫 西门 东郭"
    ).split()
)
_KOREAN = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유홍전고문손양배백허남심노하곽성차주우구민나진지엄원채천방공현"
    "함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국용예봉경"
)
_KOREAN_OF_TWO = frozenset("남궁 황보 제갈 사공 선우 서문 독고 동방".split())
_JAPANESE_SECOND = frozenset(
    "藤田本山川河村野沢澤井木林森橋原岡島嶋崎﨑浦谷池塚坂辺邊邉尾瀬倉葉松宮津堀杉渕淵槻柳桐垣笠畑畠渡江浜濱"
)
"""What the second character of most Japanese family names is, and hardly ever that of another word."""

_JAPANESE = frozenset(
    (
        "田中 山中 竹中 畑中 井上 村上 川上 野上 三上 坂上 池上 浦上 木下 山下 松下 宮下 森下 竹下 岩下 坂下 "
        "山口 野口 川口 関口 田口 谷口 樋口 坂口 井口 浜口 江口 原口 溝口 山内 竹内 河内 堀内 大内 武内 宮内 "
        "木内 池内 阿部 服部 渡部 安部 岡部 磯部 矢部 本間 風間 馬場 鶴見 高見 吉見 田代 金子 増子 大石 白石 "
        "立石 清水 菊地 宮城 古賀 志賀 有馬 相馬 小関 金城 結城 佐々木 長谷川 五十嵐 久保田 小野寺 大久保 "
        "佐久間 長谷部 久保 土屋 大西 中西 小西 三輪 近江 安達 足立 三好 渡会 新妻 大友 新垣 比嘉"
    ).split()
)
_JAPANESE_OF_ONE = frozenset("林森原堀関辻岡東南星島谷菅牧泉浜桂柳")
_PLACES = frozenset("県市町村区都府道駅港")

_WORDS = frozenset(
    (
        "关注 关于 关闭 关键词 关键字 高清 高校 高考 任务 任意 金融 金额 安全 安装 安徽 方法 方式 方案 路透 "
        "文章 文化 文字 文学 文档 文件 文明 文娱 包括 包含 马上 常见 常用 常州 成功 成都 成员 成绩 查看 查询 "
        "查找 向上 向下 解读 解密 解决 车友 车市 车型 车险 江西 江苏 云南 云端 石油 程序 黄金 白银 温馨 元素 "
        "元旦 金币 金牌 华为 华人 万科 万元 任命 游戏 游客 简介 简历 简体 连载 连接 连续 冷知识 代码 代理 "
        "代表 印刷 封面 封号 项目 项目部 温度 高级 高速 高铁 江湖 石家庄 宁夏 宁波 荣誉 养生 养老 养殖 农业 "
        "农村 农民 农历 房产 房价 房屋 管理 管理员 沙龙 易车 司法 储存 储蓄 米兰 巴黎 巴西 印度 印尼 伊朗 "
        "蒙古 罗马 华盛顿 金山 古代 古典 秋季 夏季 雷达 雷锋 習慣 関連 関西 関東 関係 東京 東北 東洋 南部 "
        "南米 原文 原因 原油 原創 原创 林業 森林 星座 島根 文責 文芸 文書 連載 連絡 高校生 日本 基本 資本 "
        "見本 絵本 分野 視野 農村 農林 石川県 成人 成年 鱼类 符号 武术 武器 景点 景区 祖国 尚未 何时 于是 "
        "那些 那么 向导 常识 殷墟 连锁 余额 余下 童装 童话 沃尔玛 钟表 宫廷 施工 华南 华北 华东 康复 谈话 "
        "谈判 解放 解析 解释 印象 古装 古玩 "
        "기자 기사 이메일 이전 이슈 이상 이름 이미지 이용 이벤트 주요 주식 주소 주간 인기 인쇄 인천 인물 인사 "
        "인터뷰 인턴 전체 전국 전송 전화 전북 전남 전문 정치 정보 정책 정정 정렬 경제 경기 경북 경남 경찰 "
        "경향 문화 문의 문자 오늘 오전 오후 오류 지역 지금 지난 국제 국내 국회 국민 국방 연예 연재 연합 연구 "
        "여행 여기 여성 여론 금융 금지 방송 방법 방문 공유 공감 공지 공고 구독 구글 구인 신문 신고 신청 신년 "
        "제보 제목 제주 제공 제휴 선택 선호 설정 추천 추가 최신 최근 최초 최종 조회 조회수 조선 소개 소셜 "
        "소식 소비 고객 성인 성명 원문 원격 도움 도움말 도서 도시 한국 한국어 한글 강원 강조 남북 백과 서울 "
        "서비스 서명 서평 안내 안전 안보 송고 송출 심층 노동 노컷 하기 하단 차단 차트 우리 우수 민주 민생 "
        "나의 나머지 진행 천안 현장 현재 변경 표시 표지 명단 명언 기획 기타 기업 기본 기고 반응 왕실 모드 "
        "모두 모바일 모집 용어 용량 예술 예약 예정 위치 위로 장소 장르 장애 임시 유료 유튜브 유머 유통 전자 "
        "고급 고발 고향 문제 문단 손님 양식 배포 배너 배송 주제 주의 주말 지도 지면 석간 선거 설명 마감 마이 "
        "길게 연락 연결 위원 위원장 명령 반도체 금액 육아 인증 인용 맹목 탁구 예능 봉사 경로 경마"
    ).split()
)
"""Words of buttons, labels, menus and sections, and places, that begin like a name."""

_HANGUL, _HAN = re.compile("[\uac00-\ud7af]{2,4}"), re.compile("[\u3400-\u9fff\uf900-\ufaff々]{2,5}")
_GLUED = re.compile("(记者|記者|通讯员|作者|撰文|文(?=[/／＝=]))[/／＝=]?([㐀-鿿]{2,4})(?![㐀-鿿])")
_GLUED_BEHIND = re.compile(
    "(?<![㐀-鿿])([㐀-鿿々]{2,5})(记者|記者)(?![㐀-鿿])|(?<![가-힯])([가-힯]{3})(기자|특파원)(?![가-힯])"
)
_FROM_WHERE = re.compile("(?:\\s{0,2}[/／]\\s{0,2}|\\s)[㐀-鿿、]{0,8}(?:報導|报道|報道)")
_DATELINE = re.compile("((?:记者|記者)[㐀-鿿]{3})[㐀-鿿]{2,4}\\d{1,2}日[電电]")
_OPENING, _CLOSING = frozenset("（【〔"), frozenset("）】〕")
_KATAKANA = re.compile("[\u30a0-\u30ff]{2,12}(?:[・＝][\u30a0-\u30ff]{2,12})+")
_KANA = re.compile("[\u3040-\u309f]{2,5}|[\u30a0-\u30ff]{2,8}")


def is_full_name(text: str, *, surely: bool = False) -> bool:
    """Whether one word, or two with a space between them, can be a person's full name.

    Args:
        text: the word.
        surely: leave out two syllables of Hangul, which are more often a word than a name.
    """
    first, _, second = text.partition(" ")
    if " " in second or (surely and len(text) < 3 and _HANGUL.fullmatch(text)):
        return False
    if not second:
        return is_chinese(first) or _is_korean(first) or _is_japanese(first) or bool(_KATAKANA.fullmatch(first))
    if first in _WORDS or second in _WORDS:
        return False
    if _HANGUL.fullmatch(first + second):
        return (first in _KOREAN or first in _KOREAN_OF_TWO) and len(second) < 4
    if _KANA.fullmatch(second):
        return bool(_KANA.fullmatch(first)) or _is_japanese_family(first) or first in _JAPANESE_OF_ONE
    if not _HAN.fullmatch(first + second) or len(second) > 3:
        return False
    is_family = first in _CHINESE or first in _CHINESE_OF_TWO or first in _JAPANESE_OF_ONE
    return is_family or _is_japanese_family(first)


def unglued(text: str) -> str:
    """With a space between a name and the label at its side, and without what was reported from where.

    '记者王文', '文/王文', '山田太郎記者', '김민수기자', '〔記者黃小明／台北報導〕', '記者黃小明台北5日電'.
    """
    text = _FROM_WHERE.sub("", _DATELINE.sub(r"\1", text))
    if text[:1] in _OPENING and text[-1:] in _CLOSING:
        text = text[1:-1]
    text = _GLUED.sub(lambda found: f"{found[1]} {found[2]}" if is_full_name(found[2]) else found[0], text)
    return _GLUED_BEHIND.sub(_parted, text)


def _parted(found: re.Match[str]) -> str:
    name, label = found[1] or found[3], found[2] or found[4]
    return f"{name} {label}" if is_full_name(name) else found[0]


def is_chinese(word: str) -> bool:
    """Whether a word can be a Chinese full name: a family name and one or two characters."""
    if not _HAN.fullmatch(word) or word in _WORDS or word[:2] in _WORDS:
        return False
    if word[:2] in _CHINESE_OF_TWO:
        return 3 <= len(word) <= 4
    return word[0] in _CHINESE and len(word) <= 3


def _is_korean(word: str) -> bool:
    if not _HANGUL.fullmatch(word) or word in _WORDS:
        return False
    return (word[:2] in _KOREAN_OF_TWO and len(word) > 2) or (word[0] in _KOREAN and len(word) < 4)


def _is_japanese(word: str) -> bool:
    if not _HAN.fullmatch(word) or len(word) < 3 or word in _WORDS or word[:2] in _WORDS:
        return False
    if len(word) == 3 and word[0] in _JAPANESE_OF_ONE:
        return True
    if len(word) > 3 and word[:3] in _JAPANESE:
        return True
    return _is_japanese_family(word[:2]) and word[2] not in _PLACES


def _is_japanese_family(word: str) -> bool:
    return word in _JAPANESE or (len(word) == 2 and word[1] in _JAPANESE_SECOND)
