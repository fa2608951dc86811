"""What an encode does next, and when: decided in the transaction in which one of its pieces ends, or it is parked.

Whoever decides holds the lock of the encode's row (SQLite lets one write at a time anyway). So of two pieces that end
at the same moment the second sees the first, and one of them finds that nothing is left to wait for.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jobs import actions as jobs
from jobs.models import LeasedRow
from masterclasses.models import Piece, Transcode
from masterclasses.transcoding import files

Stage, Status = Transcode.Stage, LeasedRow.Status


@transaction.atomic
def settle(pk: int) -> None:
    """Let a parked encode go on, fail or end, as its pieces have it; leave one alone that is not parked."""
    transcode = Transcode.objects.select_for_update().filter(pk=pk).first()
    if transcode is None or not transcode.is_parked:
        return
    ended = Piece.objects.filter(transcode=pk, status__in=jobs.ENDED).order_by("-status", "finished_at").first()
    if ended is not None and ended.status == Status.FAILED:
        jobs.fail_parked(transcode, reason=ended.reason)
    elif ended is not None:
        jobs.cancel(transcode, reason=ended.reason)
    elif ready_to_publish(transcode):
        jobs.resume(transcode, stage=Stage.PUBLISH)


def ready_to_publish(transcode: Transcode) -> bool:
    """All pieces are done, or those of the first wave are, and nobody can watch yet."""
    to_do = Piece.objects.filter(transcode=transcode).exclude(status=Status.DONE)
    if transcode.watchable_at is None:
        to_do = to_do.filter(wave=Piece.Wave.FIRST)
    return not to_do.exists()


@transaction.atomic
def park(transcode: Transcode, **values: Any) -> None:
    """Wait for the pieces, or go on at once when there is nothing to wait for. Raises LeaseLost."""
    jobs.park(transcode, stage=Stage.PIECES, **values)
    settle(transcode.pk)


def end_pieces_after_commit(transcode: Transcode, *, discard: bool = False) -> None:
    """Cancel what is left of an encode that has ended, and `discard` what is done.

    In a transaction of its own, for whoever ends a piece locks the piece first.
    """
    transaction.on_commit(partial(end_pieces, transcode, discard=discard), robust=True)


def end_pieces(transcode: Transcode, *, discard: bool) -> None:
    """A worker that holds a piece stops at its next sign of life; one that takes a piece later sees for itself."""
    for piece in Piece.objects.open().filter(transcode=transcode.pk):
        jobs.cancel(piece, reason=_("The encode that it belongs to has ended."))
    if discard:
        files.remove_matching(transcode.home, ("piece-",))
        files.remove_if_empty(transcode.home)


def reopen(transcode: Transcode) -> None:
    """Of a failed or cancelled encode, do again what is not done or not there any more. Raises LeaseLost."""
    with transaction.atomic():
        for piece in Piece.objects.filter(transcode=transcode).order_by("pk"):
            if piece.status in jobs.ENDED:
                jobs.start_again(piece)
            elif piece.status == Status.DONE and not kept(transcode, piece):
                jobs.do_again(piece, folder="", seconds_done=0)
        park(transcode)


def kept(transcode: Transcode, piece: Piece) -> bool:
    """Whether the result of a piece is still in the storage, by itself or in what was published."""
    return files.is_there(piece.folder) if piece.folder else bool(transcode.folder)


def restart(piece: Piece) -> None:
    """A person started an ended piece again: then its encode goes on, too."""
    transcode = Transcode.objects.select_for_update().filter(pk=piece.transcode_id).first()
    if transcode is not None:
        jobs.start_again(transcode)
