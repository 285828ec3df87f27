"""The closing reply of those who opened a discussion: a rejoinder, and not one more response.

Here belongs telling it from the responses. Not here: whom it answers (`addressees`).
"""

from collections import defaultdict
from collections.abc import Iterable

from archive.discussion.identity import Sight

_RULE = "by those who wrote the lead, and not the lead: a closing reply"


def mark_rejoinders(sights: Iterable[Sight]) -> None:
    """Give the role `rejoinder` to what the authors of a lead wrote after it, in the same round table or on one page.

    Args:
        sights: every section with its contribution; roles are changed in place.
    """
    discussions: dict[object, list[Sight]] = defaultdict(list)
    for sight in sights:
        if sight.who and sight.section.role != "comment":
            discussions[sight.scope if sight.place.table else sight.page].append(sight)
    for members in discussions.values():
        leads = [sight for sight in members if sight.role == "lead"]
        own = {sight.contribution_id for sight in leads}
        for sight in members:
            if sight.role in {"response", "article"} and sight.contribution_id not in own:
                lead = next((lead for lead in leads if lead.who == sight.who and not _is_before(sight, lead)), None)
                if lead:
                    sight.role, sight.role_rule = "rejoinder", _RULE


def _is_before(sight: Sight, lead: Sight) -> bool:
    one, other = sight.seen.published_on, lead.seen.published_on
    return one is not None and other is not None and one < other
