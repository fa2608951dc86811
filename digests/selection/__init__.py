"""What a digest brings: new in the chosen areas, not read or watched yet, and still public (docs/adr/0022-editions.md).

`choose` names the items of one subscriber, and `assemble` makes a digest of them whenever one is rendered; with `_many`
the same for any number of subscribers, in as many queries as for one.
"""

from digests.selection.assembling import assemble, assemble_many, preview, preview_for
from digests.selection.choosing import choose, choose_many
from digests.selection.digest import COVER, THUMB, Digest, Section, Step
from digests.selection.ranking import MOST_ITEMS, MOST_PARTS
from digests.selection.readers import new_since

__all__ = [
    "COVER",
    "MOST_ITEMS",
    "MOST_PARTS",
    "THUMB",
    "Digest",
    "Section",
    "Step",
    "assemble",
    "assemble_many",
    "choose",
    "choose_many",
    "new_since",
    "preview",
    "preview_for",
]
