from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from digests.periods import Rhythm

NAMES: Mapping[str, str | Promise] = {
    Rhythm.DAILY: gettext_lazy("Your daily digest"),
    Rhythm.WEEKLY: gettext_lazy("Your weekly digest"),
    Rhythm.MONTHLY: gettext_lazy("Your monthly digest"),
}

#: What somebody may ask for who would rather have less mail, and how it is called in the foot.
RARER: Mapping[str, list[tuple[str, str | Promise]]] = {
    Rhythm.DAILY: [(Rhythm.WEEKLY, gettext_lazy("once a week")), (Rhythm.MONTHLY, gettext_lazy("once a month"))],
    Rhythm.WEEKLY: [(Rhythm.MONTHLY, gettext_lazy("once a month"))],
    Rhythm.MONTHLY: [],
}
