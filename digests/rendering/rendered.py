"""A mail as it was rendered: for one person, or for all whose mail is equal, with holes for the rest."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

from django.utils.html import escape

from digests.links import Links

#: What stands in a hole: nobody can write it, for it is another in each process.
_SECRET = secrets.token_hex(8)


def hole(name: str) -> str:
    return f"hole-{name}-{_SECRET}"


#: The links of nobody, where the mail of everybody has their own.
HOLES = Links(hole("preferences"), hole("unsubscribe"))


@dataclass(frozen=True)
class Rendered:
    subject: str
    preheader: str
    html: str
    text: str

    def for_person(self, links: Links) -> Rendered:
        """Fill the holes that are left for links."""
        html, text = self.html, self.text
        for name, value in ((HOLES.preferences, links.preferences), (HOLES.unsubscribe, links.unsubscribe)):
            html, text = html.replace(name, escape(value)), text.replace(name, value)
        return replace(self, html=html, text=text)
