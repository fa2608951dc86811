"""The linter's look at the order of stages: circles, and locks that do not do what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from careers.paths.findings import Finding, error, warning

if TYPE_CHECKING:
    from careers.models import PathStage


def lint_order(stages: Sequence[PathStage]) -> list[Finding]:
    """A circle of locks refuses; whatever else names a later or a missing stage is not heeded, and said."""
    return [finding for number in range(len(stages)) for finding in _lint_stage(stages, number)]


def _lint_stage(stages: Sequence[PathStage], number: int) -> Iterator[Finding]:
    stage, numbers = stages[number], {stage.key: n for n, stage in enumerate(stages)}
    circle = waits_for_itself(stages, stage.key)
    if circle:
        locks = all(stages[numbers[key]].gate == stage.Gate.LOCK for key in circle)
        make = error if locks else warning
        names = " → ".join(_quoted(stages[numbers[key]]) for key in [*circle, stage.key])
        sentence = gettext("These stages wait for one another: %(names)s.") % {"names": names}
        yield make("circle", sentence, stage=number, field="after", refuses=locks)
    for key in stage.after:
        if key not in numbers:
            sentence = gettext("A stage that was to come before %(stage)s is not there any more.")
            yield warning("unknown-stage", sentence % {"stage": _quoted(stage)}, stage=number, field="after")
        elif numbers[key] > number and key not in circle:
            sentence = gettext("%(first)s is to come before %(stage)s but stands below it, so it does not count.")
            words = {"first": _quoted(stages[numbers[key]]), "stage": _quoted(stage)}
            yield warning("later-stage", sentence % words, stage=number, field="after")


def waits_for_itself(stages: Sequence[PathStage], key: str) -> list[str]:
    """Return the keys of a circle that begins and ends with this stage; empty if there is none."""
    after: Mapping[str, list[str]] = {stage.key: stage.after for stage in stages}
    ways, seen = [[key]], set()
    while ways:
        way = ways.pop()
        for following in after.get(way[-1], []):
            if following == key:
                return way
            if following in after and following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return []


def _quoted(stage: PathStage) -> str:
    return gettext("“%(title)s”") % {"title": stage.title}
