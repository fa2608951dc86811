"""When a page is complete, kind by kind: the one judgement that decides and explains.

Upper floors register a rule for the kinds that are theirs. A rule reads the ledger alone (what was played, read or
done), never the completion that follows from it, so that `manage.py progress verify` can compare the two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from accounts.models import User
    from home.models import ContentPage


@dataclass(frozen=True)
class Verdict:
    """`sentence` says why in the reader's words: what is still missing, or what made it complete.

    `how` is the Completion.How that the ledger justifies, empty where nothing is complete.
    """

    complete: bool
    sentence: str
    how: str = ""


class Rule(Protocol):
    """A rule that has `heeds_withdrawals = True` leaves out what was before `taken_back_at` (`progress.withdrawals`).

    Only such a rule can complete a page again that the person has taken back.
    """

    def judge(self, person: User, page: ContentPage) -> Verdict: ...

    def known_pairs(self) -> Iterable[tuple[int, int]]:
        """(person id, page id) of everybody and everything that the ledger of this kind knows."""


_rules: dict[str, Rule] = {}


def register(kind: str, rule: Rule) -> None:
    """Let `rule` judge pages of a `ContentKind`; registering again replaces it.

    A rule of several kinds is one object: whoever walks all rules meets it once.
    """
    _rules[str(kind)] = rule


def rule_for(kind: str) -> Rule | None:
    return _rules.get(str(kind))


def registered() -> dict[str, Rule]:
    return dict(_rules)
