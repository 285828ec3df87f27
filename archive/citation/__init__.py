"""Citations, rendered when a release is made.

Here belongs the order: a contribution's reference (`reference`), its words in each style (`plain`, `rendering`), and
the rows of `citations`. Not here: file formats for reference managers, which the warehouse writes from the references.
"""

import json

from archive.citation import plain, rendering
from archive.citation.reference import references
from archive.model import Citation
from archive.model.records import Records

REFERENCE = "csl-json"
"""The style under which the reference itself stands: what the other styles and the exports are made from."""
STYLES = (*rendering.STYLES, REFERENCE, "plain")


def add_citations(records: Records, kept: rendering.Texts | None = None) -> None:
    """Add a citation in every style for each contribution that is shown.

    Args:
        records: gets the rows; it has all others already.
        kept: what was rendered before, by a digest of reference and style; gets what is rendered now.
    """
    items = dict(references(records))
    rendered = rendering.rendered(items.values(), {} if kept is None else kept)
    for (contribution_id, item), texts in zip(items.items(), rendered, strict=True):
        styles = {**texts, REFERENCE: json.dumps(item, ensure_ascii=False), "plain": plain.text(item)}
        records.extend(
            Citation(contribution_id=contribution_id, style=style, text=text) for style, text in styles.items()
        )
