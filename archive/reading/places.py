"""Where an element stands in a page: its path, and whether it is inside another.

Here belongs locating alone. Not here: what stands in an element (`markup`).
"""

from selectolax.lexbor import LexborNode

_DEEPEST = 200
"""Below this depth a place is named by its ancestor: paths of hostile nesting would fill the memory."""
_ALONE = frozenset(("html", "body", "head"))
_OUTSIDE = frozenset((None, "-document", "-undef"))


class Places:
    """The places of the elements of one page; the children of an element are numbered once, however many are asked."""

    def __init__(self) -> None:
        self._paths: dict[int, tuple[str, int]] = {}
        self._numbers: dict[int, int] = {}

    def path(self, node: LexborNode) -> str:
        """The place of an element, as a path of elements: `/html/body/main[1]/p[3]`."""
        chain: list[LexborNode] = []
        current: LexborNode | None = node
        known = None
        while current is not None and current.tag not in _OUTSIDE:
            known = self._paths.get(current.mem_id)
            if known is not None:
                break
            chain.append(current)
            current = current.parent
        path, depth = known or ("", 0)
        for element in reversed(chain):
            if depth < _DEEPEST:
                tag = element.tag
                path = f"{path}/{tag}" if tag in _ALONE else f"{path}/{tag}[{self._number(element)}]"
                depth += 1
            self._paths[element.mem_id] = path, depth
        return path

    def _number(self, node: LexborNode) -> int:
        found = self._numbers.get(node.mem_id)
        if found is not None:
            return found
        counts: dict[str | None, int] = {}
        parent = node.parent
        sibling = parent.child if parent is not None else node
        while sibling is not None:
            tag = sibling.tag
            counts[tag] = self._numbers[sibling.mem_id] = counts.get(tag, 0) + 1
            sibling = sibling.next
        return self._numbers[node.mem_id]


def is_inside(node: LexborNode, other: LexborNode) -> bool:
    """Whether `node` is `other`, or somewhere in it."""
    wanted = other.mem_id
    current: LexborNode | None = node
    while current is not None:
        if current.mem_id == wanted:
            return True
        current = current.parent
    return False
