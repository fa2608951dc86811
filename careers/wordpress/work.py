"""The import as work that can be stopped anywhere: read the file, look at each item; when told to, take them over."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from careers.models import WordPressImport, WordPressItem
from careers.wordpress import links
from careers.wordpress.addresses import file_key, page_key
from careers.wordpress.bringing import Bringing, Outcome, Verdict
from careers.wordpress.errors import NotAnExport
from careers.wordpress.judging import bring
from careers.wordpress.reading import Export
from careers.wordpress.rows import order_pages, rows_of
from careers.wordpress.terms import categories_in, suggested_areas
from jobs.actions import fail, finish, give_back, renew
from jobs.running import Heartbeat

Phase = WordPressImport.Phase
AT_ONCE = 100
#: Seconds after which the worker is left to others for a moment.
TURN = 40
MOST_ATTEMPTS = 3


def work(batch: WordPressImport) -> None:
    """Go on with an import where it stopped."""
    until = time.monotonic() + TURN
    beat = Heartbeat(batch)
    try:
        if batch.phase == Phase.READ:
            _read(batch, beat)
        if batch.phase in {Phase.LOOK, Phase.IMPORT} and not _bring_all(batch, beat, until):
            give_back(batch)
            return
        if batch.phase == Phase.LOOK:
            finish(batch, phase=Phase.LOOKED)
        else:
            _join_links(batch, beat)
            finish(batch, phase=Phase.TAKEN)
    except NotAnExport as error:
        fail(batch, reason=str(error))


def _read(batch: WordPressImport, beat: Heartbeat) -> None:
    """Read the whole file, from its beginning: what an interrupted reading left is thrown away."""
    batch.items.all().delete()
    names: dict[str, str] = {}
    with batch.file.open("rb") as file:
        export = Export(file)
        items = enumerate(export)
        while some := list(islice(items, AT_ONCE)):
            names |= categories_in([source for _position, source in some])
            WordPressItem.objects.bulk_create(rows_of(batch, some))
            beat(items_found=some[-1][0] + 1)
    order_pages(batch)
    site, notes = export.site.payload(), export.notes
    renew(
        batch,
        phase=Phase.LOOK,
        items_found=export.begun,
        items_done=0,
        site=site | {"names": names},
        notes=notes,
        missing=" ".join(export.missing),
        areas=suggested_areas(names),
    )


def _bring_all(batch: WordPressImport, beat: Heartbeat, until: float) -> bool:
    """Return whether all items are done; stop when the time is up."""
    done = batch.items.exclude(verdict=Verdict.WAITING).count()
    with closing(Bringing(batch, write=batch.phase == Phase.IMPORT)) as bringing:
        for item in _waiting(batch):
            beat(items_done=done)
            bring_one(bringing, item)
            done += 1
            if time.monotonic() > until:
                break
    renew(batch, items_done=done)
    return not batch.items.filter(verdict=Verdict.WAITING).exists()


def _waiting(batch: WordPressImport) -> Iterator[WordPressItem]:
    waiting = batch.items.filter(verdict=Verdict.WAITING).order_by("rank", "position")
    while item := waiting.first():
        yield item


def bring_one(bringing: Bringing, item: WordPressItem) -> None:
    """Take over one item in one transaction; whatever goes wrong is a line of the report, and the next item follows."""
    item.attempts += 1
    item.save(update_fields=["attempts"])
    if item.attempts > MOST_ATTEMPTS:
        outcome = Outcome(Verdict.REFUSED, [_("The work stopped at it %(count)d times.") % {"count": MOST_ATTEMPTS}])
        _store(item, outcome)
        return
    try:
        with transaction.atomic():
            _store(item, bring(bringing, item))
    except NotAnExport:
        raise
    except Exception as error:
        words = _("Something unexpected went wrong: %(error)s") % {"error": f"{type(error).__name__}: {error}"[:300]}
        _store(item, Outcome(Verdict.REFUSED, [words]))


def _store(item: WordPressItem, outcome: Outcome) -> None:
    item.verdict, item.notes = outcome.verdict, outcome.notes
    for name, value in outcome.values.items():
        setattr(item, name, value)
    item.save()


def _join_links(batch: WordPressImport, beat: Heartbeat) -> None:
    if batch.phase == Phase.IMPORT:
        renew(batch, phase=Phase.LINK)
    known = links.targets(batch)
    for item in batch.items.exclude(old_links=[]).exclude(page=None).select_related("page"):
        beat()
        with transaction.atomic():
            left = [link for link in item.old_links if not _is_known(link, known)]
            links.join(item, known)
            if left:
                item.notes = [
                    *item.notes,
                    _("Links to the old site that lead to nothing here: %(links)s") % {"links": ", ".join(left)[:400]},
                ]
            item.old_links = []
            item.save(update_fields=["old_links", "notes"])


def _is_known(link: str, known: dict[str, str]) -> bool:
    return page_key(link) in known or file_key(link) in known
