"""Judging many people and pages, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice

from accounts.models import User
from careers.progress.rules import Rule, Verdict, rule_for
from home.models import ContentPage

#: As many as a query may name on every database.
BATCH = 500
Pair = tuple[int, int]
Judged = tuple[User, ContentPage, Verdict]


def judged(pairs: Iterable[Pair]) -> Iterator[Judged]:
    """Judge pairs of ids, one batch of people and pages at a time."""
    for some in batches(pairs):
        people = User.objects.in_bulk({person_id for person_id, _page_id in some})
        pages = ContentPage.objects.in_bulk({page_id for _person_id, page_id in some})
        known = sorted(pair for pair in some if pair[0] in people and pair[1] in pages)
        for person_id, own in groupby(known, key=lambda pair: pair[0]):
            yield from _of_person(people[person_id], [pages[page_id] for _person_id, page_id in own])


def _of_person(person: User, pages: list[ContentPage]) -> Iterator[Judged]:
    by_kind = sorted(pages, key=lambda page: page.kind)
    for kind, alike in groupby(by_kind, key=lambda page: page.kind):
        if rule := rule_for(kind):
            yield from _by_rule(rule, person, list(alike))


def _by_rule(rule: Rule, person: User, pages: list[ContentPage]) -> Iterator[Judged]:
    many = getattr(rule, "judge_many", None)
    verdicts = many(person, pages) if many else {page.pk: rule.judge(person, page) for page in pages}
    for page in pages:
        yield person, page, verdicts[page.pk]


def batches(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
    """Lists of as many pairs as a query may name on every database."""
    left = iter(pairs)
    while some := list(islice(left, BATCH)):
        yield some
