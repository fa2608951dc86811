"""What follows when an order ends, or when the encode that it belongs to does."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jobs import actions as jobs
from masterclasses.models import RemoteJob, Transcode
from masterclasses.signals import encode_cancelled, remote_ended, remote_restarted


def connect() -> None:
    remote_ended.connect(on_remote_ended, dispatch_uid="masterclasses.remote_ended")
    remote_restarted.connect(on_remote_restarted, dispatch_uid="masterclasses.remote_restarted")
    encode_cancelled.connect(on_encode_cancelled, dispatch_uid="masterclasses.remote_encode_cancelled")


def on_remote_ended(job: RemoteJob, **_signal: Any) -> None:
    """The encode goes on, fails or ends as its order did; one that does not wait for it is left alone."""
    transcode = Transcode.objects.parked().filter(pk=job.transcode_id).first()
    if transcode is None:
        return
    if job.status == RemoteJob.Status.DONE:
        jobs.resume(transcode, stage=Transcode.Stage.PUBLISH)
    elif job.status == RemoteJob.Status.FAILED:
        jobs.fail_parked(transcode, reason=job.reason)
    else:
        jobs.cancel(transcode, reason=job.reason)


def on_remote_restarted(job: RemoteJob, **_signal: Any) -> None:
    """The encode gives a new order in place of this one."""
    jobs.start_again(job.transcode)


def on_encode_cancelled(transcode: Transcode, **_signal: Any) -> None:
    """After the commit, for whoever ends an order locks the order first."""
    transaction.on_commit(partial(cancel_order, transcode.pk), robust=True)


def cancel_order(transcode_pk: int) -> None:
    for job in RemoteJob.objects.open().filter(transcode=transcode_pk):
        jobs.cancel(job, reason=_("The encode that it belongs to has ended."))
