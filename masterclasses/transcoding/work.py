"""What a worker does with an encode's row, and what it takes next when nobody told it."""

from __future__ import annotations

import logging
import time

from django.utils.translation import gettext as _

from jobs.actions import cancel, claim_next, fail, record_tick, retry
from jobs.registry import kind_of
from jobs.running import run, run_claimed, worker_is_stopping
from jobs.wakeups import wake
from masterclasses.models import Piece, Transcode
from masterclasses.transcoding import publishing, sandbox, stages
from masterclasses.transcoding.backends import get_encoder
from masterclasses.transcoding.causes import EncodeFailed, ResultIncomplete
from masterclasses.transcoding.pieces import work_on_piece

logger = logging.getLogger(__name__)
#: Seconds after which a worker ends its task and asks for another one, so that no task is endless.
LONG_ENOUGH = 600


def tell_level() -> None:
    """Let the health page know how what people upload is held here; workers may be on other machines than it is."""
    record_tick(f"{sandbox.TICK}{sandbox.level()}")


def encode(pk: int) -> None:
    """Claim one transcode, if it is due, and do what its stage asks for."""
    tell_level()
    run(Transcode, pk, work)


def work_on(transcode: Transcode) -> None:
    stage = Transcode.Stage(transcode.stage)
    if stage in (Transcode.Stage.PLAN, Transcode.Stage.REMOTE):
        get_encoder().begin(transcode)
    elif stage == Transcode.Stage.PIECES:
        stages.reopen(transcode)
    else:
        publishing.publish(transcode)


def work(transcode: Transcode) -> None:
    if transcode.video.file.name != transcode.source_name:
        cancel(transcode, reason=_("The file was replaced."))
        return
    try:
        work_on(transcode)
    except EncodeFailed as failure:
        logger.warning("Encode %s, %s, attempt %s: %s", transcode.uuid, transcode.stage, transcode.attempts, failure)
        if failure.try_again and transcode.attempts_left:
            retry(transcode, reason=str(failure))
        else:
            fail(transcode, reason=str(failure), **begin_anew(failure))


def begin_anew(failure: EncodeFailed) -> dict[str, str]:
    """When the pieces do not make a whole, whoever tries again later trusts none of them."""
    return {"stage": Transcode.Stage.PLAN} if isinstance(failure, ResultIncomplete) else {}


def work_on_next() -> bool:
    """Do one thing that is due: plan or publish an encode, which is short, or else a piece. Return whether any was."""
    if transcode := claim_next(Transcode):
        run_claimed(transcode, work)
        return True
    if piece := claim_next(Piece, order_by=("rank", "pk")):
        run_claimed(piece, work_on_piece)
        return True
    return False


def work_until_done() -> None:
    """Work as long as something is due; after ten minutes hand over to another task."""
    tell_level()
    began = time.monotonic()
    while not worker_is_stopping() and work_on_next():
        if time.monotonic() - began > LONG_ENOUGH:
            wake(kind_of(Piece))
            return
