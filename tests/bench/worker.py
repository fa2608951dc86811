"""A worker without Celery: does what is due until the file named by its argument says stop. Run by `transcode`."""

from __future__ import annotations

import sys
import time
from pathlib import Path


def main(stop: Path) -> None:
    import django

    django.setup()
    from masterclasses.transcoding.work import work_on_next

    stop.with_name(f"ready-{time.time_ns()}").touch()
    while not stop.exists():
        if not work_on_next():
            time.sleep(0.02)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
