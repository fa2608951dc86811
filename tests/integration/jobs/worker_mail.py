"""What a worker process of the tests does with mail: the file `mode` in its data folder says it."""

from __future__ import annotations

import os
import signal
import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

from jobs.models import Mail

Mail.lease_for = timedelta(seconds=1)
Mail.max_attempts = 3


class Backend(BaseEmailBackend):
    def send_messages(self, email_messages: Any) -> int:
        (settings.DATA_DIR / "began").write_text(str(os.getpid()))
        match (settings.DATA_DIR / "mode").read_text():
            case "die":
                os.kill(os.getpid(), signal.SIGKILL)
            case "hang":
                time.sleep(60)
        return len(email_messages)
