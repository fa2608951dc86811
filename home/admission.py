"""Who may see a page, in the words of Wagtail's view restrictions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from wagtail.models import Page, PageViewRestriction

#: What one page asks for: each restriction is None (an account) or the groups of which one is needed.
Needs = tuple[frozenset[int] | None, ...]


@dataclass(frozen=True)
class Rule:
    """The needs of each page that shows something; whoever meets those of one page may see it.

    No page, nobody. Editors are another matter.
    """

    pages: tuple[Needs, ...] = ()

    @property
    def public(self) -> bool:
        return any(not needs for needs in self.pages)

    def admits(self, user: Any) -> bool:
        """Costs a query for the person's groups, if groups are asked for."""
        if self.public:
            return True
        if not user.is_authenticated:
            return False
        asks_for_groups = any(groups is not None for needs in self.pages for groups in needs)
        own = set(user.groups.values_list("pk", flat=True)) if asks_for_groups and not user.is_superuser else set()
        return any(
            all(groups is None or user.is_superuser or not own.isdisjoint(groups) for groups in needs)
            for needs in self.pages
        )


def rule_of_pages(pages: Iterable[Page]) -> Rule:
    """The rule of any of these pages; one that is public settles it."""
    found = []
    for page in pages:
        needs = needs_of(page) if page.live else None
        if needs == ():
            return Rule(((),))
        if needs is not None:
            found.append(needs)
    return Rule(tuple(found))


def needs_of(page: Page) -> Needs:
    """All restrictions of a page and of those above it.

    A shared password is met by nobody: the portal offers none, and it would not say who watches.
    """
    restrictions = page.get_view_restrictions().prefetch_related("groups")
    return tuple(_need(restriction) for restriction in restrictions)


def admitted(user: Any, pages: Sequence[Page]) -> set[int]:
    """The ids of those of these published pages that the person may see, in three queries however many pages.

    An alias is taken by its own place and its source's, so it is never wider than Wagtail would have it.
    """
    if not pages:
        return set()
    lines = {page.pk: line_of(page.path) for page in pages}
    sources = Page.objects.filter(aliases__in=[page.pk for page in pages]).values_list("aliases", "path")
    for pk, path in sources:
        lines[pk] |= line_of(path)
    above = PageViewRestriction.objects.filter(page__path__in=set().union(*lines.values()))
    found = [(row.page.path, _need(row)) for row in above.select_related("page").prefetch_related("groups")]
    rules = {pk: Rule((tuple(need for path, need in found if path in line),)) for pk, line in lines.items()}
    return {pk for pk, rule in rules.items() if rule.admits(user)}


def restrictions_met(person: Any, paths: Iterable[str]) -> dict[str, bool]:
    """The paths, among these and those above them, on which restrictions stand; True where the person meets all.

    One query. It names the few paths in question, where a condition in the query of the pages themselves lets
    PostgreSQL compare every page with every other one as soon as it stands beside an "or" (`querysets.admitting`).
    """
    groups, login = PageViewRestriction.GROUPS, PageViewRestriction.LOGIN
    own = PageViewRestriction.groups.through.objects.filter(
        pageviewrestriction=OuterRef("pk"), group__in=person.groups.values("pk")
    )
    above = PageViewRestriction.objects.order_by().filter(page__path__in=set().union(*map(line_of, paths)))
    found: dict[str, bool] = {}
    for path, kind, mine in above.values_list("page__path", "restriction_type", Exists(own)):
        met = kind == login or (kind == groups and (mine or person.is_superuser))
        found[path] = met and found.get(path, True)
    return found


def line_of(path: str) -> set[str]:
    """The paths of a page and of all above it."""
    return {path[:end] for end in range(Page.steplen, len(path) + 1, Page.steplen)}


def _need(restriction: PageViewRestriction) -> frozenset[int] | None:
    if restriction.restriction_type == PageViewRestriction.LOGIN:
        return None
    return frozenset(group.pk for group in restriction.groups.all())
