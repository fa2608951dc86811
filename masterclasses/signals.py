"""What happens to videos. Sent in the transaction of the change, with `transcode=` or `piece=`."""

from __future__ import annotations

from django.dispatch import Signal

#: An encode is planned: its pieces are rows, and waiting.
encode_planned = Signal()
#: An encode is verified and its files are in place.
encode_done = Signal()
#: An encode has failed for good; `transcode.reason` says why.
encode_failed = Signal()
#: An encode has its first sizes published: people can watch, while larger ones are still being made.
encode_watchable = Signal()
#: An encode was cancelled, by a person or because its file was replaced or deleted.
encode_cancelled = Signal()
#: A person started an ended encode again, from wherever.
encode_restarted = Signal()
#: A piece of an encode has ended: done, failed for good, or cancelled.
piece_ended = Signal()
#: A person started an ended piece again.
piece_restarted = Signal()
#: An order to the remote encoder has ended: done, failed for good, or cancelled. With `job=`.
remote_ended = Signal()
#: A person started an ended order again. With `job=`.
remote_restarted = Signal()
#: A draft that was to be published with its video could not be; sent with `wish=`, whose `reason` says why.
publishing_failed = Signal()
