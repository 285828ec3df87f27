"""What an editor has on the desk before any page is made: a discussion with its people, answers and questions.

Here belong the discussions and how they are drawn from a seed. Not here: pages (`designs_*`) and figures (`scores`).
"""

from dataclasses import dataclass
from random import Random

from tests.gold import words


@dataclass(frozen=True)
class Answer:
    """One answer: `paragraphs` are its words exactly; `names` its people, or the organisation that answers."""

    names: tuple[str, ...]
    affiliation: str
    bio: str
    paragraphs: tuple[str, ...]
    title: str
    stance: str

    @property
    def name(self) -> str:
        return " & ".join(self.names) if len(self.names) < 3 else ", ".join(self.names[:-1]) + " and " + self.names[-1]

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)

    @property
    def surname(self) -> str:
        first, _, rest = self.names[0].partition(" ")
        return rest.partition(". ")[2] or rest or first


@dataclass(frozen=True)
class Discussion:
    """A question, an introduction, and the answers; `further` are questions that the same people answer below."""

    title: str
    standfirst: str
    introduction: tuple[str, ...]
    question: str
    answers: tuple[Answer, ...]
    further: tuple[tuple[str, tuple[Answer, ...]], ...] = ()

    @property
    def rounds(self) -> tuple[tuple[str, tuple[Answer, ...]], ...]:
        return ((self.question, self.answers), *self.further)


def _paragraphs(chance: Random, others: list[str]) -> tuple[str, ...]:
    """One to five paragraphs; now and then one that begins with, or speaks of, another respondent."""
    found = [words.paragraph(chance) for _ in range(chance.choice((1, 2, 2, 3, 3, 4, 5)))]
    if chance.random() < 0.12:
        found = [chance.choice(words.SHORT)]
    elif chance.random() < 0.25 and others:
        other = chance.choice(others)
        found.append(
            chance.choice(
                (
                    f"{other} is right to ask who pays, and I would go further. {words.sentence(chance)}",
                    f"As {other} says, nobody asked. {words.sentence(chance)}",
                    f"I disagree with {other}: the argument is too quick. {words.sentence(chance)}",
                )
            )
        )
        found.append(words.paragraph(chance))
    return tuple(found)


def _agents(chance: Random, taken: set[str], kinds: bool) -> tuple[str, ...]:
    while True:
        if kinds and chance.random() < 0.07:
            names: tuple[str, ...] = (chance.choice(words.ORGANISATIONS),)
        elif kinds and chance.random() < 0.08:
            names = (words.name(chance), words.name(chance))
        else:
            names = (words.name(chance),)
        last = {name.split()[-1] for name in names}
        if not last & taken and len(last) == len(names):
            taken |= last
            return names


def answer(chance: Random, names: tuple[str, ...], others: list[str]) -> Answer:
    post = words.post(chance)
    verb = "are" if len(names) > 1 else "is"
    bio = f"{' & '.join(names)} {verb} {chance.choice(('', 'the ', 'a '))}{post}."
    return Answer(
        names,
        post[0].upper() + post[1:],
        bio,
        _paragraphs(chance, others),
        words.heading(chance),
        chance.choice(("Yes", "No")),
    )


def discussion(seed: int, script: str = "", kinds: bool = True, rounds: int = 1) -> Discussion:
    """A discussion of three to nine answers.

    Args:
        seed: the same seed makes the same discussion.
        script: a key of `words.ELSEWHERE`, for names in another script.
        kinds: whether organisations and pairs may answer too.
        rounds: how many questions the same people answer.
    """
    chance = Random(seed)
    count = chance.randint(3, 9)
    if script:
        agents = [(name,) for name in chance.sample(words.ELSEWHERE[script], min(count, 5))]
    else:
        taken: set[str] = set()
        agents = [_agents(chance, taken, kinds) for _ in range(count)]
    people = [names[0] for names in agents]
    first = tuple(answer(chance, names, [p for p in people if p not in names]) for names in agents)
    further = tuple(
        (
            words.question(chance),
            tuple(
                Answer(a.names, a.affiliation, a.bio, _paragraphs(chance, []), words.heading(chance), a.stance)
                for a in first
            ),
        )
        for _ in range(rounds - 1)
    )
    return Discussion(
        chance.choice(("Symposium: ", "We asked: ", "")) + words.heading(chance),
        words.sentence(chance),
        tuple(words.paragraph(chance) for _ in range(chance.randint(0, 2))),
        words.question(chance),
        first,
        further,
    )


@dataclass(frozen=True)
class Inset:
    """What stands inside the answer of the number `answer`: a link to a follow-up, or words of `name`."""

    answer: int
    text: str
    name: str = ""
    url: str = ""


def insets(d: Discussion) -> tuple[Inset, ...]:
    """The insets of a discussion: every second answer has a link, every third the words of the one before."""
    chance = Random(d.question)
    found = []
    for number, _ in enumerate(d.answers):
        if number % 2 == 0:
            found.append(Inset(number, words.question(chance), url=f"https://marle.example/follow-up/{number}/"))
        if number % 3 == 1 and len(d.answers[number - 1].names) == 1:
            found.append(Inset(number, words.paragraph(chance, 2, 3), name=d.answers[number - 1].name))
    return tuple(found)
