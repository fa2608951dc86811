"""What an editor does with an import: bring a file, start it, stop it, go on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from careers.models import WordPressImport, WordPressItem
from home.models import Area
from jobs import actions
from jobs.wakeups import wake_after_commit

Phase = WordPressImport.Phase


@transaction.atomic
def begin(
    *, file: File[Any], by: Any, pictures: File[Any] | None = None, fetch_pictures: bool = True
) -> WordPressImport:
    """Keep the file; a worker reads it and looks at each item. Nothing is taken over."""
    batch = WordPressImport(name=(file.name or "")[-200:], by=by, fetch_pictures=fetch_pictures)
    batch.file.save("export", file, save=False)
    if pictures:
        batch.pictures.save("uploads.zip", pictures, save=False)
    batch.save()
    wake_after_commit(batch)
    return batch


@transaction.atomic
def start(*, batch: WordPressImport, areas: Mapping[str, int], default_area: Area | None) -> bool:
    """Take over what was looked at, once more if need be. Return whether it could be started."""
    values: dict[str, Any] = {
        "areas": dict(areas),
        "default_area": default_area,
        "phase": Phase.IMPORT,
        "items_done": 0,
    }
    if batch.phase not in {Phase.LOOKED, Phase.TAKEN} or not actions.do_again(batch, **values):
        return False
    batch.items.update(verdict=WordPressItem.Verdict.WAITING, attempts=0, notes=[], old_links=[])
    return True


def stop(*, batch: WordPressImport) -> bool:
    """What is taken over stays; the rest waits until somebody lets it go on."""
    return actions.cancel(batch, reason=_("Somebody stopped it. What was taken over stays."))


def go_on(*, batch: WordPressImport) -> bool:
    return actions.start_again(batch)
