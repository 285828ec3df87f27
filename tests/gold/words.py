"""The words of which gold discussions are made: invented people, houses and sentences, drawn from a seed.

Here belongs the vocabulary. Not here: discussions (`desk`) and pages (`designs_*`).
"""

from random import Random

GIVEN = (
    "Ada", "Tomasz", "Ingrid", "Rosalind", "Kwabena", "Yusuf", "Marguerite", "Leonie", "Pieter", "Solveig", "Anand",
    "Catalina", "Desmond", "Ewa", "Farida", "Gustavo", "Helena", "Ibrahim", "Jolanta", "Karim", "Lucía", "Mbali",
    "Noor", "Oisín", "Priya", "Quentin", "Renata", "Søren", "Thandeka", "Ulrike", "Viktor", "Wilhelmina", "Zsófia",
    "Anne-Marie", "Jean-Luc", "Mei-Ling", "Zoë", "Édouard", "Nuala", "Barnaby",
)  # fmt: skip
FAMILY = (
    "Abernethy", "Boateng", "Castellanos", "Drăgulescu", "Eriksdotter", "Fairweather", "Grzybowska", "Hallgrímsson",
    "Iwu", "Jankowski", "Kaminski", "Lindqvist", "Mutasa", "Nakashima", "Oyelaran", "Petrescu", "Quigley", "Rasmussen",
    "Szabó", "Thistlewood", "Underhill", "Vasquez", "Whitcombe", "Xhaferi", "Yilmaz", "Zielinski", "Bader-Holm",
    "Mensah-Osei", "O’Rourke", "McIlwraith", "Ní Dhomhnaill", "van der Aa", "de la Cour", "al-Khalili", "von Arnsberg",
    "Ferreira da Costa", "Le Goff", "DeMarco", "Okonjo", "Brandvold",
)  # fmt: skip
ORGANISATIONS = (
    "Tenants’ Union of Marle", "Network for Open Harbours", "Campaign for Slow Roads", "Coastal Workers’ Alliance",
    "Marle Institute for Public Goods", "Rivers & Wetlands Trust",
)  # fmt: skip
ELSEWHERE = {
    "ru": ("Ирина Соколова", "Павел Журавлёв", "Марина Ковальчук", "Олег Бондаренко", "Наталья Светлова"),
    "el": ("Ελένη Παπαδάκη", "Νίκος Γεωργίου", "Μαρία Ιωαννίδου", "Κώστας Αλεξίου", "Σοφία Μακρή"),
    "zh": ("王小明", "李晓红", "陈建国", "欧阳文静", "赵天宇"),
    "ja": ("山田 花子", "佐藤 健一", "中村 由美", "小林 直樹", "高橋 恵"),
    "ar": ("ليلى منصور", "كريم الحداد", "سعاد بن علي", "عمر الشريف", "هالة نصر"),
    "ko": ("김민수", "이서연", "박지훈", "최은영", "정하늘"),
}
PLACES = ("Marle", "Ostrava Bay", "Kestrel Point", "Nordhaven", "San Telmo", "Lower Wick", "Dunmarrow", "Pelorus")
SUBJECTS = (
    "law", "hydrology", "political economy", "urban planning", "ethics", "public health", "labour history",
    "maritime studies", "statistics", "education",
)  # fmt: skip
POSTS = (
    "professor of {subject} at the University of {place}", "senior lecturer in {subject}, {place} College",
    "director of the {place} Institute", "research fellow, Centre for {Subject}", "chair of the {place} Port Authority",
    "policy lead at {place} Watch", "author of The Long Quay", "former mayor of {place}", "Harbour Foundation",
    "Reader in {Subject}, {place} School of Economics", "{place} Federation of Pilots (PFP)", "novelist and translator",
)  # fmt: skip

