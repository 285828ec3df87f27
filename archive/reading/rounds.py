"""Questions between the turns of those who answer each of them, and two who speak with each other.

    How did you meet?   AL: By chance.   TI: On a quay.      And then?   TI: A boat.   AL: A bill.

Here belongs telling whose words stand last in a turn, and an exchange from an interview. Not here: questions that
stand under a label of their own (`moderators`), or in a heading (`segments`).
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from archive.reading.extents import LONGEST_QUESTION, Flow, Turn, asks, only_asks
from archive.reading.openings import key
from archive.reading.page import Block

_LEAST_SHARE = 0.25
_MOST_ASKING = 3


def questions(flow: Flow, turns: Sequence[Turn]) -> frozenset[int]:
    """The indexes of the blocks that end a turn, and ask what the same people answer below as they did above.

    Somebody may end with a question too: only where each question has its own round of answers, and nobody answers
    twice in one, is it none of theirs.
    """
    asked: list[int] = []
    rounds = [[_speaker(turns[0])]]
    for turn, later in pairwise(turns):
        last = _last(flow, turn)
        if last is not None and flow.said(turn) > len(flow.blocks[last].text) and _may_ask(flow, last):
            asked.append(last)
            rounds.append([])
        rounds[-1].append(_speaker(later))
    each_once = all(len(set(answering)) == len(answering) for answering in rounds)
    alike = all(len(set(one) & set(other)) > 1 for one, other in pairwise(rounds))
    return frozenset(asked) if each_once and alike else frozenset()


def are_headed(flow: Flow, turns: Sequence[Turn]) -> bool:
    """Whether headings that ask part the turns into rounds, and whoever speaks in one speaks in the others, once."""
    made = [[_speaker(turns[0])]]
    for turn, later in pairwise(turns):
        last = flow.blocks[turn.end - 1]
        if turn.end - 1 > turn.place.index and last.level and asks(last.text):
            made.append([])
        made[-1].append(_speaker(later))
    each_once = all(len(set(answering)) == len(answering) for answering in made)
    return len(made) > 1 and each_once and all(len(set(one) & set(other)) > 1 for one, other in pairwise(made))


def are_asked_again(blocks: Sequence[Block], turns: Sequence[Turn]) -> bool:
    """Whether each turn begins with what is asked above its label, the same words for several.

    Where something else is asked above all of them, it is that, and who answers may well begin with a question.
    """
    above = [blocks[turn.start].text for turn in turns if turn.start < turn.place.index]
    before = [block.text for block in blocks[: turns[0].start] if only_asks(block.text)]
    is_asked = len(above) == len(turns) > len(set(above)) and all(map(only_asks, above))
    return is_asked and (not before or before[-1] in above)


def is_exchange(flow: Flow, turns: Sequence[Turn], asked: frozenset[int]) -> bool:
    """Whether two speak with each other: neither says little, and neither mostly asks."""
    said: Counter[tuple[str, ...]] = Counter()
    asking: Counter[tuple[str, ...]] = Counter()
    count: dict[tuple[str, ...], int] = defaultdict(int)
    for turn in turns:
        speaker, last = _speaker(turn), _last(flow, turn, asked)
        words = flow.blocks[last].text if last is not None else turn.place.rest
        count[speaker] += 1
        said[speaker] += flow.said(turn) - sum(
            len(flow.blocks[i].text) for i in range(turn.start, turn.end) if i in asked
        )
        asking[speaker] += asks(words)
    return (
        min(count.values()) > 1
        and min(said.values()) >= _LEAST_SHARE * said.total()
        and all(asking[speaker] * _MOST_ASKING <= count[speaker] for speaker in count)
    )


def _speaker(turn: Turn) -> tuple[str, ...]:
    return key(turn.place.voice.name) if turn.place.voice else ()


def _last(flow: Flow, turn: Turn, without: frozenset[int] = frozenset()) -> int | None:
    """The last block that is said in a turn below its label."""
    places = [i for i in range(turn.place.index + 1, turn.end) if i not in without and flow.runs[i]]
    return places[-1] if places else None


def _may_ask(flow: Flow, index: int) -> bool:
    text = flow.blocks[index].text
    return only_asks(text) and len(text) <= LONGEST_QUESTION
