"""The path linter: what could keep practitioners from going a path to its end, sentence by sentence.

`lint` looks at one path, saved or not; `lint_stored` at any number of stored ones in a constant number of queries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from careers.paths.findings import Finding, error, warning
from careers.paths.ordering import lint_order
from careers.paths.readiness import Shortcoming, shortcomings_of
from home.models import ContentPage

if TYPE_CHECKING:
    from careers.models import LearningPathPage, PathStage, PathStep

#: A working week; a longer path is better cut in two.
MANY_MINUTES = 40 * 60

Staged = Sequence[tuple["PathStage", Sequence["PathStep"]]]


@dataclass(frozen=True)
class Facts:
    """What the database says of the pages in question; `gone` has title and day of steps whose page was deleted."""

    pages: Mapping[int, ContentPage]
    open_ids: frozenset[int]
    shortcomings: Mapping[int, list[Shortcoming]]
    gone: Mapping[int, tuple[str, datetime | None]] = field(default_factory=dict)

    def impossible(self, page_id: int | None) -> bool:
        return any(short.impossible for short in self.shortcomings.get(page_id or 0, []))


def lint(path: LearningPathPage) -> list[Finding]:
    staged = path.staged_steps()
    return findings_of(staged, gather(step for _stage, steps in staged for step in steps))


def lint_stored(paths: Mapping[int, Staged]) -> dict[int, list[Finding]]:
    """Lint several paths, given their stages and steps."""
    facts = gather(step for staged in paths.values() for _stage, steps in staged for step in steps)
    return {pk: findings_of(staged, facts) for pk, staged in paths.items()}


def gather(steps: Iterable[PathStep]) -> Facts:
    steps = list(steps)
    ids = {step.page_id for step in steps if step.page_id}
    pages = ContentPage.objects.in_bulk(ids)
    open_ids = frozenset(ContentPage.objects.visible().filter(pk__in=ids).values_list("pk", flat=True))
    without = [step for step in steps if step.page_id not in pages and step.pk]
    gone = {}
    if without:
        stored = type(without[0]).objects.filter(pk__in=[step.pk for step in without])
        gone = {pk: (title, day) for pk, title, day in stored.values_list("pk", "page_title", "page_deleted_at")}
    return Facts(pages, open_ids, shortcomings_of(open_ids), gone)


def findings_of(staged: Staged, facts: Facts) -> list[Finding]:
    """The rules, without a query: first the path as a whole, then stage by stage."""
    findings = [*_whole(staged, facts), *lint_order([stage for stage, _steps in staged])]
    for number, (_stage, steps) in enumerate(staged):
        findings += [*_stage_findings(staged, number, facts)]
        for place, step in enumerate(steps):
            findings += _step_findings(step, number, place, facts)
    return [*findings, *_repeated(staged, facts)]


def _whole(staged: Staged, facts: Facts) -> Iterator[Finding]:
    if not staged:
        yield error("no-stage", gettext("The path has no stage yet."))
        return
    required = [step.page_id for _stage, steps in staged for step in steps if step.required and _is_open(step, facts)]
    minutes = sum(facts.pages[pk].minutes for pk in required if pk)
    if not required:
        yield error("nothing-required", gettext("No required step is open to readers, so nobody can finish the path."))
    elif not minutes:
        yield warning("no-minutes", gettext("The required steps take no minutes at all: nobody can plan for the path."))
    if minutes > MANY_MINUTES:
        sentence = gettext("The path takes %(hours)d hours: think of cutting it in two.")
        yield warning("many-minutes", sentence % {"hours": minutes // 60})


def _stage_findings(staged: Staged, number: int, facts: Facts) -> Iterator[Finding]:
    stage, steps = staged[number]
    words = {"stage": stage.title}
    if not steps:
        yield error("empty-stage", gettext("The stage “%(stage)s” has no step.") % words, stage=number)
    elif not any(_is_open(step, facts) for step in steps):
        sentence = gettext("The stage “%(stage)s” has no step that readers can open, so it is not shown.")
        yield error("closed-stage", sentence % words, stage=number)
    if stage.gate == stage.Gate.LOCK:
        earlier = {other.key: (other, its) for other, its in staged[:number]}
        for first, first_steps in (earlier[key] for key in stage.after if key in earlier):
            yield from _lock_findings(stage, number, first, first_steps, facts)


def _lock_findings(
    stage: PathStage, number: int, first: PathStage, steps: Sequence[PathStep], facts: Facts
) -> Iterator[Finding]:
    words = {"stage": stage.title, "first": first.title}
    required = [step for step in steps if step.required and _is_open(step, facts)]
    stuck = next((step for step in required if facts.impossible(step.page_id)), None)
    if not required:
        sentence = gettext("The lock of “%(stage)s” holds nobody up: “%(first)s” has no required step to do.")
        yield warning("idle-lock", sentence % words, stage=number, field="gate")
    elif stuck:
        sentence = gettext("“%(stage)s” cannot open: “%(page)s” in “%(first)s” cannot be completed.")
        words |= {"page": facts.pages[stuck.page_id or 0].title}
        yield error("stuck-lock", sentence % words, stage=number, field="gate")


def _step_findings(step: PathStep, stage: int, place: int, facts: Facts) -> list[Finding]:
    where: dict[str, Any] = {"stage": stage, "step": place, "field": "page"}
    page = facts.pages.get(step.page_id or 0)
    if page is None:
        return [error("deleted", deleted_sentence(step, facts), **where)]
    if page.pk not in facts.open_ids:
        code, sentence = _why_closed(page)
        return [error(code, sentence % {"title": page.title}, **where)]
    said = facts.shortcomings.get(page.pk, [])
    return [(error if short.impossible else warning)("not-ready", short.sentence, **where) for short in said]


def _why_closed(page: ContentPage) -> tuple[str, str]:
    if page.live:
        return "private", gettext("“%(title)s” is private: readers do not see this step.")
    if page.expired:
        return "expired", gettext("“%(title)s” has expired: readers do not see this step.")
    return "unpublished", gettext("“%(title)s” is not published: readers do not see this step.")


def deleted_sentence(step: PathStep, facts: Facts) -> str:
    stored, day = facts.gone.get(step.pk or 0, ("", None))
    title = step.page_title or stored
    if not title:
        return gettext("The page of this step was deleted. Choose another one, or remove the step.")
    words = {"title": title, "day": date_format(localtime(day), "DATE_FORMAT") if day else ""}
    if day:
        sentence = gettext("“%(title)s” was deleted on %(day)s. Choose another page, or remove the step.")
    else:
        sentence = gettext("“%(title)s” was deleted. Choose another page, or remove the step.")
    return sentence % words


def _repeated(staged: Staged, facts: Facts) -> Iterator[Finding]:
    times = Counter(step.page_id for _stage, steps in staged for step in steps if step.page_id)
    seen: set[int] = set()
    for number, (_stage, steps) in enumerate(staged):
        for place, step in enumerate(steps):
            if step.page_id in seen and (page := facts.pages.get(step.page_id or 0)):
                sentence = gettext("“%(title)s” is a step more than once.") % {"title": page.title}
                yield error("repeated", sentence, stage=number, step=place, field="page")
            if times[step.page_id] > 1 and step.page_id:
                seen.add(step.page_id)


def _is_open(step: PathStep, facts: Facts) -> bool:
    return step.page_id in facts.open_ids
