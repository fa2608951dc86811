"""“Why is this not complete?”: the sentence of the very rule that decides, for the reader and for the editor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from careers.models import Completion, LearningPathPage, ReadingProgress
from careers.progress.explaining_paths import explain_progress
from careers.progress.rules import rule_for
from careers.selectors import path_progress
from home.models import ContentKind, ContentPage

if TYPE_CHECKING:
    from accounts.models import User

#: What a page of explanations shows: that which moved last.
MOST_PAGES = 100

HOW = {
    Completion.How.MARKED: lambda day: _("Done on %(day)s: you marked it.") % {"day": day},
    Completion.How.READ: lambda day: _("Done on %(day)s: you read it to its end.") % {"day": day},
    Completion.How.WATCHED: lambda day: _("Done on %(day)s: you watched it.") % {"day": day},
    Completion.How.PARTS: lambda day: _("Done on %(day)s: all its parts are done.") % {"day": day},
}


@dataclass(frozen=True)
class Explanation:
    page: ContentPage
    complete: bool
    sentence: str


def explain(person: User, page: ContentPage) -> str:
    """Say to the person why a page or a path is complete or not."""
    if page.kind == ContentKind.PATH:
        return _explain_path(person, page)
    return explain_pages(person, [page])[0].sentence


def explain_open(person: User, page: ContentPage) -> str:
    """The same of a page that is known not to be complete."""
    return _sentences(person, [page])[page.pk]


def explain_pages(person: User, pages: Iterable[ContentPage]) -> list[Explanation]:
    """Explain pages that a person can complete, in as many queries as there are kinds that judge many at once."""
    pages = list(pages)
    completions = Completion.objects.of(person).filter(page__in=[page.pk for page in pages])
    done = {completion.page_id: completion for completion in completions}
    open_sentences = _sentences(person, [page for page in pages if page.pk not in done])
    return [
        Explanation(page, True, _how(done[page.pk]))
        if page.pk in done
        else Explanation(page, False, open_sentences[page.pk])
        for page in pages
    ]


def explanations_of(person: User) -> list[Explanation]:
    """Explain all that the person has begun or done, what moved last first; for staff who look at one person."""
    moved: dict[int, datetime] = {}
    for rows in _moments_of(person):
        for pk, moment in rows:
            moved[pk] = max(moment, moved.get(pk, moment))
    latest = sorted(moved, key=lambda pk: moved[pk], reverse=True)[:MOST_PAGES]
    pages = ContentPage.objects.in_bulk(latest)
    explained = {found.page.pk: found for found in explain_pages(person, pages.values())}
    return [explained[pk] for pk in latest if pk in explained]


def _explain_path(person: User, page: ContentPage) -> str:
    path = page if isinstance(page, LearningPathPage) else LearningPathPage.objects.get(pk=page.pk)
    return explain_progress(path_progress(person, path))


def _moments_of(person: User) -> Iterable[Iterable[tuple[int, datetime]]]:
    yield Completion.objects.of(person).values_list("page_id", "completed_at")
    yield ReadingProgress.objects.filter(person=person).values_list("page_id", "updated_at")
    for kind in ContentKind.values:
        moments: Any = getattr(rule_for(kind), "moments_of", None)
        if moments:
            yield moments(person)


def _sentences(person: User, pages: list[ContentPage]) -> Mapping[int, str]:
    by_kind: dict[str, list[ContentPage]] = defaultdict(list)
    for page in pages:
        by_kind[page.kind].append(page)
    found: dict[int, str] = {}
    for kind, alike in by_kind.items():
        rule: Any = rule_for(kind)
        if rule is None:
            found |= dict.fromkeys([page.pk for page in alike], _("It is done when you mark it as done."))
        elif many := getattr(rule, "judge_many", None):
            found |= {pk: verdict.sentence for pk, verdict in many(person, alike).items()}
        else:
            found |= {page.pk: rule.judge(person, page).sentence for page in alike}
    return found


def _how(completion: Completion) -> str:
    day = date_format(localtime(completion.completed_at), "DATE_FORMAT")
    return HOW[Completion.How(completion.how)](day)
