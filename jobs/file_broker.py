"""The file-based broker of the embedded default, made safe for readers that are quick.

kombu's own creates a message's file and then fills it. A worker that looks in between reads nothing, and its main
process ends. Here a message appears whole, and one that cannot be read is dropped: the sweeper wakes its row again.
"""

from __future__ import annotations

import logging
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps

logger = logging.getLogger(__name__)


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]  # as kombu itself
        """Write the file under another name first. Names sort by time: the oldest message is read first."""
        folder = Path(self.data_folder_out)
        part = folder / f"{time.time_ns()}_{uuid.uuid4()}.{queue}.part"
        part.write_text(dumps(payload))
        part.rename(part.with_suffix(".msg"))

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        try:
            return super()._get(queue)
        except ValueError as error:
            logger.warning("A message of %s could not be read and is dropped: %s", queue, error)
            raise Empty from error

    def _queue_bind(self, *arguments: Any) -> None:
        """Bind, waiting for another process that is just making the same file."""
        for _attempt in range(20):
            try:
                super()._queue_bind(*arguments)
                return
            except ValueError:
                time.sleep(0.05)
        super()._queue_bind(*arguments)


class Transport(filesystem.Transport):
    Channel = Channel
    #: Seconds between two looks at the folder. With kombu's whole second a worker takes one message a second.
    polling_interval = 0.05