THINGS = (
    "harbour", "tariff", "school", "ferry", "budget", "reservoir", "union", "archive", "dredger", "railway",
    "council", "market", "hospital", "levee", "lighthouse", "census", "charter", "pension", "warehouse", "estuary",
)  # fmt: skip
PEOPLE = (
    "pilots", "dockers", "tenants", "engineers", "teachers", "fishers", "auditors", "nurses", "voters", "clerks",
    "ministers", "students", "lenders", "insurers", "neighbours", "farmers",
)  # fmt: skip
QUALITIES = (
    "slow", "costly", "quiet", "fair", "patient", "uneven", "public", "brittle", "honest", "local", "ordinary",
    "reckless", "careful", "lasting", "hollow",
)  # fmt: skip
DOINGS = (
    "pay for", "argue over", "rebuild", "neglect", "inspect", "inherit", "close", "share", "measure", "defend",
    "sell", "misread", "staff", "tax",
)  # fmt: skip
SENTENCES = (
    "The {thing} was never meant to be {quality}, and the {people} knew it.",
    "If the {people} {doing} the {thing}, somebody else will have to {doing2} the {thing2}.",
    "I have spent {number} years watching {people} {doing} a {quality} {thing}.",
    "In {year} the {thing} of {place} closed on Tuesdays; by {year2} it opened on one.",
    "What would it mean to {doing} a {thing} that nobody owns?",
    "Nobody asked the {people}.",
    "That is a {quality} answer to a {quality2} question.",
    "We should {doing} the {thing} first, and only then talk about the {thing2}.",
    "My own view is that {people} and {people2} want the same {quality} {thing}.",
    "The evidence from {place} is mixed, but it points towards a more {quality} {thing}.",
    "There is, of course, an objection: the {people} may refuse to {doing} it.",
    "“We {doing} the {thing} because we must,” one of the {people} told me in {year}.",
    "It costs little. It has been refused {number} times.",
    "Between {year} and {year2}, some {number} per cent of {people} left {place}.",
    "A {thing} without {people} is only a {quality} {thing2}.",
    "Yes, the {thing} matters; no, it does not matter more than the {thing2}.",
    "Consider the {people} of {place}, who {doing} their {thing} every spring.",
    "This is why the {quality} {thing} needs {people} who are not afraid to {doing} it.",
    "Every {thing} has its {people}, and every one of them has a {quality} story.",
    "Whether the {people} will {doing} the {thing} is a matter of law, not of taste.",
)  # fmt: skip
SHORT = ("No.", "It depends.", "Yes, and soon.", "Not yet.", "I doubt it.", "Absolutely.", "Only if we must.")
HEADINGS = (
    "A {quality} {thing} for {place}", "Why {people} {doing} the {thing}", "The {thing} we forgot",
    "Ask the {people}", "Against the {quality} {thing}", "Two kinds of {thing}", "What {place} can teach",
)  # fmt: skip
QUESTIONS = (
    "Who should {doing} the {thing} of {place}?",
    "Can {people} {doing} a {quality} {thing}? And who decides?",
    "What should {people} do about the {thing}?",
    "Is the {thing} still {quality} enough for {people}?",
    "How can {people} and {people2} {doing} the {thing} together?",
    "Should {place} {doing} its {thing}?",
)  # fmt: skip


def filled(chance: Random, template: str) -> str:
    """A template with its places filled."""
    subject = chance.choice(SUBJECTS)
    year = chance.randint(1950, 2010)
    return template.format(
        thing=chance.choice(THINGS), thing2=chance.choice(THINGS), people=chance.choice(PEOPLE),
        people2=chance.choice(PEOPLE), quality=chance.choice(QUALITIES), quality2=chance.choice(QUALITIES),
        doing=chance.choice(DOINGS), doing2=chance.choice(DOINGS), place=chance.choice(PLACES), subject=subject,
        Subject=subject.title(), year=year, year2=year + chance.randint(2, 12), number=chance.randint(3, 60),
    )  # fmt: skip


def sentence(chance: Random) -> str:
    return filled(chance, chance.choice(SENTENCES))


def paragraph(chance: Random, least: int = 2, most: int = 6) -> str:
    return " ".join(sentence(chance) for _ in range(chance.randint(least, most)))


def heading(chance: Random) -> str:
    return filled(chance, chance.choice(HEADINGS))


def question(chance: Random) -> str:
    return filled(chance, chance.choice(QUESTIONS))


def post(chance: Random) -> str:
    return filled(chance, chance.choice(POSTS))


def name(chance: Random) -> str:
    given = chance.choice(GIVEN)
    initial = f" {chance.choice('ABCDEFGHJKLMPRSTW')}." if chance.random() < 0.15 else ""
    return f"{given}{initial} {chance.choice(FAMILY)}"
